namespace PresignKit.Tests;

/// <summary>The times in a form are in UTC, whatever the time zone of the machine.</summary>
/// <remarks>The tests change the time zone of the process, so no other test runs at the same time.</remarks>
[CollectionDefinition(nameof(LocalTimeZoneTests), DisableParallelization = true)]
[Collection(nameof(LocalTimeZoneTests))]
public sealed class LocalTimeZoneTests : IDisposable
{
    private readonly string? _original = Environment.GetEnvironmentVariable("TZ");

    // Windows does not read TZ. The machine's own time zone is then tested.
    public LocalTimeZoneTests() => SetTimeZone("Asia/Kathmandu");

    public void Dispose() => SetTimeZone(_original);

    [Theory]
    [InlineData("\"2026-03-14T16:09:26Z\"", 0)]
    [InlineData("\"2026-03-14T16:09:26.535Z\"", 535)]
    public void Verify_Expiration_IsInUtc(string expiration, int milliseconds)
    {
        if (!OperatingSystem.IsWindows())
        {
            TimeZoneInfo.Local.BaseUtcOffset.Should().Be(new TimeSpan(5, 45, 0));
        }

        DateTimeOffset? expiresAt = (ReceivedPost.Good with { Expiration = expiration }).Verify().ExpiresAt;

        expiresAt.Should().Be(new DateTimeOffset(2026, 3, 14, 16, 9, 26, milliseconds, TimeSpan.Zero));
        expiresAt!.Value.Offset.Should().Be(TimeSpan.Zero);
    }

    private static void SetTimeZone(string? name)
    {
        Environment.SetEnvironmentVariable("TZ", name);
        TimeZoneInfo.ClearCachedData();
    }
}

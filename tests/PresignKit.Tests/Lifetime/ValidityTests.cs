using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>The lifetime of a URL, compared with the lifetime of its credentials.</summary>
public class ValidityTests
{
    [Fact]
    public void Presign_Clock_IsTruncatedToWholeSeconds()
    {
        PresignedUrl result = TestPresigner.Create().Presign(new GetObject("key"));

        result.SignedAt.Should().Be(TestPresigner.SignedAt);
        result.Parameter("X-Amz-Date").Should().Be("20260314T150926Z");
    }

    [Fact]
    public void Presign_CredentialsWithoutExpiry_ExpiresAfterItsLifetime() =>
        TestPresigner.Create().Presign(new GetObject("key")).ExpiresAt.Should().Be(TestPresigner.SignedAt.AddHours(1));

    [Theory]
    [InlineData("00:59:59.9999999", 3600)] // The clock shows .535 s, so one hour after the whole second is before the expiry.
    [InlineData("00:59:59.4650000", 3600)]
    [InlineData("00:59:59.4640000", 3599)]
    [InlineData("00:30:00", 1800)]
    [InlineData("00:00:00.4650000", 1)]
    public void Presign_DefaultExceedsTheCredentials_IsShortenedToTheirExpiry(string left, int expected)
    {
        PresignedUrl result = Presigner(left).Presign(new GetObject("key"));

        result.Parameter("X-Amz-Expires").Should().Be(expected.ToString(CultureInfo.InvariantCulture));
        result.ExpiresAt.Should().Be(TestPresigner.SignedAt.AddSeconds(expected)).And.BeOnOrBefore(TestPresigner.Now + TimeSpan.Parse(left, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Presign_CredentialsExpireLater_KeepsTheDefault() =>
        Presigner("02:00:00").Presign(new GetObject("key")).Parameter("X-Amz-Expires").Should().Be("3600");

    [Fact]
    public void Presign_LifetimeExceedsTheCredentials_NamesBothAndTheRemedies()
    {
        Action presign = () => Presigner("00:30:00").Presign(new GetObject("key") { ExpiresIn = TimeSpan.FromHours(1) });

        presign.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("operation")
            .WithMessage(
                $"ExpiresIn is 3600 s, but the credentials for '{TestPresigner.AccessKeyId}' expire in 1800 s (2026-03-14 15:39:26Z). " +
                "Request at most 1800 s, or set CredentialExpiry to Clamp.*")
            .Which.ToString().Should().NotContain(TestPresigner.SecretAccessKey).And.NotContain(TestPresigner.SessionToken);
    }

    [Fact]
    public void Presign_LifetimeUpToTheExpiryOfTheCredentials_IsAccepted()
    {
        PresignedUrl result = Presigner("00:30:00").Presign(new GetObject("key") { ExpiresIn = TimeSpan.FromSeconds(1800.9) });

        result.Parameter("X-Amz-Expires").Should().Be("1800");
    }

    [Theory]
    [InlineData("-1.00:00:00", null)]
    [InlineData("-00:00:01", null)]
    [InlineData("-00:00:01", "00:05:00")]
    [InlineData("00:00:00", null)]
    [InlineData("00:00:00.4640000", null)]
    public void Presign_ExpiredCredentials_AreNamedWithTheRemedy(string left, string? asked)
    {
        TimeSpan? expiresIn = asked is null ? null : TimeSpan.Parse(asked, CultureInfo.InvariantCulture);

        FluentActions.Invoking(() => Presigner(left).Presign(new GetObject("key") { ExpiresIn = expiresIn }))
            .Should().Throw<InvalidOperationException>()
            .WithMessage($"The credentials for '{TestPresigner.AccessKeyId}' expired at 2026-03-1* 15:09:2*Z*403*Use new credentials.")
            .Which.ToString().Should().NotContain(TestPresigner.SecretAccessKey).And.NotContain(TestPresigner.SessionToken);
    }

    [Fact]
    public void Presign_InvalidLifetimeAndExpiredCredentials_ReportsTheCallersMistakeFirst() => FluentActions
        .Invoking(() => Presigner("-00:00:01").Presign(new GetObject("key") { ExpiresIn = TimeSpan.FromDays(8) }))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage("ExpiresIn is 8.00:00:00, but must be from*");

    [Fact]
    public void Presign_ClockInADifferentTimeZone_SignsInUtc()
    {
        FakeTimeProvider clock = new(TestPresigner.Now);
        clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("far east", TimeSpan.FromHours(14), "far east", "far east"));

        TestPresigner.Create(clock: clock).Presign(new GetObject("key")).Parameter("X-Amz-Date").Should().Be("20260314T150926Z");
    }

    private static S3Presigner Presigner(string left) => TestPresigner.With(new FakeProvider(
        FakeProvider.ExpiringIn(TimeSpan.Parse(left, CultureInfo.InvariantCulture))));
}

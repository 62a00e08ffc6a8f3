using System.Globalization;
using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

public class ExpiryTests
{
    public static TheoryData<string> OutOfRange => new(
        "00:00:00.9999999", "00:00:00", "-00:00:00.5000000", "-00:00:01", "-00:00:05", "7.00:00:01", "8.00:00:00",
        TimeSpan.MinValue.ToString("c", CultureInfo.InvariantCulture), TimeSpan.MaxValue.ToString("c", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("00:00:01", "1")]
    [InlineData("00:00:01.9999999", "1")]
    [InlineData("00:59:59.9999999", "3599")]
    [InlineData("7.00:00:00", "604800")]
    [InlineData("7.00:00:00.9999999", "604800")]
    public void Presign_ExpiresIn_IsTruncatedToWholeSeconds(string expiresIn, string expected)
    {
        PresignedUrl result = TestPresigner.Create().Presign(new GetObject("key") { ExpiresIn = Parse(expiresIn) });

        result.Parameter("X-Amz-Expires").Should().Be(expected);
    }

    [Fact]
    public void Presign_ExpiresInWithFraction_ReturnsTheActualExpiry()
    {
        PresignedUrl result = TestPresigner.Create().Presign(new GetObject("key") { ExpiresIn = TimeSpan.FromSeconds(90.75) });

        result.ExpiresAt.Should().Be(TestPresigner.SignedAt.AddSeconds(90));
    }

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Presign_ExpiresInOutOfRange_NamesTheValueAndTheRange(string expiresIn)
    {
        Action presign = () => TestPresigner.Create().Presign(new GetObject("key") { ExpiresIn = Parse(expiresIn) });

        presign.Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage($"ExpiresIn is {expiresIn}, but must be from 1 second to 7 days (604800 seconds). Request a lifetime in this range*")
            .WithParameterName("operation").Which.ActualValue.Should().Be(Parse(expiresIn));
    }

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void New_DefaultExpiresInOutOfRange_NamesTheValueAndTheRange(string expiresIn)
    {
        Action create = () => TestPresigner.Create(options => options.DefaultExpiresIn = Parse(expiresIn));

        create.Should().Throw<OptionsValidationException>()
            .WithMessage($"PresignerOptions.DefaultExpiresIn: DefaultExpiresIn is {expiresIn}, but must be from 1 second to 7 days (604800 seconds). Set it to a value in this range.");
    }

    [Fact]
    public void Presign_NoExpiresIn_UsesTheDefaultOfTheOptions() =>
        TestPresigner.Create(options => options.DefaultExpiresIn = TimeSpan.FromMinutes(5.01)).Presign(new GetObject("key"))
            .Parameter("X-Amz-Expires").Should().Be("300");

    [Fact]
    public void Presign_NoExpirySet_IsValidForAnHour() =>
        TestPresigner.Create().Presign(new GetObject("key")).Parameter("X-Amz-Expires").Should().Be("3600");

    private static TimeSpan Parse(string text) => TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture);
}

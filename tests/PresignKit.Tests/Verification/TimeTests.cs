namespace PresignKit.Tests;

/// <summary>The period in which a request is valid. The good request is signed at 15:09:26 for one hour.</summary>
public class TimeTests
{
    private static readonly Received Good = new();

    [Theory]
    [InlineData(-900, PresignedUrlVerificationStatus.Valid)]
    [InlineData(-901, PresignedUrlVerificationStatus.NotYetValid)]
    [InlineData(0, PresignedUrlVerificationStatus.Valid)]
    [InlineData(3599, PresignedUrlVerificationStatus.Valid)]
    [InlineData(3600, PresignedUrlVerificationStatus.Expired)]
    [InlineData(86_400, PresignedUrlVerificationStatus.Expired)]
    public void Verify_SecondsAfterSigning_IsValidFromTheClockSkewToTheExpiry(int seconds, PresignedUrlVerificationStatus expected) =>
        Good.Verify(now: TestPresigner.SignedAt.AddSeconds(seconds)).Should().Be(expected);

    [Fact]
    public void Verify_OneTickBeforeTheExpiry_IsValid() => Good.Verify(now: TestPresigner.SignedAt.AddHours(1).AddTicks(-1)).Should().Be(PresignedUrlVerificationStatus.Valid);

    [Theory]
    [InlineData(0, 0, PresignedUrlVerificationStatus.Valid)]
    [InlineData(0, -1, PresignedUrlVerificationStatus.NotYetValid)]
    [InlineData(86_400, -86_400, PresignedUrlVerificationStatus.Valid)]
    [InlineData(86_400, -86_401, PresignedUrlVerificationStatus.NotYetValid)]
    [InlineData(86_400, 3600, PresignedUrlVerificationStatus.Expired)]
    public void Verify_ClockSkew_AppliesToTheStartOnly(int skew, int seconds, PresignedUrlVerificationStatus expected) =>
        Good.Verify(new() { ClockSkew = TimeSpan.FromSeconds(skew) }, TestPresigner.SignedAt.AddSeconds(seconds)).Should().Be(expected);

    [Theory]
    [InlineData("1", PresignedUrlVerificationStatus.Valid)]
    [InlineData("604800", PresignedUrlVerificationStatus.Valid)]
    [InlineData("604801", PresignedUrlVerificationStatus.ExpiryOutOfRange)]
    public void Verify_Expiry_IsFromOneSecondToSevenDays(string expires, PresignedUrlVerificationStatus expected) =>
        (Good with { Expires = expires }).Verify(now: TestPresigner.SignedAt).Should().Be(expected);

    [Theory]
    [InlineData(3600, PresignedUrlVerificationStatus.Valid)]
    [InlineData(3600.9, PresignedUrlVerificationStatus.Valid)]
    [InlineData(3599, PresignedUrlVerificationStatus.ExpiryOutOfRange)]
    [InlineData(3599.9, PresignedUrlVerificationStatus.ExpiryOutOfRange)]
    public void Verify_MaxExpiresIn_IsTheMaximumInWholeSeconds(double seconds, PresignedUrlVerificationStatus expected) =>
        Good.Verify(new() { MaxExpiresIn = TimeSpan.FromSeconds(seconds) }).Should().Be(expected);

    [Theory]
    [InlineData(1, PresignedUrlVerificationStatus.Valid)]
    [InlineData(0, PresignedUrlVerificationStatus.ExpiredCredentials)]
    [InlineData(-1, PresignedUrlVerificationStatus.ExpiredCredentials)]
    public void Verify_CredentialsThatExpireBeforeTheUrl_AreReported(int secondsLeft, PresignedUrlVerificationStatus expected) =>
        Good.Verify(credentials: new S3Credentials(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey, expiresAt: TestPresigner.Now.AddSeconds(secondsLeft)))
            .Should().Be(expected);

    [Fact]
    public void New_WithoutATimeProvider_UsesTheSystemClock()
    {
        S3Presigner presigner = new(TestPresigner.Options());
        PresignedUrlVerifier verifier = new(_ => Received.Credentials);

        verifier.Verify(HttpMethod.Get, presigner.Presign(new GetObject("k")).Url, []).Status.Should().Be(PresignedUrlVerificationStatus.Valid);
        verifier.Verify(HttpMethod.Get, Good.Url, []).Status.Should().NotBe(PresignedUrlVerificationStatus.Valid, "it was valid for one hour in March 2026");
    }
}

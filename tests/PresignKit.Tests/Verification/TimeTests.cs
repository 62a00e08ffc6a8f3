namespace PresignKit.Tests;

/// <summary>From when to when a request holds. The good one is signed at 15:09:26 for an hour.</summary>
public class TimeTests
{
    private static readonly Received Good = new();

    [Theory]
    [InlineData(-900, PresignVerification.Valid)]
    [InlineData(-901, PresignVerification.NotYetValid)]
    [InlineData(0, PresignVerification.Valid)]
    [InlineData(3599, PresignVerification.Valid)]
    [InlineData(3600, PresignVerification.Expired)]
    [InlineData(86_400, PresignVerification.Expired)]
    public void Verify_SecondsAfterSigning_HoldsFromTheSkewToTheEnd(int seconds, PresignVerification expected) =>
        Good.Verify(now: TestPresigner.SignedAt.AddSeconds(seconds)).Should().Be(expected);

    [Fact]
    public void Verify_OneTickBeforeTheEnd_IsValid() => Good.Verify(now: TestPresigner.SignedAt.AddHours(1).AddTicks(-1)).Should().Be(PresignVerification.Valid);

    [Theory]
    [InlineData(0, 0, PresignVerification.Valid)]
    [InlineData(0, -1, PresignVerification.NotYetValid)]
    [InlineData(86_400, -86_400, PresignVerification.Valid)]
    [InlineData(86_400, -86_401, PresignVerification.NotYetValid)]
    [InlineData(86_400, 3600, PresignVerification.Expired)]
    public void Verify_ClockSkew_IsForTheStartOnly(int skew, int seconds, PresignVerification expected) =>
        Good.Verify(new() { ClockSkew = TimeSpan.FromSeconds(skew) }, TestPresigner.SignedAt.AddSeconds(seconds)).Should().Be(expected);

    [Theory]
    [InlineData("1", PresignVerification.Valid)]
    [InlineData("604800", PresignVerification.Valid)]
    [InlineData("604801", PresignVerification.ExpiryOutOfRange)]
    public void Verify_Expiry_IsFromOneSecondToSevenDays(string expires, PresignVerification expected) =>
        (Good with { Expires = expires }).Verify(now: TestPresigner.SignedAt).Should().Be(expected);

    [Theory]
    [InlineData(3600, PresignVerification.Valid)]
    [InlineData(3600.9, PresignVerification.Valid)]
    [InlineData(3599, PresignVerification.ExpiryOutOfRange)]
    [InlineData(3599.9, PresignVerification.ExpiryOutOfRange)]
    public void Verify_MaxExpiresIn_IsTheLongestInWholeSeconds(double seconds, PresignVerification expected) =>
        Good.Verify(new() { MaxExpiresIn = TimeSpan.FromSeconds(seconds) }).Should().Be(expected);

    [Theory]
    [InlineData(1, PresignVerification.Valid)]
    [InlineData(0, PresignVerification.ExpiredCredentials)]
    [InlineData(-1, PresignVerification.ExpiredCredentials)]
    public void Verify_CredentialsEnd_ComesBeforeTheUrls(int secondsLeft, PresignVerification expected) =>
        Good.Verify(credentials: new S3Credentials(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey, expiresAt: TestPresigner.Now.AddSeconds(secondsLeft)))
            .Should().Be(expected);

    [Fact]
    public void New_WithoutAClock_TakesTheSystems()
    {
        S3Presigner presigner = new(TestPresigner.Options());
        PresignedUrlVerifier verifier = new(_ => Received.Credentials);

        verifier.Verify(HttpMethod.Get, presigner.Presign(new GetObject("k")).Url, []).Should().Be(PresignVerification.Valid);
        verifier.Verify(HttpMethod.Get, Good.Url, []).Should().NotBe(PresignVerification.Valid, "it was signed for one hour of March 2026");
    }
}

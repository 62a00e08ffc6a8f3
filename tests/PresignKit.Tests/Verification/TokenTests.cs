namespace PresignKit.Tests;

/// <summary>Temporary credentials: key and token belong together.</summary>
public class TokenTests
{
    private static readonly S3Credentials Temporary = new(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey, TestPresigner.SessionToken);

    private static readonly Received WithToken = Received.Good with { Extra = "&X-Amz-Security-Token=t0ken%2FDo%2BNot%3DShow" };

    [Fact]
    public void Verify_TokenOfTheCredentials_IsValid() => WithToken.Verify(credentials: Temporary).Should().Be(PresignedUrlVerificationStatus.Valid);

    [Fact]
    public void Verify_TokenOnOneSideOnly_IsWrong()
    {
        WithToken.Verify().Should().Be(PresignedUrlVerificationStatus.WrongSessionToken);
        (Received.Good with { Extra = "&X-Amz-Security-Token=" }).Verify().Should().Be(PresignedUrlVerificationStatus.WrongSessionToken);
        Received.Good.Verify(credentials: Temporary).Should().Be(PresignedUrlVerificationStatus.WrongSessionToken);
    }

    [Theory]
    [InlineData("t0ken%2FDo%2BNot%3DShow2")]
    [InlineData("t0ken%2FDo%2BNot%3DSho")]
    [InlineData("T0ken%2FDo%2BNot%3DShow")]
    [InlineData("")]
    public void Verify_DifferentToken_IsWrong(string token) =>
        (Received.Good with { Extra = "&X-Amz-Security-Token=" + token }).Verify(credentials: Temporary).Should().Be(PresignedUrlVerificationStatus.WrongSessionToken);

    [Fact]
    public void Verify_TokenAsASignedHeader_IsWrong() =>
        Received.Good.With(("x-amz-security-token", TestPresigner.SessionToken)).Verify(credentials: Temporary).Should().Be(PresignedUrlVerificationStatus.WrongSessionToken);
}

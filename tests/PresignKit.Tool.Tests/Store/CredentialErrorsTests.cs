using System.Net.Sockets;
using Amazon.Runtime;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.Tests.Store;

public sealed class CredentialErrorsTests
{
    public static TheoryData<Exception, string, string> Failures => new()
    {
        { new IOException("The disk is full."), nameof(ProfileKind.Sso), "s: The credentials are not available: The disk is full. Check the account and the role of the profile." },
        { new UnauthorizedAccessException("Access is denied."), nameof(ProfileKind.Sso), "s: The credentials are not available: Access is denied. Check the account and the role of the profile." },
        { new AmazonClientException("The sso_start_url must use HTTPS: x"), nameof(ProfileKind.Sso), "s: The credentials are not available: The sso_start_url must use HTTPS: x. Check the account and the role of the profile." },
        { new AmazonClientException("No valid SSO Token could be found."), nameof(ProfileKind.Sso), "s: The SSO session has expired or does not exist. Run 'aws sso login --profile default'." },
        { new AmazonClientException("SSO Token has expired and can not be refreshed"), nameof(ProfileKind.Sso), "s: The SSO session has expired or does not exist. Run 'aws sso login --profile default'." },
        { new AmazonServiceException("x") { ErrorCode = "ForbiddenException" }, nameof(ProfileKind.Sso), "s: AWS SSO rejected the request with ForbiddenException: x. Check the account and the role of the profile." },
        { new AmazonServiceException("x") { ErrorCode = "AccessDenied" }, nameof(ProfileKind.Role), "s: AWS STS rejected the request with AccessDenied: x. Check the role and its trust policy." },
        { new AmazonServiceException("x") { ErrorCode = "InvalidIdentityToken" }, nameof(ProfileKind.WebIdentity), "s: AWS STS rejected the request with InvalidIdentityToken: x. Check the role, its trust policy and the token file." },
        { new InvalidCastException("x"), nameof(ProfileKind.Role), "s: The credentials are not available: the AWS SDK for .NET failed with InvalidCastException. Check the role and its trust policy." },
        { new AmazonClientException("The retrieved credentials have already expired: Now = 11/30/2026"), nameof(ProfileKind.Sso), "s: The credentials have already expired. Check AWS SSO, and the clock of this machine." },
    };

    public static TheoryData<Exception, string> NetworkFailures => new()
    {
        { new AmazonClientException("x", new HttpRequestException("y", new SocketException((int)SocketError.ConnectionRefused))), "Connection refused" },
        { new HttpRequestException("The TLS connection failed."), "The TLS connection failed" },
        { new TaskCanceledException(), "timeout" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Describe_Failure_HasTheRemedyOfTheKind(Exception exception, string kind, string message)
    {
        ToolException error = CredentialErrors.Describe(exception, "s", null, Enum.Parse<ProfileKind>(kind), default)!;

        (error.Code, error.Message).Should().Be((ExitCode.Setup, message));
    }

    [Theory]
    [MemberData(nameof(NetworkFailures))]
    public void Describe_NoResponse_IsANetworkError(Exception exception, string cause)
    {
        ToolException error = CredentialErrors.Describe(exception, "s", null, ProfileKind.Role, default)!;

        (error.Code, error.Message).Should().Be((ExitCode.Network, $"s: AWS STS did not respond ({cause}). Check the network connection and the region."));
    }
}

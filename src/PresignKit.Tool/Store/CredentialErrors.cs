using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Xml;
using Amazon.Runtime;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Store;

/// <summary>Turns the exceptions of the AWS SDK, and credentials that have expired, into errors of one line.</summary>
internal static class CredentialErrors
{
    /// <summary>Returns the error, or <c>null</c> if the exception is already an error of the tool, or if the command was interrupted.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="source">The profile or variable that was used.</param>
    /// <param name="profile">The profile, if <paramref name="source"/> is one.</param>
    /// <param name="kind">The kind of the credentials.</param>
    /// <param name="cancellationToken">The token that interrupts the command.</param>
    public static ToolException? Describe(Exception exception, string source, AwsProfile? profile, ProfileKind kind, CancellationToken cancellationToken)
    {
        if (exception is ToolException || cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        if (FindNetworkFailure(exception) is { } cause)
        {
            return new ToolException(ExitCode.Network, $"{source}: {IssuerOf(kind)} did not respond ({cause}). Check the network connection and the region.", exception);
        }

        AmazonServiceException? response = Chain(exception).OfType<AmazonServiceException>().FirstOrDefault(one => !string.IsNullOrEmpty(one.ErrorCode));
        if (kind == ProfileKind.Sso && (response?.ErrorCode.Contains("Unauthorized", StringComparison.Ordinal) ?? Chain(exception).Any(IsWithoutSsoToken)))
        {
            return ToolException.Setup($"{source}: The SSO session has expired or does not exist. Run 'aws sso login --profile {ShellWords.Quote(profile?.Name ?? "default")}'.", exception);
        }

        if (Chain(exception).Any(one => one is AmazonClientException && one.Message.Contains("already expired", StringComparison.Ordinal)))
        {
            return ToolException.Setup($"{source}: The credentials have already expired. {ExpiryRemedy(IssuerOf(kind))}", exception);
        }

        if (response is null && Chain(exception).Any(one => IsOfUnknownResponse(one, kind)))
        {
            return NotCredentials(source, kind, exception);
        }

        return response is not null
            ? ToolException.Setup($"{source}: {IssuerOf(kind)} rejected the request with {Shown.Text(response.ErrorCode)}: {Sentence(response.Message)} {RemedyOf(kind)}", exception)
            : ToolException.Setup($"{source}: The credentials are not available: {(exception is AmazonClientException or IOException or UnauthorizedAccessException ? Sentence(exception.Message) : $"the AWS SDK for .NET failed with {exception.GetType().Name}.")} {RemedyOf(kind)}", exception);
    }

    /// <summary>Returns credentials unless they have expired.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="issuer">What issued the credentials, for messages.</param>
    /// <param name="context">The clock.</param>
    /// <exception cref="ToolException">The credentials have expired.</exception>
    public static Resolved<S3Credentials> RequireCurrent(Resolved<S3Credentials> credentials, string issuer, ToolContext context) =>
        credentials.Value.ExpiresAt is { } expiresAt && expiresAt <= context.Clock.GetUtcNow()
            ? throw ToolException.Setup($"{credentials.Source}: The credentials expired at {Shown.Time(expiresAt)}. {ExpiryRemedy(issuer)}")
            : credentials;

    /// <summary>Returns the cause if a service did not respond, or <c>null</c> if the exception has a different reason.</summary>
    public static string? FindNetworkFailure(Exception exception) =>
        Chain(exception).Any(one => one is TimeoutException or OperationCanceledException) ? "timeout"
        : Chain(exception).OfType<SocketException>().FirstOrDefault() is { } socket ? Shown.Text(socket.Message)
        : Chain(exception).Any(one => one is HttpRequestException { StatusCode: null } or HttpIOException) ? Shown.Text(Chain(exception).Last().Message.TrimEnd('.'))
        : null;

    /// <summary>Returns the error for a response that contains neither credentials nor an error of AWS.</summary>
    public static ToolException NotCredentials(string source, ProfileKind kind, Exception? inner = null)
    {
        HttpStatusCode? status = inner is null ? null : Chain(inner).OfType<AmazonServiceException>().FirstOrDefault()?.StatusCode;
        string shownStatus = status is null or 0 or HttpStatusCode.OK ? "" : string.Create(CultureInfo.InvariantCulture, $" with HTTP status {(int)status}");
        return ToolException.Setup($"{source}: The response of {IssuerOf(kind)}{shownStatus} does not contain credentials. Check whether a proxy or a captive portal sent the response.", inner);
    }

    /// <summary>Returns the service or program that issues the credentials.</summary>
    public static string IssuerOf(ProfileKind kind) => kind switch
    {
        ProfileKind.Sso => "AWS SSO",
        ProfileKind.Process => "the credential_process",
        _ => "AWS STS",
    };

    private static string RemedyOf(ProfileKind kind) => kind switch
    {
        ProfileKind.Role => "Check the role and its trust policy.",
        ProfileKind.WebIdentity => "Check the role, its trust policy and the token file.",
        ProfileKind.Sso => "Check the account and the role of the profile.",
        _ => "Check the settings of the profile.",
    };

    private static string ExpiryRemedy(string issuer) => $"Check {issuer}, and the clock of this machine.";

    private static bool IsWithoutSsoToken(Exception exception) =>
        exception is AmazonClientException && (exception.Message.StartsWith("SSO Token has expired", StringComparison.Ordinal) || exception.Message.StartsWith("No valid SSO Token", StringComparison.Ordinal));

    // The SDK does not check whether the response of SSO contains credentials, and a page with a status such as 302 or 503 does not have an error code.
    private static bool IsOfUnknownResponse(Exception exception, ProfileKind kind) =>
        exception is AmazonUnmarshallingException or XmlException or JsonException or AmazonServiceException { StatusCode: not 0 } || (exception is NullReferenceException && kind == ProfileKind.Sso);

    private static string Sentence(string message) => Shown.Text(message.ReplaceLineEndings(" ").TrimEnd('.', ' ')) + ".";

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (Exception? one = exception; one is not null; one = one.InnerException)
        {
            yield return one;
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Store;

/// <summary>Gets the credentials from the HTTP service that ECS and EKS specify in the environment.</summary>
/// <remarks>The SDK's <c>GenericContainerCredentials</c> reports every failure as the same exception, and retries even after permanent failures.</remarks>
internal sealed class ContainerCredentials(ToolContext context)
{
    private const string RelativeUrl = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
    private const string FullUrl = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private const string Token = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
    private const string TokenFileName = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

    private const string EcsHost = "169.254.170.2";
    private const int Attempts = 3;
    private const int MaxResponseBytes = 64 * 1024;

    // The addresses of the container runtimes. Without TLS, a token or credentials must not be sent over a network.
    private static readonly string[] Hosts = [EcsHost, "169.254.170.23", "[fd00:ec2::23]"];

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Gets the credentials, or returns <c>null</c> if the environment does not specify a service.</summary>
    /// <exception cref="ToolException">The URL or the token is not valid, or the service did not return credentials.</exception>
    public async Task<Resolved<S3Credentials>?> FindAsync(CancellationToken cancellationToken)
    {
        string? source = Array.Find([RelativeUrl, FullUrl], name => context.Variable(name) is not null);
        if (source is null)
        {
            return null;
        }

        Uri url = source == RelativeUrl ? ParseRelative(context.Variable(source)!) : ParseFull(context.Variable(source)!);
        string? token = await ReadTokenAsync(cancellationToken);
        return new Resolved<S3Credentials>(Parse(await RequestAsync(url, token, source, cancellationToken), source), source);
    }

    private static Uri ParseRelative(string path) =>
        path[0] == '/' && Uri.TryCreate($"http://{EcsHost}{path}", UriKind.Absolute, out Uri? url) ? url
        : throw ToolException.Setup($"{RelativeUrl}: '{Shown.Text(path)}' is not a valid path. Use a path that starts with '/', or {FullUrl} for a URL.");

    private static Uri ParseFull(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw ToolException.Setup($"{FullUrl}: '{Shown.Text(text)}' is not a valid URL. Use a URL such as http://169.254.170.23/v1/credentials.");
        }

        return url.Scheme == Uri.UriSchemeHttps || url.IsLoopback || Hosts.Contains(url.Host) ? url
            : throw ToolException.Setup($"{FullUrl}: The host '{Shown.Text(url.Host)}' is not an address of a container runtime, so the URL must use HTTPS. Use HTTPS, or one of {string.Join(", ", Hosts)}.");
    }

    private async Task<string?> ReadTokenAsync(CancellationToken cancellationToken)
    {
        string? file = context.Variable(TokenFileName);
        string? token = file is null ? context.Variable(Token) : await TokenFile.ReadAsync(file, TokenFileName, cancellationToken);
        return token is null || token.All(c => c is >= ' ' and <= '~') ? token
            : throw ToolException.Setup($"{(file is null ? Token : TokenFileName)}: The token contains a line break or another character that an HTTP header cannot contain. Remove it.");
    }

    private static async Task<byte[]> RequestAsync(Uri url, string? token, string source, CancellationToken cancellationToken)
    {
        // A proxy must not receive the token.
        using SocketsHttpHandler handler = new() { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = ConnectTimeout };
        using HttpClient client = new(handler) { Timeout = Timeout, MaxResponseContentBufferSize = MaxResponseBytes };
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using HttpRequestMessage request = new(HttpMethod.Get, url);
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
                if (token is not null)
                {
                    request.Headers.TryAddWithoutValidation("Authorization", token);
                }

                using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return await response.Content.ReadAsByteArrayAsync(cancellationToken);
                }

                if ((int)response.StatusCode < 500 || attempt == Attempts)
                {
                    throw ToolException.Setup(FormattableString.Invariant($"{source}: The container's credential service responded with HTTP status {(int)response.StatusCode}. ") + (
                        response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? $"Check the token in {Token} or {TokenFileName}, and the task role or the pod identity."
                        : "Check the URL, and the task role or the pod identity."));
                }
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
            {
                throw NotCredentials(source, "is larger than 64 KiB", e);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && CredentialErrors.FindNetworkFailure(e) is { } cause)
            {
                if (attempt == Attempts || e is OperationCanceledException)
                {
                    throw new ToolException(
                        ExitCode.Network, $"{source}: The container's credential service did not respond ({cause}). Check the URL, and that the command runs in a container with a role.", e);
                }
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static S3Credentials Parse(byte[] response, string source) =>
        IssuedCredentials.Parse(response, "Token", hasVersion: false, source, out string? problem, out Exception? inner) ?? throw NotCredentials(source, problem!, inner);

    // The response itself may be a secret.
    private static ToolException NotCredentials(string source, string problem, Exception? inner = null) =>
        ToolException.Setup($"{source}: The response of the container's credential service {problem}. Check the URL, and the task role or the pod identity.", inner);
}

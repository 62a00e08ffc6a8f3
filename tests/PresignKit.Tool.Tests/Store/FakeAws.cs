using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PresignKit.Tool.Tests.Store;

/// <summary>The AWS services that issue credentials, on a port of this machine: STS, the SSO portal, the metadata service of EC2 and the credentials of containers.</summary>
internal sealed class FakeAws : IDisposable
{
    public const string AccessKeyId = "ASIAIOSFODNN7EXAMPLE";
    public const string Secret = "MARKER-issued-secret";
    public const string Token = "issued-token";
    public const string Expiration = "2030-01-02T03:04:05Z";

    // HttpListener rejects a PUT without a Content-Length, which is how the SDK requests the token of the metadata service.
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FakeAws()
    {
        _listener.Start();
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    public string Url { get; }

    /// <summary>Gets the requests so far: method, path and body, and the access key ID that signed the request.</summary>
    public List<(string Request, string? SignedBy)> Requests { get; } = [];

    /// <summary>Gets or sets a value that indicates whether STS and SSO reject every request.</summary>
    public bool Rejects { get; set; }

    /// <summary>Gets or sets the response of a captive portal or a proxy to every request, or <c>null</c> for the responses of AWS.</summary>
    public (int Status, string Body)? Portal { get; set; }

    /// <summary>Gets or sets a value that indicates whether the machine has a role.</summary>
    public bool HasRole { get; set; } = true;

    /// <summary>Gets or sets the response of the container's service, or <c>null</c> for credentials.</summary>
    public (int Status, string Body)? ContainerResponse { get; set; }

    /// <summary>Gets or sets how many requests to the container's service fail with status 500.</summary>
    public int ContainerFailures { get; set; }

    /// <summary>Gets the header <c>Authorization</c> of the last request.</summary>
    public string? Authorization { get; private set; }

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (StreamReader reader = new(client.GetStream(), Encoding.ASCII))
        {
            if (await reader.ReadLineAsync() is not { } requestLine)
            {
                return;
            }

            Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync() is { Length: > 0 } header)
            {
                headers[header[..header.IndexOf(':')]] = header[(header.IndexOf(':') + 1)..].Trim();
            }

            char[] body = new char[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
            if (body.Length > 0)
            {
                await reader.ReadBlockAsync(body);
            }

            Authorization = headers.GetValueOrDefault("Authorization");
            string request = $"{requestLine} {new string(body)}".TrimEnd();
            lock (Requests)
            {
                Requests.Add((request, headers.GetValueOrDefault("Authorization")?.Split("Credential=").ElementAtOrDefault(1)?.Split('/')[0]));
            }

            (int status, string response) = Respond(requestLine.Split(' ')[1].Split('?')[0], headers, request);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Status\r\nContent-Length: {response.Length}\r\nConnection: close\r\n\r\n{response}")));
        }
    }

    private (int Status, string Body) Respond(string path, Dictionary<string, string> headers, string request)
    {
        if (Portal is { } portal)
        {
            return portal;
        }

        if (request.Contains("Action=AssumeRole", StringComparison.Ordinal))
        {
            string action = request.Contains("Action=AssumeRoleWithWebIdentity", StringComparison.Ordinal) ? "AssumeRoleWithWebIdentity" : "AssumeRole";
            return Rejects
                ? (403, "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User is not authorized to perform: sts:AssumeRole</Message></Error><RequestId>1</RequestId></ErrorResponse>")
                : (200, $"<{action}Response><{action}Result><Credentials><AccessKeyId>{AccessKeyId}</AccessKeyId><SecretAccessKey>{Secret}</SecretAccessKey><SessionToken>{Token}</SessionToken>"
                    + $"<Expiration>{Expiration}</Expiration></Credentials></{action}Result></{action}Response>");
        }

        if (path == "/federation/credentials")
        {
            return Rejects || headers.GetValueOrDefault("x-amz-sso_bearer_token") != "sso-access-token"
                ? (401, """{"__type":"UnauthorizedException","message":"Session token not found or invalid"}""")
                : (200, $$$"""{"roleCredentials":{"accessKeyId":"{{{AccessKeyId}}}","secretAccessKey":"{{{Secret}}}","sessionToken":"{{{Token}}}","expiration":1893553445000}}""");
        }

        const string Roles = "/latest/meta-data/iam/security-credentials";
        string issued = $$"""{"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"{{AccessKeyId}}","SecretAccessKey":"{{Secret}}","Token":"{{Token}}","Expiration":"{{Expiration}}","LastUpdated":"2026-01-01T00:00:00Z"}""";
        return path switch
        {
            "/latest/api/token" => (200, "metadata-token"),
            Roles when HasRole => (200, "my-role"),
            Roles + "/my-role" => (200, issued),
            "/container" when ContainerFailures-- > 0 => (500, ""),
            "/container" when ContainerResponse is { } response => response,
            "/container" when HasRole => (200, issued),
            _ => (404, ""),
        };
    }
}

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using PresignKit.LocalS3;

namespace PresignKit.LiveTests;

/// <summary>The server, and how it is addressed.</summary>
public enum Via
{
    /// <summary>Ceph RADOS Gateway in path style over HTTP.</summary>
    Rgw,

    /// <summary>The same gateway, at an IPv6 address.</summary>
    RgwIPv6,

    /// <summary>The same gateway, with the production host names of DigitalOcean Spaces, in virtual-hosted style over TLS.</summary>
    RgwAsSpaces,

    /// <summary>OpenStack Swift's S3 API in path style over HTTP.</summary>
    Swift,

    /// <summary>LocalS3, in this process.</summary>
    LocalS3,
}

/// <summary>A live store with its own bucket, and a client that reaches it.</summary>
public sealed class LiveStore
{
    // The tests use all of these; RGW_IPV6_URL depends on the machine.
    private static readonly string[] Variables =
    [
        "RGW_URL", "RGW_REGION", "RGW_ACCESS_KEY", "RGW_SECRET_KEY", "RGW_TLS_PORT", "RGW_TLS_CA", "RGW_STS_URL", "RGW_STS_ROLE_ARN",
        "SWIFT_URL", "SWIFT_REGION", "SWIFT_ACCESS_KEY", "SWIFT_SECRET_KEY",
    ];

    // One server for all tests: each test has its own bucket.
    private static readonly Lazy<Task<LocalS3Server>> Local = new(() => LocalS3Server.StartAsync(options => options.Region = "nyc3"));

    private LiveStore(LocalS3Server server)
    {
        Via = Via.LocalS3;
        Http = server.CreateHttpClient();
        Endpoint = server.Endpoint;
        Region = server.Region;
        AccessKeyId = server.AccessKeyId;
        SecretAccessKey = server.SecretAccessKey;
    }

    private LiveStore(Via via, string prefix, string endpoint, HttpClient http)
    {
        Via = via;
        Http = http;
        Endpoint = endpoint;
        Region = Variable(prefix + "_REGION")!;
        AccessKeyId = Variable(prefix + "_ACCESS_KEY")!;
        SecretAccessKey = Variable(prefix + "_SECRET_KEY")!;
    }

    public Via Via { get; }

    public HttpClient Http { get; }

    public string Endpoint { get; }

    public string Region { get; }

    public string AccessKeyId { get; }

    public string SecretAccessKey { get; }

    public string Bucket { get; } = "presignkit-" + Guid.NewGuid().ToString("N")[..12];

    public static string? Variable(string name) => Environment.GetEnvironmentVariable("PRESIGNKIT_" + name) is { Length: > 0 } value ? value : null;

    /// <summary>Returns a description of the problem, with the remedy, or <c>null</c> if tests can reach the stores.</summary>
    /// <param name="variable">Returns the value of a variable of eng/live-servers, without its prefix PRESIGNKIT_.</param>
    public static string? ReasonToSkip(Func<string, string?> variable)
    {
        const string Remedy = " On Debian 12: eng/live-servers install, then eng/live-servers run /tmp/presignkit-live -- dotnet test";
        string[] missing = [.. Variables.Where(name => variable(name) is null)];
        if (missing.Length > 0)
        {
            return missing.Length == Variables.Length
                ? "No live store is configured." + Remedy
                : $"The live stores are only partly configured: {string.Join(", ", missing.Select(name => "PRESIGNKIT_" + name))} not set." + Remedy;
        }

        return File.Exists(variable("RGW_TLS_CA")) ? null : $"The certificate authority of the live stores is missing: {variable("RGW_TLS_CA")} (PRESIGNKIT_RGW_TLS_CA)." + Remedy;
    }

    /// <summary>Opens a store and creates a new bucket with a presigned URL.</summary>
    public static async Task<LiveStore> Open(Via via)
    {
        LiveStore store = via switch
        {
            Via.Rgw => new LiveStore(via, "RGW", Variable("RGW_URL")!, new HttpClient()),
            Via.RgwIPv6 => new LiveStore(via, "RGW", Variable("RGW_IPV6_URL")!, new HttpClient()),
            Via.LocalS3 => new LiveStore(await Local.Value),
            Via.RgwAsSpaces => new LiveStore(via, "RGW", "https://nyc3.digitaloceanspaces.com", ClientForSpacesHosts()),
            _ => new LiveStore(via, "SWIFT", Variable("SWIFT_URL")!, new HttpClient()),
        };
        using HttpResponseMessage created = await store.Send(store.Presigner().Presign(new S3BucketRequest(HttpMethod.Put) { Bucket = store.Bucket }));
        await created.ShouldHaveStatus(200);
        return store;
    }

    public PresignerOptions Options() => new()
    {
        Endpoint = Endpoint,
        Region = Region,
        Bucket = Bucket,
        AccessKeyId = AccessKeyId,
        SecretAccessKey = SecretAccessKey,
    };

    public S3Presigner Presigner(TimeProvider? timeProvider = null) => new(Options(), timeProvider);

    /// <summary>Sends the request that the URL allows, with the required headers.</summary>
    public Task<HttpResponseMessage> Send(PresignedUrl url, HttpContent? content = null) => Http.SendAsync(url.ToHttpRequestMessage(content));

    public Task<HttpResponseMessage> Send(HttpMethod method, Uri uri, IReadOnlyDictionary<string, string>? headers = null, HttpContent? content = null)
    {
        HttpRequestMessage request = new(method, uri) { Content = content };
        foreach ((string name, string value) in headers ?? new Dictionary<string, string>())
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value).Should().BeTrue("the header {0} can be sent", name);
            }
        }

        return Http.SendAsync(request);
    }

    /// <summary>Uploads an object through a presigned URL.</summary>
    public async Task Put(string key, byte[] content)
    {
        using HttpResponseMessage put = await Send(Presigner().Presign(new PutObject(key)), new ByteArrayContent(content));
        await put.ShouldHaveStatus(200);
    }

    // The URL is the same as in production, including host name and TLS. Only the connection goes to the gateway on this machine.
    private static HttpClient ClientForSpacesHosts()
    {
        X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(Variable("RGW_TLS_CA")!);
        int port = int.Parse(Variable("RGW_TLS_PORT")!, System.Globalization.CultureInfo.InvariantCulture);
        X509ChainPolicy trust = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(authority);
        return new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust },
            ConnectCallback = async (_, cancellationToken) =>
            {
                Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync("127.0.0.1", port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace PresignKit.LocalS3;

/// <summary>An S3 endpoint for tests and development, with its own server on a free port of the loopback interface.</summary>
/// <remarks>
/// <para>The server accepts only presigned URLs and forms, and it rejects the requests that AWS rejects. It responds with 501 to requests for features that it does not
/// support. Objects are stored in memory and in temporary files, and disappear with the server.</para>
/// <para>Instances are thread-safe. Starting a server takes a few milliseconds, so each test can have its own.</para>
/// </remarks>
/// <example><code>
/// await using LocalS3Server s3 = await LocalS3Server.StartAsync(o =&gt; o.Buckets.Add("photos"));
/// IPresigner presigner = s3.CreatePresigner("photos");
/// using HttpClient http = s3.CreateHttpClient();
/// s3.Buckets["photos"].Put("a.png", bytes, "image/png");
/// using HttpResponseMessage response = await http.GetAsync(presigner.Presign(new GetObject("a.png")).Url);
/// </code></example>
public sealed class LocalS3Server : LocalS3Store, IAsyncDisposable
{
    private const int MaxRequestLine = 64 << 10;

    private readonly KestrelServer _server;

    private LocalS3Server(LocalS3Options options)
        : base(options)
    {
        _server = CreateServer(options.Port);
        Endpoint = "";
    }

    /// <summary>Gets the URL of the endpoint, such as <c>http://127.0.0.1:41234</c>.</summary>
    /// <value>Buckets are addressed in the path (<c>http://127.0.0.1:41234/photos/a.png</c>) or in the host name (<c>http://photos.localhost:41234/a.png</c>). Browsers and curl
    /// resolve such host names; in .NET, only the client from <see cref="CreateHttpClient"/> does.</value>
    public string Endpoint { get; private set; }

    /// <summary>Starts a server.</summary>
    /// <param name="configure">A callback that sets the options, or <c>null</c> to use the defaults.</param>
    /// <param name="cancellationToken">A token that cancels the start.</param>
    /// <returns>The server, which accepts requests. Dispose it to stop it.</returns>
    /// <exception cref="ArgumentException">An option is not valid.</exception>
    /// <exception cref="InvalidOperationException">The environment is <c>Production</c> (<c>DOTNET_ENVIRONMENT</c> or <c>ASPNETCORE_ENVIRONMENT</c>), and
    /// <see cref="LocalS3Options.AllowProduction"/> is <c>false</c>.</exception>
    /// <exception cref="IOException">The port is already in use, or the process is not permitted to use it.</exception>
    public static async Task<LocalS3Server> StartAsync(Action<LocalS3Options>? configure = null, CancellationToken cancellationToken = default)
    {
        LocalS3Options options = new();
        configure?.Invoke(options);
        string? environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT");
        LocalS3Extensions.ThrowIfProduction(environment, options);

        LocalS3Server server = new(options);
        try
        {
            await server._server.StartAsync(new Application(server), cancellationToken).ConfigureAwait(false);
            string address = server._server.Features.Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>()!.Addresses.First();
            server.Endpoint = address.TrimEnd('/');
            return server;
        }
        catch (Exception e)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            if (e is IOException or SocketException)
            {
                throw new IOException(
                    FormattableString.Invariant($"LocalS3 cannot listen on 127.0.0.1:{options.Port}. {e.Message.TrimEnd('.')}. Set LocalS3Options.Port to a different port, or to 0 for a free one."), e);
            }

            throw;
        }
    }

    /// <summary>Creates a presigner for this server.</summary>
    /// <param name="bucket">The default bucket, or <c>null</c> if each operation specifies its bucket.</param>
    /// <returns>A presigner with the server's clock. The server remembers the last 1,000 URLs, so that <see cref="LocalS3Error.Cause"/> can name the signed value that a rejected
    /// request changed.</returns>
    public IPresigner CreatePresigner(string? bucket = null) => new RememberingPresigner(
        new S3Presigner(
            new PresignerOptions
            {
                Endpoint = Endpoint,
                Region = Region,
                Bucket = bucket,
                AccessKeyId = AccessKeyId,
                SecretAccessKey = SecretAccessKey,
                SessionToken = Credentials.SessionToken,
                UrlStyle = UrlStyle.Path,
            },
            TimeProvider),
        SignedUrls);

    /// <summary>Creates a client that sends every request to this server, regardless of the host in the URL.</summary>
    /// <returns>A client that does not follow redirects. The caller must dispose it.</returns>
    /// <remarks>URLs such as <c>http://photos.localhost:41234/a.png</c> and <c>http://my-space.nyc3.digitaloceanspaces.com/a.png</c> work. The server does not support TLS.</remarks>
    public HttpClient CreateHttpClient()
    {
        int port = new Uri(Endpoint).Port;
        return new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken).ConfigureAwait(false);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        });
    }

    /// <summary>Returns the settings of a presigner for this server, in the form of configuration keys and values.</summary>
    /// <param name="section">The name of the configuration section that the application passes to <c>AddPresigner</c>, such as <c>Spaces</c>.</param>
    /// <param name="bucket">The default bucket, or <c>null</c> if the application sets the bucket itself.</param>
    /// <returns>The settings, for <c>AddInMemoryCollection</c>. They contain the secret access key.</returns>
    /// <exception cref="ArgumentException"><paramref name="section"/> is empty.</exception>
    public IReadOnlyDictionary<string, string?> ToConfiguration(string section, string? bucket = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(section);
        Dictionary<string, string?> settings = new()
        {
            [section + ":Endpoint"] = Endpoint,
            [section + ":Region"] = Region,
            [section + ":AccessKeyId"] = AccessKeyId,
            [section + ":SecretAccessKey"] = SecretAccessKey,
            [section + ":UrlStyle"] = nameof(UrlStyle.Path),
        };
        if (Credentials.SessionToken is { } token)
        {
            settings[section + ":SessionToken"] = token;
        }

        if (bucket is not null)
        {
            settings[section + ":Bucket"] = bucket;
        }

        return settings;
    }

    /// <summary>Stops the server and deletes all buckets and temporary files.</summary>
    public async ValueTask DisposeAsync()
    {
        // The canceled token makes the server close open connections immediately. Otherwise, it would wait for the connections that HttpClient keeps for later requests.
        using CancellationTokenSource now = new();
        await now.CancelAsync().ConfigureAwait(false);
        await _server.StopAsync(now.Token).ConfigureAwait(false);
        Dispose();
    }

    /// <summary>Returns the URL of the endpoint.</summary>
    public override string ToString() => Endpoint;

    /// <inheritdoc/>
    private protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _server.Dispose();
        }

        base.Dispose(disposing);
    }

    // Creates a server without a generic host, because configuration files, file watchers and a service container are not needed.
    private static KestrelServer CreateServer(int port)
    {
        // Like S3, the server sends non-ASCII header values in ISO 8859-1. For example, response-content-disposition can contain such a value.
        KestrelServerOptions options = new() { AddServerHeader = false, ResponseHeaderEncodingSelector = _ => Encoding.Latin1 };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MaxRequestLineSize = MaxRequestLine;
        options.Limits.MaxRequestHeadersTotalSize = MaxRequestLine;
        options.Limits.MaxRequestBufferSize = 1 << 20;

        // A request can pause for minutes while its client is being debugged.
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        return new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    /// <summary>Connects the server to the store.</summary>
    private sealed class Application(LocalS3Server server) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => server.HandleAsync(context, basePath: "");

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}

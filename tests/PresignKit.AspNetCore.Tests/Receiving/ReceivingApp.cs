using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.AspNetCore.Tests.Receiving;

/// <summary>A started application that accepts presigned URLs, on Kestrel or in memory.</summary>
internal sealed class ReceivingApp : IAsyncDisposable
{
    public const string Host = "app.example.com";
    public const string Bucket = "files";
    public const string AccessKeyId = "EXAMPLEKEYID";
    public const string SecretAccessKey = "example-secret-access-key";

    public static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly WebApplication _app;

    private ReceivingApp(WebApplication app, LogLines log, FakeTimeProvider clock)
    {
        _app = app;
        Log = log;
        Clock = clock;
    }

    public LogLines Log { get; }

    public FakeTimeProvider Clock { get; }

    public IServiceProvider Services => _app.Services;

    public int Port => new Uri(_app.Urls.First()).Port;

    /// <summary>Starts an application in memory.</summary>
    /// <param name="map">A callback that maps endpoints, or <c>null</c> for one endpoint that returns what it was given.</param>
    /// <param name="configure">A callback that changes the options.</param>
    /// <param name="build">A callback that changes the builder of the application.</param>
    public static Task<ReceivingApp> StartInMemoryAsync(
        Action<WebApplication>? map = null, Action<RequirePresignedUrlOptions>? configure = null, Action<WebApplicationBuilder>? build = null) =>
        StartAsync(map, configure, builder =>
        {
            builder.WebHost.UseTestServer();
            build?.Invoke(builder);
        });

    /// <summary>Starts an application on Kestrel, on a free port of the loopback interface.</summary>
    public static Task<ReceivingApp> StartOnKestrelAsync(
        Action<WebApplication>? map = null, Action<RequirePresignedUrlOptions>? configure = null, Action<WebApplicationBuilder>? build = null, HttpProtocols protocols = HttpProtocols.Http1) =>
        StartAsync(map, configure, builder =>
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
            build?.Invoke(builder);
        });

    /// <summary>Maps an endpoint that returns the route value, the verified bucket and the verified key as JSON.</summary>
    public static void MapEcho(WebApplication app) => app.MapMethods("/{**key}", ["GET", "HEAD", "PUT"], Echo).RequirePresignedUrl();

    public static string Echo(string key, VerifiedRequest request) => Json(key, request.Bucket, request.Key);

    public static string Json(params string?[] values) => JsonSerializer.Serialize(values, Readable);

    /// <summary>Returns the options of a presigner whose URLs the application accepts.</summary>
    public static PresignerOptions Presigning(string endpoint = $"http://{Host}", UrlStyle style = UrlStyle.Auto) => new()
    {
        Endpoint = endpoint,
        Region = "us-east-1",
        Bucket = Bucket,
        AccessKeyId = AccessKeyId,
        SecretAccessKey = SecretAccessKey,
        UrlStyle = style,
    };

    public static PresignedUrl Presign(S3Operation operation) => new S3Presigner(Presigning(), new FakeTimeProvider(Now)).Presign(operation);

    public HttpClient CreateClient() => _app.GetTestClient();

    public Task<HttpResponseMessage> SendAsync(S3Operation operation) => SendAsync(Presign(operation).ToHttpRequestMessage());

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using HttpClient client = CreateClient();
        return await client.SendAsync(request);
    }

    /// <summary>Sends the bytes of a request as they are, and returns everything that the server sends until it closes the connection.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using CancellationTokenSource timeout = new(TimeSpan.FromSeconds(30));
        using TcpClient client = new() { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, Port, timeout.Token);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request + "Connection: close\r\n\r\n"), timeout.Token);
        using MemoryStream response = new();
        await stream.CopyToAsync(response, timeout.Token);
        return Encoding.UTF8.GetString(response.ToArray());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<ReceivingApp> StartAsync(Action<WebApplication>? map, Action<RequirePresignedUrlOptions>? configure, Action<WebApplicationBuilder> build)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        LogLines log = new();
        FakeTimeProvider clock = new(Now);
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddPresignedUrlVerifier(o =>
        {
            o.Endpoint = S3Endpoint.Create($"http://{Host}", "us-east-1");
            o.Bucket = Bucket;
            o.Credentials.Add(new S3Credentials(AccessKeyId, SecretAccessKey));
            configure?.Invoke(o);
        });
        build(builder);
        WebApplication app = builder.Build();
        (map ?? MapEcho)(app);
        await app.StartAsync();
        return new ReceivingApp(app, log, clock);
    }

    /// <summary>Collects the log of the library.</summary>
    public sealed class LogLines : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> _lines = new();

        /// <summary>Gets the lines in the form <c>category level event message</c>.</summary>
        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Logger(LogLines log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => category.StartsWith("PresignKit", StringComparison.Ordinal);

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel))
                {
                    log._lines.Enqueue($"{category} {logLevel} {eventId.Name} {formatter(state, exception)}");
                }
            }
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PresignKit.Tests;

/// <summary>The headers that arrive at a server are the signed headers, however the request is sent.</summary>
public class SentHeadersTests
{
    private static readonly PresignedUrl Upload = TestPresigner.At(S3Endpoint.Create("http://127.0.0.1:9", "us-east-1")).Presign(new PutObject("key")
    {
        ContentType = "text/plain;charset=utf-8",
        CacheControl = "private, no-store",
        ContentDisposition = "attachment;filename=\"a.txt\"",
        ContentEncoding = "gzip,br",
        ContentLanguage = "de,en",
        ContentMD5 = "1B2M2Y8AsgTpgAmY7PhCfg==",
        Expires = TestPresigner.Now,
        IfMatch = "\"a\",\"b\"",
        Metadata = new Dictionary<string, string> { ["list"] = "b,a" },
    });

    [Fact]
    public async Task ToHttpRequestMessage_SentByHttpClient_ArrivesAsSigned()
    {
        using HttpClient client = new();

        (await Received(client.SendAsync)).Should().Contain(Signed);
    }

    [Fact]
    public async Task ToHttpRequestMessage_HandlerEnumeratesTheHeaders_ArrivesAsSigned()
    {
        using HttpClient client = new(new Enumerating { InnerHandler = new SocketsHttpHandler() });

        (await Received(client.SendAsync)).Should().Contain(Signed);
    }

    [Fact]
    public async Task ToHttpRequestMessage_ClientFactoryLogsAtTrace_ArrivesAsSigned()
    {
        CollectedLogs logs = new();
        ServiceCollection services = new();
        services.AddLogging(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        services.AddHttpClient("store");
        await using ServiceProvider provider = services.BuildServiceProvider();
        using HttpClient client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("store");

        (await Received(client.SendAsync)).Should().Contain(Signed);
        logs.Entries.Should().Contain(entry => entry.Message.Contains("no-store, private", StringComparison.Ordinal), "logging enumerates the headers");
    }

    [Fact]
    public async Task RequiredHeaders_AddedWithHeadersAdd_ArriveAsSigned()
    {
        using HttpClient client = new();

        string[] received = await Received(request =>
        {
            HttpRequestMessage copy = new(request.Method, request.RequestUri) { Content = new ByteArrayContent([1]) };
            foreach (KeyValuePair<string, string> header in Upload.RequiredHeaders)
            {
                bool isOfContent = header.Key.StartsWith("content-", StringComparison.OrdinalIgnoreCase) || header.Key == "expires";
                (isOfContent ? (System.Net.Http.Headers.HttpHeaders)copy.Content.Headers : copy.Headers).Add(header.Key, header.Value);
            }

            return client.SendAsync(copy);
        });

        received.Should().Contain(Signed);
    }

    private static string[] Signed => [.. Upload.RequiredHeaders.Select(header => $"{header.Key.ToLowerInvariant()}: {header.Value}")];

    /// <summary>Sends the upload to a server on loopback and returns the header lines as they arrive, with lowercase names.</summary>
    private static async Task<string[]> Received(Func<HttpRequestMessage, Task<HttpResponseMessage>> send)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using HttpRequestMessage request = Upload.ToHttpRequestMessage(new StringContent("x"));
        request.RequestUri = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/key");
        Task<HttpResponseMessage> sending = send(request);
        using TcpClient connection = await listener.AcceptTcpClientAsync();
        NetworkStream stream = connection.GetStream();
        using StreamReader reader = new(stream, Encoding.Latin1);
        List<string> lines = [];
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':');
            lines.Add(colon < 0 ? line : line[..colon].ToLowerInvariant() + line[colon..]);
        }

        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        using HttpResponseMessage response = await sending;
        return [.. lines];
    }

    private sealed class Enumerating : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _ = request.Headers.Count() + request.Content!.Headers.Count();
            return base.SendAsync(request, cancellationToken);
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.DocsTests;

/// <summary>The code and the table of docs/verify.md. Requests are sent to Kestrel through a socket, because <see cref="HttpClient"/> would rewrite their paths.</summary>
public class VerifyTests
{
    private const string Host = "files.example.com";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Targets => [.. Page.Rows("docs/verify.md").Where(row => row.Length == 4).Select(row => row[0].Trim('`'))];

    [Fact]
    public async Task Request_AsSigned_IsServed()
    {
        string response = await ResponseTo(SignedTarget("/my-bucket/reports/2026.pdf"));

        response.Should().StartWith("HTTP/1.1 200").And.EndWith("my-bucket / reports/2026.pdf");
    }

    [Theory]
    [InlineData("&a=b", "", "403")]
    [InlineData("", "x-amz-acl: public-read\r\n", "403")]
    [InlineData("", "X-Amz-Cf-Id: from-the-cdn\r\n", "200")]
    public async Task Request_Changed_IsServedOnlyIfThatIsAllowed(string parameter, string header, string status)
    {
        string response = await ResponseTo(SignedTarget("/my-bucket/a") + parameter, header);

        response.Should().StartWith("HTTP/1.1 " + status);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Table_Target_IsDecodedAsThePageShows(string path)
    {
        string[] row = Page.Rows("docs/verify.md").Single(row => row[0] == $"`{path}`");

        string response = await ResponseTo(SignedTarget(path), "X-Test: true\r\n");

        string[] seen = JsonSerializer.Deserialize<string[]>(response[response.IndexOf('[', StringComparison.Ordinal)..])!;
        row[1..].Should().Equal(seen);
    }

    [Fact]
    public async Task Query_OfAspNetCore_MergesNamesThatDifferInCase()
    {
        string response = await ResponseTo(SignedTarget("/my-bucket/a", "VERSIONID=2&versionId=1&"), "X-Test: query\r\n");

        response.Should().EndWith("""["2,1","VERSIONID=2","versionId=1"]""");
    }

    // TestServer, which WebApplicationFactory uses, does not set RawTarget and splits the Uri of a request into its components.
    [Theory]
    [InlineData("reports/2026.pdf")]
    [InlineData("100%.pdf")]
    [InlineData("März 2026 + 'a' (b)!*~.pdf")]
    [InlineData("a//b/\u65e5\u672c\U0001F600?&=;:@,$[]{}|^`\"<>#")]
    public async Task Request_ToTestServer_IsServed(string key)
    {
        await using WebApplication app = await Start(host => host.UseTestServer());
        using HttpClient client = app.GetTestClient();
        S3Presigner presigner = Presigner();
        PresignedUrl put = presigner.Presign(new PutObject(key) { ContentType = "text/plain" });

        using HttpResponseMessage stored = await client.SendAsync(put.ToHttpRequestMessage(new ByteArrayContent([1])));
        using HttpResponseMessage read = await client.SendAsync(presigner.Presign(new GetObject(key)).ToHttpRequestMessage());
        using HttpResponseMessage wrongMethod = await client.GetAsync(put.ToUri());

        (await stored.Content.ReadAsStringAsync()).Should().Be("my-bucket / " + key);
        (await read.Content.ReadAsStringAsync()).Should().Be("my-bucket / " + key);
        wrongMethod.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    // The page describes this limitation: TestServer decodes the path once, so %41 in a key cannot be distinguished from an escape.
    [Fact]
    public async Task Request_ToTestServerWithAnEscapeInTheKey_IsRejected()
    {
        await using WebApplication app = await Start(host => host.UseTestServer());
        using HttpClient client = app.GetTestClient();

        using HttpResponseMessage response = await client.SendAsync(Presigner().Presign(new GetObject("a%41")).ToHttpRequestMessage());

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private static S3Presigner Presigner() => new(
        new PresignerOptions
        {
            Endpoint = "https://files.example.com",
            Region = "us-east-1",
            Bucket = "my-bucket",
            AccessKeyId = Example.AccessKeyId,
            SecretAccessKey = Example.SecretAccessKey,
        },
        new FakeTimeProvider(Example.Now));

    private static PresignedUrlVerifier Verifier()
    {
        FakeTimeProvider clock = new(Example.Now);
        Dictionary<string, S3Credentials> keys = new() { [Example.AccessKeyId] = new(Example.AccessKeyId, Example.SecretAccessKey) };

        PresignedUrlVerifier verifier = new(accessKeyId => keys.GetValueOrDefault(accessKeyId), new PresignedUrlVerifierOptions
        {
            Endpoint = S3Endpoint.Create("https://files.example.com", "us-east-1"),      // the address for which clients have signed URLs
            MaxExpiresIn = TimeSpan.FromDays(1),
            AllowedUnsignedHeaders = { "x-amz-cf-id" },                                  // CloudFront adds it
        }, clock);

        return verifier;
    }

    // Returns a started application, on Kestrel or in memory.
    private static async Task<WebApplication> Start(Action<IWebHostBuilder> useServer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        useServer(builder.WebHost);
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        PresignedUrlVerifier verifier = Verifier();
        app.Use(async (context, next) => await (context.Request.Headers.ContainsKey("X-Test") ? Describe(context, verifier) : next(context)));

        app.Run(async context =>
        {
            HttpRequest request = context.Request;
            string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;      // as received, unlike Request.Path
            if (target.Length == 0)
            {
                target = request.GetEncodedPathAndQuery();                                             // TestServer, of WebApplicationFactory
            }

            var headers = request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()));

            PresignedUrlVerificationResult result = verifier.Verify(new HttpMethod(request.Method), target, headers);
            if (!result.IsValid)
            {
                context.Response.StatusCode = 403;
                return;
            }

            await context.Response.WriteAsync($"{result.Url.Bucket} / {result.Url.Key}");
        });

        await app.StartAsync();
        return app;
    }

    private static async Task<string> ResponseTo(string rawTarget, string headerLines = "")
    {
        await using WebApplication app = await Start(host => host.UseUrls("http://127.0.0.1:0"));
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(app.Urls.Single()).Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {rawTarget} HTTP/1.0\r\nHost: {Host}\r\n{headerLines}\r\n"));
        using StreamReader reader = new(stream);
        return await reader.ReadToEndAsync();
    }

    // Returns what the page's table compares: ASP.NET Core's path, and the bucket and the key of the result.
    private static async Task Describe(HttpContext context, PresignedUrlVerifier verifier)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        PresignedUrlInfo url = verifier.Verify(HttpMethod.Get, target, [new("Host", Host)]).Url!;
        string[] seen = context.Request.Headers["X-Test"] == "query"
            ? [context.Request.Query["versionId"].ToString(), .. url.OtherParameters.Select(parameter => $"{parameter.Key}={parameter.Value}")]
            : [.. new[] { context.Request.Path.Value, url.Bucket, url.Key }.Select(text => text is null ? "`null`" : $"`{text}`")];
        await context.Response.WriteAsync(JsonSerializer.Serialize(seen, Readable));
    }

    // Signs the path as other libraries do, including dot segments. The store treats an encoded slash as a slash and an encoded dot as a dot.
    private static string SignedTarget(string path, string query = "")
    {
        const string Algorithm = "X-Amz-Algorithm=AWS4-HMAC-SHA256";
        string unsigned = $"{query}{Algorithm}&X-Amz-Credential={Example.AccessKeyId}%2F20260314%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260314T150926Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host";
        string canonicalQuery = query.Length == 0 ? unsigned : string.Join('&', unsigned.Split('&').Order(StringComparer.Ordinal));
        string canonicalRequest = $"GET\n{path.Replace("%2F", "/", StringComparison.Ordinal).Replace("%2E", ".", StringComparison.Ordinal)}\n{canonicalQuery}\nhost:{Host}\n\nhost\nUNSIGNED-PAYLOAD";
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)));
        string stringToSign = $"AWS4-HMAC-SHA256\n20260314T150926Z\n20260314/us-east-1/s3/aws4_request\n{hash}";
        byte[] signature = new byte[SigningKey.SignatureSize];
        SigningKey.Derive(Example.SecretAccessKey, new CredentialScope(Example.Now.UtcDateTime, "us-east-1", "s3")).SignText(Encoding.UTF8.GetBytes(stringToSign), signature);
        return $"{path}?{unsigned}&X-Amz-Signature={Convert.ToHexStringLower(signature)}";
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.LiveTests;

/// <summary>The rules and the scripts of docs/cors.md, with a gateway and a browser.</summary>
public class CorsTests
{
    private const string Rules = """
        <CORSConfiguration>
          <CORSRule>
            <AllowedOrigin>https://app.example.com</AllowedOrigin>
            <AllowedMethod>GET</AllowedMethod>
            <AllowedMethod>PUT</AllowedMethod>
            <AllowedMethod>POST</AllowedMethod>
            <AllowedHeader>*</AllowedHeader>
            <ExposeHeader>ETag</ExposeHeader>
            <MaxAgeSeconds>3600</MaxAgeSeconds>
          </CORSRule>
        </CORSConfiguration>
        """;

    [LiveFact]
    public async Task Rules_SetWithAPresignedUrl_AllowThePreflight()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        S3Presigner presigner = store.Presigner();
        HttpClient http = store.Http;
        string bucket = store.Bucket;
        byte[] rules = Encoding.UTF8.GetBytes(Rules);

        PresignedUrl cors = presigner.Presign(new S3BucketRequest(HttpMethod.Put)
        {
            Bucket = bucket,
            SubResource = "cors",
            Headers = [new("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData(rules)))],
        });
        HttpResponseMessage set = await http.SendAsync(cors.ToHttpRequestMessage(new ByteArrayContent(rules)));

        await set.ShouldHaveStatus(200);
        PresignedUrl upload = presigner.Presign(new PutObject("a.png") { ContentType = "image/png" });
        using HttpResponseMessage allowed = await Preflight(store, upload.Url, "https://app.example.com", "PUT", "content-type");
        await allowed.ShouldHaveStatus(200);
        allowed.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("https://app.example.com");
        allowed.Headers.GetValues("Access-Control-Allow-Headers").Should().Equal("content-type");
        allowed.Headers.GetValues("Access-Control-Expose-Headers").Should().Equal("ETag");
        allowed.Headers.GetValues("Access-Control-Max-Age").Should().Equal("3600");
        using HttpResponseMessage tampered = await Preflight(store, upload.Url.Replace("X-Amz-Signature=", "X-Amz-Signature=0", StringComparison.Ordinal), "https://app.example.com", "PUT", "content-type");
        await tampered.ShouldHaveStatus(200);
    }

    [LiveTheory]
    [InlineData("https://elsewhere.example", "PUT")]
    [InlineData("https://app.example.com", "DELETE")]
    public async Task Preflight_OutsideTheRules_Is403WithoutCorsHeaders(string origin, string method)
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        await SetRules(store, Rules);

        using HttpResponseMessage rejected = await Preflight(store, store.Presigner().Presign(new PutObject("a")).Url, origin, method, "content-type");

        await rejected.ShouldHaveStatus(403);
        rejected.Headers.Should().NotContain(header => header.Key.StartsWith("Access-Control-", StringComparison.Ordinal));
    }

    [LiveFact]
    public async Task Rejections_WithinTheRules_DoNotHaveCorsHeaders()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        await SetRules(store, Rules);
        string expired = store.Presigner(new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(-2))).Presign(new PutObject("a")).Url;
        string tampered = store.Presigner().Presign(new PutObject("a")).Url.Replace("X-Amz-Signature=", "X-Amz-Signature=0", StringComparison.Ordinal);

        using HttpResponseMessage preflight = await Preflight(store, expired, "https://app.example.com", "PUT", "content-type");
        using HttpResponseMessage upload = await store.Send(
            HttpMethod.Put, new Uri(tampered), new Dictionary<string, string> { ["Origin"] = "https://app.example.com" }, new ByteArrayContent([1]));

        foreach (HttpResponseMessage rejected in (HttpResponseMessage[])[preflight, upload])
        {
            await rejected.ShouldHaveStatus(403);
            rejected.Headers.Should().NotContain(header => header.Key.StartsWith("Access-Control-", StringComparison.Ordinal));
        }
    }

    [BrowserFact]
    public async Task Fetch_OfAnUploadByChromium_SendsTheHeadersAndReadsTheETag()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        using Browser browser = new();
        await SetRules(store, Rules.Replace("https://app.example.com", browser.Origin.TrimEnd('/'), StringComparison.Ordinal));
        PresignedUrl ticket = store.Presigner().Presign(new PutObject("fetched.png") { ContentType = "image/png", Metadata = new Dictionary<string, string> { ["owner"] = "ada" } });

        string done = await browser.Open(Page(JsonSerializer.Serialize(ticket), """
            const response = await fetch(ticket.url, { method: ticket.method, headers: ticket.headers, body: file });
            const etag = response.headers.get('ETag');        // null, unless the rules expose it
            """));

        done.Should().Be("/done?200%225d41402abc4b2a76b9719d911017c592%22", "the ETag is the MD5 of the file");
        using HttpResponseMessage got = await store.Send(store.Presigner().Presign(new GetObject("fetched.png")));
        got.Content.Headers.ContentType!.ToString().Should().Be("image/png");
        got.Headers.GetValues("x-amz-meta-owner").Should().Equal("ada");
    }

    [BrowserFact]
    public async Task Fetch_OfAFormByChromium_Uploads()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        using Browser browser = new();
        await SetRules(store, Rules.Replace("https://app.example.com", browser.Origin.TrimEnd('/'), StringComparison.Ordinal));
        PresignedPost post = store.Presigner().PresignPost(new PostPolicy(PostKey.Prefix("up/")) { UseFileName = true, ContentType = "image/png", ContentLength = (1, 100) });

        string done = await browser.Open(Page(JsonSerializer.Serialize(post), """
            const form = new FormData();
            for (const [name, value] of Object.entries(ticket.fields)) form.append(name, value);
            form.append('file', file);                      // last: stores ignore the fields after it
            const response = await fetch(ticket.url, { method: 'POST', body: form });
            """));

        done.Should().StartWith("/done?204");
        using HttpResponseMessage got = await store.Send(store.Presigner().Presign(new GetObject("up/me.png")));
        (await got.Content.ReadAsStringAsync()).Should().Be("hello");
    }

    private static string Page(string ticket, string script) => $$"""
        <!doctype html><title>upload</title>
        <script type="module">
        const ticket = {{ticket}};
        const file = new File(['hello'], 'me.png', { type: 'image/png' });
        try {
        {{script}}
        location = '/done?' + response.status + (response.headers.get('ETag') ?? '');
        } catch (problem) { location = '/failed?' + encodeURIComponent(problem); }
        </script>
        """;

    private static async Task SetRules(LiveStore store, string rules)
    {
        using HttpResponseMessage set = await store.Send(
            store.Presigner().Presign(new S3BucketRequest(HttpMethod.Put) { Bucket = store.Bucket, SubResource = "cors" }), new StringContent(rules));
        await set.ShouldHaveStatus(200);
    }

    private static Task<HttpResponseMessage> Preflight(LiveStore store, string url, string origin, string method, string headers) => store.Send(
        HttpMethod.Options,
        new Uri(url),
        new Dictionary<string, string> { ["Origin"] = origin, ["Access-Control-Request-Method"] = method, ["Access-Control-Request-Headers"] = headers });
}

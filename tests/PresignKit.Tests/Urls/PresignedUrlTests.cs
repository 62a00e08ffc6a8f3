using System.Diagnostics;
using System.Reflection;

namespace PresignKit.Tests;

public class PresignedUrlTests
{
    [Theory]
    [InlineData("photos/1 (final).jpg")]
    [InlineData("//a//b/")]
    [InlineData("/leading")]
    [InlineData("a+b%20c%2Fd")]
    [InlineData("%2E%2E/%2e")]
    [InlineData("...")]
    [InlineData("a\\b?c#d")]
    [InlineData("!*'();:@&=$,[]~-._|^`{}<>\"")]
    [InlineData("März/日本/😀")]
    [InlineData("e\u0301/\u00E9/\u200F/\uFEFF")]
    [InlineData("\u0001\t\r\n\u007F\u0085")]
    public void ToUri_AnyKey_SendsTheSamePathAndQuery(string key)
    {
        PresignedUrl presigned = TestPresigner.Create().Presign(
            new GetObject(key) { Bucket = "My_Space", ResponseHeaders = new() { ContentDisposition = "attachment; filename=\"a+b 'u'.txt\"" }, Query = TestPresigner.Pairs(("x-ü", "ü")) });

        Uri uri = presigned.ToUri();

        uri.AbsoluteUri.Should().Be(presigned.Url);
        ("https://" + uri.Authority + uri.PathAndQuery).Should().Be(presigned.Url);
    }

    // ASP.NET Core's TestServer calls Uri.GetComponents, which a Uri with DangerousDisablePathAndQueryCanonicalization does not support. For these keys, an ordinary Uri sends the same path and query.
    [Theory]
    [InlineData("photos/1 (final).jpg")]
    [InlineData("März/日本/😀")]
    [InlineData("!*'();:@&=$,[]~-._|^`{}<>\"")]
    [InlineData("%2E%2E/%2e")]
    public void ToUri_KeyThatUriDoesNotRewrite_HasComponents(string key)
    {
        Uri uri = TestPresigner.Create().Presign(new GetObject(key)).ToUri();

        uri.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped).Should().Be(uri.PathAndQuery);
    }

#if !NETSTANDARD_ASSET
    [Theory]
    [InlineData("https://a.example/b/../c?d")]
    [InlineData("https://a.example/b/%2E%2e/c?d")]
    [InlineData("https://a.example/b/./c")]
    [InlineData("https://a.example/..")]
    public void ToUri_PathThatUriRewrites_SendsItUnchanged(string url) =>
        new PresignedUrl(url, HttpMethod.Get, TestPresigner.Now, TestPresigner.Now).ToUri().PathAndQuery.Should().Be(url["https://a.example".Length..]);
#endif

    [Theory]
    [InlineData("https://a.example")]
    [InlineData("https://a.example?b")]
    public void ToUri_NoPath_IsSentAsTheRoot(string url) =>
        new PresignedUrl(url, HttpMethod.Get, TestPresigner.Now, TestPresigner.Now).ToUri().AbsoluteUri.Should().StartWith("https://a.example");

    [Theory]
    [InlineData("http://[::1]:9000", "[::1]:9000")]
    [InlineData("https://store.example:80", "store.example:80")]
    [InlineData("http://store.example:443", "store.example:443")]
    [InlineData("https://bücher.example", "xn--bcher-kva.example")]
    public async Task ToUri_AnyHost_IsSentAsTheSignedHostHeader(string endpoint, string host)
    {
        PresignedUrl presigned = TestPresigner.At(S3Endpoint.Create(endpoint, "us-east-1", UrlStyle.Path)).Presign(new GetObject("key"));
        string? sent = null;
        using HttpClient client = new(new SocketsHttpHandler
        {
            ConnectCallback = (context, _) =>
            {
                sent = context.InitialRequestMessage.RequestUri!.Authority;
                throw new IOException("The test does not need a connection.");
            },
        });

        await FluentActions.Awaiting(() => client.GetAsync(presigned.ToUri())).Should().ThrowAsync<HttpRequestException>();

        sent.Should().Be(host);
        presigned.Address().Should().EndWith($"//{host}/my-space/key");
    }

    [Fact]
    public void RequiredHeaders_SignedHeaders_AreAllIncluded()
    {
        PresignedUrl presigned = TestPresigner.Create().Presign(new PutObject("key")
        {
            ContentType = " image/png\t",
            Headers = TestPresigner.Pairs(("X-Amz-Acl", "private"), ("x-amz-meta-note", "a  b")),
        });

        presigned.RequiredHeaders.Should().BeEquivalentTo(
            new Dictionary<string, string> { ["content-type"] = "image/png", ["X-Amz-Acl"] = "private", ["x-amz-meta-note"] = "a  b" });
        presigned.Parameter("X-Amz-SignedHeaders").Should().Be("content-type%3Bhost%3Bx-amz-acl%3Bx-amz-meta-note");
    }

    [Fact]
    public void RequiredHeaders_Lookup_IgnoresCase() => TestPresigner.Create().Presign(new PutObject("key") { ContentType = "image/png" })
        .RequiredHeaders["Content-Type"].Should().Be("image/png");

    [Fact]
    public void RequiredHeaders_NoneSigned_IsEmpty() =>
        TestPresigner.Create().Presign(new GetObject("key")).RequiredHeaders.Should().BeEmpty();

    [Fact]
    public void ToString_Result_ShowsMethodAddressAndExpiryOnly()
    {
        PresignedUrl presigned = TestPresigner.With(new FakeProvider(FakeProvider.ExpiringIn(TimeSpan.FromDays(1)))).Presign(
            new PutObject("a b.jpg") { Headers = TestPresigner.Pairs(("x-amz-server-side-encryption-customer-key", "k3y")) });

        presigned.ToString().Should().Be("PUT https://my-space.nyc3.digitaloceanspaces.com/a%20b.jpg (until 2026-03-14 16:09:26Z)");
    }

    [Fact]
    public void ToString_UrlWithoutQuery_ShowsTheWholeUrl() =>
        new PresignedUrl("https://a.example/b", HttpMethod.Get, default, TestPresigner.SignedAt).ToString()
            .Should().Be("GET https://a.example/b (until 2026-03-14 15:09:26Z)");

    [Theory]
    [InlineData(typeof(PresignedUrl))]
    [InlineData(typeof(S3Operation))]
    [InlineData(typeof(S3Credentials))]
    public void Debugger_Display_IsToString(Type type) =>
        type.GetCustomAttribute<DebuggerDisplayAttribute>()!.Value.Should().Be("{ToString(),nq}");

    [Fact]
    public void New_HeadersAsList_AreTheRequiredHeaders()
    {
        PresignedUrl url = new("https://a.example/b", HttpMethod.Put, default, default, [new("content-type", "image/png"), new("x-amz-acl", "private")]);

        url.RequiredHeaders.Should().BeEquivalentTo(new Dictionary<string, string> { ["content-type"] = "image/png", ["x-amz-acl"] = "private" });
        new PresignedUrl(url.Url, url.Method, default, default, url.RequiredHeaders).RequiredHeaders.Should().BeEquivalentTo(url.RequiredHeaders);
    }

    [Fact]
    public void New_Null_Throws()
    {
        FluentActions.Invoking(() => new PresignedUrl(null!, HttpMethod.Get, default, default))
            .Should().Throw<ArgumentNullException>().WithParameterName("url");
        FluentActions.Invoking(() => new PresignedUrl("https://a.example", null!, default, default))
            .Should().Throw<ArgumentNullException>().WithParameterName("method");
    }
}

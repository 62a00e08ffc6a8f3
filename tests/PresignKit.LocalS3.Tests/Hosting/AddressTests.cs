using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using PresignKit.Testing;

namespace PresignKit.LocalS3.Tests.Hosting;

/// <summary>How clients address a server: styles, hosts, and forms of the request line.</summary>
public sealed class AddressTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Now);
    private LocalS3Server _server = null!;
    private HttpClient _http = null!;
    private int _port;

    public async Task InitializeAsync()
    {
        _server = await LocalS3Server.StartAsync(o =>
        {
            o.Buckets.Add("photos");
            o.Buckets.Add("my-space");
            o.Region = "nyc3";
            o.TimeProvider = _clock;
        });
        _http = _server.CreateHttpClient();
        _port = new Uri(_server.Endpoint).Port;
        _server.Buckets["photos"].Put("a.png", "photo"u8, "image/png");
        _server.Buckets["my-space"].Put("a.png", "space"u8, "image/png");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Get_PathStyle_ReturnsTheObject() =>
        (await _http.GetStringAsync(_server.CreatePresigner("photos").Presign(new GetObject("a.png")).Url)).Should().Be("photo");

    [Fact]
    public async Task CreatePresigner_WithoutBucket_UsesTheBucketOfTheOperation()
    {
        IPresigner presigner = _server.CreatePresigner();

        (await _http.GetStringAsync(presigner.Presign(new GetObject("a.png") { Bucket = "my-space" }).Url)).Should().Be("space");
        ((Action)(() => presigner.Presign(new GetObject("a.png")))).Should().Throw<ArgumentException>().WithMessage("The operation does not specify a bucket*");
    }

    [Fact]
    public async Task Get_BucketInLocalhostName_ReturnsTheObject()
    {
        string url = Presigner($"http://photos.localhost:{_port}", UrlStyle.BucketBoundHostname, "photos").Presign(new GetObject("a.png")).Url;
        url.Should().StartWith($"http://photos.localhost:{_port}/a.png?");

        (await _http.GetStringAsync(url)).Should().Be("photo");
        _server.Requests[^1].Should().BeEquivalentTo(new { Bucket = "photos", Key = "a.png", StatusCode = 200, Operation = "GetObject" });
    }

    [Fact]
    public async Task Put_BucketInLocalhostName_StoresTheObject()
    {
        PresignedUrl put = Presigner($"http://photos.localhost:{_port}", UrlStyle.BucketBoundHostname, "photos").Presign(new PutObject("folder/b c+d.txt"));

        using HttpResponseMessage response = await _http.SendAsync(put.ToHttpRequestMessage(new ByteArrayContent([1, 2])));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        _server.Buckets["photos"]["folder/b c+d.txt"].Content.ToArray().Should().Equal(1, 2);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("store.example.com")]
    [InlineData("host.docker.internal")]
    [InlineData("xn--bcher-kva.example")]
    public async Task Get_PathStyleUnderAnyHost_ReturnsTheObject(string host) =>
        (await _http.GetStringAsync(Presigner($"http://{host}:{_port}", UrlStyle.Path, "photos").Presign(new GetObject("a.png")).Url)).Should().Be("photo");

    [Theory]
    [InlineData("http://nyc3.digitaloceanspaces.com", UrlStyle.Auto, "http://my-space.nyc3.digitaloceanspaces.com/a.png?")]
    [InlineData("http://nyc3.digitaloceanspaces.com", UrlStyle.Path, "http://nyc3.digitaloceanspaces.com/my-space/a.png?")]
    public async Task Get_ProductionHost_ReturnsTheObject(string endpoint, UrlStyle style, string start)
    {
        string url = Presigner(endpoint, style, "my-space").Presign(new GetObject("a.png")).Url;
        url.Should().StartWith(start);

        string content = await (await _http.GetAsync(url)).Content.ReadAsStringAsync();

        content.Should().Be("space", _server.Requests[^1].ToString());
        _server.Requests[^1].Bucket.Should().Be("my-space");
    }

    // The signature covers the host, so a URL for one host is not valid for a different one.
    [Fact]
    public async Task Get_UrlForDifferentHost_IsRejected()
    {
        string target = RawHttp.Target(_server.CreatePresigner("photos").Presign(new GetObject("a.png")));

        string same = await RawHttp.SendAsync(_server, $"GET {target} HTTP/1.1\r\nHost: {RawHttp.Authority(_server)}\r\nConnection: close\r\n\r\n");
        string different = await RawHttp.SendAsync(_server, $"GET {target} HTTP/1.1\r\nHost: localhost:{_port}\r\nConnection: close\r\n\r\n");

        same.Should().StartWith("HTTP/1.1 200 ").And.EndWith("\r\n\r\nphoto");
        different.Should().StartWith("HTTP/1.1 403 ").And.Contain("<Code>SignatureDoesNotMatch</Code>");
        _server.Requests[^1].Error!.Cause.Should().StartWith("The client sent a different host");
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("user@host")]
    [InlineData("")]
    [InlineData("[::1")]
    [InlineData(".localhost")]
    [InlineData("..localhost")]
    [InlineData("-")]
    [InlineData("xn--")]
    public async Task Get_InvalidHost_IsRejected(string host)
    {
        string target = RawHttp.Target(_server.CreatePresigner("photos").Presign(new GetObject("a.png")));

        string response = await RawHttp.SendAsync(_server, $"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        response.Should().MatchRegex("^HTTP/1.1 4\\d\\d ");
    }

    [ProgramFact("curl", "--version")]
    public async Task Get_CurlWithBucketInLocalhostName_ReturnsTheObject()
    {
        PresignedUrl url = Presigner($"http://photos.localhost:{_port}", UrlStyle.BucketBoundHostname, "photos").Presign(new GetObject("a.png"));
        ProcessStartInfo start = new("curl", ["--silent", "--show-error", "--noproxy", "*", "--max-time", "20", url.Url]) { RedirectStandardOutput = true, RedirectStandardError = true };

        using Process curl = Process.Start(start)!;
        Task<string> error = curl.StandardError.ReadToEndAsync();
        string output = await curl.StandardOutput.ReadToEndAsync();
        await curl.WaitForExitAsync();

        (output, await error).Should().Be(("photo", ""));
    }

    [Fact]
    public async Task Get_AbsoluteTarget_ReturnsTheObject()
    {
        string url = _server.CreatePresigner("photos").Presign(new GetObject("a.png")).Url;

        string response = await RawHttp.SendAsync(_server, $"GET {url} HTTP/1.1\r\nHost: {RawHttp.Authority(_server)}\r\nConnection: close\r\n\r\n");

        response.Should().StartWith("HTTP/1.1 200 ").And.EndWith("\r\n\r\nphoto");
    }

    [Theory]
    [InlineData("GET http://127.0.0.1 HTTP/1.1\r\nHost: 127.0.0.1", "403")]
    [InlineData("GET http://127.0.0.1?list-type=2 HTTP/1.1\r\nHost: 127.0.0.1", "403")]
    [InlineData("GET https://127.0.0.1/photos/a.png HTTP/1.1\r\nHost: 127.0.0.1", "400")]
    [InlineData("GET http://other.example/photos/a.png HTTP/1.1\r\nHost: 127.0.0.1", "400")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1", "400")]
    [InlineData("CONNECT 127.0.0.1:80 HTTP/1.1\r\nHost: 127.0.0.1:80", "400")]
    [InlineData("GET /photos/%zz HTTP/1.1\r\nHost: 127.0.0.1", "400")]
    [InlineData("GET /photos/%FF HTTP/1.1\r\nHost: 127.0.0.1", "400")]
    [InlineData("GET /photos/a?b=%E2%82 HTTP/1.1\r\nHost: 127.0.0.1", "400")]
    public async Task Request_UnusualTarget_IsRejected(string request, string status) =>
        (await RawHttp.SendAsync(_server, request + "\r\nConnection: close\r\n\r\n")).Should().StartWith("HTTP/1.1 " + status);

    [Fact]
    public async Task Get_Http10_ReturnsTheObjectAndClosesTheConnection()
    {
        string target = RawHttp.Target(_server.CreatePresigner("photos").Presign(new GetObject("a.png")));

        string response = await RawHttp.SendAsync(_server, $"GET {target} HTTP/1.0\r\nHost: {RawHttp.Authority(_server)}\r\n\r\n");

        response.Should().StartWith("HTTP/1.1 200 ").And.Contain("Content-Length: 5\r\n").And.EndWith("\r\n\r\nphoto").And.NotContain("chunked");
    }

    [Fact]
    public async Task Get_Http10WithoutHost_IsRejected() =>
        (await RawHttp.SendAsync(_server, "GET /photos/a.png HTTP/1.0\r\n\r\n")).Should().StartWith("HTTP/1.1 400 ");

    [Fact]
    public async Task Head_Object_ReturnsHeadersOnly()
    {
        PresignedUrl head = _server.CreatePresigner("photos").Presign(new HeadObject("a.png"));
        PresignedUrl missing = _server.CreatePresigner("photos").Presign(new HeadObject("missing"));

        string found = await RawHttp.SendAsync(_server, $"HEAD {RawHttp.Target(head)} HTTP/1.1\r\nHost: {RawHttp.Authority(_server)}\r\nConnection: close\r\n\r\n");
        string notFound = await RawHttp.SendAsync(_server, $"HEAD {RawHttp.Target(missing)} HTTP/1.1\r\nHost: {RawHttp.Authority(_server)}\r\nConnection: close\r\n\r\n");

        found.Should().StartWith("HTTP/1.1 200 ").And.Contain("Content-Length: 5\r\n").And.EndWith("\r\n\r\n");
        notFound.Should().StartWith("HTTP/1.1 404 ").And.EndWith("\r\n\r\n");
    }

    // Methods are case-sensitive (RFC 9110, section 9.1).
    [Theory]
    [InlineData("get")]
    [InlineData("head")]
    [InlineData("options")]
    [InlineData("BREW")]
    public async Task Request_OtherMethod_IsRejectedWithABody(string method) =>
        (await RawHttp.SendAsync(_server, $"{method} /photos/a.png HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://a\r\nConnection: close\r\n\r\n"))
            .Should().StartWith("HTTP/1.1 403 ").And.Contain("<Code>AccessDenied</Code>");

    [Fact]
    public async Task Response_Date_IsTheTimeOfTheTimeProvider()
    {
        using HttpResponseMessage first = await _http.GetAsync(_server.CreatePresigner("photos").Presign(new GetObject("a.png")).Url);
        _clock.Advance(TimeSpan.FromDays(400));
        using HttpResponseMessage second = await _http.GetAsync(_server.Endpoint);

        first.Headers.Date.Should().Be(Now);
        second.Headers.Date.Should().Be(Now.AddDays(400));
        second.Headers.GetValues("Date").Single().Should().Be(Now.AddDays(400).ToString("R", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(40 << 10, "HTTP/1.1 200 ")]
    [InlineData((64 << 10) - 200, "HTTP/1.1 200 ")]
    [InlineData(66 << 10, "HTTP/1.1 414 ")]
    public async Task Get_LongUrl_IsAcceptedUpTo64KiB(int length, string status)
    {
        // A signed parameter that the operation ignores. S3 permits at most 1,024 bytes in a key.
        S3Request operation = new(HttpMethod.Get, "a.png") { Query = [new("x-padding", new string('x', length - 450))] };
        string target = RawHttp.Target(_server.CreatePresigner("photos").Presign(operation));
        target.Length.Should().BeInRange(length - 200, length + 100);

        string response = await RawHttp.SendAsync(_server, $"GET {target} HTTP/1.1\r\nHost: {RawHttp.Authority(_server)}\r\nConnection: close\r\n\r\n");

        response.Should().StartWith(status);
    }

    [Fact]
    public async Task Requests_LongUrl_IsShortened()
    {
        await RawHttp.SendAsync(_server, $"GET /photos/{new string('k', 30_000)}?{new string('q', 20_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

        LocalS3Request request = _server.Requests.Single();
        request.Url.Should().StartWith("127.0.0.1/photos/kkk").And.EndWith("\u2026").And.HaveLength(8193);
        request.Key.Should().EndWith("\u2026").And.HaveLength(8193);
    }

    [Fact]
    public async Task CreateHttpClient_Redirect_IsNotFollowed()
    {
        PresignedPost form = _server.CreatePresigner("photos").PresignPost(new PostPolicy(PostKey.Exact("b.txt")) { Fields = [new("success_action_redirect", "http://example.com/done")] });

        using HttpResponseMessage response = await _http.PostAsync(form.Url, form.ToMultipartContent(new MemoryStream([1]), "b.txt"));

        response.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        response.Headers.Location!.ToString().Should().StartWith("http://example.com/done?bucket=photos&key=b.txt&etag=");
    }

    [Theory]
    [InlineData("M\u00E4rz")]
    [InlineData("\u20AC")]
    public async Task Get_ContentTypeBeyondAscii_IsSentAsAnEncodedWord(string name)
    {
        string put = RawHttp.Target(_server.CreatePresigner("photos").Presign(new PutObject("b")));
        string get = RawHttp.Target(_server.CreatePresigner("photos").Presign(new GetObject("b")));
        string common = $"HTTP/1.1\r\nHost: {RawHttp.Authority(_server)}\r\nConnection: close\r\n";

        string stored = await RawHttp.SendAsync(_port, Encoding.UTF8.GetBytes($"PUT {put} {common}Content-Type: text/plain; name={name}\r\nContent-Length: 1\r\n\r\nx"));
        string response = await RawHttp.SendAsync(_server, $"GET {get} {common}\r\n");

        stored.Should().StartWith("HTTP/1.1 200 ");
        response.Should().StartWith("HTTP/1.1 200 ").And.Contain($"Content-Type: =?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes("text/plain; name=" + name))}?=\r\n");
    }

    private S3Presigner Presigner(string endpoint, UrlStyle style, string bucket) => new(
        new PresignerOptions { Endpoint = endpoint, Region = _server.Region, Bucket = bucket, AccessKeyId = _server.AccessKeyId, SecretAccessKey = _server.SecretAccessKey, UrlStyle = style }, _clock);
}

/// <summary>A test that is skipped, with the reason, if a program is missing or does not work.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(string program, params string[] arguments) => Skip = RequiredTool.Problem(program, arguments);
}

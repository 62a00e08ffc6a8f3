using System.Net.Http.Headers;

namespace PresignKit.Tests;

/// <summary>A presigned URL compared with the request that was sent with it.</summary>
public class SentRequestTests
{
    private static readonly PresignedUrl Upload = TestPresigner.Create().Presign(new PutObject("a b") { ContentType = "text/plain", CacheControl = "no-cache", Query = TestPresigner.Pairs(("a", "1")) });

    private static readonly PresignedUrl Download = TestPresigner.Create().Presign(new GetObject("dir/a b.txt"));

    public static TheoryData<string, Func<PresignedUrl, PresignedUrl>, SignatureDifference, string?> Changes => new()
    {
        { "nothing", sent => sent, SignatureDifference.None, "The request matches the signed request, and the URL is valid until 2026-03-14 16:09:26Z. Check the clock" },
        { "method", sent => With(sent, method: HttpMethod.Post), SignatureDifference.Method, "The URL is signed for PUT, but the client sent POST. Send the signed method" },
        { "method in lower case", sent => With(sent, method: new HttpMethod("put")), SignatureDifference.None, null },
        { "header missing", sent => With(sent, headers: TestPresigner.Pairs(("cache-control", "no-cache"))), SignatureDifference.MissingHeader, "The client did not send the header 'content-type', which is signed. Send every header in RequiredHeaders." },
        { "header changed", sent => With(sent, headers: TestPresigner.Pairs(("Content-Type", "text/html"), ("Cache-Control", "no-cache"))), SignatureDifference.HeaderValue, "The header 'content-type' was sent with a different value than the signed one. Send the exact value" },
        { "header with white space", sent => With(sent, headers: TestPresigner.Pairs(("Content-Type", " text/plain\t"), ("Cache-Control", "no-cache"))), SignatureDifference.None, null },
        { "header more", sent => With(sent, headers: [.. sent.RequiredHeaders, new("Accept", "*/*")]), SignatureDifference.None, null },
        { "unsigned header", sent => With(sent, headers: [.. sent.RequiredHeaders, new("x-amz-acl", "private")]), SignatureDifference.UnsignedHeader, "The client sent 'x-amz-acl', which the URL does not sign, so stores reject the request with 403. Presign the operation with this header" },
        { "authorization", sent => With(sent, headers: [.. sent.RequiredHeaders, new("Authorization", "Bearer 5ecret")]), SignatureDifference.UnsignedHeader, "has an Authorization header in addition to the signature in the URL, which stores reject with 400 or 403" },
        { "host", sent => With(sent, url: sent.Url.Replace("my-space.", "files.", StringComparison.Ordinal)), SignatureDifference.Host, "The client sent a different host" },
        { "port", sent => With(sent, url: sent.Url.Replace(".com/", ".com:9000/", StringComparison.Ordinal)), SignatureDifference.Host, "a missing port" },
        { "default port", sent => With(sent, url: sent.Url.Replace(".com/", ".com:443/", StringComparison.Ordinal)), SignatureDifference.None, null },
        { "host header", sent => With(sent, headers: [.. sent.RequiredHeaders, new("Host", "proxy.example")]), SignatureDifference.Host, "forward the Host header" },
        { "address of the host", sent => With(sent, url: sent.Url.Replace("my-space.nyc3.digitaloceanspaces.com", "10.0.0.1", StringComparison.Ordinal), headers: [.. sent.RequiredHeaders, new("Host", "my-space.nyc3.digitaloceanspaces.com")]), SignatureDifference.None, null },
        { "path", sent => With(sent, url: sent.Url.Replace("/a%20b", "/a", StringComparison.Ordinal)), SignatureDifference.Path, "The client sent a different path. Compare the bucket and the key" },
        { "path encoded twice", sent => With(sent, url: sent.Url.Replace("/a%20b", "/a%2520b", StringComparison.Ordinal)), SignatureDifference.Encoding, "encoded twice" },
        { "path in another encoding", sent => With(sent, url: sent.Url.Replace("/a%20b", "/%61%20b", StringComparison.Ordinal)), SignatureDifference.Encoding, "The paths are the same, but in a different encoding" },
        { "path in another encoding, and a header", sent => With(sent, url: sent.Url.Replace("/a%20b", "/%61%20b", StringComparison.Ordinal), headers: []), SignatureDifference.MissingHeader, null },
        { "appended", sent => With(sent, url: sent.Url + "&foo=bar"), SignatureDifference.AppendedParameter, "The client sent the unsigned parameter 'foo'. Instead of appending" },
        { "repeated", sent => With(sent, url: sent.Url + "&a=1"), SignatureDifference.AppendedParameter, "The client sent the parameter 'a' twice" },
        { "parameter missing", sent => With(sent, url: sent.Url.Replace("&a=1", "", StringComparison.Ordinal)), SignatureDifference.MissingParameter, "The client did not send the signed parameter 'a'." },
        { "parameter changed", sent => With(sent, url: sent.Url.Replace("3600", "7200", StringComparison.Ordinal)), SignatureDifference.ParameterValue, "A lifetime cannot be changed" },
        { "signature missing", sent => With(sent, url: sent.Url[..sent.Url.IndexOf("&X-Amz-Signature", StringComparison.Ordinal)]), SignatureDifference.MissingParameter, "did not send the parameter 'X-Amz-Signature'" },
        { "signature changed", sent => With(sent, url: sent.Url[..^1] + (sent.Url[^1] == '0' ? '1' : '0')), SignatureDifference.ParameterValue, "The parameter 'X-Amz-Signature' has a different value" },
        { "truncated at an ampersand", sent => With(sent, url: sent.Url[..sent.Url.IndexOf('&')]), SignatureDifference.MissingParameter, "an unquoted '&' in a shell" },
        { "&amp;", sent => With(sent, url: sent.Url.Replace("&", "&amp;", StringComparison.Ordinal)), SignatureDifference.Encoding, "with '&amp;' instead of '&'" },
        { "order", sent => With(sent, url: Reordered(sent.Url)), SignatureDifference.None, null },
        { "broken escape", sent => With(sent, url: sent.Url + "&a%zz"), SignatureDifference.Encoding, "a broken escape" },
        { "no URL", sent => With(sent, url: "nonsense"), SignatureDifference.Unknown, "cannot be read" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Of_ChangedRequest_NamesTheDifference(string name, Func<PresignedUrl, PresignedUrl> change, SignatureDifference difference, string? cause)
    {
        PresignedUrl sent = change(Upload);

        SignatureComparison comparison = SignatureComparison.Of(Upload, sent.Method, sent.Url, sent.RequiredHeaders);

        comparison.Difference.Should().Be(difference, "{0}: {1}", name, comparison);
        comparison.Cause.Should().Contain(cause ?? "the");
        comparison.Line.Should().BeNull();
        comparison.ToString().Should().EndWith(comparison.Cause).And.NotContain("5ecret").And.NotContain(Upload.Url[^64..]);
    }

    [Fact]
    public void Of_ChangedHeader_ShowsBothValues()
    {
        SignatureComparison comparison = SignatureComparison.Of(Upload, HttpMethod.Put, Upload.Url, TestPresigner.Pairs(("content-type", "text/html"), ("cache-control", "no-cache")));

        comparison.Ours.Should().Be("content-type: text/plain");
        comparison.Theirs.Should().Be("content-type: text/html");
        comparison.ToString().Should().StartWith("  signed: content-type: text/plain\n  sent:   content-type: text/html\n");
        SignatureComparison.Of(Upload, HttpMethod.Put, Upload.Url, []).ToString().Should().StartWith("  signed: cache-control: no-cache\n  sent:   (nothing)\n");
    }

    [Fact]
    public void Of_SecretHeader_IsMasked()
    {
        PresignedUrl presigned = TestPresigner.Create().Presign(new PutObject("k") { SseCustomerKey = new SseCustomerKey(new byte[32]) });
        KeyValuePair<string, string>[] sent = [.. presigned.RequiredHeaders.Select(header => new KeyValuePair<string, string>(header.Key, header.Key.EndsWith("-key", StringComparison.Ordinal) ? "5ecret" : header.Value))];

        SignatureComparison.Of(presigned, presigned.Method, presigned.Url, sent).ToString().Should().Contain("x-amz-server-side-encryption-customer-key:***").And.NotContain("AAAA").And.NotContain("5ecret");
        SignatureComparison.Of(presigned, presigned.Method, presigned.Url, []).ToString().Should().NotContain("AAAA");
    }

    [Fact]
    public void Of_UrlWithoutItsHeaders_NamesTheSignedOnes()
    {
        PresignedUrl stored = new(Upload.Url, HttpMethod.Put, Upload.SignedAt, Upload.ExpiresAt);

        SignatureComparison.Of(stored, HttpMethod.Put, stored.Url, []).Cause.Should().StartWith("The client did not send the header 'cache-control'");
        SignatureComparison.Of(stored, HttpMethod.Put, stored.Url, Upload.RequiredHeaders).Difference.Should().Be(SignatureDifference.None);
    }

    [Fact]
    public void Of_LockedHeader_MustNotBeSent()
    {
        PresignedUrl locked = TestPresigner.Create(options => options.LockUnsignedHeaders = true).Presign(new PutObject("k"));

        SignatureComparison.Of(locked, HttpMethod.Put, locked.Url, []).Difference.Should().Be(SignatureDifference.None);
        SignatureComparison.Of(locked, HttpMethod.Put, locked.Url, TestPresigner.Pairs(("x-amz-acl", "private"))).Difference.Should().Be(SignatureDifference.UnsignedHeader);
    }

    [Fact]
    public void Of_UnsignedContentType_IsMentioned() =>
        SignatureComparison.Of(Download, HttpMethod.Get, Download.Url, TestPresigner.Pairs(("Content-Type", "a/b"))).Should().Match<SignatureComparison>(
            one => one.Difference == SignatureDifference.None && one.Cause.Contains("Content-Type is sent but not signed"));

    [Fact]
    public void Of_TargetOfARequestLine_UsesTheHostHeader()
    {
        string target = Download.Url[Download.Url.IndexOf("/dir", StringComparison.Ordinal)..];

        SignatureComparison.Of(Download, HttpMethod.Get, target, TestPresigner.Pairs(("host", "my-space.nyc3.digitaloceanspaces.com"))).Difference.Should().Be(SignatureDifference.None);
        SignatureComparison.Of(Download, HttpMethod.Get, target, TestPresigner.Pairs(("host", "files.example"))).Difference.Should().Be(SignatureDifference.Host);
    }

    [Fact]
    public async Task Of_RequestInAHandler_ComparesTheSentRequest()
    {
        PresignedUrl upload = TestPresigner.Create().Presign(new PutObject("a b/(c)*") { ContentType = "text/plain", ContentLength = 3, Metadata = new Dictionary<string, string> { ["a"] = "1" } });

        (await Send(upload, upload.ToHttpRequestMessage(new ByteArrayContent(new byte[3])))).Should().Match<SignatureComparison>(one => one.Difference == SignatureDifference.None);
        (await Send(upload, upload.ToHttpRequestMessage(new ByteArrayContent(new byte[3])), client => client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "5ecret")))
            .Difference.Should().Be(SignatureDifference.UnsignedHeader);
        (await Send(upload, new HttpRequestMessage(HttpMethod.Put, upload.ToUri()) { Content = new StringContent("abc") })).Should().Match<SignatureComparison>(
            one => one.Difference == SignatureDifference.HeaderValue && one.Theirs == "content-type: text/plain; charset=utf-8");
        (await Send(upload, new HttpRequestMessage(HttpMethod.Put, upload.ToUri()) { Content = new StringContent("abcd", MediaTypeHeaderValue.Parse("text/plain")) })).Should().Match<SignatureComparison>(
            one => one.Difference == SignatureDifference.HeaderValue && one.Theirs == "content-length: 4");
        (await Send(upload, new HttpRequestMessage(HttpMethod.Put, new Uri(upload.Url[(upload.Url.IndexOf(".com/", StringComparison.Ordinal) + 5)..], UriKind.Relative)), client => client.BaseAddress = new Uri("http://127.0.0.1:9000/")))
            .Should().Match<SignatureComparison>(one => one.Difference == SignatureDifference.Host && one.Theirs == "127.0.0.1:9000");
    }

    [Fact]
    public void Of_RewrittenValue_NamesSystemNetHttp()
    {
        PresignedUrl presigned = new(Received.Good.With(("cache-control", "private,no-store")).Url, HttpMethod.Get, default, default, TestPresigner.Pairs(("cache-control", "private,no-store")));
        using HttpRequestMessage request = presigned.ToHttpRequestMessage();

#if !NETSTANDARD_ASSET
        // The comparison itself does not make System.Net.Http rewrite the value.
        SignatureComparison.Of(presigned, request).Difference.Should().Be(SignatureDifference.None);
        SignatureComparison.Of(presigned, request).Difference.Should().Be(SignatureDifference.None);
#endif
        request.Headers.ToList().Should().NotBeEmpty();
        SignatureComparison.Of(presigned, request).Cause.Should().Contain("System.Net.Http rewrites values as soon as a handler").And.EndWith("with the form that is sent: 'no-store, private'.");
    }

    [Fact]
    public void Of_UnknownLength_ReportsTheMissingContentLength()
    {
        PresignedUrl upload = TestPresigner.Create().Presign(new PutObject("k") { ContentLength = 3 });
        using HttpRequestMessage request = new(HttpMethod.Put, upload.ToUri()) { Content = new PushContent() };

        SignatureComparison.Of(upload, request).Should().Match<SignatureComparison>(one => one.Difference == SignatureDifference.MissingHeader && one.Cause.Contains("in chunks without the signed Content-Length"));
    }

    [Fact]
    public void Of_IPv6Host_IsTheSame()
    {
        PresignedUrl presigned = TestPresigner.At(S3Endpoint.Create("http://[::1]:9000", "nyc3")).Presign(new GetObject("k"));
        using HttpRequestMessage request = presigned.ToHttpRequestMessage();

        SignatureComparison.Of(presigned, request).Difference.Should().Be(SignatureDifference.None);
    }

    [Fact]
    public void Of_RelativeAddress_IsRejected()
    {
        using HttpRequestMessage relative = new(HttpMethod.Get, new Uri("k?X-Amz-Signature=5ecret", UriKind.Relative)), none = new();

        FluentActions.Invoking(() => SignatureComparison.Of(Download, relative)).Should().Throw<ArgumentException>().WithParameterName("sent").WithMessage("RequestUri is 'k', which is not an absolute URL, so the request has not been sent yet. Call this method*in a DelegatingHandler.*").And.Message.Should().NotContain("5ecret");
        FluentActions.Invoking(() => SignatureComparison.Of(Download, none)).Should().Throw<ArgumentException>().WithParameterName("sent").WithMessage("RequestUri is null, so the request has not been sent yet.*");
    }

    [Fact]
    public void Of_Null_Throws()
    {
        using HttpRequestMessage request = Download.ToHttpRequestMessage();

        FluentActions.Invoking(() => SignatureComparison.Of(null!, request)).Should().Throw<ArgumentNullException>().WithParameterName("presigned");
        FluentActions.Invoking(() => SignatureComparison.Of(Download, null!)).Should().Throw<ArgumentNullException>().WithParameterName("sent");
        FluentActions.Invoking(() => SignatureComparison.Of(null!, HttpMethod.Get, "", [])).Should().Throw<ArgumentNullException>().WithParameterName("presigned");
        FluentActions.Invoking(() => SignatureComparison.Of(Download, null!, "", [])).Should().Throw<ArgumentNullException>().WithParameterName("method");
        FluentActions.Invoking(() => SignatureComparison.Of(Download, HttpMethod.Get, null!, [])).Should().Throw<ArgumentNullException>().WithParameterName("url");
        FluentActions.Invoking(() => SignatureComparison.Of(Download, HttpMethod.Get, "", null!)).Should().Throw<ArgumentNullException>().WithParameterName("headers");
    }

    private static PresignedUrl With(PresignedUrl sent, HttpMethod? method = null, string? url = null, IEnumerable<KeyValuePair<string, string>>? headers = null) =>
        new(url ?? sent.Url, method ?? sent.Method, sent.SignedAt, sent.ExpiresAt, headers ?? sent.RequiredHeaders);

    private static string Reordered(string url)
    {
        string[] parts = url.Split('?', '&');
        return $"{parts[0]}?{string.Join('&', parts.Skip(1).Reverse())}";
    }

    private static async Task<SignatureComparison> Send(PresignedUrl presigned, HttpRequestMessage request, Action<HttpClient>? configure = null)
    {
        using Comparing handler = new(presigned);
        using HttpClient client = new(handler);
        configure?.Invoke(client);
        using HttpResponseMessage response = await client.SendAsync(request);
        return handler.Result!;
    }

    private sealed class Comparing(PresignedUrl presigned) : HttpMessageHandler
    {
        public SignatureComparison? Result { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Result = SignatureComparison.Of(presigned, request);
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden) { RequestMessage = request });
        }
    }

    private sealed class PushContent : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => Task.CompletedTask;

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

using System.Text;
using System.Xml.Linq;

namespace PresignKit.LocalS3.Tests.Operations;

public class CorsTests(LocalS3Fixture fixture) : IClassFixture<LocalS3Fixture>
{
    private const string Origin = "https://app.example";
    private const string Rules = """
        <CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
          <CORSRule>
            <ID>uploads</ID>
            <AllowedOrigin>https://app.example</AllowedOrigin>
            <AllowedOrigin>https://*.test.example</AllowedOrigin>
            <AllowedMethod>PUT</AllowedMethod>
            <AllowedMethod>POST</AllowedMethod>
            <AllowedHeader>Content-Type</AllowedHeader>
            <AllowedHeader>x-amz-meta-*</AllowedHeader>
            <ExposeHeader>ETag</ExposeHeader>
            <ExposeHeader>x-amz-request-id</ExposeHeader>
            <MaxAgeSeconds>3000</MaxAgeSeconds>
          </CORSRule>
          <CORSRule>
            <AllowedOrigin>*</AllowedOrigin>
            <AllowedMethod>GET</AllowedMethod>
            <AllowedMethod>HEAD</AllowedMethod>
          </CORSRule>
        </CORSConfiguration>
        """;

    private const string NotAllowed = "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or "
        + "Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

    private readonly TestBucket _bucket = fixture.CreateBucket();

    [Fact]
    public async Task PutBucketCors_Configuration_IsReturnedAndDeleted()
    {
        await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Get) { SubResource = "cors" }).ErrorAsync(404, "NoSuchCORSConfiguration", "The CORS configuration does not exist");
        await PutAsync(Rules).StatusAsync();
        _bucket.LastRequest.Operation.Should().Be("PutBucketCors");

        XElement read = await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Get) { SubResource = "cors" }).XmlAsync();

        read.Name.LocalName.Should().Be("CORSConfiguration");
        XElement rule = read.Elements("CORSRule").First();
        rule.Value("ID").Should().Be("uploads");
        rule.Elements("AllowedOrigin").Select(element => element.Value).Should().Equal(Origin, "https://*.test.example");
        rule.Elements("AllowedMethod").Select(element => element.Value).Should().Equal("PUT", "POST");
        rule.Elements("AllowedHeader").Select(element => element.Value).Should().Equal("Content-Type", "x-amz-meta-*");
        rule.Elements("ExposeHeader").Select(element => element.Value).Should().Equal("ETag", "x-amz-request-id");
        rule.Value("MaxAgeSeconds").Should().Be("3000");
        read.Elements("CORSRule").Should().HaveCount(2);
        await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Delete) { SubResource = "cors" }).StatusAsync(204);
        await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Get) { SubResource = "cors" }).ErrorAsync(404, "NoSuchCORSConfiguration");
    }

    [Theory]
    [InlineData("<AllowedOrigin>*</AllowedOrigin><AllowedMethod>MYMETHOD</AllowedMethod>", "InvalidRequest", "Found unsupported HTTP method in CORS config. Unsupported method is MYMETHOD")]
    [InlineData("<AllowedOrigin>*</AllowedOrigin><AllowedMethod>get</AllowedMethod>", "InvalidRequest", "Found unsupported HTTP method in CORS config. Unsupported method is get")]
    [InlineData("<AllowedOrigin>http://*.*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>", "InvalidRequest", "AllowedOrigin \"http://*.*\" can not have more than one wildcard.")]
    [InlineData("<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedHeader>*a*</AllowedHeader>", "InvalidRequest", "AllowedHeader \"*a*\" can not have more than one wildcard.")]
    [InlineData("<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><ExposeHeader>*</ExposeHeader>", "InvalidRequest", "ExposeHeader \"*\" contains wildcard. We currently do not support wildcard for ExposeHeader.")]
    [InlineData("<AllowedMethod>GET</AllowedMethod>", "MalformedXML", null)]
    [InlineData("<AllowedOrigin>*</AllowedOrigin>", "MalformedXML", null)]
    [InlineData("<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><MaxAgeSeconds>x</MaxAgeSeconds>", "MalformedXML", null)]
    public async Task PutBucketCors_InvalidRule_ReturnsError(string rule, string code, string? message)
    {
        await PutAsync($"<CORSConfiguration><CORSRule>{rule}</CORSRule></CORSConfiguration>").ErrorAsync(400, code, message);

        await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Get) { SubResource = "cors" }).ErrorAsync(404, "NoSuchCORSConfiguration");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task PutBucketCors_WrongNumberOfRules_ReturnsMalformedXml(int count) =>
        await PutAsync($"<CORSConfiguration>{string.Concat(Enumerable.Repeat("<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>", count))}</CORSConfiguration>")
            .ErrorAsync(400, "MalformedXML");

    [Fact]
    public async Task PutBucketCors_WithoutIntegrityHeader_ReturnsInvalidRequest() =>
        await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Put) { SubResource = "cors" }, new ByteArrayContent(Encoding.UTF8.GetBytes(Rules)))
            .ErrorAsync(400, "InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");

    [Fact]
    public async Task Preflight_AllowedRequest_ReturnsTheRule()
    {
        await PutAsync(Rules).StatusAsync();

        using HttpResponseMessage response = await PreflightAsync("a", Origin, "PUT", "content-type,X-Amz-Meta-User").StatusAsync();

        response.Header("Access-Control-Allow-Origin").Should().Be(Origin);
        response.Header("Access-Control-Allow-Methods").Should().Be("PUT, POST");
        response.Header("Access-Control-Allow-Headers").Should().Be("content-type, x-amz-meta-user");
        response.Header("Access-Control-Expose-Headers").Should().Be("ETag, x-amz-request-id");
        response.Header("Access-Control-Max-Age").Should().Be("3000");
        response.Header("Access-Control-Allow-Credentials").Should().Be("true");
        response.Header("Vary").Should().Be("Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
        response.Header("Content-Length").Should().Be("0");
        _bucket.LastRequest.Should().BeEquivalentTo(new { Method = "OPTIONS", Key = "a", StatusCode = 200, Error = (LocalS3Error?)null });
    }

    [Fact]
    public async Task Preflight_AnyOrigin_ReturnsAnAsterisk()
    {
        await PutAsync(Rules).StatusAsync();

        using HttpResponseMessage response = await PreflightAsync("a", "https://elsewhere.example", "GET", null).StatusAsync();

        response.Header("Access-Control-Allow-Origin").Should().Be("*");
        response.Header("Access-Control-Allow-Methods").Should().Be("GET, HEAD");
        response.Header("Access-Control-Allow-Headers").Should().BeNull();
        response.Header("Access-Control-Allow-Credentials").Should().BeNull("browsers reject the header together with an asterisk");
        response.Header("Access-Control-Max-Age").Should().BeNull();
    }

    [Fact]
    public async Task Preflight_OriginWithWildcard_IsMatched()
    {
        await PutAsync(Rules).StatusAsync();

        using HttpResponseMessage response = await PreflightAsync("a", "https://x.test.example", "PUT", null).StatusAsync();

        response.Header("Access-Control-Allow-Origin").Should().Be("https://x.test.example");
        await PreflightAsync("a", "https://test.example", "PUT", null).ErrorAsync(403, "AccessForbidden", NotAllowed);
        await PreflightAsync("a", "https://x.test.example.evil", "PUT", null).ErrorAsync(403, "AccessForbidden", NotAllowed);
    }

    [Theory]
    [InlineData("https://other.example", "PUT", null)]
    [InlineData("http://app.example", "PUT", null)]
    [InlineData("HTTPS://APP.EXAMPLE", "PUT", null)]
    [InlineData("https://app.example:443", "PUT", null)]
    [InlineData(Origin, "DELETE", null)]
    [InlineData(Origin, "put", null)]
    [InlineData(Origin, "PUT", "content-type,x-amz-acl")]
    [InlineData(Origin, "GET", "content-type")]
    public async Task Preflight_NoRuleMatches_ReturnsAccessForbidden(string origin, string method, string? headers)
    {
        await PutAsync(Rules).StatusAsync();

        using HttpResponseMessage response = await PreflightAsync("folder/a", origin, method, headers);

        XElement error = await Task.FromResult(response).ErrorAsync(403, "AccessForbidden", NotAllowed);
        error.Value("Method").Should().Be(method);
        error.Value("ResourceType").Should().Be("OBJECT");
        response.Header("Access-Control-Allow-Origin").Should().BeNull();
        _bucket.LastRequest.Error!.Cause.Should().Contain(_bucket.Name).And.Contain(method).And.Contain(origin);
    }

    [Fact]
    public async Task Preflight_NotEnabled_ReturnsAccessForbidden()
    {
        XElement error = await PreflightAsync(null, Origin, "GET", null).ErrorAsync(403, "AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.");

        error.Value("ResourceType").Should().Be("BUCKET");
        _bucket.LastRequest.Error!.Cause.Should().Contain("AllowCors");
    }

    [Fact]
    public async Task Preflight_MissingBucket_ReturnsAccessForbidden()
    {
        using HttpRequestMessage request = new(HttpMethod.Options, _bucket.Server.Endpoint + "/does-not-exist/a");

        await _bucket.SendAsync(request, ("Origin", Origin), ("Access-Control-Request-Method", "GET")).ErrorAsync(403, "AccessForbidden", "CORSResponse: Bucket not found");
    }

    [Theory]
    [InlineData(null, "GET", "Insufficient information. Origin request header needed.")]
    [InlineData(Origin, null, "Invalid Access-Control-Request-Method: null")]
    public async Task Preflight_MissingHeader_ReturnsBadRequest(string? origin, string? method, string message) => await PreflightAsync("a", origin, method, null).ErrorAsync(400, "BadRequest", message);

    [Fact]
    public async Task Response_MatchingOrigin_HasCorsHeaders()
    {
        await PutAsync(Rules).StatusAsync();

        using HttpResponseMessage response = await _bucket.SendAsync(new PutObject("a"), new ByteArrayContent([1]), ("Origin", Origin)).StatusAsync();

        response.Header("Access-Control-Allow-Origin").Should().Be(Origin);
        response.Header("Access-Control-Expose-Headers").Should().Be("ETag, x-amz-request-id");
        response.Header("Access-Control-Allow-Credentials").Should().Be("true");
        response.Header("Vary").Should().StartWith("Origin");
    }

    [Fact]
    public async Task Response_Error_HasCorsHeaders()
    {
        await PutAsync(Rules).StatusAsync();
        PresignedUrl url = _bucket.Presigner.Presign(new PutObject("a"));
        using HttpRequestMessage tampered = new(HttpMethod.Put, url.Url + "0") { Content = new ByteArrayContent([1]) };

        using HttpResponseMessage missing = await _bucket.SendAsync(new GetObject("missing"), null, ("Origin", Origin)).StatusAsync(404);
        using HttpResponseMessage rejected = await _bucket.SendAsync(tampered, ("Origin", Origin)).StatusAsync(403);
        using HttpResponseMessage notModified = await _bucket.SendAsync(new GetObject("a"), null, ("Origin", Origin), ("If-None-Match", "*"));

        missing.Header("Access-Control-Allow-Origin").Should().Be("*");
        rejected.Header("Access-Control-Allow-Origin").Should().Be(Origin, "without the header, a page could not read the reason");
        notModified.Header("Access-Control-Allow-Origin").Should().Be("*");
    }

    [Fact]
    public async Task Response_OtherOriginOrMethod_DoesNotHaveCorsHeaders()
    {
        await PutAsync(Rules).StatusAsync();

        using HttpResponseMessage other = await _bucket.SendAsync(new PutObject("a"), new ByteArrayContent([1]), ("Origin", "https://other.example")).StatusAsync();
        using HttpResponseMessage without = await _bucket.SendAsync(new PutObject("a"), new ByteArrayContent([1])).StatusAsync();
        using HttpResponseMessage method = await _bucket.SendAsync(new DeleteObject("a"), null, ("Origin", Origin)).StatusAsync(204);

        other.Header("Access-Control-Allow-Origin").Should().BeNull();
        without.Header("Access-Control-Allow-Origin").Should().BeNull();
        method.Header("Access-Control-Allow-Origin").Should().BeNull();
    }

    [Fact]
    public async Task AllowCors_Origins_AllowEverythingFromThem()
    {
        _bucket.Store.AllowCors("http://localhost:*");

        using HttpResponseMessage response = await PreflightAsync("a", "http://localhost:5173", "DELETE", "x-anything").StatusAsync();

        response.Header("Access-Control-Allow-Origin").Should().Be("http://localhost:5173");
        response.Header("Access-Control-Expose-Headers").Should().Be("ETag");
        await PreflightAsync("a", "http://127.0.0.1:5173", "GET", null).ErrorAsync(403, "AccessForbidden");
        _bucket.Store.AllowCors();
        using HttpResponseMessage any = await PreflightAsync("a", "http://127.0.0.1:5173", "GET", null).StatusAsync();
        any.Header("Access-Control-Allow-Origin").Should().Be("*");
    }

    [Theory]
    [InlineData("http://日.example", "x-a")]
    [InlineData("http://app.example", "x-日")]
    [InlineData("http://app.example", "x a")]
    public async Task Preflight_CharactersThatAHeaderCannotContain_ReturnsAccessForbidden(string origin, string header)
    {
        _bucket.Store.AllowCors("http://*");
        using RawConnection connection = await RawConnection.OpenAsync(_bucket.Server);

        await connection.SendAsync(Encoding.UTF8.GetBytes(
            $"OPTIONS /{_bucket.Name}/a HTTP/1.1\r\nHost: {new Uri(_bucket.Server.Endpoint).Authority}\r\nOrigin: {origin}\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: {header}\r\n\r\n"));

        (await connection.ReadResponseAsync()).Should().StartWith("HTTP/1.1 403 ").And.Contain("<Code>AccessForbidden</Code>");
    }

    private Task<HttpResponseMessage> PutAsync(string xml)
    {
        byte[] body = Encoding.UTF8.GetBytes(xml);
        return _bucket.SendAsync(new S3BucketRequest(HttpMethod.Put) { SubResource = "cors" }, new ByteArrayContent(body), ("Content-MD5", Convert.ToBase64String(Sums.Md5(body))));
    }

    private Task<HttpResponseMessage> PreflightAsync(string? key, string? origin, string? method, string? headers)
    {
        HttpRequestMessage request = new(HttpMethod.Options, $"{_bucket.Server.Endpoint}/{_bucket.Name}{(key is null ? "" : "/" + key)}");
        (string, string?)[] all = [("Origin", origin), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", headers)];
        return _bucket.SendAsync(request, [.. all.Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!))]);
    }
}

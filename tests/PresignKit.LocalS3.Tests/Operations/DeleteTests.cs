using System.Text;
using System.Xml.Linq;
using static PresignKit.LocalS3.Tests.Operations.Responses;

namespace PresignKit.LocalS3.Tests.Operations;

public class DeleteTests(LocalS3Fixture fixture) : IClassFixture<LocalS3Fixture>
{
    private const string Malformed = "The XML you provided was not well-formed or did not validate against our published schema";
    private const string Other = "\"0123456789abcdef0123456789abcdef\"";

    private readonly TestBucket _bucket = fixture.CreateBucket();

    [Fact]
    public async Task DeleteObject_ExistingOrMissingKey_ReturnsNoContent()
    {
        _bucket.Store.Put("a", [1]);

        using HttpResponseMessage first = await _bucket.SendAsync(new DeleteObject("a")).StatusAsync(204);
        using HttpResponseMessage second = await _bucket.SendAsync(new DeleteObject("a")).StatusAsync(204);

        _bucket.Store.Keys.Should().BeEmpty();
        (await second.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        _bucket.LastRequest.Operation.Should().Be("DeleteObject");
    }

    [Fact]
    public async Task DeleteObject_IfMatch_RequiresTheETag()
    {
        LocalS3Object stored = _bucket.Store.Put("a", [1]);

        XElement error = await _bucket.SendAsync(new DeleteObject("a"), null, ("If-Match", Other)).ErrorAsync(412, "PreconditionFailed");
        error.Value("Condition").Should().Be("If-Match");
        _bucket.Store.Contains("a").Should().BeTrue();
        await _bucket.SendAsync(new DeleteObject("a"), null, ("If-Match", stored.ETag)).StatusAsync(204);
        await _bucket.SendAsync(new DeleteObject("a"), null, ("If-Match", "*")).ErrorAsync(404, "NoSuchKey");
    }

    [Fact]
    public async Task DeleteObject_VersionId_ReturnsNotImplemented()
    {
        _bucket.Store.Put("a", [1]);

        await _bucket.SendAsync(new DeleteObject("a") { VersionId = "3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY" }).ErrorAsync(501, "NotImplemented");

        _bucket.LastRequest.Error!.Cause.Should().Contain("versionId");
        _bucket.Store.Contains("a").Should().BeTrue();
        await _bucket.SendAsync(new DeleteObject("a") { VersionId = "null" }).StatusAsync(204);
    }

    [Fact]
    public async Task DeleteObjects_SeveralKeys_ReturnsEach()
    {
        _bucket.Store.Put("a", [1]);
        _bucket.Store.Put("b&<c>", [1]);
        _bucket.Store.Put("keep", [1]);

        XElement result = await SendAsync("<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Object><Key>a</Key></Object><Object><Key>b&amp;&lt;c&gt;</Key></Object><Object><Key>missing</Key></Object></Delete>").XmlAsync();

        result.Name.LocalName.Should().Be("DeleteResult");
        result.Values("Deleted", "Key").Should().Equal("a", "b&<c>", "missing");
        _bucket.Store.Keys.Should().Equal("keep");
        _bucket.LastRequest.Operation.Should().Be("DeleteObjects");
    }

    [Fact]
    public async Task DeleteObjects_Quiet_ReturnsOnlyErrors()
    {
        _bucket.Store.Put("a", [1]);
        _bucket.Store.Put("b", [2]);

        XElement result = await SendAsync($"<Delete><Quiet>true</Quiet><Object><Key>a</Key></Object><Object><Key>b</Key><ETag>{Other}</ETag></Object></Delete>").XmlAsync();

        result.Elements("Deleted").Should().BeEmpty();
        result.Element("Error")!.Value("Key").Should().Be("b");
        result.Element("Error")!.Value("Code").Should().Be("PreconditionFailed");
        _bucket.Store.Keys.Should().Equal("b");
    }

    [Fact]
    public async Task DeleteObjects_ETag_RequiresTheObject()
    {
        LocalS3Object stored = _bucket.Store.Put("a", [1]);

        XElement result = await SendAsync($"<Delete><Object><Key>a</Key><ETag>{stored.ETag}</ETag></Object><Object><Key>missing</Key><ETag>{stored.ETag}</ETag></Object></Delete>").XmlAsync();

        result.Values("Deleted", "Key").Should().Equal("a");
        result.Element("Error")!.Value("Code").Should().Be("NoSuchKey");
    }

    [Theory]
    [InlineData("<Key>a\rb</Key>", "a\nb", false)]
    [InlineData("<Key>a&#xD;b</Key>", "a\rb", true)]
    [InlineData("<Key>a\nb</Key>", "a\nb", true)]
    [InlineData("<Key>&#x1;</Key>", "\u0001", true)]
    [InlineData("<Key> </Key>", " ", true)]
    [InlineData("<Key><![CDATA[<x>]]></Key>", "<x>", true)]
    public async Task DeleteObjects_SpecialCharacters_DeleteTheKey(string element, string key, bool isSent)
    {
        _bucket.Store.Put(key, [1]);
        _bucket.Store.Put("a\rb ", [1]);

        await SendAsync($"<Delete><Object>{element}</Object></Delete>").StatusAsync();

        _bucket.Store.Contains(key).Should().BeFalse(isSent ? "the key was sent" : "a parser of XML normalizes a line break that is not a reference");
        _bucket.Store.Keys.Should().Equal("a\rb ");
    }

    [Fact]
    public async Task DeleteObjects_WithoutIntegrityHeader_ReturnsInvalidRequest()
    {
        _bucket.Store.Put("a", [1]);

        await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Post) { SubResource = "delete" }, new ByteArrayContent(Ascii("<Delete><Object><Key>a</Key></Object></Delete>")))
            .ErrorAsync(400, "InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");

        _bucket.Store.Keys.Should().Equal("a");
    }

    [Fact]
    public async Task DeleteObjects_Checksum_ReplacesContentMD5()
    {
        byte[] body = Ascii("<Delete><Object><Key>a</Key></Object></Delete>");
        _bucket.Store.Put("a", [1]);
        S3BucketRequest request = new(HttpMethod.Post) { SubResource = "delete", Headers = [new("x-amz-checksum-crc32", Sums.Of(ChecksumAlgorithm.Crc32, body).Value)] };

        await _bucket.SendAsync(request, new ByteArrayContent(Ascii("<Delete><Object><Key>b</Key></Object></Delete>"))).ErrorAsync(400, "BadDigest");
        _bucket.Store.Keys.Should().Equal("a");
        await _bucket.SendAsync(request, new ByteArrayContent(body)).StatusAsync();
        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task DeleteObjects_WrongContentMD5_DeletesNothing()
    {
        _bucket.Store.Put("a", [1]);

        await _bucket.SendAsync(
                new S3BucketRequest(HttpMethod.Post) { SubResource = "delete" }, new ByteArrayContent(Ascii("<Delete><Object><Key>a</Key></Object></Delete>")),
                ("Content-MD5", Convert.ToBase64String(Sums.Md5([1]))))
            .ErrorAsync(400, "BadDigest");

        _bucket.Store.Keys.Should().Equal("a");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not xml")]
    [InlineData("<Delete>")]
    [InlineData("<Delete></Delete>")]
    [InlineData("<Other><Object><Key>a</Key></Object></Other>")]
    [InlineData("<Delete><Object></Object></Delete>")]
    [InlineData("<Delete><Object><Key></Key></Object></Delete>")]
    [InlineData("<Delete><Object><Key>a</Key><Key>b</Key></Object></Delete>")]
    [InlineData("<Delete><Object><Key><a/></Key></Object></Delete>")]
    [InlineData("<!DOCTYPE Delete [<!ENTITY a \"a\">]><Delete><Object><Key>&a;</Key></Object></Delete>")]
    public async Task DeleteObjects_MalformedXml_DeletesNothing(string body)
    {
        _bucket.Store.Put("a", [1]);

        await SendAsync(body).ErrorAsync(400, "MalformedXML", Malformed);

        _bucket.Store.Keys.Should().Equal("a");
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public async Task DeleteObjects_ManyKeys_IsLimitedTo1000(int count, bool isAllowed)
    {
        string body = $"<Delete>{string.Concat(Enumerable.Range(0, count).Select(i => $"<Object><Key>k{i}</Key></Object>"))}</Delete>";

        if (isAllowed)
        {
            (await SendAsync(body).XmlAsync()).Elements("Deleted").Should().HaveCount(1000);
        }
        else
        {
            await SendAsync(body).ErrorAsync(400, "MalformedXML", Malformed);
        }
    }

    [Theory]
    [InlineData("<VersionId>1</VersionId>", "versioning")]
    [InlineData("<Size>1</Size>", "size")]
    [InlineData("<LastModifiedTime>2026-01-01T00:00:00Z</LastModifiedTime>", "time")]
    public async Task DeleteObjects_ElementThatIsNotSupported_ReturnsNotImplemented(string element, string cause)
    {
        _bucket.Store.Put("a", [1]);

        await SendAsync($"<Delete><Object><Key>a</Key>{element}</Object></Delete>").ErrorAsync(501, "NotImplemented");

        _bucket.LastRequest.Error!.Cause.Should().Contain(cause);
        _bucket.Store.Keys.Should().Equal("a");
    }

    [Fact]
    public async Task DeleteObjects_BodyOfMoreThan2MiB_IsRejectedBeforeItIsRead()
    {
        PresignedUrl url = _bucket.Presigner.Presign(new S3BucketRequest(HttpMethod.Post) { SubResource = "delete" });
        using RawConnection connection = await RawConnection.OpenAsync(_bucket.Server);

        await connection.SendAsync(
            $"POST {url.Url[_bucket.Server.Endpoint.Length..]} HTTP/1.1\r\nHost: {new Uri(_bucket.Server.Endpoint).Authority}\r\nContent-MD5: {Convert.ToBase64String(new byte[16])}\r\nContent-Length: 3000000\r\n\r\n");

        (await connection.ReadResponseAsync()).Should().StartWith("HTTP/1.1 400 ").And.Contain("<Code>MaxMessageLengthExceeded</Code><Message>Your request was too large.</Message>");
    }

    private Task<HttpResponseMessage> SendAsync(string xml)
    {
        byte[] body = Encoding.UTF8.GetBytes(xml);
        return _bucket.SendAsync(new S3BucketRequest(HttpMethod.Post) { SubResource = "delete" }, new ByteArrayContent(body), ("Content-MD5", Convert.ToBase64String(Sums.Md5(body))));
    }
}

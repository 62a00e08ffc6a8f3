using System.Globalization;
using System.Net;
using System.Xml.Linq;
using static PresignKit.LocalS3.Tests.Operations.Responses;

namespace PresignKit.LocalS3.Tests.Operations;

public class GetObjectTests(LocalS3Fixture fixture) : IClassFixture<LocalS3Fixture>
{
    private static readonly byte[] Digits = Ascii("0123456789");

    private readonly TestBucket _bucket = fixture.CreateBucket();

    [Fact]
    public async Task GetObject_ExistingObject_ReturnsContentAndHeaders()
    {
        LocalS3Object stored = _bucket.Store.Put("a.txt", Digits, "text/plain");

        using HttpResponseMessage response = await _bucket.SendAsync(new GetObject("a.txt")).StatusAsync();

        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(Digits);
        response.Header("Content-Type").Should().Be("text/plain");
        response.Header("Content-Length").Should().Be("10");
        response.Header("ETag").Should().Be(stored.ETag).And.Be($"\"{Convert.ToHexStringLower(Sums.Md5(Digits))}\"");
        response.Header("Last-Modified").Should().Be("Sat, 14 Mar 2026 15:09:26 GMT", "fractions of a second are cut off");
        response.Header("Accept-Ranges").Should().Be("bytes");
        response.Header("Date").Should().Be("Sat, 14 Mar 2026 15:09:26 GMT", "the clock is the one in the options");
        response.Header("x-amz-request-id").Should().MatchRegex("^[0-9A-F]{16}$");
        response.Header("x-amz-checksum-sha256").Should().BeNull();
        response.Header("x-amz-storage-class").Should().BeNull();
        _bucket.LastRequest.Should().BeEquivalentTo(new { Method = "GET", Operation = "GetObject", Key = "a.txt", StatusCode = 200, Error = (LocalS3Error?)null });
    }

    [Fact]
    public async Task GetObject_WithoutContentType_ReturnsDefault()
    {
        await _bucket.PutAsync("a", Digits).StatusAsync();

        using HttpResponseMessage response = await _bucket.SendAsync(new GetObject("a")).StatusAsync();

        response.Header("Content-Type").Should().Be("binary/octet-stream");
    }

    [Fact]
    public async Task HeadObject_ExistingObject_ReturnsTheHeadersOfGet()
    {
        _bucket.Store.Put("a.txt", Digits, "text/plain");

        using HttpResponseMessage response = await _bucket.SendAsync(new HeadObject("a.txt")).StatusAsync();

        (await response.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        response.Header("Content-Length").Should().Be("10");
        response.Header("Content-Type").Should().Be("text/plain");
        response.Header("ETag").Should().Be(_bucket.Store["a.txt"].ETag);
        _bucket.LastRequest.Operation.Should().Be("HeadObject");
    }

    [Fact]
    public async Task GetObject_MissingKey_ReturnsNoSuchKey()
    {
        XElement error = await _bucket.SendAsync(new GetObject("missing/ä.txt")).ErrorAsync(404, "NoSuchKey", "The specified key does not exist.");

        error.Value("Key").Should().Be("missing/ä.txt");
    }

    [Fact]
    public async Task GetObject_MissingBucket_ReturnsNoSuchBucket()
    {
        XElement error = await _bucket.SendAsync(new GetObject("a") { Bucket = "does-not-exist" }).ErrorAsync(404, "NoSuchBucket", "The specified bucket does not exist");

        error.Value("BucketName").Should().Be("does-not-exist");
    }

    [Theory]
    [InlineData("missing", null, 404)]
    [InlineData("a", "bytes=10-", 416)]
    public async Task HeadObject_Error_DoesNotHaveABody(string key, string? range, int status)
    {
        _bucket.Store.Put("a", Digits);
        PresignedUrl url = _bucket.Presigner.Presign(new HeadObject(key));
        using RawConnection connection = await RawConnection.OpenAsync(_bucket.Server);

        await connection.SendAsync($"HEAD {url.Url[_bucket.Server.Endpoint.Length..]} HTTP/1.1\r\nHost: {new Uri(_bucket.Server.Endpoint).Authority}\r\n{(range is null ? "" : $"Range: {range}\r\n")}Connection: close\r\n\r\n");
        string head = await connection.ReadHeadAsync();

        head.Should().StartWith($"HTTP/1.1 {status} ").And.Contain("Content-Type: application/xml");
        (await connection.ReadHeadAsync()).Should().BeEmpty("a HEAD response ends with its headers");
        _bucket.LastRequest.Error!.StatusCode.Should().Be(status);
    }

    [Theory]
    [InlineData("bytes=0-0", "0", "bytes 0-0/10")]
    [InlineData("bytes=0-9", "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=2-5", "2345", "bytes 2-5/10")]
    [InlineData("bytes=5-", "56789", "bytes 5-9/10")]
    [InlineData("bytes=9-", "9", "bytes 9-9/10")]
    [InlineData("bytes=-3", "789", "bytes 7-9/10")]
    [InlineData("bytes=-10", "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=-100", "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=5-100", "56789", "bytes 5-9/10")]
    public async Task GetObject_Range_ReturnsPartialContent(string range, string expected, string contentRange)
    {
        _bucket.Store.Put("a", Digits);

        using HttpResponseMessage response = await _bucket.SendAsync(new GetObject("a"), null, ("Range", range)).StatusAsync(206);
        using HttpResponseMessage head = await _bucket.SendAsync(new HeadObject("a"), null, ("Range", range)).StatusAsync(206);

        (await response.Content.ReadAsStringAsync()).Should().Be(expected);
        response.Header("Content-Range").Should().Be(contentRange);
        response.Header("Content-Length").Should().Be(expected.Length.ToString(CultureInfo.InvariantCulture));
        response.Header("ETag").Should().Be(_bucket.Store["a"].ETag);
        head.Header("Content-Range").Should().Be(contentRange);
        head.Header("Content-Length").Should().Be(response.Header("Content-Length"));
    }

    [Fact]
    public async Task GetObject_SignedRange_ReturnsPartialContent()
    {
        _bucket.Store.Put("a", Digits);

        (await _bucket.SendAsync(new GetObject("a") { Range = ByteRange.Last(2) }).TextAsync(206)).Should().Be("89");
    }

    [Theory]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=-")]
    [InlineData("bytes=")]
    [InlineData("bytes 0-1")]
    [InlineData("items=0-1")]
    [InlineData("bytes=99999999999999999999-")]
    public async Task GetObject_RangeThatIsNotASingleRange_ReturnsWholeObject(string range)
    {
        _bucket.Store.Put("a", Digits);

        using HttpResponseMessage response = await _bucket.SendAsync(new GetObject("a"), null, ("Range", range)).StatusAsync();

        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(Digits);
        response.Header("Content-Range").Should().BeNull();
    }

    [Theory]
    [InlineData(10, "bytes=10-")]
    [InlineData(10, "bytes=10-20")]
    [InlineData(10, "bytes=-0")]
    [InlineData(0, "bytes=0-")]
    [InlineData(0, "bytes=0-5")]
    [InlineData(0, "bytes=-5")]
    public async Task GetObject_RangeBeyondTheEnd_ReturnsInvalidRange(int size, string range)
    {
        _bucket.Store.Put("a", Digits.AsSpan(0, size), "text/plain");

        XElement error = await _bucket.SendAsync(new GetObject("a"), null, ("Range", range)).ErrorAsync(416, "InvalidRange", "The requested range is not satisfiable");

        error.Value("RangeRequested").Should().Be(range);
        error.Value("ActualObjectSize").Should().Be(size.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task GetObject_EmptyObject_ReturnsNoContent()
    {
        _bucket.Store.Put("empty", []);

        using HttpResponseMessage response = await _bucket.SendAsync(new GetObject("empty")).StatusAsync();

        response.Header("Content-Length").Should().Be("0");
        response.Header("ETag").Should().Be("\"d41d8cd98f00b204e9800998ecf8427e\"");
    }

    [Fact]
    public async Task GetObject_ContentInATemporaryFile_ReturnsWholeAndRange()
    {
        byte[] content = new byte[300_000];
        new Random(1).NextBytes(content);
        _bucket.Store.Put("large", content);

        (await _bucket.SendAsync(new GetObject("large")).BytesAsync()).Should().Equal(content);
        (await _bucket.SendAsync(new GetObject("large"), null, ("Range", "bytes=65530-262150")).BytesAsync(206)).Should().Equal(content[65530..262151]);
    }

    [Theory]
    [InlineData("etag", "01234")]
    [InlineData("\"0123456789abcdef0123456789abcdef\"", "0123456789")]
    [InlineData("Sat, 14 Mar 2026 15:09:26 GMT", "01234")]
    [InlineData("Sat, 14 Mar 2026 15:09:25 GMT", "0123456789")]
    public async Task GetObject_IfRange_ReturnsRangeOnlyIfTheObjectIsTheSame(string condition, string expected)
    {
        fixture.Clock.GetUtcNow().Should().BeBefore(new DateTimeOffset(2026, 3, 14, 15, 9, 27, TimeSpan.Zero), "the dates in the data depend on it");
        LocalS3Object stored = _bucket.Store.Put("a", Digits);

        string body = await _bucket.SendAsync(new GetObject("a"), null, ("Range", "bytes=0-4"), ("If-Range", condition == "etag" ? stored.ETag : condition)).TextAsync(expected.Length == 5 ? 206 : 200);

        body.Should().Be(expected);
    }

    // The object was modified at 15:09:26.535. Source of the combinations: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
    [Theory]
    [InlineData("match", null, null, null, 200)]
    [InlineData("*", null, null, null, 200)]
    [InlineData("unquoted", null, null, null, 200)]
    [InlineData("other", null, null, null, 412)]
    [InlineData("other, match", null, null, null, 200)]
    [InlineData(null, "match", null, null, 304)]
    [InlineData(null, "*", null, null, 304)]
    [InlineData(null, "other", null, null, 200)]
    [InlineData(null, "other, match", null, null, 304)]
    [InlineData(null, null, "15:09:25", null, 200)]
    [InlineData(null, null, "15:09:26", null, 304)]
    [InlineData(null, null, "15:09:59", null, 200)]
    [InlineData(null, null, "not a date", null, 200)]
    [InlineData(null, null, null, "15:09:25", 412)]
    [InlineData(null, null, null, "15:09:26", 200)]
    [InlineData(null, null, null, "15:09:59", 200)]
    [InlineData(null, null, null, "not a date", 200)]
    [InlineData("match", null, null, "15:09:25", 200)]
    [InlineData("other", null, null, "15:09:59", 412)]
    [InlineData(null, "match", "15:09:25", null, 304)]
    [InlineData(null, "other", "15:09:26", null, 200)]
    [InlineData("match", "match", null, null, 304)]
    [InlineData("other", "match", null, null, 412)]
    public async Task GetObject_Conditions_AreEvaluatedInTheDocumentedOrder(string? ifMatch, string? ifNoneMatch, string? ifModifiedSince, string? ifUnmodifiedSince, int expected)
    {
        LocalS3Object stored = _bucket.Store.Put("a", Digits);
        List<(string, string)> headers = [];
        Add("If-Match", ETag(ifMatch));
        Add("If-None-Match", ETag(ifNoneMatch));
        Add("If-Modified-Since", Date(ifModifiedSince));
        Add("If-Unmodified-Since", Date(ifUnmodifiedSince));

        using HttpResponseMessage get = await _bucket.SendAsync(new GetObject("a"), null, [.. headers]).StatusAsync(expected);
        using HttpResponseMessage head = await _bucket.SendAsync(new HeadObject("a"), null, [.. headers]).StatusAsync(expected);

        if (expected == 412)
        {
            XElement error = XElement.Parse(await get.Content.ReadAsStringAsync());
            error.Value("Code").Should().Be("PreconditionFailed");
            error.Value("Message").Should().Be("At least one of the pre-conditions you specified did not hold");
            error.Value("Condition").Should().Be(ifMatch is null ? "If-Unmodified-Since" : "If-Match");
        }

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                headers.Add((name, value));
            }
        }

        string? ETag(string? text) => text?.Replace("match", stored.ETag, StringComparison.Ordinal).Replace("other", "\"0123456789abcdef0123456789abcdef\"", StringComparison.Ordinal).Replace("unquoted", stored.ETag.Trim('"'), StringComparison.Ordinal);

        static string? Date(string? time) => time?.Contains(':', StringComparison.Ordinal) == true ? $"Sat, 14 Mar 2026 {time} GMT" : time;
    }

    [Fact]
    public async Task GetObject_NotModified_ReturnsValidatorsWithoutBody()
    {
        LocalS3Object stored = _bucket.Store.Put("a", Digits, "text/plain");

        using HttpResponseMessage response = await _bucket.SendAsync(new GetObject("a"), null, ("If-None-Match", stored.ETag)).StatusAsync(304);

        (await response.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        response.Header("ETag").Should().Be(stored.ETag);
        response.Header("Last-Modified").Should().NotBeNull();
        response.Header("Content-Type").Should().BeNull();
        _bucket.LastRequest.StatusCode.Should().Be(304);
        _bucket.LastRequest.Error.Should().BeNull("a response that a cache asked for is not an error");
    }

    [Fact]
    public async Task GetObject_ResponseOverrides_ReplaceTheStoredHeaders()
    {
        await _bucket.SendAsync(new PutObject("a") { ContentType = "text/plain", CacheControl = "no-store" }, new ByteArrayContent(Digits)).StatusAsync();
        GetObject operation = new("a")
        {
            ResponseHeaders = new ResponseHeaderOverrides
            {
                ContentType = "application/pdf",
                ContentDisposition = "attachment; filename=\"b.pdf\"",
                ContentEncoding = "identity",
                ContentLanguage = "de",
                CacheControl = "max-age=60",
                Expires = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
            },
        };

        using HttpResponseMessage response = await _bucket.SendAsync(operation).StatusAsync();

        response.Header("Content-Type").Should().Be("application/pdf");
        response.Header("Content-Disposition").Should().Be("attachment; filename=\"b.pdf\"");
        response.Header("Content-Encoding").Should().Be("identity");
        response.Header("Content-Language").Should().Be("de");
        response.Header("Cache-Control").Should().Be("max-age=60");
        response.Header("Expires").Should().Be("Fri, 01 Jan 2027 00:00:00 GMT");
    }

    [Fact]
    public async Task GetObject_OverrideInLatin1_IsSentInLatin1()
    {
        _bucket.Store.Put("a", Digits);
        string target = TestSigner.Sign(_bucket.Server, "GET", $"/{_bucket.Name}/a", fixture.Clock.GetUtcNow(), ("response-content-disposition", "attachment; filename=\"é.txt\""));
        using RawConnection connection = await RawConnection.OpenAsync(_bucket.Server);

        await connection.SendAsync($"GET {target} HTTP/1.1\r\nHost: {new Uri(_bucket.Server.Endpoint).Authority}\r\n\r\n");

        (await connection.ReadResponseAsync()).Should().StartWith("HTTP/1.1 200 ").And.Contain("Content-Disposition: attachment; filename=\"é.txt\"\r\n");
    }

    [Theory]
    [InlineData("attachment; filename=\"日.txt\"")]
    [InlineData("a\r\nSet-Cookie: b=c")]
    [InlineData("a\nb")]
    public async Task GetObject_OverrideThatIsNotAHeader_ReturnsInvalidArgument(string value)
    {
        _bucket.Store.Put("a", Digits);
        string target = TestSigner.Sign(_bucket.Server, "GET", $"/{_bucket.Name}/a", fixture.Clock.GetUtcNow(), ("response-content-disposition", value));
        using HttpRequestMessage request = new(HttpMethod.Get, _bucket.Server.Endpoint + target);

        XElement error = await _bucket.SendAsync(request).ErrorAsync(400, "InvalidArgument", "Header value cannot be represented using ISO-8859-1.");

        error.Value("ArgumentName").Should().Be("response-content-disposition");
    }

    [Fact]
    public async Task GetObject_Metadata_IsReturned()
    {
        PutObject put = new("a")
        {
            ContentType = "text/plain",
            CacheControl = "max-age=5",
            ContentDisposition = "inline",
            ContentLanguage = "en",
            ContentEncoding = "identity",
            Expires = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
            StorageClass = "STANDARD_IA",
            Metadata = new Dictionary<string, string> { ["user"] = "42", ["note"] = "a b" },
            ServerSideEncryption = ServerSideEncryption.S3,
        };
        using HttpResponseMessage created = await _bucket.SendAsync(put, new ByteArrayContent(Digits)).StatusAsync();

        using HttpResponseMessage response = await _bucket.SendAsync(new GetObject("a")).StatusAsync();

        created.Header("x-amz-server-side-encryption").Should().Be("AES256");
        response.Header("x-amz-server-side-encryption").Should().Be("AES256");
        response.Header("x-amz-meta-user").Should().Be("42");
        response.Header("x-amz-meta-note").Should().Be("a b");
        response.Header("x-amz-storage-class").Should().Be("STANDARD_IA");
        response.Header("Content-Type").Should().Be("text/plain");
        response.Header("Cache-Control").Should().Be("max-age=5");
        response.Header("Content-Disposition").Should().Be("inline");
        response.Header("Content-Language").Should().Be("en");
        response.Header("Content-Encoding").Should().Be("identity");
        response.Header("Expires").Should().Be("Fri, 01 Jan 2027 00:00:00 GMT");
    }

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32)]
    [InlineData(ChecksumAlgorithm.Crc32C)]
    [InlineData(ChecksumAlgorithm.Crc64Nvme)]
    [InlineData(ChecksumAlgorithm.Sha1)]
    [InlineData(ChecksumAlgorithm.Sha256)]
    public async Task GetObject_ChecksumMode_ReturnsTheStoredChecksum(ChecksumAlgorithm algorithm)
    {
        Checksum checksum = Sums.Of(algorithm, Digits);
        await _bucket.SendAsync(new PutObject("a") { Checksum = checksum }, new ByteArrayContent(Digits)).StatusAsync();
        string name = "x-amz-checksum-" + Sums.NameOf(algorithm);

        using HttpResponseMessage with = await _bucket.SendAsync(new GetObject("a") { IncludeChecksum = true }).StatusAsync();
        using HttpResponseMessage head = await _bucket.SendAsync(new HeadObject("a") { IncludeChecksum = true }).StatusAsync();
        using HttpResponseMessage without = await _bucket.SendAsync(new GetObject("a")).StatusAsync();

        with.Header(name).Should().Be(checksum.Value);
        with.Header("x-amz-checksum-type").Should().Be("FULL_OBJECT");
        head.Header(name).Should().Be(checksum.Value);
        without.Header(name).Should().BeNull();
        without.Header("x-amz-checksum-type").Should().BeNull();
    }

    [Fact]
    public async Task GetObject_PartNumberOfAnObjectThatWasNotUploadedInParts_ReturnsWholeObject()
    {
        _bucket.Store.Put("a", Digits);

        using HttpResponseMessage response = await _bucket.SendAsync(new GetObject("a") { PartNumber = 1 }).StatusAsync(206);

        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(Digits);
        response.Header("Content-Range").Should().Be("bytes 0-9/10");
        response.Header("x-amz-mp-parts-count").Should().BeNull();
        XElement error = await _bucket.SendAsync(new GetObject("a") { PartNumber = 2 }).ErrorAsync(416, "InvalidPartNumber", "The requested partnumber is not satisfiable");
        error.Value("PartNumberRequested").Should().Be("2");
        error.Value("ActualPartCount").Should().Be("1");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("x")]
    public async Task GetObject_InvalidPartNumber_ReturnsInvalidArgument(string number)
    {
        _bucket.Store.Put("a", Digits);

        XElement error = await _bucket.SendAsync(new S3Request(HttpMethod.Get, "a") { Query = [new("partNumber", number)] })
            .ErrorAsync(400, "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");

        error.Value("ArgumentName").Should().Be("partNumber");
        error.Value("ArgumentValue").Should().Be(number);
    }

    [Fact]
    public async Task GetObject_PartNumberAndRange_ReturnsInvalidRequest()
    {
        _bucket.Store.Put("a", Digits);

        await _bucket.SendAsync(new GetObject("a") { PartNumber = 1 }, null, ("Range", "bytes=0-1")).ErrorAsync(400, "InvalidRequest", "Cannot specify both Range header and partNumber query parameter");
    }

    [Fact]
    public async Task GetObject_WhileItIsReplaced_ReturnsTheOldContent()
    {
        byte[] old = new byte[4 << 20];
        new Random(2).NextBytes(old);
        _bucket.Store.Put("a", old);
        using HttpRequestMessage request = _bucket.Presigner.Presign(new GetObject("a")).ToHttpRequestMessage();
        using HttpResponseMessage response = await fixture.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        await _bucket.PutAsync("a", Digits).StatusAsync();
        _bucket.Store.Delete("a").Should().BeTrue();

        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(old);
        (await _bucket.SendAsync(new GetObject("a"))).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task GetObject_VirtualHostedStyle_ReturnsContent()
    {
        _bucket.Store.Put("a/b", Digits);
        S3Presigner presigner = new(
            new PresignerOptions
            {
                Endpoint = $"http://localhost:{new Uri(_bucket.Server.Endpoint).Port}",
                Region = _bucket.Server.Region,
                Bucket = _bucket.Name,
                AccessKeyId = _bucket.Server.AccessKeyId,
                SecretAccessKey = _bucket.Server.SecretAccessKey,
                UrlStyle = UrlStyle.VirtualHosted,
            },
            fixture.Clock);
        PresignedUrl url = presigner.Presign(new GetObject("a/b"));

        url.Url.Should().StartWith($"http://{_bucket.Name}.localhost:");
        (await _bucket.SendAsync(url).BytesAsync()).Should().Equal(Digits);
        _bucket.LastRequest.Should().BeEquivalentTo(new { Bucket = _bucket.Name, Key = "a/b" });
        PresignedPost post = presigner.PresignPost(new PostPolicy(PostKey.Exact("c/d")));
        using HttpResponseMessage posted = await fixture.Http.PostAsync(post.Url, post.ToMultipartContent(new ByteArrayContent(Digits), "d")).StatusAsync(204);
        posted.Header("Location").Should().Be($"{url.Url[..url.Url.IndexOf("/a/b", StringComparison.Ordinal)]}/c%2Fd");
    }
}

using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using static PresignKit.LocalS3.Tests.Operations.Responses;

namespace PresignKit.LocalS3.Tests.Operations;

public class PutObjectTests(LocalS3Fixture fixture) : IClassFixture<LocalS3Fixture>
{
    private static readonly byte[] Content = Ascii("hello");

    private readonly TestBucket _bucket = fixture.CreateBucket();

    public static TheoryData<ChecksumAlgorithm> Algorithms { get; } =
        [ChecksumAlgorithm.Crc32, ChecksumAlgorithm.Crc32C, ChecksumAlgorithm.Crc64Nvme, ChecksumAlgorithm.Sha1, ChecksumAlgorithm.Sha256];

    public static TheoryData<string> OddKeys { get; } =
    [
        "a b", " a", "a ", "a+b", "100%", "%41", "%2F", "a%2Fb", "ä", "a\u0308", "日本語.txt", "😀/🎉", "folder/", "/", "/a", "//", "a//b", "a/", "a?b=c#d", "a&b;c,d:e@f$g!h'i(j)k*l", "a\\b", "\"quoted\"",
        "<a>&amp;</a>", "a\tb", "a\nb", "a\rb", "a\r\nb", "\u0001", "a\u007Fb", "\uFFFD", "\uFFFF", "~.-_", "..a", "a..", "...", "?acl", "uploads", " ", "[a]|{b}^`c", "C:\\a",
    ];

    [Fact]
    public async Task PutObject_NewObject_ReturnsETag()
    {
        using HttpResponseMessage response = await _bucket.SendAsync(new PutObject("a.txt") { ContentType = "text/plain; charset=utf-8" }, new ByteArrayContent(Content)).StatusAsync();

        response.Header("ETag").Should().Be($"\"{Convert.ToHexStringLower(Sums.Md5(Content))}\"");
        response.Header("Content-Length").Should().Be("0");
        _bucket.Store["a.txt"].Content.ToArray().Should().Equal(Content);
        _bucket.Store["a.txt"].ContentType.Should().Be("text/plain; charset=utf-8");
        _bucket.LastRequest.Should().BeEquivalentTo(new { Method = "PUT", Operation = "PutObject", Key = "a.txt", Bucket = _bucket.Name, ContentLength = 5L, StatusCode = 200 });
    }

    [Fact]
    public async Task PutObject_UnsignedContentType_IsStored()
    {
        ByteArrayContent content = new(Content) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };

        await _bucket.SendAsync(new PutObject("a"), content).StatusAsync();

        _bucket.Store["a"].ContentType.Should().Be("image/png");
    }

    [Fact]
    public async Task PutObject_EmptyBody_StoresEmptyObject()
    {
        await _bucket.PutAsync("empty", []).StatusAsync();

        _bucket.Store["empty"].Content.Length.Should().Be(0);
        (await _bucket.SendAsync(new GetObject("empty")).BytesAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task PutObject_LargeBody_IsStoredUnchanged()
    {
        byte[] content = new byte[3_000_001];
        new Random(3).NextBytes(content);

        await _bucket.PutAsync("large", content).StatusAsync();

        (await _bucket.SendAsync(new GetObject("large")).BytesAsync()).Should().Equal(content);
    }

    [Theory]
    [MemberData(nameof(OddKeys))]
    public async Task PutObject_OddKey_CanBeReadListedAndDeleted(string key)
    {
        await _bucket.PutAsync(key, Content).StatusAsync();

        _bucket.Store.Keys.Should().Equal(key);
        _bucket.LastRequest.Key.Should().Be(key);
        (await _bucket.SendAsync(new GetObject(key)).BytesAsync()).Should().Equal(Content);
        XElement page = await _bucket.SendAsync(new ListObjectsV2 { UrlEncodeKeys = true }).XmlAsync();
        Uri.UnescapeDataString(page.Element("Contents")!.Value("Key")!.Replace('+', ' ')).Should().Be(key);
        await _bucket.SendAsync(new DeleteObject(key)).BytesAsync(204);
        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Theory]
    [InlineData("a/../b")]
    [InlineData("..")]
    [InlineData("../other-bucket/secret")]
    [InlineData("./a")]
    [InlineData("a/.")]
    public async Task PutObject_DotSegmentsSentByASocket_ArePartOfTheKey(string key)
    {
        string target = TestSigner.Sign(_bucket.Server, "PUT", $"/{_bucket.Name}/{key}", fixture.Clock.GetUtcNow());
        using RawConnection connection = await RawConnection.OpenAsync(_bucket.Server);

        await connection.SendAsync($"PUT {target} HTTP/1.1\r\nHost: {Authority}\r\nContent-Length: 5\r\n\r\nhello");
        string response = await connection.ReadResponseAsync();

        response.Should().StartWith("HTTP/1.1 200 ");
        _bucket.Store.Keys.Should().Equal(key);
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public async Task PutObject_LongKey_IsLimitedTo1024Bytes(int length, bool isAllowed)
    {
        string key = "ä" + new string('k', length - 2);
        using HttpRequestMessage request = new(HttpMethod.Put, _bucket.Server.Endpoint + TestSigner.Sign(_bucket.Server, "PUT", $"/{_bucket.Name}/{Uri.EscapeDataString(key)}", fixture.Clock.GetUtcNow()))
        {
            Content = new ByteArrayContent(Content),
        };

        Task<HttpResponseMessage> response = _bucket.SendAsync(request);

        if (isAllowed)
        {
            await response.StatusAsync();
            return;
        }

        XElement error = await response.ErrorAsync(400, "KeyTooLongError", "Your key is too long");
        error.Value("Size").Should().Be("1025");
        error.Value("MaxSizeAllowed").Should().Be("1024");
        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task PutObject_CorrectContentMD5_IsAccepted()
    {
        string md5 = Convert.ToBase64String(Sums.Md5(Content));

        await _bucket.SendAsync(new PutObject("a") { ContentMD5 = md5 }, new ByteArrayContent(Content)).StatusAsync();
        await _bucket.SendAsync(new PutObject("b"), new ByteArrayContent(Content), ("Content-MD5", md5)).StatusAsync();

        _bucket.Store.Keys.Should().Equal("a", "b");
    }

    [Fact]
    public async Task PutObject_WrongContentMD5_ReturnsBadDigest()
    {
        string md5 = Convert.ToBase64String(Sums.Md5(Ascii("other")));

        XElement error = await _bucket.SendAsync(new PutObject("a"), new ByteArrayContent(Content), ("Content-MD5", md5))
            .ErrorAsync(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");

        error.Value("ExpectedDigest").Should().Be(md5);
        error.Value("CalculatedDigest").Should().Be(Convert.ToBase64String(Sums.Md5(Content)));
        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Theory]
    [InlineData("not base64")]
    [InlineData("aGVsbG8=")]
    [InlineData("XUFAKrxLKna5cZ2REBfFkg=")]
    [InlineData("5d41402abc4b2a76b9719d911017c592")]
    public async Task PutObject_InvalidContentMD5_ReturnsInvalidDigest(string md5)
    {
        XElement error = await _bucket.SendAsync(new PutObject("a"), new ByteArrayContent(Content), ("Content-MD5", md5)).ErrorAsync(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");

        error.Value("Content-MD5").Should().Be(md5);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task PutObject_Checksum_IsVerified(ChecksumAlgorithm algorithm)
    {
        string header = "x-amz-checksum-" + Sums.NameOf(algorithm);
        Checksum right = Sums.Of(algorithm, Content);
        using HttpResponseMessage response = await _bucket.SendAsync(new PutObject("a") { Checksum = right }, new ByteArrayContent(Content)).StatusAsync();

        response.Header(header).Should().Be(right.Value);
        response.Header("x-amz-checksum-type").Should().Be("FULL_OBJECT");
        await _bucket.SendAsync(new PutObject("b") { Checksum = Sums.Of(algorithm, Ascii("other")) }, new ByteArrayContent(Content))
            .ErrorAsync(400, "BadDigest", $"The {algorithm.ToString().ToUpperInvariant()} you specified did not match the calculated checksum.");
        _bucket.Store.Keys.Should().Equal("a");
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task PutObject_InvalidChecksum_ReturnsInvalidRequest(ChecksumAlgorithm algorithm)
    {
        string header = "x-amz-checksum-" + Sums.NameOf(algorithm);
        foreach (string value in new[] { "!", "AA==", Convert.ToBase64String(new byte[5]) })
        {
            await _bucket.SendAsync(new S3Request(HttpMethod.Put, "a") { Headers = [new(header, value)] }, new ByteArrayContent(Content))
                .ErrorAsync(400, "InvalidRequest", $"Value for {header} header is invalid.");
        }
    }

    [Fact]
    public async Task PutObject_TwoChecksums_ReturnsInvalidRequest()
    {
        S3Request request = new(HttpMethod.Put, "a")
        {
            Headers =
            [
                new("x-amz-checksum-crc32", Sums.Of(ChecksumAlgorithm.Crc32, Content).Value), new("x-amz-checksum-sha1", Sums.Of(ChecksumAlgorithm.Sha1, Content).Value),
            ],
        };

        await _bucket.SendAsync(request, new ByteArrayContent(Content)).ErrorAsync(400, "InvalidRequest", "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }

    [Fact]
    public async Task PutObject_ChecksumAlgorithmWithoutChecksum_ReturnsInvalidRequest() =>
        await _bucket.SendAsync(new S3Request(HttpMethod.Put, "a") { Headers = [new("x-amz-sdk-checksum-algorithm", "CRC32")] }, new ByteArrayContent(Content))
            .ErrorAsync(400, "InvalidRequest", "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.");

    [Fact]
    public async Task PutObject_SignedContentSha256_IsVerified()
    {
        string right = Convert.ToHexStringLower(SHA256.HashData(Content)), wrong = Convert.ToHexStringLower(SHA256.HashData(Ascii("other")));

        await _bucket.SendAsync(new PutObject("a") { Headers = [new("x-amz-content-sha256", right)] }, new ByteArrayContent(Content)).StatusAsync();
        XElement error = await _bucket.SendAsync(new PutObject("b") { Headers = [new("x-amz-content-sha256", wrong)] }, new ByteArrayContent(Content))
            .ErrorAsync(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");

        error.Value("ClientComputedContentSHA256").Should().Be(wrong);
        error.Value("S3ComputedContentSHA256").Should().Be(right);
        _bucket.Store.Keys.Should().Equal("a");
    }

    [Theory]
    [InlineData("UNSIGNED-PAYLOAD", 200)]
    [InlineData("abc", 200)]
    public async Task PutObject_UnsignedContentSha256_IsIgnored(string value, int status) =>
        await _bucket.SendAsync(new PutObject("a"), new ByteArrayContent(Content), ("x-amz-content-sha256", value)).StatusAsync(status);

    [Theory]
    [InlineData("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "x-amz-content-sha256")]
    [InlineData("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "x-amz-content-sha256")]
    [InlineData("Content-Encoding", "aws-chunked", "Content-Encoding")]
    [InlineData("Content-Encoding", "gzip, aws-chunked", "Content-Encoding")]
    public async Task PutObject_AwsChunked_ReturnsNotImplemented(string name, string value, string expected)
    {
        XElement error = await _bucket.SendAsync(new PutObject("a"), new ByteArrayContent(Ascii("5\r\nhello\r\n0\r\n\r\n")), (name, value))
            .ErrorAsync(501, "NotImplemented", "A header you provided implies functionality that is not implemented");

        error.Value("Header").Should().Be(expected);
        _bucket.LastRequest.Error!.Cause.Should().Contain("aws-chunked");
        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task PutObject_ChunkedBody_ReturnsNotImplemented()
    {
        using HttpRequestMessage request = new(HttpMethod.Put, _bucket.Presigner.Presign(new PutObject("a")).ToUri()) { Content = new ByteArrayContent(Content) };
        request.Headers.TransferEncodingChunked = true;

        XElement error = await _bucket.SendAsync(request).ErrorAsync(501, "NotImplemented", "A header you provided implies functionality that is not implemented");

        error.Value("Header").Should().Be("Transfer-Encoding");
        _bucket.LastRequest.Error!.Cause.Should().Contain("Content-Length");
    }

    [Fact]
    public async Task PutObject_WithoutContentLength_ReturnsMissingContentLength()
    {
        PresignedUrl url = _bucket.Presigner.Presign(new PutObject("a"));
        using RawConnection connection = await RawConnection.OpenAsync(_bucket.Server);

        await connection.SendAsync($"PUT {url.Url[_bucket.Server.Endpoint.Length..]} HTTP/1.1\r\nHost: {Authority}\r\n\r\n");

        (await connection.ReadResponseAsync()).Should().StartWith("HTTP/1.1 411 ").And.Contain("<Code>MissingContentLength</Code><Message>You must provide the Content-Length HTTP header.</Message>");
    }

    [Fact]
    public async Task PutObject_BodyShorterThanAnnounced_StoresNothing()
    {
        PresignedUrl url = _bucket.Presigner.Presign(new PutObject("a"));
        using RawConnection connection = await RawConnection.OpenAsync(_bucket.Server);

        await connection.SendAsync($"PUT {url.Url[_bucket.Server.Endpoint.Length..]} HTTP/1.1\r\nHost: {Authority}\r\nContent-Length: 10\r\n\r\nhello");
        connection.Shutdown();

        (await connection.ReadHeadAsync()).Should().Match(head => head.Length == 0 || head.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal));
        for (int i = 0; i < 200 && _bucket.Server.Requests.All(request => request.Bucket != _bucket.Name); i++)
        {
            await Task.Delay(10);
        }

        _bucket.Server.Requests.Last(request => request.Bucket == _bucket.Name).Error!.Code.Should().Be("IncompleteBody");
        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task PutObject_IfNoneMatch_RejectsExistingKey()
    {
        PutObject operation = new("a") { IfNoneMatch = "*" };
        await _bucket.SendAsync(operation, new ByteArrayContent(Content)).StatusAsync();

        XElement error = await _bucket.SendAsync(operation, new ByteArrayContent(Ascii("other"))).ErrorAsync(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");

        error.Value("Condition").Should().Be("If-None-Match");
        _bucket.Store["a"].Content.ToArray().Should().Equal(Content);
    }

    [Fact]
    public async Task PutObject_IfMatch_RequiresTheETag()
    {
        LocalS3Object stored = _bucket.Store.Put("a", Content);

        XElement error = await _bucket.SendAsync(new PutObject("a"), new ByteArrayContent([1]), ("If-Match", "\"0123456789abcdef0123456789abcdef\"")).ErrorAsync(412, "PreconditionFailed");
        await _bucket.SendAsync(new PutObject("a"), new ByteArrayContent([2]), ("If-Match", stored.ETag)).StatusAsync();
        await _bucket.SendAsync(new PutObject("missing"), new ByteArrayContent([3]), ("If-Match", stored.ETag)).ErrorAsync(404, "NoSuchKey");

        error.Value("Condition").Should().Be("If-Match");
        _bucket.Store["a"].Content.ToArray().Should().Equal(2);
        _bucket.Store.Keys.Should().Equal("a");
    }

    // Recorded from AWS.
    [Theory]
    [InlineData(null, "\"0123456789abcdef0123456789abcdef\"", "If-None-Match", "We don't accept the provided value of If-None-Match header for this API")]
    [InlineData("*", null, "If-Match", "We don't accept the provided value of If-Match header for this API")]
    [InlineData("\"0123456789abcdef0123456789abcdef\"", "*", "If-Match,If-None-Match", "Multiple conditional request headers present in the request")]
    public async Task PutObject_ConditionThatS3DoesNotSupport_ReturnsNotImplemented(string? ifMatch, string? ifNoneMatch, string header, string problem)
    {
        List<(string, string)> headers = [];
        if (ifMatch is not null)
        {
            headers.Add(("If-Match", ifMatch));
        }

        if (ifNoneMatch is not null)
        {
            headers.Add(("If-None-Match", ifNoneMatch));
        }

        XElement error = await _bucket.SendAsync(new PutObject("a"), new ByteArrayContent(Content), [.. headers])
            .ErrorAsync(501, "NotImplemented", "A header you provided implies functionality that is not implemented");

        error.Value("Header").Should().Be(header);
        error.Value("additionalMessage").Should().Be(problem);
    }

    [Fact]
    public async Task PutObject_ConcurrentIfNoneMatch_OnlyOneSucceeds()
    {
        PresignedUrl url = _bucket.Presigner.Presign(new PutObject("a") { IfNoneMatch = "*" });

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => _bucket.SendAsync(url, new ByteArrayContent([(byte)i]))));

        responses.Select(response => (int)response.StatusCode).Order().Should().Equal(Enumerable.Repeat(412, 15).Prepend(200));
    }

    [Theory]
    [InlineData("x-amz-acl", "public-read")]
    [InlineData("x-amz-grant-read", "id=1")]
    [InlineData("x-amz-tagging", "a=b")]
    [InlineData("x-amz-object-lock-mode", "GOVERNANCE")]
    [InlineData("x-amz-object-lock-legal-hold", "ON")]
    [InlineData("x-amz-website-redirect-location", "/b")]
    [InlineData("x-amz-server-side-encryption", "aws:kms")]
    [InlineData("x-amz-server-side-encryption-customer-algorithm", "AES256")]
    [InlineData("x-amz-expected-bucket-owner", "111122223333")]
    [InlineData("x-amz-write-offset-bytes", "5")]
    [InlineData("x-amz-unknown", "1")]
    public async Task PutObject_HeaderThatIsNotSupported_ReturnsNotImplemented(string name, string value)
    {
        XElement error = await _bucket.SendAsync(new S3Request(HttpMethod.Put, "a") { Headers = [new(name, value)] }, new ByteArrayContent(Content))
            .ErrorAsync(501, "NotImplemented", "A header you provided implies functionality that is not implemented");

        error.Value("Header").Should().Be(name);
        _bucket.LastRequest.Error!.Cause.Should().StartWith("LocalS3 does not support ").And.EndWith(".");
        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task PutObject_CopySource_ReturnsNotImplemented()
    {
        await _bucket.SendAsync(new CopyObject("a", new CopySource("other", "b"))).ErrorAsync(501, "NotImplemented");

        _bucket.LastRequest.Operation.Should().Be("CopyObject");
        _bucket.LastRequest.Error!.Cause.Should().Contain("CopyObject");
    }

    [Theory]
    [InlineData("x-amz-acl", "private")]
    [InlineData("x-amz-acl", "bucket-owner-full-control")]
    [InlineData("x-amz-storage-class", "STANDARD")]
    [InlineData("x-amz-server-side-encryption", "AES256")]
    [InlineData("x-amz-request-payer", "requester")]
    public async Task PutObject_HeaderWithoutEffect_IsAccepted(string name, string value)
    {
        await _bucket.SendAsync(new S3Request(HttpMethod.Put, "a") { Headers = [new(name, value)] }, new ByteArrayContent(Content)).StatusAsync();
    }

    [Fact]
    public async Task PutObject_UnsignedAmzHeader_ReturnsAccessDenied()
    {
        XElement error = await _bucket.SendAsync(new PutObject("a"), new ByteArrayContent(Content), ("x-amz-acl", "public-read"), ("x-amz-meta-a", "b"))
            .ErrorAsync(403, "AccessDenied", "There were headers present in the request which were not signed");

        error.Value("HeadersNotSigned").Should().Be("x-amz-acl, x-amz-meta-a");
    }

    [Fact]
    public async Task PutObject_InvalidStorageClass_ReturnsInvalidStorageClass()
    {
        XElement error = await _bucket.SendAsync(new S3Request(HttpMethod.Put, "a") { Headers = [new("x-amz-storage-class", "OUTPOSTS")] }, new ByteArrayContent(Content))
            .ErrorAsync(400, "InvalidStorageClass", "The storage class you specified is not valid");

        error.Value("StorageClassRequested").Should().Be("OUTPOSTS");
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public async Task PutObject_Metadata_IsLimitedTo2Kilobytes(int size, bool isAllowed)
    {
        S3Request request = new(HttpMethod.Put, "a") { Headers = [new("x-amz-meta-a", new string('v', 1000)), new("x-amz-meta-bc", new string('w', size - 1003))] };

        Task<HttpResponseMessage> response = _bucket.SendAsync(request, new ByteArrayContent(Content));

        if (isAllowed)
        {
            await response.StatusAsync();
            _bucket.Store["a"].Headers["x-amz-meta-a"].Should().HaveLength(1000);
            return;
        }

        XElement error = await response.ErrorAsync(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");
        error.Value("Size").Should().Be("2049");
        error.Value("MaxSizeAllowed").Should().Be("2048");
    }

    [Fact]
    public async Task PutObject_UnicodeHeaders_AreReturnedAsInMail()
    {
        // Unsigned, so that the value reaches the server in UTF-8 without any client's rules.
        PresignedUrl url = _bucket.Presigner.Presign(new PutObject("a"));
        using RawConnection connection = await RawConnection.OpenAsync(_bucket.Server);
        await connection.SendAsync(Encoding.UTF8.GetBytes(
            $"PUT {url.Url[_bucket.Server.Endpoint.Length..]} HTTP/1.1\r\nHost: {Authority}\r\nContent-Disposition: attachment; filename=\"日.txt\"\r\nContent-Length: 0\r\n\r\n"));
        (await connection.ReadResponseAsync()).Should().StartWith("HTTP/1.1 200 ");

        using HttpResponseMessage response = await _bucket.SendAsync(new GetObject("a")).StatusAsync();

        response.Header("Content-Disposition").Should().Be($"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes("attachment; filename=\"日.txt\""))}?=");
    }

    [Fact]
    public async Task PutObject_OverwrittenMetadata_DoesNotRemain()
    {
        await _bucket.SendAsync(new PutObject("a") { Metadata = new Dictionary<string, string> { ["v"] = "1" }, CacheControl = "no-store" }, new ByteArrayContent(Content)).StatusAsync();
        await _bucket.PutAsync("a", [1]).StatusAsync();

        using HttpResponseMessage response = await _bucket.SendAsync(new GetObject("a")).StatusAsync();

        response.Header("x-amz-meta-v").Should().BeNull();
        response.Header("Cache-Control").Should().BeNull();
    }

    [Fact]
    public async Task PutObject_SignedContentLength_IsEnforced()
    {
        PresignedUrl url = _bucket.Presigner.Presign(new PutObject("a") { ContentLength = 5 });

        await _bucket.SendAsync(url, new ByteArrayContent(Content)).StatusAsync();
        using HttpRequestMessage request = new(HttpMethod.Put, url.ToUri()) { Content = new ByteArrayContent(new byte[6]) };
        await _bucket.SendAsync(request).ErrorAsync(403, "SignatureDoesNotMatch");
    }

    [Fact]
    public async Task PutObject_MoreThan5GiB_ReturnsEntityTooLargeBeforeTheBodyIsRead()
    {
        PresignedUrl url = _bucket.Presigner.Presign(new PutObject("a"));
        using RawConnection connection = await RawConnection.OpenAsync(_bucket.Server);

        await connection.SendAsync($"PUT {url.Url[_bucket.Server.Endpoint.Length..]} HTTP/1.1\r\nHost: {Authority}\r\nContent-Length: 5368709121\r\n\r\n");

        (await connection.ReadResponseAsync()).Should().StartWith("HTTP/1.1 400 ").And.Contain("<Code>EntityTooLarge</Code>").And.Contain("<ProposedSize>5368709121</ProposedSize><MaxSizeAllowed>5368709120</MaxSizeAllowed>");
    }

    [Fact]
    public async Task PutObject_HeadersInTheQuery_CountAsHeaders()
    {
        // As presigners for JavaScript do.
        (string, string)[] more = [("x-id", "PutObject"), ("x-amz-sdk-checksum-algorithm", "CRC32"), ("x-amz-meta-user", "42")];

        // The checksum of an empty body, which AWS ignores.
        await PutAsync("a", [.. more, ("x-amz-checksum-crc32", "AAAAAA==")]).StatusAsync();
        XElement error = await PutAsync("c", ("x-amz-acl", "public-read")).ErrorAsync(501, "NotImplemented");

        error.Value("Header").Should().Be("x-amz-acl");
        _bucket.Store.Keys.Should().Equal("a");
        _bucket.Store["a"].Headers["x-amz-meta-user"].Should().Be("42");

        Task<HttpResponseMessage> PutAsync(string key, params (string, string)[] query) => _bucket.SendAsync(
            new HttpRequestMessage(HttpMethod.Put, _bucket.Server.Endpoint + TestSigner.Sign(_bucket.Server, "PUT", $"/{_bucket.Name}/{key}", fixture.Clock.GetUtcNow(), query))
            {
                Content = new ByteArrayContent(Content),
            });
    }

    [Fact]
    public async Task PutObject_StorageIsFull_ReturnsInsufficientStorageUntilSomethingIsDeleted()
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o =>
        {
            o.Buckets.Add("photos");
            o.MaxMemoryBytes = 1000;
            o.MaxDiskBytes = 100_000;
        });
        using HttpClient http = server.CreateHttpClient();
        IPresigner presigner = server.CreatePresigner("photos");
        await PutAsync("a", 600).StatusAsync();
        await PutAsync("b", 600).ErrorAsync(507, "InsufficientStorage");
        await PutAsync("c", 200_000).ErrorAsync(507, "InsufficientStorage");
        PresignedPost post = presigner.PresignPost(new PostPolicy(PostKey.Exact("d")));
        await http.PostAsync(post.Url, post.ToMultipartContent(new ByteArrayContent(new byte[600]), "d")).ErrorAsync(507, "InsufficientStorage");

        server.Buckets["photos"].Delete("a");

        await PutAsync("b", 600).StatusAsync();
        server.Buckets["photos"].Keys.Should().Equal("b");

        Task<HttpResponseMessage> PutAsync(string key, int size) => http.SendAsync(presigner.Presign(new PutObject(key)).ToHttpRequestMessage(new ByteArrayContent(new byte[size])));
    }

    [Fact]
    public async Task PutObject_RejectedBodies_ReleaseTheirStorage()
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o =>
        {
            o.Buckets.Add("photos");
            o.MaxMemoryBytes = 1000;
        });
        using HttpClient http = server.CreateHttpClient();
        IPresigner presigner = server.CreatePresigner("photos");
        byte[] body = new byte[600];
        S3Operation[] rejected =
        [
            new PutObject("a") { Checksum = Sums.Of(ChecksumAlgorithm.Crc32, [1]) },
            new PutObject("a") { ContentMD5 = Convert.ToBase64String(new byte[16]) },
            new S3Request(HttpMethod.Put, "a") { Headers = [new("x-amz-meta-a", new string('v', 3000))] },
            new UploadPart("a", "unknown", 1),
        ];
        foreach (S3Operation operation in rejected)
        {
            await http.SendAsync(presigner.Presign(operation).ToHttpRequestMessage(new ByteArrayContent(body))).ContinueWith(task => ((int)task.Result.StatusCode).Should().BeInRange(400, 404));
        }

        await http.SendAsync(presigner.Presign(new PutObject("a")).ToHttpRequestMessage(new ByteArrayContent(body))).StatusAsync();
    }

    private string Authority => new Uri(_bucket.Server.Endpoint).Authority;
}

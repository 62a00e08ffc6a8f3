using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using static PresignKit.LocalS3.Tests.Operations.Responses;

namespace PresignKit.LocalS3.Tests.Operations;

public class MultipartTests(LocalS3Fixture fixture) : IClassFixture<LocalS3Fixture>
{
    private const int MinPart = 5 << 20;

    private static readonly byte[] Large = RandomNumberGenerator.GetBytes(MinPart);
    private static readonly byte[] Small = Ascii("the end");

    private readonly TestBucket _bucket = fixture.CreateBucket();

    public static TheoryData<ChecksumAlgorithm, ChecksumType> Modes { get; } = new()
    {
        { ChecksumAlgorithm.Crc32, ChecksumType.Composite }, { ChecksumAlgorithm.Crc32C, ChecksumType.Composite }, { ChecksumAlgorithm.Sha1, ChecksumType.Composite }, { ChecksumAlgorithm.Sha256, ChecksumType.Composite },
        { ChecksumAlgorithm.Crc32, ChecksumType.FullObject }, { ChecksumAlgorithm.Crc32C, ChecksumType.FullObject }, { ChecksumAlgorithm.Crc64Nvme, ChecksumType.FullObject },
    };

    [Fact]
    public async Task MultipartUpload_TwoParts_CreatesTheObject()
    {
        CreateMultipartUpload create = new("folder/a.bin")
        {
            ContentType = "video/mp4",
            CacheControl = "no-store",
            Metadata = new Dictionary<string, string> { ["user"] = "42" },
            StorageClass = "STANDARD_IA",
        };
        XElement created = await _bucket.SendAsync(create, new ByteArrayContent([])).XmlAsync();
        string uploadId = created.Value("UploadId")!;
        string[] etags = [await UploadAsync("folder/a.bin", uploadId, 1, Large), await UploadAsync("folder/a.bin", uploadId, 2, Small)];
        _bucket.Store.Keys.Should().BeEmpty("the object does not exist until the upload is completed");

        XElement completed = await CompleteAsync("folder/a.bin", uploadId, etags).XmlAsync();

        created.Name.LocalName.Should().Be("InitiateMultipartUploadResult");
        created.Value("Bucket").Should().Be(_bucket.Name);
        created.Value("Key").Should().Be("folder/a.bin");
        string expected = $"\"{Convert.ToHexStringLower(Sums.Md5([.. Sums.Md5(Large), .. Sums.Md5(Small)]))}-2\"";
        completed.Name.LocalName.Should().Be("CompleteMultipartUploadResult");
        completed.Value("ETag").Should().Be(expected);
        completed.Value("Location").Should().Be($"{_bucket.Server.Endpoint}/{_bucket.Name}/folder/a.bin");
        completed.Value("Bucket").Should().Be(_bucket.Name);
        completed.Value("Key").Should().Be("folder/a.bin");
        using HttpResponseMessage response = await _bucket.SendAsync(new GetObject("folder/a.bin")).StatusAsync();
        (await response.Content.ReadAsByteArrayAsync()).Should().Equal([.. Large, .. Small]);
        response.Header("ETag").Should().Be(expected);
        response.Header("Content-Type").Should().Be("video/mp4");
        response.Header("Cache-Control").Should().Be("no-store");
        response.Header("x-amz-meta-user").Should().Be("42");
        response.Header("x-amz-storage-class").Should().Be("STANDARD_IA");
        await _bucket.SendAsync(new ListParts("folder/a.bin", uploadId)).ErrorAsync(404, "NoSuchUpload");
    }

    [Fact]
    public async Task MultipartUpload_PartNumber_SelectsThePart()
    {
        string uploadId = await CreateAsync("a");
        await CompleteAsync("a", uploadId, [await UploadAsync("a", uploadId, 3, Large), await UploadAsync("a", uploadId, 7, Small)], 3, 7).StatusAsync();

        using HttpResponseMessage second = await _bucket.SendAsync(new GetObject("a") { PartNumber = 2 }).StatusAsync(206);
        using HttpResponseMessage head = await _bucket.SendAsync(new HeadObject("a") { PartNumber = 1 }).StatusAsync(206);

        (await second.Content.ReadAsByteArrayAsync()).Should().Equal(Small);
        second.Header("Content-Range").Should().Be($"bytes {MinPart}-{MinPart + Small.Length - 1}/{MinPart + Small.Length}");
        second.Header("x-amz-mp-parts-count").Should().Be("2");
        head.Header("Content-Length").Should().Be(MinPart.ToString(CultureInfo.InvariantCulture));
        XElement error = await _bucket.SendAsync(new GetObject("a") { PartNumber = 3 }).ErrorAsync(416, "InvalidPartNumber");
        error.Value("ActualPartCount").Should().Be("2");
        (await _bucket.SendAsync(new GetObject("a"), null, ("Range", $"bytes={MinPart - 2}-{MinPart + 2}")).BytesAsync(206)).Should().Equal([.. Large[^2..], .. Small[..3]]);
    }

    [Fact]
    public async Task MultipartUpload_OneEmptyPart_CreatesAnEmptyObject()
    {
        string uploadId = await CreateAsync("empty");
        await CompleteAsync("empty", uploadId, [await UploadAsync("empty", uploadId, 1, [])]).StatusAsync();

        using HttpResponseMessage response = await _bucket.SendAsync(new GetObject("empty") { PartNumber = 1 }).StatusAsync(206);

        response.Header("Content-Length").Should().Be("0");
        response.Header("Content-Range").Should().BeNull();
        response.Header("ETag").Should().EndWith("-1\"");
    }

    [Fact]
    public async Task UploadPart_SameNumberTwice_ReplacesThePart()
    {
        string uploadId = await CreateAsync("a");
        string first = await UploadAsync("a", uploadId, 1, [1]);
        string second = await UploadAsync("a", uploadId, 1, [2]);

        await CompleteAsync("a", uploadId, [first]).ErrorAsync(400, "InvalidPart");
        await CompleteAsync("a", uploadId, [second]).StatusAsync();

        _bucket.Store["a"].Content.ToArray().Should().Equal(2);
    }

    [Fact]
    public async Task CompleteMultipartUpload_FewerParts_CreatesTheObjectFromThese()
    {
        string uploadId = await CreateAsync("a");
        await UploadAsync("a", uploadId, 1, [1]);
        string second = await UploadAsync("a", uploadId, 2, [2]);

        await CompleteAsync("a", uploadId, [second], 2).StatusAsync();

        _bucket.Store["a"].Content.ToArray().Should().Equal(2);
    }

    [Fact]
    public async Task CompleteMultipartUpload_SmallPartThatIsNotLast_ReturnsEntityTooSmall()
    {
        string uploadId = await CreateAsync("a");
        string[] etags = [await UploadAsync("a", uploadId, 1, Small), await UploadAsync("a", uploadId, 2, Small)];

        XElement error = await CompleteAsync("a", uploadId, etags).ErrorAsync(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");

        error.Value("ETag").Should().Be(etags[0].Trim('"'));
        error.Value("MinSizeAllowed").Should().Be("5242880");
        error.Value("PartNumber").Should().Be("1");
        error.Value("ProposedSize").Should().Be("7");
        (await _bucket.SendAsync(new ListParts("a", uploadId)).XmlAsync()).Elements("Part").Should().HaveCount(2, "a rejected completion does not change the upload");
    }

    [Theory]
    [InlineData(1, "\"0123456789abcdef0123456789abcdef\"")]
    [InlineData(2, null)]
    public async Task CompleteMultipartUpload_UnknownPart_ReturnsInvalidPart(int number, string? etag)
    {
        string uploadId = await CreateAsync("a");
        string uploaded = await UploadAsync("a", uploadId, 1, Small);

        XElement error = await CompleteAsync("a", uploadId, [etag ?? uploaded], number).ErrorAsync(
            400, "InvalidPart", "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.");

        error.Value("UploadId").Should().Be(uploadId);
        error.Value("PartNumber").Should().Be(number.ToString(CultureInfo.InvariantCulture));
        error.Value("ETag").Should().Be((etag ?? uploaded).Trim('"'));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 1)]
    public async Task CompleteMultipartUpload_WrongOrder_ReturnsInvalidPartOrder(int first, int second)
    {
        string uploadId = await CreateAsync("a");
        string etag = await UploadAsync("a", uploadId, 1, Small);
        await UploadAsync("a", uploadId, 2, Small);
        string body = $"<CompleteMultipartUpload>{string.Concat(new[] { first, second }.Select(number => $"<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>"))}</CompleteMultipartUpload>";

        XElement error = await CompleteAsync(new CompleteMultipartUpload("a", uploadId), body)
            .ErrorAsync(400, "InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.");

        error.Value("UploadId").Should().Be(uploadId);
    }

    [Theory]
    [InlineData("", "InvalidRequest", "You must specify at least one part")]
    [InlineData("<CompleteMultipartUpload/>", "MalformedXML", null)]
    [InlineData("<CompleteMultipartUpload><Part/></CompleteMultipartUpload>", "MalformedXML", null)]
    [InlineData("<CompleteMultipartUpload><Part><PartNumber>x</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>", "MalformedXML", null)]
    [InlineData("<Other/>", "MalformedXML", null)]
    [InlineData("{}", "MalformedXML", null)]
    public async Task CompleteMultipartUpload_MalformedBody_ReturnsError(string body, string code, string? message)
    {
        string uploadId = await CreateAsync("a");

        await CompleteAsync(new CompleteMultipartUpload("a", uploadId), body).ErrorAsync(400, code, message);
    }

    [Fact]
    public async Task MultipartUpload_UnknownUpload_ReturnsNoSuchUpload()
    {
        const string Message = "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.";
        string uploadId = await CreateAsync("other key");

        XElement error = await _bucket.SendAsync(new UploadPart("a", uploadId, 1), new ByteArrayContent(Small)).ErrorAsync(404, "NoSuchUpload", Message);
        await CompleteAsync("a", "unknown", ["\"e\""]).ErrorAsync(404, "NoSuchUpload", Message);
        await _bucket.SendAsync(new ListParts("a", "unknown")).ErrorAsync(404, "NoSuchUpload", Message);
        await _bucket.SendAsync(new AbortMultipartUpload("a", "unknown")).ErrorAsync(404, "NoSuchUpload", Message);

        error.Value("UploadId").Should().Be(uploadId);
    }

    [Fact]
    public async Task AbortMultipartUpload_Upload_RemovesIt()
    {
        string uploadId = await CreateAsync("a");
        await UploadAsync("a", uploadId, 1, Small);

        (await _bucket.SendAsync(new AbortMultipartUpload("a", uploadId)).BytesAsync(204)).Should().BeEmpty();

        await _bucket.SendAsync(new UploadPart("a", uploadId, 2), new ByteArrayContent(Small)).ErrorAsync(404, "NoSuchUpload");
        (await _bucket.SendAsync(new ListMultipartUploads()).XmlAsync()).Elements("Upload").Should().BeEmpty();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("-1")]
    [InlineData("one")]
    public async Task UploadPart_InvalidNumber_ReturnsInvalidArgument(string number)
    {
        string uploadId = await CreateAsync("a");

        XElement error = await _bucket.SendAsync(new S3Request(HttpMethod.Put, "a") { Query = [new("partNumber", number), new("uploadId", uploadId)] }, new ByteArrayContent(Small))
            .ErrorAsync(400, "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");

        error.Value("ArgumentName").Should().Be("partNumber");
        error.Value("ArgumentValue").Should().Be(number);
    }

    [Fact]
    public async Task UploadPart_WrongDigest_IsNotStored()
    {
        string uploadId = await CreateAsync("a");

        await _bucket.SendAsync(new UploadPart("a", uploadId, 1), new ByteArrayContent(Small), ("Content-MD5", Convert.ToBase64String(new byte[16]))).ErrorAsync(400, "BadDigest");
        await _bucket.SendAsync(new UploadPart("a", uploadId, 1) { Checksum = Sums.Of(ChecksumAlgorithm.Crc32, Large) }, new ByteArrayContent(Small))
            .ErrorAsync(400, "BadDigest", "The CRC32 you specified did not match the calculated checksum.");

        (await _bucket.SendAsync(new ListParts("a", uploadId)).XmlAsync()).Elements("Part").Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task CompleteMultipartUpload_Checksums_AreComputed(ChecksumAlgorithm algorithm, ChecksumType type)
    {
        string name = Sums.NameOf(algorithm), header = "x-amz-checksum-" + name, element = "Checksum" + name.ToUpperInvariant();
        string typeName = type == ChecksumType.Composite ? "COMPOSITE" : "FULL_OBJECT";
        using HttpResponseMessage created = await _bucket.SendAsync(new CreateMultipartUpload("a") { ChecksumAlgorithm = algorithm, ChecksumType = type }, new ByteArrayContent([])).StatusAsync();
        string uploadId = CreateMultipartUpload.ReadUploadId(await created.Content.ReadAsStringAsync());
        List<CompletedPart> parts = [];
        foreach ((int number, byte[] content) in new[] { (1, Large), (2, Small) })
        {
            Checksum sum = Sums.Of(algorithm, content);
            using HttpResponseMessage part = await _bucket.SendAsync(new UploadPart("a", uploadId, number) { Checksum = sum }, new ByteArrayContent(content)).StatusAsync();
            part.Header(header).Should().Be(sum.Value);
            parts.Add(new CompletedPart(number, part.Header("ETag")!) { Checksum = sum });
        }

        XElement listed = await _bucket.SendAsync(new ListParts("a", uploadId)).XmlAsync();
        XElement completed = await CompleteAsync(new CompleteMultipartUpload("a", uploadId) { ChecksumType = type }, Encoding.UTF8.GetString(CompleteMultipartUpload.CreateBody(parts))).XmlAsync();

        string expected = type == ChecksumType.FullObject
            ? Sums.Of(algorithm, [.. Large, .. Small]).Value
            : Sums.Of(algorithm, [.. Sums.BytesOf(algorithm, Large), .. Sums.BytesOf(algorithm, Small)]).Value + "-2";
        created.Header("x-amz-checksum-algorithm").Should().Be(name.ToUpperInvariant());
        created.Header("x-amz-checksum-type").Should().Be(typeName);
        listed.Value("ChecksumAlgorithm").Should().Be(name.ToUpperInvariant());
        listed.Value("ChecksumType").Should().Be(typeName);
        listed.Values("Part", element).Should().Equal(parts.Select(part => part.Checksum!.Value));
        completed.Value(element).Should().Be(expected);
        completed.Value("ChecksumType").Should().Be(typeName);
        using HttpResponseMessage head = await _bucket.SendAsync(new HeadObject("a") { IncludeChecksum = true }).StatusAsync();
        head.Header(header).Should().Be(expected);
        head.Header("x-amz-checksum-type").Should().Be(typeName);
    }

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32, "COMPOSITE")]
    [InlineData(ChecksumAlgorithm.Crc32C, "COMPOSITE")]
    [InlineData(ChecksumAlgorithm.Sha1, "COMPOSITE")]
    [InlineData(ChecksumAlgorithm.Sha256, "COMPOSITE")]
    [InlineData(ChecksumAlgorithm.Crc64Nvme, "FULL_OBJECT")]
    public async Task CreateMultipartUpload_AlgorithmWithoutType_HasTheDefaultType(ChecksumAlgorithm algorithm, string expected)
    {
        using HttpResponseMessage created = await _bucket.SendAsync(new CreateMultipartUpload("a") { ChecksumAlgorithm = algorithm }, new ByteArrayContent([])).StatusAsync();

        created.Header("x-amz-checksum-type").Should().Be(expected);
    }

    // Recorded from AWS.
    [Theory]
    [InlineData("SHA1", "FULL_OBJECT", "The FULL_OBJECT checksum type cannot be used with the sha1 checksum algorithm.")]
    [InlineData("SHA256", "FULL_OBJECT", "The FULL_OBJECT checksum type cannot be used with the sha256 checksum algorithm.")]
    [InlineData("CRC64NVME", "COMPOSITE", "The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.")]
    [InlineData(null, "COMPOSITE", "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.")]
    [InlineData("MD4", null, "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]")]
    public async Task CreateMultipartUpload_InvalidChecksumMode_ReturnsInvalidRequest(string? algorithm, string? type, string message)
    {
        List<KeyValuePair<string, string>> headers = [];
        if (algorithm is not null)
        {
            headers.Add(new("x-amz-checksum-algorithm", algorithm));
        }

        if (type is not null)
        {
            headers.Add(new("x-amz-checksum-type", type));
        }

        await _bucket.SendAsync(new S3Request(HttpMethod.Post, "a") { SubResource = "uploads", Headers = headers }, new ByteArrayContent([])).ErrorAsync(400, "InvalidRequest", message);
    }

    [Fact]
    public async Task CompleteMultipartUpload_CompositeErrors_AreTheRecordedOnes()
    {
        string uploadId = await CreateAsync("a", ChecksumAlgorithm.Sha256, ChecksumType.Composite);
        await _bucket.SendAsync(new UploadPart("a", uploadId, 1) { Checksum = Sums.Of(ChecksumAlgorithm.Crc32, Small) }, new ByteArrayContent(Small))
            .ErrorAsync(400, "InvalidRequest", "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32");
        await _bucket.SendAsync(new UploadPart("a", uploadId, 1), new ByteArrayContent(Small))
            .ErrorAsync(400, "InvalidRequest", "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: null");
        string etag = await UploadAsync("a", uploadId, 1, Small, Sums.Of(ChecksumAlgorithm.Sha256, Small));

        await CompleteAsync("a", uploadId, [etag]).ErrorAsync(
            400, "InvalidRequest", "The upload was created using a sha256 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.");
        await CompleteAsync(new CompleteMultipartUpload("a", uploadId), Body(new CompletedPart(1, etag) { Checksum = Sums.Of(ChecksumAlgorithm.Sha256, Large) }))
            .ErrorAsync(400, "BadDigest", "The sha256 you specified for part 1 did not match what we received.");
        await CompleteAsync(new CompleteMultipartUpload("a", uploadId) { ChecksumType = ChecksumType.FullObject }, Body(new CompletedPart(1, etag) { Checksum = Sums.Of(ChecksumAlgorithm.Sha256, Small) }))
            .ErrorAsync(400, "InvalidRequest", "The upload was created using the COMPOSITE checksum mode. The complete request must use the same checksum mode.");
        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task CompleteMultipartUpload_FullObjectErrors_AreTheRecordedOnes()
    {
        string uploadId = await CreateAsync("a", ChecksumAlgorithm.Crc32C, ChecksumType.FullObject);
        string etag = await UploadAsync("a", uploadId, 1, Small);
        string body = Body(new CompletedPart(1, etag));

        await CompleteAsync(new CompleteMultipartUpload("a", uploadId) { ChecksumType = ChecksumType.Composite }, body)
            .ErrorAsync(400, "InvalidRequest", "The upload was created using the FULL_OBJECT checksum mode. The complete request must use the same checksum mode.");
        await CompleteAsync(new CompleteMultipartUpload("a", uploadId) { Checksum = Sums.Of(ChecksumAlgorithm.Crc32C, Large) }, body)
            .ErrorAsync(400, "BadDigest", "The crc32c you specified did not match the calculated checksum.");
        await CompleteAsync(new CompleteMultipartUpload("a", uploadId) { Checksum = Sums.Of(ChecksumAlgorithm.Crc32, Small) }, body)
            .ErrorAsync(400, "InvalidRequest", "Checksum Type mismatch occurred, expected checksum Type: crc32c, actual checksum Type: crc32");
        _bucket.Store.Keys.Should().BeEmpty();

        await CompleteAsync(new CompleteMultipartUpload("a", uploadId) { Checksum = Sums.Of(ChecksumAlgorithm.Crc32C, Small) }, body).StatusAsync();
        _bucket.Store["a"].Content.ToArray().Should().Equal(Small);
    }

    [Fact]
    public async Task CompleteMultipartUpload_TypeOfAnUploadWithoutChecksum_ReturnsInvalidRequest()
    {
        string uploadId = await CreateAsync("a");
        string etag = await UploadAsync("a", uploadId, 1, Small);

        await CompleteAsync(new CompleteMultipartUpload("a", uploadId) { ChecksumType = ChecksumType.FullObject }, Body(new CompletedPart(1, etag)))
            .ErrorAsync(400, "InvalidRequest", "The upload was created using the null checksum mode. The complete request must use the same checksum mode.");
    }

    [Fact]
    public async Task CompleteMultipartUpload_ObjectSize_IsEnforced()
    {
        string uploadId = await CreateAsync("a");
        string body = Body(new CompletedPart(1, await UploadAsync("a", uploadId, 1, Ascii("1234"))));

        await CompleteAsync(new CompleteMultipartUpload("a", uploadId) { ObjectSize = 5 }, body)
            .ErrorAsync(400, "InvalidRequest", "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 4");
        await CompleteAsync(new CompleteMultipartUpload("a", uploadId) { ObjectSize = 4 }, body).StatusAsync();
    }

    [Fact]
    public async Task CompleteMultipartUpload_IfNoneMatch_RejectsExistingKey()
    {
        string uploadId = await CreateAsync("a");
        string body = Body(new CompletedPart(1, await UploadAsync("a", uploadId, 1, Small)));
        _bucket.Store.Put("a", [1]);

        XElement error = await CompleteAsync(new CompleteMultipartUpload("a", uploadId) { IfNoneMatch = "*" }, body).ErrorAsync(412, "PreconditionFailed");
        error.Value("Condition").Should().Be("If-None-Match");
        _bucket.Store.Delete("a");
        await CompleteAsync(new CompleteMultipartUpload("a", uploadId) { IfNoneMatch = "*" }, body).StatusAsync();
    }

    [Fact]
    public async Task CompleteMultipartUpload_IfMatch_RequiresTheETag()
    {
        string old = _bucket.Store.Put("a", [1]).ETag;
        string uploadId = await CreateAsync("a");
        string body = Body(new CompletedPart(1, await UploadAsync("a", uploadId, 1, Small)));

        await CompleteAsync(new CompleteMultipartUpload("a", uploadId) { IfMatch = "\"0123456789abcdef0123456789abcdef\"" }, body).ErrorAsync(412, "PreconditionFailed");
        await CompleteAsync(new CompleteMultipartUpload("a", uploadId) { IfMatch = old }, body).StatusAsync();
    }

    [Fact]
    public async Task CompleteMultipartUpload_ObjectWrittenDuringTheUpload_ReturnsConflict()
    {
        _bucket.Store.Put("a", [1]);
        string uploadId = await CreateAsync("a");
        string body = Body(new CompletedPart(1, await UploadAsync("a", uploadId, 1, Small)));
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1));
        string written = _bucket.Store.Put("a", [2]).ETag;

        XElement error = await CompleteAsync(new CompleteMultipartUpload("a", uploadId) { IfMatch = written }, body)
            .ErrorAsync(409, "ConditionalRequestConflict", "The conditional request cannot succeed due to a conflicting operation against this resource.");

        error.Value("Condition").Should().Be("If-Match");
        error.Value("Key").Should().Be("a");
    }

    [Fact]
    public async Task UploadPartCopy_Range_CopiesTheBytes()
    {
        _bucket.Store.Put("source ä+%/?", Ascii("0123456789"));
        string uploadId = await CreateAsync("a");

        XElement whole = await CopyAsync(uploadId, 1, new CopySource(_bucket.Name, "source ä+%/?")).XmlAsync();
        XElement part = await CopyAsync(uploadId, 2, new CopySource(_bucket.Name, "source ä+%/?"), new ByteRange(2, 5)).XmlAsync();
        await CompleteAsync("a", uploadId, [part.Value("ETag")!], 2).StatusAsync();

        whole.Name.LocalName.Should().Be("CopyPartResult");
        whole.Value("ETag").Should().Be(_bucket.Store["source ä+%/?"].ETag);
        whole.Value("LastModified").Should().StartWith("2026-03-14T15:09:2");
        _bucket.Store["a"].Content.ToArray().Should().Equal(Ascii("2345"));
        _bucket.Server.Requests.Last(request => request.Operation == "UploadPartCopy").PartNumber.Should().Be(2);
    }

    [Fact]
    public async Task UploadPartCopy_ChecksumOfTheUpload_IsComputed()
    {
        _bucket.Store.Put("source", Small);
        string uploadId = await CreateAsync("a", ChecksumAlgorithm.Sha256, ChecksumType.Composite);

        (await CopyAsync(uploadId, 1, new CopySource(_bucket.Name, "source")).XmlAsync()).Value("ChecksumSHA256").Should().Be(Sums.Of(ChecksumAlgorithm.Sha256, Small).Value);
    }

    // Recorded from AWS for an object of 10 bytes.
    [Theory]
    [InlineData("bytes=0-10", "InvalidArgument", "Range specified is not valid for source object of size: 10")]
    [InlineData("bytes=10-12", "InvalidRequest", "The specified copy range is invalid for the source object size")]
    [InlineData("bytes=5-", "InvalidArgument", "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy")]
    [InlineData("bytes=-5", "InvalidArgument", null)]
    [InlineData("bytes=5-2", "InvalidArgument", null)]
    [InlineData("bytes=0-1,3-4", "InvalidArgument", null)]
    [InlineData("0-8", "InvalidArgument", null)]
    public async Task UploadPartCopy_InvalidRange_ReturnsError(string range, string code, string? message)
    {
        _bucket.Store.Put("source", Ascii("0123456789"));
        string uploadId = await CreateAsync("a");
        S3Request request = new(HttpMethod.Put, "a")
        {
            Query = [new("partNumber", "1"), new("uploadId", uploadId)],
            Headers = [new("x-amz-copy-source", _bucket.Name + "/source"), new("x-amz-copy-source-range", range)],
        };

        XElement error = await _bucket.SendAsync(request, new ByteArrayContent([])).ErrorAsync(400, code, message);

        error.Value("ArgumentValue").Should().Be(code == "InvalidArgument" ? range : null);
    }

    [Theory]
    [InlineData("match", null, null, null, null)]
    [InlineData("other", null, null, null, "x-amz-copy-source-If-Match")]
    [InlineData(null, "match", null, null, "x-amz-copy-source-If-None-Match")]
    [InlineData(null, "other", null, null, null)]
    [InlineData(null, null, -1, null, null)]
    [InlineData(null, null, 3600, null, "x-amz-copy-source-If-Modified-Since")]
    [InlineData(null, null, null, -1, "x-amz-copy-source-If-Unmodified-Since")]
    [InlineData(null, null, null, 3600, null)]
    [InlineData("match", null, null, -1, null)]
    [InlineData(null, "match", -1, null, "x-amz-copy-source-If-None-Match")]
    public async Task UploadPartCopy_Conditions_AreEvaluated(string? ifMatch, string? ifNoneMatch, int? modifiedAfter, int? unmodifiedAfter, string? failed)
    {
        LocalS3Object stored = _bucket.Store.Put("source", Small);
        DateTimeOffset second = DateTimeOffset.FromUnixTimeSeconds(stored.LastModified.ToUnixTimeSeconds());
        string uploadId = await CreateAsync("a");
        CopySource source = new(_bucket.Name, "source")
        {
            IfMatch = ETag(ifMatch),
            IfNoneMatch = ETag(ifNoneMatch),
            IfModifiedSince = modifiedAfter is { } modified ? second.AddSeconds(modified) : null,
            IfUnmodifiedSince = unmodifiedAfter is { } unmodified ? second.AddSeconds(unmodified) : null,
        };

        Task<HttpResponseMessage> response = CopyAsync(uploadId, 1, source);

        if (failed is null)
        {
            await response.StatusAsync();
        }
        else
        {
            (await response.ErrorAsync(412, "PreconditionFailed")).Value("Condition").Should().Be(failed);
        }

        string? ETag(string? text) => text is null ? null : text == "match" ? stored.ETag : "\"0123456789abcdef0123456789abcdef\"";
    }

    [Fact]
    public async Task UploadPartCopy_MissingSource_ReturnsError()
    {
        string uploadId = await CreateAsync("a");

        (await CopyAsync(uploadId, 1, new CopySource(_bucket.Name, "missing")).ErrorAsync(404, "NoSuchKey")).Value("Key").Should().Be("missing");
        (await CopyAsync(uploadId, 1, new CopySource("does-not-exist", "a")).ErrorAsync(404, "NoSuchBucket")).Value("BucketName").Should().Be("does-not-exist");
        await CopyAsync(uploadId, 1, new CopySource(_bucket.Name, "a") { VersionId = "v1" }).ErrorAsync(501, "NotImplemented");
        S3Request request = new(HttpMethod.Put, "a") { Query = [new("partNumber", "1"), new("uploadId", uploadId)], Headers = [new("x-amz-copy-source", "no-key")] };
        await _bucket.SendAsync(request, new ByteArrayContent([])).ErrorAsync(400, "InvalidArgument", "Invalid copy source object key");
    }

    [Fact]
    public async Task ListParts_ManyParts_ReturnsPages()
    {
        string uploadId = await CreateAsync("a b");
        foreach (int number in (int[])[9, 2, 10000, 5])
        {
            await UploadAsync("a b", uploadId, number, [(byte)number]);
        }

        XElement first = await _bucket.SendAsync(new ListParts("a b", uploadId) { MaxParts = 2 }).XmlAsync();
        XElement second = await _bucket.SendAsync(new ListParts("a b", uploadId) { MaxParts = 2, PartNumberMarker = 5 }).XmlAsync();

        first.Name.LocalName.Should().Be("ListPartsResult");
        first.Value("Key").Should().Be("a b");
        first.Value("UploadId").Should().Be(uploadId);
        first.Values("Part", "PartNumber").Should().Equal("2", "5");
        first.Values("Part", "Size").Should().Equal("1", "1");
        first.Elements("Part").First().Value("ETag").Should().Be($"\"{Convert.ToHexStringLower(Sums.Md5([2]))}\"");
        first.Value("MaxParts").Should().Be("2");
        first.Value("PartNumberMarker").Should().Be("0");
        first.Value("NextPartNumberMarker").Should().Be("5");
        first.Value("IsTruncated").Should().Be("true");
        second.Values("Part", "PartNumber").Should().Equal("9", "10000");
        second.Value("IsTruncated").Should().Be("false");
        await _bucket.SendAsync(new S3Request(HttpMethod.Get, "a b") { Query = [new("uploadId", uploadId), new("max-parts", "x")] })
            .ErrorAsync(400, "InvalidArgument", "Provided max-parts not an integer or within integer range");
    }

    [Fact]
    public async Task ListMultipartUploads_Uploads_ReturnsPages()
    {
        string b1 = await CreateAsync("b"), a = await CreateAsync("a"), b2 = await CreateAsync("b"), c = await CreateAsync("c/1");

        XElement first = await _bucket.SendAsync(new ListMultipartUploads { MaxUploads = 2 }).XmlAsync();
        XElement second = await _bucket.SendAsync(new ListMultipartUploads { MaxUploads = 2, KeyMarker = first.Value("NextKeyMarker"), UploadIdMarker = first.Value("NextUploadIdMarker") }).XmlAsync();
        XElement folders = await _bucket.SendAsync(new ListMultipartUploads { Delimiter = "/" }).XmlAsync();
        XElement prefix = await _bucket.SendAsync(new ListMultipartUploads { Prefix = "c/", UrlEncodeKeys = true }).XmlAsync();

        first.Name.LocalName.Should().Be("ListMultipartUploadsResult");
        first.Values("Upload", "UploadId").Should().Equal(a, b1);
        first.Value("IsTruncated").Should().Be("true");
        first.Value("MaxUploads").Should().Be("2");
        second.Values("Upload", "UploadId").Should().Equal(b2, c);
        second.Value("IsTruncated").Should().Be("false");
        second.Value("KeyMarker").Should().Be("b");
        second.Value("UploadIdMarker").Should().Be(b1);
        folders.Values("Upload", "Key").Should().Equal("a", "b", "b");
        folders.Values("CommonPrefixes", "Prefix").Should().Equal("c/");
        prefix.Values("Upload", "Key").Should().Equal("c/1");
        prefix.Value("EncodingType").Should().Be("url");
        prefix.Elements("Upload").Single().Value("Initiated").Should().StartWith("2026-03-14T15:09:2");
        (await _bucket.SendAsync(new ListMultipartUploads { KeyMarker = "a", UploadIdMarker = "x" }).ErrorAsync(400, "InvalidArgument", "Invalid uploadId marker")).Value("ArgumentName").Should().Be("upload-id-marker");
    }

    [Fact]
    public async Task CreateMultipartUpload_HeaderThatIsNotSupported_ReturnsNotImplemented()
    {
        (await _bucket.SendAsync(new CreateMultipartUpload("a") { Acl = "public-read" }, new ByteArrayContent([])).ErrorAsync(501, "NotImplemented")).Value("Header").Should().Be("x-amz-acl");
        (await _bucket.SendAsync(new CreateMultipartUpload("a") { Tagging = new Dictionary<string, string> { ["a"] = "b" } }, new ByteArrayContent([])).ErrorAsync(501, "NotImplemented")).Value("Header").Should().Be("x-amz-tagging");
    }

    private static string Body(params CompletedPart[] parts) => Encoding.UTF8.GetString(CompleteMultipartUpload.CreateBody(parts));

    private async Task<string> CreateAsync(string key, ChecksumAlgorithm? algorithm = null, ChecksumType? type = null) => CreateMultipartUpload.ReadUploadId(
        await _bucket.SendAsync(new CreateMultipartUpload(key) { ChecksumAlgorithm = algorithm, ChecksumType = type }, new ByteArrayContent([])).TextAsync());

    private async Task<string> UploadAsync(string key, string uploadId, int number, byte[] content, Checksum? checksum = null)
    {
        using HttpResponseMessage response = await _bucket.SendAsync(new UploadPart(key, uploadId, number) { Checksum = checksum }, new ByteArrayContent(content)).StatusAsync();
        return UploadPart.ReadETag(response);
    }

    private Task<HttpResponseMessage> CopyAsync(string uploadId, int number, CopySource source, ByteRange? range = null) =>
        _bucket.SendAsync(new UploadPartCopy("a", uploadId, number, source) { SourceRange = range }, new ByteArrayContent([]));

    private Task<HttpResponseMessage> CompleteAsync(CompleteMultipartUpload operation, string body) => _bucket.SendAsync(operation, new ByteArrayContent(Encoding.UTF8.GetBytes(body)));

    private Task<HttpResponseMessage> CompleteAsync(string key, string uploadId, string[] etags, params int[] numbers) =>
        CompleteAsync(new CompleteMultipartUpload(key, uploadId), Body([.. etags.Select((etag, i) => new CompletedPart(numbers.Length == 0 ? i + 1 : numbers[i], etag))]));
}

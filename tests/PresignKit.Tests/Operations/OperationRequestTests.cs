namespace PresignKit.Tests;

/// <summary>The exact method, path, query and headers of each operation.</summary>
public class OperationRequestTests
{
    private static readonly CopySource Source = new("src-bucket", "a b/ü");

    public static TheoryData<S3Operation, string, string[]> Requests => new()
    {
        { new GetObject("k"), "GET /bucket/k", [] },
        { new GetObject("k") { Bucket = "other", VersionId = "v 1", PartNumber = 2 }, "GET /other/k?partNumber=2&versionId=v%201", [] },
        { new GetObject("k") { Range = new ByteRange(0, 99) }, "GET /bucket/k", ["range: bytes=0-99"] },
        { new HeadObject("k") { IncludeChecksum = true }, "HEAD /bucket/k", ["x-amz-checksum-mode: ENABLED"] },
        { new PutObject("k"), "PUT /bucket/k", [] },
        { new DeleteObject("k") { VersionId = "v" }, "DELETE /bucket/k?versionId=v", [] },
        { new DeleteObject("k") { BypassGovernanceRetention = true, IfMatch = "*" }, "DELETE /bucket/k", ["if-match: *", "x-amz-bypass-governance-retention: true"] },
        { new CopyObject("k", Source), "PUT /bucket/k", ["x-amz-copy-source: src-bucket/a%20b/%C3%BC"] },
        { new CopyObject("k", Source with { VersionId = "a/b" }), "PUT /bucket/k", ["x-amz-copy-source: src-bucket/a%20b/%C3%BC?versionId=a%2Fb"] },
        { new CreateMultipartUpload("k"), "POST /bucket/k?uploads=", [] },
        { new UploadPart("k", "id/1", 7), "PUT /bucket/k?partNumber=7&uploadId=id%2F1", [] },
        { new UploadPartCopy("k", "id", 7, Source) { SourceRange = new ByteRange(1, 2) }, "PUT /bucket/k?partNumber=7&uploadId=id",
            ["x-amz-copy-source-range: bytes=1-2", "x-amz-copy-source: src-bucket/a%20b/%C3%BC"] },
        { new CompleteMultipartUpload("k", "id"), "POST /bucket/k?uploadId=id", [] },
        { new AbortMultipartUpload("k", "id"), "DELETE /bucket/k?uploadId=id", [] },
        { new ListParts("k", "id") { MaxParts = 5, PartNumberMarker = 3 }, "GET /bucket/k?max-parts=5&part-number-marker=3&uploadId=id", [] },
        { new ListMultipartUploads(), "GET /bucket?uploads=", [] },
        { new ListMultipartUploads { KeyMarker = "a", UploadIdMarker = "b" }, "GET /bucket?key-marker=a&upload-id-marker=b&uploads=", [] },
        { new ListObjectsV2(), "GET /bucket?list-type=2", [] },
        { new ListObjectsV2 { Bucket = "other", Prefix = "a/", Delimiter = "/", MaxKeys = 0, FetchOwner = true, UrlEncodeKeys = true },
            "GET /other?delimiter=%2F&encoding-type=url&fetch-owner=true&list-type=2&max-keys=0&prefix=a%2F", [] },
        { new HeadBucket(), "HEAD /bucket", [] },
        { new GetObjectTagging("k"), "GET /bucket/k?tagging=", [] },
        { new PutObjectTagging("k") { VersionId = "v" }, "PUT /bucket/k?tagging=&versionId=v", [] },
        { new DeleteObjectTagging("k"), "DELETE /bucket/k?tagging=", [] },
        { new GetObjectAttributes("k", ObjectAttributes.ObjectSize | ObjectAttributes.ETag), "GET /bucket/k?attributes=", ["x-amz-object-attributes: ETag,ObjectSize"] },
        { new HeadBucket { RequesterPays = true, ExpectedBucketOwner = "111122223333" }, "HEAD /bucket?x-amz-request-payer=requester", ["x-amz-expected-bucket-owner: 111122223333"] },
        { new GetObject("k") { RequesterPays = true }, "GET /bucket/k?x-amz-request-payer=requester", [] },
        { new PutObject("k") { RequesterPays = true }, "PUT /bucket/k", ["x-amz-request-payer: requester"] },
        { new CompleteMultipartUpload("k", "id") { RequesterPays = true }, "POST /bucket/k?uploadId=id", ["x-amz-request-payer: requester"] },
        { new DeleteObject("k") { RequesterPays = true }, "DELETE /bucket/k", ["x-amz-request-payer: requester"] },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Presign_Operation_ReturnsTheExpectedRequest(S3Operation operation, string request, string[] headers)
    {
        Presigned.Request(operation).Should().Be(request);
        Presigned.Headers(operation).Should().BeEquivalentTo(headers);
    }

    [Fact]
    public void Constructors_ValuesOutOfRange_Throw()
    {
        ShouldBeOutOfRange(() => new UploadPart("k", "id", 0));
        ShouldBeOutOfRange(() => new UploadPart("k", "id", 10001));
        ShouldBeOutOfRange(() => new UploadPart("k", "id", 1) with { PartNumber = 0 });
        ShouldBeOutOfRange(() => new UploadPartCopy("k", "id", 10001, Source));
        ShouldBeOutOfRange(() => new GetObject("k") { PartNumber = 0 });
        ShouldBeOutOfRange(() => new PutObject("k") { ContentLength = -1 });
        ShouldBeOutOfRange(() => new UploadPart("k", "id", 1) { ContentLength = -1 });
        ShouldBeOutOfRange(() => new CompleteMultipartUpload("k", "id") { ObjectSize = -1 });
        ShouldBeOutOfRange(() => new ListObjectsV2 { MaxKeys = 1001 });
        ShouldBeOutOfRange(() => new ListMultipartUploads { MaxUploads = 0 });
        ShouldBeOutOfRange(() => new ListParts("k", "id") { MaxParts = 0 });
        ShouldBeOutOfRange(() => new ListParts("k", "id") { PartNumberMarker = -1 });
        ShouldBeOutOfRange(() => new GetObjectAttributes("k", ObjectAttributes.None));
        ShouldBeOutOfRange(() => new GetObjectAttributes("k", (ObjectAttributes)32));
        ShouldBeOutOfRange(() => new ByteRange(5, 4));
        ShouldBeOutOfRange(() => new ByteRange(-1, 4));
        ShouldBeOutOfRange(() => ByteRange.StartingAt(-1));
        ShouldBeOutOfRange(() => ByteRange.Last(0));
        ShouldBeOutOfRange(() => new CompletedPart(0, "e"));
    }

    [Fact]
    public void Constructors_EmptyIdsAndBadSources_Throw()
    {
        Invoking(() => new UploadPart("k", "", 1)).Should().Throw<ArgumentException>().WithMessage("*store returned*");
        Invoking(() => new AbortMultipartUpload("k", null!)).Should().Throw<ArgumentNullException>();
        Invoking(() => new CopyObject("k", null!)).Should().Throw<ArgumentNullException>();
        Invoking(() => new CopySource("a/b", "k")).Should().Throw<ArgumentException>().WithMessage("*slash*");
        Invoking(() => new CopySource("src-bucket", "")).Should().Throw<ArgumentException>().WithMessage("*empty*");
        Invoking(() => new CopySource("src-bucket", null!)).Should().Throw<ArgumentNullException>();
        Invoking(() => new GetObject("a/../b")).Should().Throw<ArgumentException>().WithMessage("*CopyObject*");
    }

    [Fact]
    public void CopySource_KeyWithDotSegments_IsAccepted() =>
        Presigned.Headers(new CopyObject("k", new CopySource("src-bucket", "a/../b"))).Should().Equal("x-amz-copy-source: src-bucket/a/../b");

    [Fact]
    public void Presign_Contradictions_ThrowWithTheRemedy()
    {
        Presigned.ShouldBeRejected(new GetObject("k") { PartNumber = 1, Range = new ByteRange(0, 1) }, "Remove one");
        Presigned.ShouldBeRejected(new PutObject("k") { IfMatch = "e", IfNoneMatch = "*" }, "Remove one");
        Presigned.ShouldBeRejected(new CompleteMultipartUpload("k", "id") { IfMatch = "e", IfNoneMatch = "*" }, "Remove one");
        Presigned.ShouldBeRejected(new CopyObject("k", Source) { IfMatch = "e", IfNoneMatch = "*" }, "Remove one");
        Presigned.ShouldBeRejected(new CopyObject("k", Source) { ContentType = "a/b" }, "MetadataDirective to CopyDirective.Replace");
        Presigned.ShouldBeRejected(new CopyObject("k", Source) { Tagging = new Dictionary<string, string> { ["a"] = "b" } }, "TaggingDirective to CopyDirective.Replace");
        Presigned.ShouldBeRejected(new UploadPartCopy("k", "id", 1, Source) { SourceRange = ByteRange.StartingAt(1) }, "new ByteRange");
        Presigned.ShouldBeRejected(new UploadPartCopy("k", "id", 1, Source) { SourceRange = ByteRange.Last(1) }, "new ByteRange");
        Presigned.ShouldBeRejected(new ListMultipartUploads { UploadIdMarker = "id" }, "Set both");
        Presigned.ShouldBeRejected(new CreateMultipartUpload("k") { ChecksumType = ChecksumType.FullObject }, "Set both");
        Presigned.ShouldBeRejected(new PutObject("k") { ContentType = "a/b", Headers = [new("Content-Type", "c/d")] }, "Remove one");
    }

    private static Func<object> Invoking(Func<object> make) => make;

    private static void ShouldBeOutOfRange(Func<object> make) => make.Should().Throw<ArgumentOutOfRangeException>();
}

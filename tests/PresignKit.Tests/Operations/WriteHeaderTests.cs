using System.Text;

namespace PresignKit.Tests;

/// <summary>Each typed header of an upload, and the values that are rejected.</summary>
public class WriteHeaderTests
{
    private static readonly DateTimeOffset Instant = new(2026, 2, 3, 6, 5, 6, 1, TimeSpan.FromHours(2));

    public static TheoryData<PutObject, string[]> Headers => new()
    {
        { new("k") { ContentType = "image/png" }, ["content-type: image/png"] },
        { new("k") { CacheControl = "no-store" }, ["cache-control: no-store"] },
        { new("k") { ContentDisposition = "inline" }, ["content-disposition: inline"] },
        { new("k") { ContentEncoding = "gzip" }, ["content-encoding: gzip"] },
        { new("k") { ContentLanguage = "de" }, ["content-language: de"] },
        { new("k") { Expires = Instant }, ["expires: Tue, 03 Feb 2026 04:05:06 GMT"] },
        { new("k") { ContentLength = 5_000_000_000 }, ["content-length: 5000000000"] },
        { new("k") { ContentMD5 = "XrY7u+Ae7tCTyyK9j1rNww==" }, ["content-md5: XrY7u+Ae7tCTyyK9j1rNww=="] },
        { new("k") { Acl = "private" }, ["x-amz-acl: private"] },
        { new("k") { Grants = new() { Read = "id=\"1\"", WriteAcp = "id=\"2\"" } }, ["x-amz-grant-read: id=\"1\"", "x-amz-grant-write-acp: id=\"2\""] },
        { new("k") { Metadata = new Dictionary<string, string> { ["A"] = "1", ["b"] = "" } }, ["x-amz-meta-A: 1", "x-amz-meta-b: "] },
        { new("k") { Tagging = new Dictionary<string, string> { ["b"] = "1 + 1", ["a&"] = "ü" } }, ["x-amz-tagging: a%26=%C3%BC&b=1%20%2B%201"] },
        { new("k") { StorageClass = "GLACIER" }, ["x-amz-storage-class: GLACIER"] },
        { new("k") { IfNoneMatch = "*" }, ["if-none-match: *"] },
        { new("k") { IfMatch = "\"e\"" }, ["if-match: \"e\""] },
        { new("k") { WebsiteRedirectLocation = "/x" }, ["x-amz-website-redirect-location: /x"] },
        { new("k") { ServerSideEncryption = ServerSideEncryption.S3 }, ["x-amz-server-side-encryption: AES256"] },
        { new("k") { ServerSideEncryption = ServerSideEncryption.KmsDualLayer("id") },
            ["x-amz-server-side-encryption-aws-kms-key-id: id", "x-amz-server-side-encryption: aws:kms:dsse"] },
        { new("k") { ServerSideEncryption = ServerSideEncryption.Kms() with { EncryptionContext = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" }, BucketKeyEnabled = true } },
            [
                "x-amz-server-side-encryption-bucket-key-enabled: true",
                "x-amz-server-side-encryption-context: " + Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"a":"1","b":"2"}""")),
                "x-amz-server-side-encryption: aws:kms",
            ] },
        { new("k") { ObjectLock = new() { Mode = ObjectLockMode.Compliance, RetainUntil = Instant, LegalHold = true } },
            // A fraction of a second is rounded up, so that the retention is never shorter than requested.
            ["x-amz-object-lock-legal-hold: ON", "x-amz-object-lock-mode: COMPLIANCE", "x-amz-object-lock-retain-until-date: 2026-02-03T04:05:07Z"] },
        { new("k") { Checksum = new(ChecksumAlgorithm.Crc32, [0, 0, 0, 0]) }, ["x-amz-checksum-crc32: AAAAAA=="] },
        { new("k") { Checksum = new(ChecksumAlgorithm.Crc32C, "AAAAAA==") }, ["x-amz-checksum-crc32c: AAAAAA=="] },
        { new("k") { Checksum = new(ChecksumAlgorithm.Crc64Nvme, new byte[8]) }, ["x-amz-checksum-crc64nvme: AAAAAAAAAAA="] },
        { new("k") { Checksum = new(ChecksumAlgorithm.Sha1, new byte[20]) }, ["x-amz-checksum-sha1: AAAAAAAAAAAAAAAAAAAAAAAAAAA="] },
        { new("k") { Checksum = new(ChecksumAlgorithm.Sha256, new byte[32]) }, ["x-amz-checksum-sha256: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="] },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void PutObject_TypedHeader_IsSignedAndRequired(PutObject operation, string[] headers) => Presigned.Headers(operation).Should().BeEquivalentTo(headers);

    [Fact]
    public void Write_Contradictions_AreRejectedWithTheRemedy()
    {
        Presigned.ShouldBeRejected(new PutObject("k") { Acl = "private", Grants = new() { Read = "id=1" } }, "Remove one");
        Presigned.ShouldBeRejected(new PutObject("k") { ServerSideEncryption = ServerSideEncryption.Kms(), SseCustomerKey = new(new byte[32]) }, "because an object can be encrypted in only one way. Set only one");
        Presigned.ShouldBeRejected(new PutObject("k") { ServerSideEncryption = ServerSideEncryption.S3 with { BucketKeyEnabled = true } }, "ServerSideEncryption.Kms");
        Presigned.ShouldBeRejected(new PutObject("k") { ObjectLock = new() { Mode = ObjectLockMode.Governance } }, "Set both");
        Presigned.ShouldBeRejected(new PutObject("k") { ObjectLock = new() { RetainUntil = Instant } }, "Set both");
        Presigned.ShouldBeRejected(new PutObject("k") { ObjectLock = new() }, "leave ObjectLock null");
    }

    [Theory]
    [InlineData("", "v", "does not have a name")]
    [InlineData("x-amz-meta-a", "v", "starts with x-amz-meta-, which is added automatically. Specify the name without the prefix")]
    [InlineData("a b", "v", "not allowed in a header name")]
    [InlineData("ü", "v", "not allowed in a header name")]
    [InlineData("a", "Grüße", "send only ASCII")]
    [InlineData("a", "b\r\nx-amz-acl: public-read", "line break")]
    public void Metadata_NameOrValueNotAllowedInAHeader_IsRejected(string name, string value, string remedy) =>
        Presigned.ShouldBeRejected(new PutObject("k") { Metadata = new Dictionary<string, string> { [name] = value } }, remedy);

    [Fact]
    public void Metadata_NamesThatDifferInCaseOnly_AreRejected() =>
        Presigned.ShouldBeRejected(new PutObject("k") { Metadata = new Dictionary<string, string> { ["a"] = "1", ["A"] = "2" } }, "specified twice");

    [Theory]
    [InlineData(0, 1, "does not have a name")]
    [InlineData(129, 1, "Shorten")]
    [InlineData(1, 257, "Shorten")]
    public void Tagging_OutOfLimits_IsRejected(int nameLength, int valueLength, string remedy)
    {
        Dictionary<string, string> tags = new() { [new string('n', nameLength)] = new string('v', valueLength) };

        Presigned.ShouldBeRejected(new PutObject("k") { Tagging = tags }, remedy);
        FluentActions.Invoking(() => PutObjectTagging.CreateBody(tags)).Should().Throw<ArgumentException>().WithMessage($"*{remedy}*");
    }

    [Fact]
    public void Tagging_AtItsLimits_IsAcceptedAndBeyondThemRejected()
    {
        Dictionary<string, string> tags = Enumerable.Range(0, 10).ToDictionary(index => index + new string('n', 127), _ => new string('v', 256));
        Presigned.Headers(new PutObject("k") { Tagging = tags }).Should().ContainSingle();

        tags["more"] = "";
        Presigned.ShouldBeRejected(new PutObject("k") { Tagging = tags }, "11 tags");
        Presigned.ShouldBeRejected(new PutObject("k") { Tagging = new Dictionary<string, string> { ["a"] = "\uD800" } }, "lone surrogate");
        Presigned.ShouldBeRejected(new PutObject("k") { Tagging = new Dictionary<string, string> { ["a"] = "\n" } }, "control character");
        Presigned.ShouldBeRejected(new PutObject("k") { Tagging = new Dictionary<string, string> { ["a"] = null! } }, "is null");
    }

    [Theory]
    [InlineData("0123")]
    [InlineData("not base64")]
    [InlineData("5eb63bbbe01eeed093cb22bb8f5acdc3")]
    [InlineData("XrY7u+Ae7tCTyyK9 j1rNww==")]
    public void ContentMD5_NotBase64Of16Bytes_IsRejected(string value)
    {
        FluentActions.Invoking(() => new PutObject("k") { ContentMD5 = value }).Should().Throw<ArgumentException>().WithMessage("*Convert.ToBase64String*");
        FluentActions.Invoking(() => new UploadPart("k", "id", 1) { ContentMD5 = value }).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new PutObjectTagging("k") { ContentMD5 = value }).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Checksum_WrongLengthOrAlgorithm_IsRejected()
    {
        FluentActions.Invoking(() => new Checksum(ChecksumAlgorithm.Sha256, new byte[20])).Should().Throw<ArgumentException>().WithMessage("*32 bytes*20*");
        FluentActions.Invoking(() => new Checksum(ChecksumAlgorithm.Crc32, "zz")).Should().Throw<ArgumentException>().WithMessage("*base64*");
        FluentActions.Invoking(() => new Checksum((ChecksumAlgorithm)9, "AAAAAA==")).Should().Throw<ArgumentOutOfRangeException>();
    }
}

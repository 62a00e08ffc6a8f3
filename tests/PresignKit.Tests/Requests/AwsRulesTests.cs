namespace PresignKit.Tests;

/// <summary>Requests that AWS rejects with 400, although other stores accept them.</summary>
public class AwsRulesTests
{
    private static readonly ObjectLock Hold = new() { LegalHold = true };
    private static readonly Checksum Sha256 = new(ChecksumAlgorithm.Sha256, Convert.ToBase64String(new byte[32]));

    public static TheoryData<string, S3Operation> Rejected => new()
    {
        { "*signs 'x-amz-object-lock-legal-hold' without a checksum*Set Checksum or ContentMD5*", new PutObject("k") { ObjectLock = Hold } },
        { "*signs 'x-amz-object-lock-mode' without a checksum*", new PutObject("k") { ObjectLock = new() { Mode = ObjectLockMode.Governance, RetainUntil = TestPresigner.Now.AddDays(1) } } },
        { "*signs 'X-Amz-Object-Lock-Mode' without a checksum*", new S3Request(HttpMethod.Put, "k") { Headers = TestPresigner.Pairs(("X-Amz-Object-Lock-Mode", "GOVERNANCE")) } },
        { "*COMPOSITE with CRC64NVME. Use FullObject*", new CreateMultipartUpload("k") { ChecksumAlgorithm = ChecksumAlgorithm.Crc64Nvme, ChecksumType = ChecksumType.Composite } },
        { "*FULL_OBJECT with SHA256. Use Composite*", new CreateMultipartUpload("k") { ChecksumAlgorithm = ChecksumAlgorithm.Sha256, ChecksumType = ChecksumType.FullObject } },
        { "*FULL_OBJECT with SHA1. Use Composite*", new CreateMultipartUpload("k") { ChecksumAlgorithm = ChecksumAlgorithm.Sha1, ChecksumType = ChecksumType.FullObject } },
        { "*FULL_OBJECT with SHA256*", new CompleteMultipartUpload("k", "id") { Checksum = Sha256, ChecksumType = ChecksumType.FullObject } },
        { "The names and values of the metadata total 2049 bytes, but*at most 2048*in a separate object.*", new PutObject("k") { Metadata = new Dictionary<string, string> { ["a"] = new string('x', 1000), ["b"] = new string('x', 1047) } } },
        { "The names and values of the metadata total 2049 bytes*", new S3Request(HttpMethod.Put, "k") { Headers = TestPresigner.Pairs(("X-AMZ-META-a", new string('x', 2048))) } },
    };

    public static TheoryData<S3Operation> Accepted => new()
    {
        new PutObject("k") { ObjectLock = Hold, Checksum = Sha256 },
        new PutObject("k") { ObjectLock = Hold, ContentMD5 = Convert.ToBase64String(new byte[16]) },
        new CopyObject("k", new CopySource("bucket", "k")) { ObjectLock = Hold },
        new CreateMultipartUpload("k") { ObjectLock = Hold },
        new CreateMultipartUpload("k") { ChecksumAlgorithm = ChecksumAlgorithm.Crc64Nvme, ChecksumType = ChecksumType.FullObject },
        new CreateMultipartUpload("k") { ChecksumAlgorithm = ChecksumAlgorithm.Sha256, ChecksumType = ChecksumType.Composite },
        new CreateMultipartUpload("k") { ChecksumAlgorithm = ChecksumAlgorithm.Crc32, ChecksumType = ChecksumType.FullObject },
        new PutObject("k") { Metadata = new Dictionary<string, string> { ["a"] = new string('x', 1000), ["b"] = new string('x', 1046) } },
    };

    [Theory]
    [MemberData(nameof(Rejected))]
    public void Presign_RequestThatAwsRejects_Throws(string message, S3Operation operation)
    {
        S3Presigner aws = TestPresigner.Create(options => options.UseAws("eu-west-1"));

        FluentActions.Invoking(() => aws.Presign(operation)).Should().Throw<ArgumentException>().WithMessage(message).WithParameterName(nameof(operation));
        TestPresigner.Create().Presign(operation).Url.Should().NotBeEmpty("other stores accept it");
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Presign_RequestThatAwsAccepts_IsSigned(S3Operation operation) =>
        TestPresigner.Create(options => options.UseAws("eu-west-1")).Presign(operation).Url.Should().NotBeEmpty();

    [Theory]
    [InlineData("aws:createdBy")]
    [InlineData("AWS:a")]
    public void Tags_ReservedForAws_AreRejected(string name)
    {
        Dictionary<string, string> tags = new() { [name] = "v" };

        FluentActions.Invoking(() => TestPresigner.Create().Presign(new PutObject("k") { Tagging = tags })).Should().Throw<ArgumentException>().WithMessage("*starts with 'aws:'*");
        FluentActions.Invoking(() => PutObjectTagging.CreateBody(tags)).Should().Throw<ArgumentException>().WithMessage("*starts with 'aws:'*");
        FluentActions.Invoking(() => Posted.Form(new PostPolicy(PostKey.Exact("k")) { Tagging = tags })).Should().Throw<ArgumentException>().WithMessage("*starts with 'aws:'*");
    }
}

using System.Reflection;
using System.Text.Json;

namespace PresignKit.Tests;

/// <summary>Structured logs and diagnostics pages serialize every object that they receive. An operation must not break them, and must not reveal an encryption key.</summary>
public class SerializerTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public static TheoryData<object> SecretSamples()
    {
        SseCustomerKey key = new(Key);
        CopySource source = new("bucket", "k") { SseCustomerKey = key };
        Checksum checksum = new(ChecksumAlgorithm.Sha256, new byte[32]);
        return
        [
            new GetObject("k") { SseCustomerKey = key, Range = new ByteRange(0, 9), ResponseHeaders = new() { ContentType = "a/b" }, Query = [new("a", null)] },
            new HeadObject("k") { SseCustomerKey = key },
            new PutObject("k") { SseCustomerKey = key, Checksum = checksum, Metadata = new Dictionary<string, string> { ["a"] = "b" }, ObjectLock = new() { LegalHold = true }, Grants = new() { Read = "id=1" } },
            new PutObject("k") { ServerSideEncryption = ServerSideEncryption.Kms("key") },
            new CreateMultipartUpload("k") { SseCustomerKey = key, ChecksumAlgorithm = ChecksumAlgorithm.Crc32 },
            new UploadPart("k", "id", 1) { SseCustomerKey = key },
            new UploadPartCopy("k", "id", 1, source) { SseCustomerKey = key },
            new CopyObject("k", source) { SseCustomerKey = key },
            new ListObjectsV2 { Prefix = "a" },
            new S3Request(HttpMethod.Get, "k"),
            new PostPolicy(PostKey.Prefix("a/")) { SseCustomerKey = key, ContentLength = (1, 2), Conditions = [PostCondition.StartsWith("a", "b")], Fields = [new("c", "d")] },
            new ResignChanges { SetQuery = [new("a", null)] },
            new PresignerOptions { SecretAccessKey = "s3cr3t" },
        ];
    }

    [Theory]
    [MemberData(nameof(SecretSamples))]
    public void Serialize_TypeWithASecret_OmitsTheSecret(object sample)
    {
        string json = JsonSerializer.Serialize(sample, sample.GetType());

        json.Should().StartWith("{").And.NotContain(Convert.ToBase64String(Key)).And.NotContain("s3cr3t");
    }

    [Fact]
    public void SseCustomerKey_InEveryPublicType_IsIgnoredBySerializers() => typeof(SseCustomerKey).Assembly.GetExportedTypes()
        .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(property => property.PropertyType == typeof(SseCustomerKey))
        .Should().HaveCountGreaterThan(4).And.OnlyContain(property => property.IsDefined(typeof(System.Text.Json.Serialization.JsonIgnoreAttribute))
            && property.IsDefined(typeof(System.Runtime.Serialization.IgnoreDataMemberAttribute)));
}

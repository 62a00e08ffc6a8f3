namespace PresignKit.Tests;

/// <summary>The customer's key appears in the required headers, and nowhere else.</summary>
public class SseCustomerKeyTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];
    private static readonly string Base64 = Convert.ToBase64String(Bytes);
    private static readonly SseCustomerKey Key = new(Bytes);

    public static TheoryData<S3Operation> Operations =>
    [
        new GetObject("k") { SseCustomerKey = Key }, new HeadObject("k") { SseCustomerKey = Key }, new PutObject("k") { SseCustomerKey = Key },
        new CreateMultipartUpload("k") { SseCustomerKey = Key }, new UploadPart("k", "id", 1) { SseCustomerKey = Key },
        new CompleteMultipartUpload("k", "id") { SseCustomerKey = Key }, new ListParts("k", "id") { SseCustomerKey = Key },
        new GetObjectAttributes("k", ObjectAttributes.ETag) { SseCustomerKey = Key },
        new CopyObject("k", new CopySource("src-bucket", "s") { SseCustomerKey = Key }),
        new UploadPartCopy("k", "id", 1, new CopySource("src-bucket", "s") { SseCustomerKey = Key }),
    ];

    [Theory]
    [MemberData(nameof(Operations))]
    public void SseCustomerKey_OfAnOperation_IsInRequiredHeadersOnly(S3Operation operation)
    {
        PresignedUrl url = Presigned.Of(operation);

        url.RequiredHeaders.Values.Should().Contain(Base64).And.Contain("AES256");
        foreach (string text in new[] { url.Url, url.ToString(), operation.ToString() })
        {
            text.Should().NotContain(Base64).And.NotContain(Uri.EscapeDataString(Base64));
        }
    }

    [Fact]
    public void SseCustomerKey_Headers_AreAlgorithmKeyAndMD5() => Presigned.Headers(new PutObject("k") { SseCustomerKey = SseCustomerKey.FromBase64(Base64) }).Should().BeEquivalentTo(
        "x-amz-server-side-encryption-customer-algorithm: AES256",
        "x-amz-server-side-encryption-customer-key: " + Base64,
        "x-amz-server-side-encryption-customer-key-md5: WYUzG87JcbJiEiqhylrUEQ==");

    [Fact]
    public void ToString_OfKeyAndOfRecordsWithIt_HidesTheKey()
    {
        Key.ToString().Should().Be("SseCustomerKey (hidden)");
        new CopySource("src-bucket", "s") { SseCustomerKey = Key }.ToString().Should().Be("src-bucket/s");
    }

    [Fact]
    public void Equals_SameBytes_AreEqual()
    {
        Key.Should().Be(new SseCustomerKey(Bytes)).And.NotBe(new SseCustomerKey(new byte[32]));
        Key.GetHashCode().Should().Be(new SseCustomerKey(Bytes).GetHashCode());
        (new GetObject("k") { SseCustomerKey = Key } == new GetObject("k") { SseCustomerKey = new(Bytes) }).Should().BeTrue();
    }

    [Fact]
    public void Constructor_NotExactly32Bytes_IsRejectedWithoutShowingThem()
    {
        FluentActions.Invoking(() => new SseCustomerKey(new byte[16])).Should().Throw<ArgumentException>().WithMessage("*16 bytes*32 bytes*");
        FluentActions.Invoking(() => SseCustomerKey.FromBase64("c2VjcmV0")).Should().Throw<ArgumentException>()
            .Which.Message.Should().NotContain("c2VjcmV0");
        FluentActions.Invoking(() => SseCustomerKey.FromBase64("secret!")).Should().Throw<ArgumentException>().Which.Message.Should().NotContain("secret!");
    }
}

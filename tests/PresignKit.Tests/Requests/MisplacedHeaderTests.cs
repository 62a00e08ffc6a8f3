namespace PresignKit.Tests;

public class MisplacedHeaderTests
{
    // The headers of all requests in AWS's S3 model, and the headers that clients add.
    public static TheoryData<string> Headers =>
    [
        "cache-control", "Content-Disposition", "content-encoding", "content-language", "content-length", "Content-MD5", "Content-Type", "If-Match", "if-modified-since", "if-none-match",
        "if-range", "if-unmodified-since", "Range", "X-Amz-Acl", "x-amz-bucket-object-lock-enabled", "x-amz-bypass-governance-retention", "x-amz-checksum-algorithm", "x-amz-checksum-crc32",
        "x-amz-checksum-mode", "x-amz-client-token", "x-amz-confirm-remove-self-bucket-access", "x-amz-copy-source", "x-amz-copy-source-if-match", "x-amz-create-session-mode",
        "x-amz-decoded-content-length", "x-amz-expected-bucket-owner", "x-amz-grant-read", "x-amz-if-match-size", "x-amz-max-parts", "x-amz-meta-a", "x-amz-metadata-directive", "x-amz-mfa",
        "x-amz-mp-object-size", "x-amz-object-attributes", "x-amz-object-lock-mode", "x-amz-object-ownership", "x-amz-optional-object-attributes", "x-amz-part-number-marker",
        "x-amz-rename-source", "x-amz-request-payer", "x-amz-sdk-checksum-algorithm", "x-amz-server-side-encryption", "x-amz-server-side-encryption-customer-key",
        "x-amz-skip-destination-validation", "x-amz-source-expected-bucket-owner", "x-amz-storage-class", "x-amz-tagging", "x-amz-tagging-directive", "x-amz-trailer",
        "x-amz-transition-default-minimum-object-size", "x-amz-website-redirect-location", "x-amz-write-offset-bytes",
    ];

    [Theory]
    [MemberData(nameof(Headers))]
    public void Presign_HeaderAsQueryParameter_IsRejectedWithoutShowingItsValue(string name) => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(new PutObject("k") { Query = TestPresigner.Pairs((name, "VALUE")) }))
        .Should().Throw<ArgumentException>().WithMessage($"*'{name}' is the name of a header*Headers*").Which.Message.Should().NotContain("VALUE");

    [Fact]
    public void Presign_RequestPayerInQuery_IsTheOnlyExceptionAndSurvivesResign()
    {
        PresignedUrl url = Presigned.Of(new GetObject("k") { RequesterPays = true });

        url.RequiredHeaders.Should().BeEmpty();
        Presigned.Of(new S3Request(HttpMethod.Head, "k") { Query = TestPresigner.Pairs(("x-amz-request-payer", "requester")) }).Parameter("x-amz-request-payer").Should().Be("requester");
        Presigned.With.Resign(url.Url, HttpMethod.Get).Url.Should().Contain("&x-amz-request-payer=requester&");
        Presigned.With.TryPresign(new GetObject("k") { RequesterPays = true }, new char[2000], out _).Should().BeTrue();
    }

    [Fact]
    public void Presign_HashOfTheBodyAsQueryParameter_IsRejectedUnlessUnsigned()
    {
        Presigned.Of(new GetObject("k") { Query = TestPresigner.Pairs(("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")) }).Parameter("X-Amz-Content-Sha256").Should().Be("UNSIGNED-PAYLOAD");
        Presigned.ShouldBeRejected(
            new PutObject("k") { Query = TestPresigner.Pairs(("X-Amz-Content-Sha256", new string('a', 64))) }, "The query parameter 'X-Amz-Content-Sha256' does not sign the hash of the body, and stores do not all handle the parameter in the same way. Add 'x-amz-content-sha256' to Headers");
    }

    [Fact]
    public void SigV4QuerySigner_HashOfTheBodyAsQueryParameter_MustBeTheSignedHash()
    {
        SigV4QuerySigner signer = new(new S3Credentials("AK", "secret"), "eu-west-1", "execute-api");
        SigV4QueryRequest request = new(HttpMethod.Get, "a.example") { PayloadHash = "b", Query = TestPresigner.Pairs(("X-Amz-Content-Sha256", "b")) };

        signer.Presign(request).Url.Should().Contain("X-Amz-Content-Sha256=b");
        FluentActions.Invoking(() => signer.Presign(request with { PayloadHash = "c" })).Should().Throw<ArgumentException>().WithMessage("*differs from the signed hash of the body, 'c'. Set PayloadHash*");
    }

    [Fact]
    public void SigV4QuerySigner_HashOfTheBodyTwice_IsRejected()
    {
        SigV4QuerySigner signer = new(new S3Credentials("AK", "secret"), "eu-west-1", "execute-api");
        SigV4QueryRequest request = new(HttpMethod.Get, "a.example") { Headers = TestPresigner.Pairs(("x-amz-content-sha256", "a"), ("X-Amz-Content-Sha256", "a")) };

        FluentActions.Invoking(() => signer.Presign(request)).Should().Throw<ArgumentException>().WithParameterName("request").WithMessage("The header 'x-amz-content-sha256' is specified twice*Remove one*");
    }

    [Fact]
    public void New_ArnAsCopySource_IsRejected() => FluentActions
        .Invoking(() => new CopySource("arn:aws:s3:eu-west-1:123456789012:accesspoint/p", "k"))
        .Should().Throw<ArgumentException>().WithMessage("*ARN*Use the bucket name*");
}

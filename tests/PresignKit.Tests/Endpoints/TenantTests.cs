namespace PresignKit.Tests;

/// <summary>Ceph's <c>tenant:bucket</c>, whose colon Ceph accepts only percent-encoded in a signed path (16.2.15: 403 otherwise).</summary>
public class TenantTests
{
    private static readonly S3Endpoint Ceph = S3Endpoint.Create("https://ceph.example.com", "us-east-1");

    [Theory]
    [InlineData("acme:my-bucket", "acme%3Amy-bucket")]
    [InlineData("acme_2:my.bucket", "acme_2%3Amy.bucket")]
    [InlineData(":my-bucket", "%3Amy-bucket")]
    public void Presign_TenantAndBucket_ArePercentEncodedInTheFirstSegment(string bucket, string segment)
    {
        S3Presigner presigner = TestPresigner.At(Ceph, bucket);

        presigner.Presign(new GetObject("a b")).Address().Should().Be($"https://ceph.example.com/{segment}/a%20b");
        presigner.Presign(new HeadBucket()).Address().Should().Be($"https://ceph.example.com/{segment}");
        presigner.PresignPost(new PostPolicy(PostKey.Exact("k"))).Url.Should().Be($"https://ceph.example.com/{segment}");
    }

    [Fact]
    public void PresignPost_TenantAndBucket_HasAConditionOnTheBucketOnly()
    {
        PresignedPost post = TestPresigner.At(Ceph, "acme:my-bucket").PresignPost(new PostPolicy(PostKey.Exact("k")));

        System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(post.Fields.Single(field => field.Key == "policy").Value)).Should().Contain("{\"bucket\":\"my-bucket\"}");
    }

    [Fact]
    public void Resign_UrlOfATenant_KeepsIt()
    {
        S3Presigner presigner = TestPresigner.At(Ceph, "acme:my-bucket");
        PresignedUrl url = presigner.Presign(new GetObject("k"));

        presigner.Resign(url.Url, HttpMethod.Get).Url.Should().Be(url.Url);
        PresignedUrlInfo.TryParse(url.Url, Ceph, out PresignedUrlInfo? info).Should().BeTrue();
        (info!.Bucket, info.Key).Should().Be(("acme:my-bucket", "k"));
    }

    [Theory]
    [InlineData("ac-me:my-bucket", "The tenant of the bucket 'ac-me:my-bucket' contains the character '-'. Use*")]
    [InlineData("acme:a", "The bucket 'a' has 1 character.*")]
    [InlineData("acme:my:bucket", "The bucket 'my:bucket' contains the character ':'*")]
    [InlineData("acme:", "The bucket '' has 0 characters*")]
    public void Presign_NotATenantAndABucket_IsRejected(string bucket, string message) => FluentActions
        .Invoking(() => TestPresigner.At(Ceph).Presign(new GetObject("k") { Bucket = bucket })).Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public void TenantLength_Arn_IsZero() => BucketName.TenantLength("arn:aws:s3:eu-west-1:123456789012:accesspoint/my-point").Should().Be(0);

    [Fact]
    public void Presign_TenantOnAKnownStore_IsRejected() => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(new GetObject("k") { Bucket = "acme:my-bucket" }))
        .Should().Throw<ArgumentException>().WithMessage("The bucket 'acme:my-bucket' contains a tenant, which only self-hosted Ceph supports. For DigitalOcean Spaces, specify only the bucket name.*");

    [Fact]
    public void Presign_TenantInAHostName_IsRejected() => FluentActions
        .Invoking(() => TestPresigner.At(Ceph.WithStyle(UrlStyle.VirtualHosted)).Presign(new GetObject("k") { Bucket = "acme:my-bucket" }))
        .Should().Throw<ArgumentException>().WithMessage("The bucket 'acme:my-bucket' contains a character other than lowercase letters, digits and hyphens, which is not valid in the host name*Use UrlStyle.Path*");
}

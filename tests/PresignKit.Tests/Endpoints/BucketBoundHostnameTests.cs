using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

/// <summary>Hosts that are bound to one bucket. The URL does not contain the bucket, and its path is the key.</summary>
public class BucketBoundHostnameTests
{
    [Theory]
    [InlineData("https://files.example.com", "my-space", "https://files.example.com/dir/key")]
    [InlineData("https://files.example.com", "files.example.com", "https://files.example.com/dir/key")]
    [InlineData("https://files.example.com", "files", "https://files.example.com/dir/key")]
    [InlineData("https://files.example.com", "My_Legacy.Bucket", "https://files.example.com/dir/key")]
    [InlineData("https://files.example.com:8443/base/", "my-space", "https://files.example.com:8443/base/dir/key")]
    [InlineData("http://localhost:9000", "my-space", "http://localhost:9000/dir/key")]
    public void Presign_BucketBoundHostname_UsesTheKeyAsThePath(string endpoint, string bucket, string expected)
    {
        PresignedUrl byEndpoint = TestPresigner.At(S3Endpoint.Create(endpoint, "us-east-1", UrlStyle.BucketBoundHostname), bucket: null)
            .Presign(new GetObject("dir/key") { Bucket = bucket });
        PresignedUrl byOptions = TestPresigner.Configured(endpoint, "us-east-1", bucket, UrlStyle.BucketBoundHostname).Presign(new GetObject("dir/key"));

        byEndpoint.Address().Should().Be(expected);
        byOptions.Url.Should().Be(byEndpoint.Url);
    }

    [Fact]
    public void Presign_BucketBoundHostname_SignsWhatPathStyleSignsForTheSamePath()
    {
        string bound = TestPresigner.Configured("https://files.example.com", "us-east-1", style: UrlStyle.BucketBoundHostname).Presign(new GetObject("dir/key")).Url;
        string path = TestPresigner.Configured("https://files.example.com", "us-east-1", "dir", UrlStyle.Path).Presign(new GetObject("key")).Url;

        bound.Should().Be(path);
    }

    [Fact]
    public void Presign_BucketBoundHostnameWithoutABucket_Throws() => FluentActions
        .Invoking(() => TestPresigner.Configured("https://files.example.com", "us-east-1", bucket: null, UrlStyle.BucketBoundHostname).Presign(new GetObject("key")))
        .Should().Throw<ArgumentException>().WithMessage("*bucket*");

    [Fact]
    public void Presign_BucketRequestAtABucketBoundHostname_HasTheRootPath() =>
        TestPresigner.Configured("https://files.example.com", "us-east-1", style: UrlStyle.BucketBoundHostname)
            .Presign(new S3BucketRequest(HttpMethod.Get)).Address().Should().Be("https://files.example.com/");

    [Fact]
    public void PresignPost_BucketBoundHostname_PostsToTheHostAndNamesTheBucketInThePolicy()
    {
        PresignedPost post = TestPresigner.Configured("https://files.example.com", "us-east-1", style: UrlStyle.BucketBoundHostname)
            .PresignPost(new PostPolicy(PostKey.Exact("key")));

        post.Url.Should().Be("https://files.example.com/");
        System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(post.Fields.Single(field => field.Key == "policy").Value)).Should().Contain("my-space");
    }

    [Fact]
    public void Presign_ServiceRequestAtABucketBoundHostname_NamesTheRemedy() => FluentActions
        .Invoking(() => TestPresigner.Configured("https://files.example.com", "us-east-1", style: UrlStyle.BucketBoundHostname).Presign(new S3ServiceRequest(HttpMethod.Get)))
        .Should().Throw<ArgumentException>().WithMessage("The host 'files.example.com' is bound to one bucket and cannot list buckets. Use the store's own endpoint for this request.*");

    [Fact]
    public void Presign_AccessPointAtABucketBoundHostname_NamesTheRequiredEndpoint() => FluentActions
        .Invoking(() => TestPresigner.Configured("https://files.example.com", "eu-west-1", "arn:aws:s3:eu-west-1:123456789012:accesspoint/my-point", UrlStyle.BucketBoundHostname))
        .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.Bucket: *'https://files.example.com' is not an endpoint of AWS S3. Use S3Endpoint.Aws(\"eu-west-1\").");

    [Theory]
    [InlineData("https://nyc3.digitaloceanspaces.com", "nyc3", "The host 'nyc3.digitaloceanspaces.com' is not bound to one bucket: it serves all buckets of DigitalOcean Spaces. Use UrlStyle.Auto, or *custom domain of the bucket.")]
    [InlineData("https://s3.eu-west-1.amazonaws.com", "eu-west-1", "*'s3.eu-west-1.amazonaws.com' is not bound to one bucket*")]
    [InlineData("https://storage.googleapis.com", "auto", "*'storage.googleapis.com' is not bound to one bucket*")]
    [InlineData("https://s3-accelerate.amazonaws.com", "eu-west-1", "*'s3-accelerate.amazonaws.com' is not bound to one bucket*")]
    [InlineData("http://127.0.0.1:9000", "us-east-1", "The IP address '127.0.0.1' cannot be bound to a bucket. Use a host name as the endpoint, or UrlStyle.Path.")]
    [InlineData("http://[::1]:9000", "us-east-1", "The IP address '[[]::1]' cannot be bound to a bucket. Use a host name as the endpoint, or UrlStyle.Path.")]
    public void Create_HostThatCannotBeBoundToABucket_NamesTheRemedy(string url, string region, string message)
    {
        message = message.Replace("[[]", "[");

        FluentActions.Invoking(() => S3Endpoint.Create(url, region, UrlStyle.BucketBoundHostname)).Should().Throw<ArgumentException>().WithMessage(message + "*");
        FluentActions.Invoking(() => TestPresigner.Configured(url, region, style: UrlStyle.BucketBoundHostname))
            .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.UrlStyle: " + message);
        FluentActions.Invoking(() => TestPresigner.Create(o => { o.UseEndpoint(S3Endpoint.Create(url, region)); o.UrlStyle = UrlStyle.BucketBoundHostname; }))
            .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.UrlStyle: " + message);
    }

    // https://my-space.nyc3.digitaloceanspaces.com is virtual-hosted style, even if it looks like a bucket-bound host.
    [Fact]
    public void New_BucketInAKnownHost_IsVirtualHostedStyle() => FluentActions
        .Invoking(() => TestPresigner.Configured("https://my-space.nyc3.digitaloceanspaces.com", region: null, style: UrlStyle.BucketBoundHostname))
        .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.UrlStyle: *Use UrlStyle.Auto*");

    [Fact]
    public void TryParse_UrlOfABucketBoundEndpoint_ReadsTheWholePathAsTheKey()
    {
        S3Endpoint endpoint = S3Endpoint.Create("https://files.example.com/base", "us-east-1", UrlStyle.BucketBoundHostname);
        string url = TestPresigner.At(endpoint).Presign(new GetObject("dir/a b")).Url;

        PresignedUrlInfo.TryParse(url, endpoint, out PresignedUrlInfo? info).Should().BeTrue();

        (info!.Bucket, info.Key).Should().Be((null, "dir/a b"));
    }

    [Fact]
    public void TryParse_SubdomainOfABucketBoundEndpoint_HasNoBucketAndKey()
    {
        S3Endpoint endpoint = S3Endpoint.Create("https://files.example.com", "us-east-1", UrlStyle.BucketBoundHostname);

        PresignedUrlInfo.TryParse((Received.Good with { Address = "https://bucket.files.example.com/k" }).Url, endpoint, out PresignedUrlInfo? info).Should().BeTrue();

        (info!.Bucket, info.Key).Should().Be((null, null));
    }
}

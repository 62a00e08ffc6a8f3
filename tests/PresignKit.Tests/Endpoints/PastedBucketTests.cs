using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

/// <summary>Endpoints whose host contains the bucket, as the Spaces console shows them.</summary>
public class PastedBucketTests
{
    public static TheoryData<string, string, string> Pasted => new()
    {
        { "https://my-space.nyc3.digitaloceanspaces.com", "my-space", "https://nyc3.digitaloceanspaces.com" },
        { "https://My-Space.NYC3.digitaloceanspaces.com/", "my-space", "https://nyc3.digitaloceanspaces.com" },
        { "https://my.space.nyc3.digitaloceanspaces.com", "my.space", "https://nyc3.digitaloceanspaces.com" },
        { "https://nyc3.nyc3.digitaloceanspaces.com", "nyc3", "https://nyc3.digitaloceanspaces.com" },
        { "http://my-space.nyc3.digitaloceanspaces.com:8080", "my-space", "http://nyc3.digitaloceanspaces.com:8080" },
        { "https://my-bucket.s3.eu-west-1.amazonaws.com", "my-bucket", "https://s3.eu-west-1.amazonaws.com" },
        { "https://my.bucket.s3.cn-north-1.amazonaws.com.cn", "my.bucket", "https://s3.cn-north-1.amazonaws.com.cn" },
    };

    [Theory]
    [MemberData(nameof(Pasted))]
    public void Parse_BucketInTheHost_NamesTheRemedy(string url, string bucket, string endpoint) => FluentActions
        .Invoking(() => S3Endpoint.Parse(url)).Should().Throw<ArgumentException>().WithParameterName(nameof(url))
        .WithMessage($"The host of the endpoint contains the bucket '{bucket}', so every URL would contain it twice. Use '{endpoint}' as the endpoint, and '{bucket}' as the bucket.*");

    // The URL also ends with 'com'.
    [Fact]
    public void Parse_BucketNamedLikeTheEndOfTheHost_IsFoundInTheHost() => FluentActions.Invoking(() => S3Endpoint.Parse("https://com.nyc3.digitaloceanspaces.com"))
        .Should().Throw<ArgumentException>().WithMessage("The host of the endpoint contains the bucket 'com'*");

    [Fact]
    public void Create_BucketInTheHost_NamesTheRemedy() => FluentActions
        .Invoking(() => S3Endpoint.Create("https://my-space.nyc3.digitaloceanspaces.com", "nyc3"))
        .Should().Throw<ArgumentException>().WithParameterName("url")
        .WithMessage("The host of the endpoint contains the bucket 'my-space'*Use 'https://nyc3.digitaloceanspaces.com' as the endpoint, and 'my-space' as the bucket.*");

    [Theory]
    [MemberData(nameof(Pasted))]
    public void Presign_BucketInTheHost_IsRemovedFromIt(string url, string bucket, string endpoint)
    {
        string pasted = TestPresigner.Configured(url, region: null, bucket: null).Presign(new GetObject("key")).Url;

        pasted.Should().Be(TestPresigner.Configured(endpoint, region: null, bucket).Presign(new GetObject("key")).Url);
    }

    [Fact]
    public void Presign_BucketInHostAndOptions_IsNamedOnce() =>
        TestPresigner.Configured("https://my-space.nyc3.digitaloceanspaces.com", region: null, "my-space").Presign(new GetObject("key")).Address()
            .Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");

    [Fact]
    public void New_DifferentBucketsInHostAndOptions_NamesBoth() => FluentActions
        .Invoking(() => TestPresigner.Configured("https://my-space.nyc3.digitaloceanspaces.com", region: null, "other"))
        .Should().Throw<OptionsValidationException>()
        .WithMessage("*Bucket: Bucket is 'other', but the host of the endpoint contains the bucket 'my-space'. Use the same bucket in both, or the endpoint 'https://nyc3.digitaloceanspaces.com'.");

    [Theory]
    [InlineData("https://my-space.nyc3.cdn.digitaloceanspaces.com", "https://nyc3.digitaloceanspaces.com")]
    [InlineData("https://my.space.ams3.cdn.digitaloceanspaces.com", "https://ams3.digitaloceanspaces.com")]
    public void Parse_Cdn_NamesTheOrigin(string url, string origin) => FluentActions
        .Invoking(() => S3Endpoint.Parse(url)).Should().Throw<ArgumentException>()
        .WithMessage($"*is the CDN of DigitalOcean Spaces, which does not check signatures. Use the origin '{origin}' as the endpoint.*");

    [Theory]
    [InlineData("https://my-space.example.com", "my-space", "https://example.com")]
    [InlineData("https://my-space.example.com:8443", "my-space", "https://example.com:8443")]
    [InlineData("http://my.space.example.com", "my.space", "http://example.com")]
    [InlineData("https://my.space.example.com", "my.space", "https://example.com")]
    public void Presign_BucketRepeatedInACustomHost_NamesTheRemedy(string url, string bucket, string endpoint)
    {
        string message = $"The host of {url} starts with the bucket '{bucket}', so the URL would contain the bucket twice. Use the endpoint '{endpoint}', or set UrlStyle to BucketBoundHostname if*, or to Path if*";

        FluentActions.Invoking(() => TestPresigner.Configured(url, "us-east-1", bucket: null).Presign(new GetObject("key") { Bucket = bucket }))
            .Should().Throw<ArgumentException>().WithMessage(message).WithParameterName("operation");
        FluentActions.Invoking(() => TestPresigner.Configured(url, "us-east-1", bucket))
            .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.Bucket: " + message)
            .Which.Message.Should().NotContain("(Parameter");
    }

    [Theory]
    [InlineData("https://my-space.example.com", "my-spac")]
    [InlineData("https://my-space.example.com", "my-space2")]
    [InlineData("http://minio:9000", "minio")]
    [InlineData("https://minio.local/base", "bas")]
    [InlineData("https://minio.local/my-space/base", "my-space")]
    [InlineData("https://minio.local/xmy-space", "my-space")]
    [InlineData("https://a.my-space.example.com", "my-space")]
    public void Presign_HostThatOnlySeemsToRepeatTheBucket_IsAccepted(string url, string bucket) =>
        TestPresigner.Configured(url, "us-east-1", bucket).Presign(new GetObject("key")).Address()
            .Should().Be($"{url}/{bucket}/key");

    [Theory]
    [InlineData("https://media.example.com", UrlStyle.Path, "media", "https://media.example.com/media/key")]
    [InlineData("https://media.example.com", UrlStyle.Path, "media.example.com", "https://media.example.com/media.example.com/key")]
    [InlineData("https://media.media.example.com", UrlStyle.BucketBoundHostname, "media", "https://media.media.example.com/key")]
    [InlineData("https://media.example.com/media", UrlStyle.BucketBoundHostname, "media", "https://media.example.com/media/key")]
    public void Presign_BucketRepeatedOnPurpose_IsAccepted(string endpoint, UrlStyle style, string bucket, string expected) =>
        TestPresigner.At(S3Endpoint.Create(endpoint, "us-east-1", style)).Presign(new GetObject("key") { Bucket = bucket }).Address().Should().Be(expected);

    // With UrlStyle.VirtualHosted, the URL would be https://media.media.example.com/key.
    [Fact]
    public void Presign_VirtualHostedBucketInTheHost_NamesTheRemedy() => FluentActions
        .Invoking(() => TestPresigner.Configured("https://media.example.com", "us-east-1", "media", UrlStyle.VirtualHosted))
        .Should().Throw<OptionsValidationException>().WithMessage("*starts with the bucket 'media'*Use the endpoint 'https://example.com', or set UrlStyle to*");

    // Observed on Ceph: a PUT returns 200 and creates the object my-bucket/key.
    [Theory]
    [InlineData("http://127.0.0.1:9000/my-bucket", "http://127.0.0.1:9000")]
    [InlineData("http://localhost:9000/my-bucket/", "http://localhost:9000")]
    [InlineData("https://store.example/base/my-bucket", "https://store.example/base")]
    public void Presign_BucketAtTheEndOfThePath_NamesTheRemedy(string url, string endpoint)
    {
        string message = $"The path of {url.TrimEnd('/')} ends with the bucket 'my-bucket', so the URL would contain the bucket twice. Use the endpoint '{endpoint}'.";

        foreach (UrlStyle style in new[] { UrlStyle.Auto, UrlStyle.Path, UrlStyle.VirtualHosted })
        {
            FluentActions.Invoking(() => TestPresigner.Configured(url, "us-east-1", "my-bucket", style))
                .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.Bucket: " + message);
            FluentActions.Invoking(() => TestPresigner.At(S3Endpoint.Create(url, "us-east-1", style), bucket: null).Presign(new PutObject("key") { Bucket = "my-bucket" }))
                .Should().Throw<ArgumentException>().WithMessage(message + "*").WithParameterName("operation");
            FluentActions.Invoking(() => TestPresigner.At(S3Endpoint.Create(url, "us-east-1", style), bucket: null).PresignPost(new PostPolicy(PostKey.Exact("key")) { Bucket = "my-bucket" }))
                .Should().Throw<ArgumentException>().WithMessage(message + "*");
        }
    }

    // The URL would be /my-bucket/other/key, and the copy would be created in the bucket of its source.
    [Theory]
    [InlineData("http://127.0.0.1:9000/my-bucket", "The path of http://127.0.0.1:9000/my-bucket ends with 'my-bucket', the bucket of the copy source, so the object would be copied within that bucket to the wrong key. Use the endpoint 'http://127.0.0.1:9000'.*")]
    [InlineData("https://my-bucket.example.com", "The host of https://my-bucket.example.com starts with 'my-bucket', the bucket of the copy source, so the object would be copied within that bucket to the wrong key. Use the endpoint 'https://example.com'*")]
    public void Presign_CopySourceBucketInTheEndpoint_NamesTheRemedy(string url, string message)
    {
        S3Presigner presigner = TestPresigner.Configured(url, "us-east-1", "other");
        CopySource source = new("my-bucket", "key");

        foreach (S3Operation operation in new S3Operation[] { new CopyObject("key", source), new UploadPartCopy("key", "id", 1, source) })
        {
            FluentActions.Invoking(() => presigner.Presign(operation)).Should().Throw<ArgumentException>().WithMessage(message).WithParameterName("operation");
        }

        presigner.Presign(new CopyObject("key", new CopySource("other-2", "key"))).Address().Should().Be(url + "/other/key");
        TestPresigner.At(S3Endpoint.Create("https://my-bucket.example.com", "us-east-1", UrlStyle.BucketBoundHostname), "my-bucket")
            .Presign(new CopyObject("key", source)).Address().Should().Be("https://my-bucket.example.com/key");
    }

    [Theory]
    [InlineData(UrlStyle.Auto)]
    [InlineData(UrlStyle.VirtualHosted)]
    public void Presign_HostThatIsTheBucket_NamesTheRemedy(UrlStyle style) => FluentActions
        .Invoking(() => TestPresigner.Configured("http://files.example.com", "us-east-1", "files.example.com", style))
        .Should().Throw<OptionsValidationException>()
        .WithMessage("*The host of http://files.example.com is the bucket 'files.example.com'*Use the store's own endpoint, or set UrlStyle to BucketBoundHostname if*");
}

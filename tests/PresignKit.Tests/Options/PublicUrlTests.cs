using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

public class PublicUrlTests
{
    private const string Cdn = "https://my-space.nyc3.cdn.digitaloceanspaces.com";

    [Theory]
    [InlineData(Cdn, Cdn + "/a%20b?")]
    [InlineData("https://Files.Example.com:443/", "https://files.example.com/a%20b?")]
    [InlineData("https://f", "https://f/a%20b?")]
    [InlineData("https://a-very-long-name-of-a-cdn-that-is-longer-than-the-store.downloads.example.com", "https://a-very-long-name-of-a-cdn-that-is-longer-than-the-store.downloads.example.com/a%20b?")]
    public void Presign_Get_ShowsTheCdnAndIsSignedForTheOrigin(string cdnUrl, string expected)
    {
        PresignedUrl viaCdn = TestPresigner.Create(options => options.PublicUrl = cdnUrl).Presign(new GetObject("a b"));
        PresignedUrl direct = TestPresigner.Create().Presign(new GetObject("a b"));

        viaCdn.Url.Should().StartWith(expected);
        viaCdn.Url[viaCdn.Url.IndexOf('?')..].Should().Be(direct.Url[direct.Url.IndexOf('?')..]);
    }

    [Fact]
    public void Presign_OtherThanObjectDownloads_UsesTheHostOfTheStore()
    {
        S3Presigner presigner = TestPresigner.Create(options => options.PublicUrl = Cdn);

        foreach (S3Operation operation in (S3Operation[])[new PutObject("k"), new HeadObject("k"), new DeleteObject("k"), new ListObjectsV2(),
            new ListParts("k", "id"), new GetObjectTagging("k"), new GetObject("k") { Range = new ByteRange(0, 9) }])
        {
            presigner.Presign(operation).Url.Should().StartWith("https://my-space.nyc3.digitaloceanspaces.com/");
        }
    }

    // A proxy in front of a self-hosted store. All URLs use the proxy, and the path that the proxy removes is not signed.
    [Theory]
    [InlineData("https://files.example.com", "http://minio:9000", UrlStyle.Auto, "https://files.example.com/my-space/")]
    [InlineData("https://Example.com/S3/", "http://minio:9000", UrlStyle.Auto, "https://example.com/S3/my-space/")]
    [InlineData("http://localhost:9000", "http://minio:9000/store", UrlStyle.Path, "http://localhost:9000/store/my-space/")]
    [InlineData("https://files.example.com/s3", "https://s3.example.com", UrlStyle.VirtualHosted, "https://files.example.com/s3/")]
    [InlineData("https://files.example.com/s3", "https://media.example.com", UrlStyle.BucketBoundHostname, "https://files.example.com/s3/")]
    [InlineData("https://files.example.com", "https://s3.eu-west-1.amazonaws.com", UrlStyle.Auto, "https://files.example.com/")]
    [InlineData("https://d111111abcdef8.cloudfront.net", "https://s3.eu-west-1.amazonaws.com", UrlStyle.Auto, "https://d111111abcdef8.cloudfront.net/")]
    [InlineData("https://files.example.com/s3", "https://nyc3.digitaloceanspaces.com", UrlStyle.Path, "https://files.example.com/s3/my-space/")]
    public void Presign_Proxy_IsUsedInEveryUrlWithASignatureForTheStore(string publicUrl, string endpoint, UrlStyle style, string start)
    {
        string region = endpoint.Contains("amazonaws") ? "eu-west-1" : endpoint.Contains("nyc3") ? "nyc3" : "us-east-1";
        S3Presigner presigner = Create(publicUrl), direct = Create(null);

        foreach (S3Operation operation in (S3Operation[])[new GetObject("a b"), new PutObject("k") { ContentType = "text/plain" }, new HeadObject("k"), new DeleteObject("k"), new ListObjectsV2(),
            new CreateMultipartUpload("k"), new ListParts("k", "id"), new GetObject("k") { Range = new ByteRange(0, 9) }])
        {
            string shown = presigner.Presign(operation).Url, signed = direct.Presign(operation).Url;
            shown.Should().StartWith(operation is ListObjectsV2 && style != UrlStyle.VirtualHosted ? start.TrimEnd('/') : start);
            shown.Should().EndWith(new Uri(signed).PathAndQuery);
            presigner.Explain(operation).CanonicalRequest.Should().Be(direct.Explain(operation).CanonicalRequest);
            presigner.Resign(shown, presigner.Presign(operation).Method, new ResignChanges { Headers = presigner.Presign(operation).RequiredHeaders }).Url.Should().Be(shown);
        }

        PresignedPost form = presigner.PresignPost(new PostPolicy(PostKey.Exact("k")));
        form.Fields.Should().Equal(direct.PresignPost(new PostPolicy(PostKey.Exact("k"))).Fields);
        form.Url.Should().Be(style == UrlStyle.VirtualHosted || !start.Contains("my-space") ? start : start.TrimEnd('/'));

        S3Presigner Create(string? url) => TestPresigner.Create(options =>
        {
            (options.Endpoint, options.Region, options.UrlStyle, options.PublicUrl) = (endpoint, region, style, url);
        });
    }

    [Fact]
    public void Presign_ProxyInPathStyle_IsForAllBuckets()
    {
        S3Presigner presigner = TestPresigner.Create(options => (options.Endpoint, options.Region, options.Bucket, options.PublicUrl) = ("http://minio:9000", "us-east-1", null, "https://example.com/s3"));

        presigner.Presign(new GetObject("k") { Bucket = "one" }).Url.Should().StartWith("https://example.com/s3/one/k?");
        presigner.Presign(new S3ServiceRequest(HttpMethod.Get)).Url.Should().StartWith("https://example.com/s3/?");
    }

    // The request that lists all buckets goes to a different host than requests for one bucket.
    [Fact]
    public void Presign_ServiceRequestInVirtualHostedStyle_UsesTheHostOfTheStore() => TestPresigner.Create(options => (options.UrlStyle, options.PublicUrl) = (UrlStyle.VirtualHosted, Cdn))
        .Presign(new S3ServiceRequest(HttpMethod.Get)).Url.Should().StartWith("https://nyc3.digitaloceanspaces.com/?");

    [Fact]
    public void Resign_PathOfTheProxyInADifferentCase_IsRejected()
    {
        S3Presigner presigner = TestPresigner.Create(options => (options.Endpoint, options.Region, options.PublicUrl) = ("http://minio:9000", "us-east-1", "https://example.com/s3"));
        string url = presigner.Presign(new GetObject("k")).Url;

        presigner.Resign(url.Replace("https://example.com", "HTTPS://EXAMPLE.COM"), HttpMethod.Get).Url.Should().Be(url);
        FluentActions.Invoking(() => presigner.Resign(url.Replace("/s3/", "/S3/"), HttpMethod.Get)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Presign_GetFromADifferentBucket_IsRejected() => FluentActions
        .Invoking(() => TestPresigner.Create(options => options.PublicUrl = Cdn).Presign(new GetObject("k") { Bucket = "other-space" }))
        .Should().Throw<ArgumentException>().WithMessage("*'other-space' is at 'other-space.nyc3.digitaloceanspaces.com', but PublicUrl*forwards to 'my-space.nyc3.digitaloceanspaces.com'*without PublicUrl*");

    [Theory]
    [InlineData("https://other.nyc3.cdn.digitaloceanspaces.com", "*CDN of the bucket 'other'*'my-space'*")]
    [InlineData("https://my-space.ams3.cdn.digitaloceanspaces.com", "*CDN of the region 'ams3'*'nyc3'*")]
    [InlineData("https://nyc3.cdn.digitaloceanspaces.com", "*CDN of the bucket ''*'my-space'*")]
    [InlineData("https://ams3.digitaloceanspaces.com", "*storage host of DigitalOcean Spaces, not a CDN or a proxy*")]
    [InlineData("https://cdn.example.com/files", "*has a path*'https://cdn.example.com'*")]
    [InlineData("cdn.example.com", "*PublicUrl: The URL 'cdn.example.com' does not have a scheme. Use 'https://cdn.example.com', or 'http://cdn.example.com' for a CDN or proxy without TLS.")]
    [InlineData("https://cdn.example.com/a?b=c", "*PublicUrl: The URL 'https://cdn.example.com/a' contains a query or a fragment. Specify only the scheme, host, port and path.")]
    [InlineData("https://AK:5ecret@cdn.example.com", "*PublicUrl: The URL for the host 'cdn.example.com' contains a user name or a password. Specify only the scheme, host, port and path.")]
    [InlineData("https://", "*PublicUrl: The URL 'https://' is not a valid URL or does not contain a host. Use a URL such as 'https://cdn.example.com'.")]
    [InlineData("https://cdn.example.com/a/../b", "*PublicUrl: The path of the URL*Use the plain path of the CDN or proxy.")]
    [InlineData("https://-ä.example", "*PublicUrl: The host of the URL 'https://-ä.example' is not a valid DNS name*")]
    public void New_PublicUrlThatDoesNotMatch_IsRejected(string cdnUrl, string message) => ErrorMessage(options => options.PublicUrl = cdnUrl).Should().Match(message);

    [Fact]
    public void New_PublicUrlWithoutBucket_IsRejected() => ErrorMessage(options => (options.PublicUrl, options.Bucket) = ("https://cdn.example.com", null))
        .Should().Match("*host of one bucket*Set Bucket*");

    [Fact]
    public void New_PublicUrlWithDottedBucket_IsRejected() => ErrorMessage(options => (options.PublicUrl, options.Bucket) = ("https://cdn.example.com", "my.space"))
        .Should().Match("*The bucket 'my.space' is in the path of URLs for https://nyc3.digitaloceanspaces.com, but the CDN adds the bucket itself. Use virtual-hosted style and a bucket name of at most 63 lowercase letters, digits and hyphens.");

    [Fact]
    public void New_CdnInPathStyle_IsRejected() => ErrorMessage(options => (options.PublicUrl, options.UrlStyle) = (Cdn, UrlStyle.Path))
        .Should().EndWith("but the CDN adds the bucket itself. Use virtual-hosted style.");

    [Theory]
    [InlineData("https://pub-0123456789abcdef0123456789abcdef.r2.dev", "Cloudflare R2")]
    [InlineData("https://my-space.s3-website-eu-west-1.amazonaws.com", "AWS S3")]
    [InlineData("https://f004.backblazeb2.com", "Backblaze B2")]
    public void New_HostThatDoesNotCheckSignatures_IsRejected(string publicUrl, string provider) => ErrorMessage(options =>
        {
            options.UseCloudflareR2("0123456789abcdef0123456789abcdef");
            options.PublicUrl = publicUrl;
        }).Should().Match($"*PublicUrl: The host '*' belongs to {provider} and does not check signatures. Set the host of a CDN or proxy*");

    private static string ErrorMessage(Action<PresignerOptions> configure) =>
        FluentActions.Invoking(() => TestPresigner.Create(configure)).Should().Throw<OptionsValidationException>().Which.Message;
}

using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

/// <summary>Hosts of the providers that are not S3 endpoints: consoles, websites, CDNs, public hosts and other APIs.</summary>
public class NonEndpointTests
{
    public static TheoryData<string, string, string> Hosts => new()
    {
        { "d111111abcdef8.cloudfront.net", "is a CloudFront distribution", "https://s3.eu-west-1.amazonaws.com" },
        { "s3.console.aws.amazon.com", "is a web console", "https://s3.eu-west-1.amazonaws.com" },
        { "eu-west-1.console.aws.amazon.com", "is a web console", "https://s3.eu-west-1.amazonaws.com" },
        { "console.amazonaws-us-gov.com", "is a web console", "https://s3.eu-west-1.amazonaws.com" },
        { "console.amazonaws.cn", "is a web console", "https://s3.eu-west-1.amazonaws.com" },
        { "123456789012.s3-control.eu-west-1.amazonaws.com", "different API", "https://s3.eu-west-1.amazonaws.com" },
        { "123456789012.s3-control.dualstack.eu-west-1.amazonaws.com", "different API", "https://s3.eu-west-1.amazonaws.com" },
        { "my-bucket.s3-website.eu-west-1.amazonaws.com", "website endpoint", "https://s3.eu-west-1.amazonaws.com" },
        { "s3-website-us-east-1.amazonaws.com", "website endpoint", "https://s3.eu-west-1.amazonaws.com" },
        { "my-bucket.s3-website.cn-north-1.amazonaws.com.cn", "website endpoint", "https://s3.eu-west-1.amazonaws.com" },
        { "cloud.digitalocean.com", "is a web console", "https://nyc3.digitaloceanspaces.com" },
        { "api.digitalocean.com", "different API", "https://nyc3.digitaloceanspaces.com" },
        { "pub-0123456789abcdef0123456789abcdef.r2.dev", "serves public objects", "https://<account>.r2.cloudflarestorage.com" },
        { "dash.cloudflare.com", "is a web console", "https://<account>.r2.cloudflarestorage.com" },
        { "api.cloudflare.com", "different API", "https://<account>.r2.cloudflarestorage.com" },
        { "f004.backblazeb2.com", "is a download host of the native B2 API", "https://s3.us-west-004.backblazeb2.com" },
        { "api004.backblazeb2.com", "different API", "https://s3.us-west-004.backblazeb2.com" },
        { "secure.backblaze.com", "is a web console", "https://s3.us-west-004.backblazeb2.com" },
        { "console.wasabisys.com", "is a web console", "https://s3.eu-central-1.wasabisys.com" },
        { "console.wasabi.com", "is a web console", "https://s3.eu-central-1.wasabisys.com" },
        { "iam.wasabisys.com", "different API", "https://s3.eu-central-1.wasabisys.com" },
        { "console.hetzner.com", "is a web console", "https://fsn1.your-objectstorage.com" },
        { "console.hetzner.cloud", "is a web console", "https://fsn1.your-objectstorage.com" },
        { "my-bucket.s3-website.fr-par.scw.cloud", "website endpoint", "https://s3.fr-par.scw.cloud" },
        { "console.scaleway.com", "is a web console", "https://s3.fr-par.scw.cloud" },
        { "api.scaleway.com", "different API", "https://s3.fr-par.scw.cloud" },
        { "www.ovh.com", "is a web console", "https://s3.gra.io.cloud.ovh.net" },
        { "manager.eu.ovhcloud.com", "is a web console", "https://s3.gra.io.cloud.ovh.net" },
        { "storage.gra.cloud.ovh.net", "different API", "https://s3.gra.io.cloud.ovh.net" },
        { "my-bucket.auth-0123.storage.gra.cloud.ovh.net", "different API", "https://s3.gra.io.cloud.ovh.net" },
        { "my-bucket.website-us-east-1.linodeobjects.com", "website endpoint", "https://nl-ams-1.linodeobjects.com" },
        { "cloud.linode.com", "is a web console", "https://nl-ams-1.linodeobjects.com" },
        { "api.linode.com", "different API", "https://nl-ams-1.linodeobjects.com" },
        { "my.vultr.com", "is a web console", "https://ewr1.vultrobjects.com" },
        { "api.vultr.com", "different API", "https://ewr1.vultrobjects.com" },
        { "my-bucket.s3-web.us-east.cloud-object-storage.appdomain.cloud", "website endpoint", "https://s3.eu-de.cloud-object-storage.appdomain.cloud" },
        { "config.cloud-object-storage.cloud.ibm.com", "different API", "https://s3.eu-de.cloud-object-storage.appdomain.cloud" },
        { "cloud.ibm.com", "is a web console", "https://s3.eu-de.cloud-object-storage.appdomain.cloud" },
        { "oss.console.aliyun.com", "is a web console", "https://s3.oss-cn-hangzhou.aliyuncs.com" },
        { "storage.cloud.google.com", "is for browsers that are signed in to Google", "https://storage.googleapis.com" },
        { "console.cloud.google.com", "is a web console", "https://storage.googleapis.com" },
        { "firebasestorage.googleapis.com", "different API", "https://storage.googleapis.com" },
        { "www.googleapis.com", "different API", "https://storage.googleapis.com" },
        { "my-bucket.tigrisbucket.io", "serves public objects", "https://t3.storage.dev" },
        { "my-bucket.tigrisblob.io", "serves public objects", "https://t3.storage.dev" },
        { "my-bucket.t3.tigrisfiles.io", "serves public objects", "https://t3.storage.dev" },
        { "console.tigris.dev", "is a web console", "https://t3.storage.dev" },
        { "console.storage.dev", "is a web console", "https://t3.storage.dev" },
        { "link.storjshare.io", "serves public objects", "https://gateway.storjshare.io" },
        { "link.us1.storjshare.io", "serves public objects", "https://gateway.storjshare.io" },
        { "us1.storj.io", "is a web console", "https://gateway.storjshare.io" },
        { "supabase.com", "is a web console", "https://<account>.storage.supabase.co/storage/v1/s3" },
    };

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Create_HostThatIsNotAnEndpoint_NamesTheEndpoint(string host, string reason, string endpoint)
    {
        string message = $"The host '{host}' *{reason}*. Use an endpoint such as '{endpoint}'.";

        FluentActions.Invoking(() => S3Endpoint.Create($"https://{host}", "us-east-1")).Should().Throw<ArgumentException>().WithMessage(message + "*").WithParameterName("url");
        FluentActions.Invoking(() => S3Endpoint.Create($"https://{host}/file/my-bucket", "us-east-1", UrlStyle.BucketBoundHostname))
            .Should().Throw<ArgumentException>().WithMessage(message + "*");
        FluentActions.Invoking(() => S3Endpoint.Parse($"https://{host}")).Should().Throw<ArgumentException>().WithMessage(message + "*");
        FluentActions.Invoking(() => TestPresigner.Configured($"https://{host}", "us-east-1")).Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.Endpoint: " + message);
    }

    [Theory]
    [InlineData("r2.dev.example.com")]
    [InlineData("xr2.dev")]
    [InlineData("mycloudfront.net")]
    [InlineData("links.storjshare.io")]
    [InlineData("my-bucket.vpce-0e25b8cdd720f900e-argc85vg.s3.us-east-1.vpce.amazonaws.com")]
    [InlineData("minio-0123456789.eu-west-1.elb.amazonaws.com")]
    [InlineData("gateway.eu1.storjshare.io")]
    [InlineData("s3.gra.cloud.ovh.net")]
    public void Create_HostThatLooksSimilar_IsAccepted(string host) => S3Endpoint.Create($"https://{host}", "us-east-1").Host.Should().Be(host);

    // The bucket's label looks like the host of a different service. Without that label, the host is an ordinary endpoint.
    [Theory]
    [InlineData("s3-website-assets")]
    [InlineData("s3-website")]
    [InlineData("s3express-data")]
    [InlineData("s3-object-lambda-logs")]
    [InlineData("s3-outposts")]
    [InlineData("s3-control-plane")]
    [InlineData("my.s3-website.bucket")]
    public void Presign_BucketNamedLikeASpecialHost_ReadsItsOwnUrl(string bucket)
    {
        foreach (S3Endpoint endpoint in new[]
            {
                S3Endpoint.Aws("eu-west-1"), S3Endpoint.Aws("cn-north-1"), S3Endpoint.Aws("us-east-1", new AwsEndpointOptions { Fips = true, DualStack = true }),
                S3Endpoint.Parse("https://s3.amazonaws.com"), S3Endpoint.DigitalOceanSpaces("nyc3"), S3Endpoint.Linode("nl-ams-1"),
            })
        {
            string url = TestPresigner.At(endpoint).Presign(new GetObject("key") { Bucket = bucket }).Url;

            PresignedUrlInfo.TryParse(url, out PresignedUrlInfo? info).Should().BeTrue(url);
            (info!.Bucket, info.Key).Should().Be((bucket, "key"), url);
            S3Endpoint.TryCreate(url[..url.IndexOf("/key", StringComparison.Ordinal)], region: null, UrlStyle.Auto, out string? found, out string? problem)
                .Should().NotBeNull(problem);
            found.Should().Be(bucket);
        }
    }

    [Fact]
    public void TryParse_BucketNamedLikeAWebsite_IsReadAtLinode()
    {
        S3Endpoint.TryCreate("https://website-assets.nl-ams-1.linodeobjects.com", region: null, UrlStyle.Auto, out string? bucket, out _).Should().NotBeNull();

        bucket.Should().Be("website-assets");
    }
}

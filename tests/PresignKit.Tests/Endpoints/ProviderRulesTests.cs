using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

/// <summary>Requirements of individual providers, and the input that is rejected.</summary>
public class ProviderRulesTests
{
    [Theory]
    [InlineData("https://s3.us-east-1.wasabisys.com", "us-east-1")]
    [InlineData("https://s3.private.eu-de.cloud-object-storage.appdomain.cloud", "eu-de")]
    [InlineData("https://s3.direct.eu-de.cloud-object-storage.appdomain.cloud", "eu-de")]
    [InlineData("https://s3.oss-cn-hangzhou-internal.aliyuncs.com", "cn-hangzhou")]
    [InlineData("https://fly.storage.tigris.dev", "auto")]
    [InlineData("https://oss-cn-hangzhou.aliyuncs.com", "cn-hangzhou")]
    [InlineData("https://oss-cn-hangzhou-internal.aliyuncs.com", "cn-hangzhou")]
    [InlineData("https://s3.gra.perf.cloud.ovh.net", "gra")]
    [InlineData("https://s3.amazonaws.com", "us-east-1")]
    public void Parse_AlternativeHostOfTheProvider_KeepsItAndReadsTheRegion(string url, string region)
    {
        S3Endpoint endpoint = S3Endpoint.Parse(url);

        (endpoint.ToString(), endpoint.Region).Should().Be((url, region));
    }

    [Theory]
    [InlineData("https://s3.oss-accelerate.aliyuncs.com")]
    [InlineData("https://s3.oss-accelerate-overseas.aliyuncs.com")]
    [InlineData("https://oss-accelerate.aliyuncs.com")]
    [InlineData("https://oss-accelerate-overseas.aliyuncs.com")]
    public void Create_HostWithoutARegion_BelongsToTheProvider(string url) => S3Endpoint.Create(url, "cn-hangzhou").Provider.Should().BeSameAs(S3Provider.AlibabaOss);

    [Theory]
    [InlineData(".digitaloceanspaces.com")]
    [InlineData("s3..wasabisys.com")]
    public void Recognize_HostWithAnEmptyRegion_IsNull(string host) => S3Provider.Recognize(host).Should().BeNull();

    // Only the last labels of a host identify the provider.
    [Theory]
    [InlineData("https://s3.wasabisys.com.evil.example")]
    [InlineData("https://nyc3.digitaloceanspaces.com.evil.example")]
    [InlineData("https://xs3.wasabisys.com")]
    [InlineData("https://xstorage.googleapis.com")]
    [InlineData("https://nyc3.notdigitaloceanspaces.com")]
    [InlineData("https://my-bucket.s3-website.eu-west-1.notamazonaws.com")]
    public void Create_HostThatOnlyLooksLikeAProviders_IsAnUnknownStore(string url)
    {
        S3Endpoint endpoint = S3Endpoint.Create(url, "local");

        (endpoint.ToString(), endpoint.Region).Should().Be((url, "local"));
        FluentActions.Invoking(() => S3Endpoint.Parse(url)).Should().Throw<ArgumentException>().WithMessage("*does not determine it*");
    }

    [Theory]
    [InlineData("https://my-bucket.s3.eu-west-1.amazonaws.com", "https://s3.eu-west-1.amazonaws.com", "my-bucket")]
    [InlineData("https://s3.eu-west-1.amazonaws.com/my-bucket", "https://s3.eu-west-1.amazonaws.com", "my-bucket")]
    [InlineData("https://s3.eu-west-1.amazonaws.com", "https://s3.eu-west-1.amazonaws.com", null)]
    [InlineData("https://my-point-123456789012.s3-accesspoint-fips.us-gov-west-1.amazonaws.com", "https://s3-fips.us-gov-west-1.amazonaws.com",
        "arn:aws-us-gov:s3:us-gov-west-1:123456789012:accesspoint/my-point")]
    public void TryCreate_UrlWithBucket_SeparatesThem(string url, string endpoint, string? bucket)
    {
        S3Endpoint.TryCreate(url, region: null, UrlStyle.Auto, out string? found, out _)!.ToString().Should().Be(endpoint);
        found.Should().Be(bucket);
    }

    [Theory]
    [InlineData("https://nyc3.digitaloceanspaces.com/a/b", "The path '/a/b' of the endpoint is not the path of the DigitalOcean Spaces API. Use 'https://nyc3.digitaloceanspaces.com' as the endpoint*")]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com/a", "*path '/a'*Use 'https://nyc3.digitaloceanspaces.com' as the endpoint*")]
    [InlineData("http://s3.us-west-004.backblazeb2.com", "Backblaze B2 is available over HTTPS only. Use the endpoint 'https://s3.us-west-004.backblazeb2.com'*")]
    [InlineData("https://abcdefghijklmnopqrst.supabase.co/storage/v1/s3", "*The region is missing*'abcdefghijklmnopqrst.supabase.co' of Supabase Storage*Set Region, for example to 'eu-central-1'*")]
    [InlineData("https://s3-accelerate.amazonaws.com", "*The region is missing*'s3-accelerate.amazonaws.com' of AWS S3*Set Region*")]
    [InlineData("https://s3.oss-accelerate.aliyuncs.com", "*The region is missing*Set Region, for example to 'cn-hangzhou'*")]
    [InlineData("https://s3.cn-north-1.amazonaws.com", "*not the host of AWS S3 in the region 'cn-north-1'. Use the endpoint 'https://s3.cn-north-1.amazonaws.com.cn'*")]
    [InlineData("https://s3.eu-west-1.amazonaws.com.cn", "*not the host of AWS S3 in the region 'eu-west-1'. Use the endpoint 'https://s3.eu-west-1.amazonaws.com'*")]
    [InlineData("https://s3.us-east-va.io.cloud.ovh.net", "*Use the endpoint 'https://s3.us-east-va.io.cloud.ovh.us'*")]
    [InlineData("https://my-bucket.s3-website.eu-west-1.amazonaws.com", "*website endpoint, which does not check signatures. Use an endpoint such as 'https://s3.eu-west-1.amazonaws.com'.*")]
    [InlineData("https://my-bucket.s3-website-us-east-1.amazonaws.com", "*website endpoint*")]
    [InlineData("https://s3-website.eu-west-1.amazonaws.com", "*website endpoint*")]
    [InlineData("https://op.123456789012.s3-outposts.eu-west-1.amazonaws.com", "*belongs to S3 on Outposts*PresignKit does not support them*")]
    [InlineData("https://my-bucket.s3express-usw2-az1.us-west-2.amazonaws.com", "*belongs to a directory bucket (S3 Express One Zone)*PresignKit does not support them*")]
    [InlineData("https://my-bucket.s3express-usw2-az1.dualstack.us-west-2.amazonaws.com", "*belongs to a directory bucket (S3 Express One Zone)*PresignKit does not support them*")]
    [InlineData("https://my.mrap.accesspoint.s3-global.amazonaws.com", "*Multi-Region Access Point*SigV4A*use a bucket or an access point*")]
    [InlineData("https://x-123456789012.s3-object-lambda.eu-west-1.amazonaws.com", "*Object Lambda*PresignKit does not support them*")]
    [InlineData("https://s3-accesspoint.eu-west-1.amazonaws.com", "*is for access points, but does not contain the name of one*ARN of the access point as the bucket*")]
    [InlineData("https://acc.xx.r2.cloudflarestorage.com", "*The region is missing*")]
    public void Parse_UnsupportedUrl_NamesTheRemedy(string url, string message) => FluentActions
        .Invoking(() => S3Endpoint.Parse(url)).Should().Throw<ArgumentException>().WithMessage(message).WithParameterName(nameof(url));

    [Fact]
    public void Create_SupabaseWithoutItsPath_NamesThePathOfTheApi() => FluentActions
        .Invoking(() => S3Endpoint.Create("https://abcdefghijklmnopqrst.supabase.co", "eu-central-1"))
        .Should().Throw<ArgumentException>().WithMessage("*Use 'https://abcdefghijklmnopqrst.supabase.co/storage/v1/s3' as the endpoint*");

    [Theory]
    [InlineData("https://s3-accelerate.c2s.ic.gov", "eu-west-1", "*not the host of AWS S3 in the region 'eu-west-1'. Use the endpoint 'https://s3-accelerate.amazonaws.com'*")]
    [InlineData("https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com", "weur", "*'weur' conflicts with the host*Set Region to 'auto'*")]
    [InlineData("https://t3.storage.dev", "us-east-1", "*'us-east-1' conflicts with the host*Set Region to 'auto'*")]
    public void Create_RegionThatTheHostDoesNotHave_NamesTheRemedy(string url, string region, string message) => FluentActions
        .Invoking(() => S3Endpoint.Create(url, region)).Should().Throw<ArgumentException>().WithMessage(message);

    [Theory]
    [InlineData("https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com", "us-east-1")]
    [InlineData("https://storage.googleapis.com", "EUROPE-WEST1")]
    [InlineData("https://gateway.storjshare.io", "auto")]
    [InlineData("https://s3-accelerate.amazonaws.com", "eu-west-1")]
    public void Create_RegionThatTheStoreAccepts_IsUsed(string url, string region) => S3Endpoint.Create(url, region).Region.Should().Be(region);

    [Fact]
    public void New_RegionAfterUse_MovesEveryStoreThatHasRegions()
    {
        Moved(o => o.UseWasabi("us-east-1"), "eu-central-1").Should().Be("https://my-space.s3.eu-central-1.wasabisys.com/key");
        Moved(o => o.UseOvhCloud("gra"), "us-east-va").Should().Be("https://my-space.s3.us-east-va.io.cloud.ovh.us/key");
        Moved(o => o.UseGoogleCloudStorage(), "us").Should().Be("https://storage.googleapis.com/my-space/key");
        Moved(o => o.UseSupabase("abcdefghijklmnopqrst", "eu-central-1"), "us-east-1")
            .Should().Be("https://abcdefghijklmnopqrst.storage.supabase.co/storage/v1/s3/my-space/key");
        Moved(o => o.UseEndpoint(S3Endpoint.Create("https://abcdefghijklmnopqrst.supabase.co/storage/v1/s3", "eu-central-1")), "us-east-1")
            .Should().StartWith("https://abcdefghijklmnopqrst.");
        Moved(o => o.UseCloudflareR2("account", "eu"), "us-east-1").Should().Be("https://account.eu.r2.cloudflarestorage.com/my-space/key");
    }

    [Fact]
    public void New_RegionThatTheStoreDoesNotHave_IsAValidationError() => FluentActions
        .Invoking(() => Moved(o => o.UseCloudflareR2("account"), "weur")).Should().Throw<OptionsValidationException>()
        .WithMessage("PresignerOptions.Region: The region 'weur' is not a region of Cloudflare R2. Use 'auto', or do not set the region.");

    [Fact]
    public void DigitalOceanSpaces_UsEast1_IsNotADatacenter() => FluentActions.Invoking(() => S3Endpoint.DigitalOceanSpaces("us-east-1"))
        .Should().Throw<ArgumentException>().WithMessage("DigitalOcean Spaces uses the region 'us-east-1' only in signatures, not in host names. Use*such as 'nyc3'*");

    [Theory]
    [InlineData("")]
    [InlineData("My-Account")]
    [InlineData("https://abc.r2.cloudflarestorage.com")]
    [InlineData("-abc")]
    public void CloudflareR2_InvalidAccountId_NamesItAndTheRemedy(string accountId) => FluentActions.Invoking(() => S3Endpoint.CloudflareR2(accountId))
        .Should().Throw<ArgumentException>().WithMessage($"'{accountId}' is not a valid Cloudflare R2 account ID. Use lowercase letters, digits and '-' only, such as '0123456789abcdef*").WithParameterName(nameof(accountId));

    [Theory]
    [InlineData("a")]
    [InlineData("z-09")]
    public void CloudflareR2_AccountId_BeginsTheHost(string accountId) => S3Endpoint.CloudflareR2(accountId).Host.Should().Be(accountId + ".r2.cloudflarestorage.com");

    [Fact]
    public void CloudflareR2_AccountIdOf63Characters_IsTheLongest()
    {
        S3Endpoint.CloudflareR2(new string('a', 63)).Host.Should().StartWith(new string('a', 63) + ".");
        FluentActions.Invoking(() => S3Endpoint.CloudflareR2(new string('a', 64))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Supabase_InvalidProjectReference_ShowsAnExample() => FluentActions.Invoking(() => S3Endpoint.Supabase("My Project", "eu-central-1"))
        .Should().Throw<ArgumentException>().WithMessage("'My Project' is not a valid Supabase project reference. Use*such as 'abcdefghijklmnopqrst'*").WithParameterName("projectRef");

    [Fact]
    public void CloudflareR2_UnknownJurisdiction_NamesTheSupportedOnes() => FluentActions.Invoking(() => S3Endpoint.CloudflareR2("abc", "EU"))
        .Should().Throw<ArgumentException>().WithMessage("The jurisdiction 'EU' is not supported by Cloudflare R2. Use 'eu', 'fedramp' or 'us'*").WithParameterName("jurisdiction");

    [Theory]
    [InlineData("https://s3.oss-cn-hangzhou.aliyuncs.com", UrlStyle.Path, "*host 's3.oss-cn-hangzhou.aliyuncs.com' of Alibaba Cloud OSS supports virtual-hosted style only. Use UrlStyle.VirtualHosted or UrlStyle.Auto.*")]
    [InlineData("https://abcdefghijklmnopqrst.supabase.co/storage/v1/s3", UrlStyle.VirtualHosted, "*host 'abcdefghijklmnopqrst.supabase.co' of Supabase Storage supports path style only. Use UrlStyle.Path or UrlStyle.Auto.*")]
    [InlineData("https://s3-accelerate.amazonaws.com", UrlStyle.Path, "*host 's3-accelerate.amazonaws.com' of AWS S3 supports virtual-hosted style only. Use UrlStyle.VirtualHosted or UrlStyle.Auto.*")]
    public void Create_StyleThatTheStoreDoesNotSupport_NamesTheSupportedOne(string url, UrlStyle style, string message)
    {
        string region = url.Contains("oss-cn") ? "cn-hangzhou" : "eu-west-1";

        FluentActions.Invoking(() => S3Endpoint.Create(url, region, style)).Should().Throw<ArgumentException>().WithMessage(message);
        FluentActions.Invoking(() => TestPresigner.Create(o =>
            {
                o.UseEndpoint(S3Endpoint.Create(url, region));
                o.UrlStyle = style;
            }))
            .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.UrlStyle: " + message);
    }

    [Fact]
    public void Presign_DottedBucketAtAlibaba_IsRejected() => FluentActions
        .Invoking(() => TestPresigner.At(S3Endpoint.AlibabaOss("cn-hangzhou")).Presign(new GetObject("key") { Bucket = "my.bucket" }))
        .Should().Throw<ArgumentException>().WithMessage("*'my.bucket' contains a dot, so the host name would not match the TLS certificate of https://s3.oss-cn-hangzhou.aliyuncs.com*Use a bucket name of at most 63*because the store does not support path style.*");

    [Fact]
    public void New_DefaultExpiryAtTigris_MayBeNinetyDays()
    {
        TestPresigner.Create(o => { o.UseTigris(); o.DefaultExpiresIn = TimeSpan.FromDays(90); }).Presign(new GetObject("key"))
            .Parameter("X-Amz-Expires").Should().Be("7776000");
        FluentActions.Invoking(() => TestPresigner.Create(o => o.DefaultExpiresIn = TimeSpan.FromDays(90)))
            .Should().Throw<OptionsValidationException>().WithMessage("*DefaultExpiresIn: DefaultExpiresIn is 90.00:00:00, but must be from 1 second to 7 days*");
    }

    [Theory]
    [InlineData("https://s3.eu-west-1.amazonaws.com/my-bucket", "other", "*Bucket: Bucket is 'other', but the path of the endpoint contains the bucket 'my-bucket'. Use the same bucket in both*")]
    public void New_DifferentBucketInThePath_NamesBoth(string url, string bucket, string message) => FluentActions
        .Invoking(() => TestPresigner.Create(o => { o.Endpoint = url; o.Bucket = bucket; })).Should().Throw<OptionsValidationException>().WithMessage(message);

    private static string Moved(Action<PresignerOptions> use, string region) => TestPresigner.Create(o =>
    {
        use(o);
        o.Region = region;
    }).Presign(new GetObject("key")).Address();
}

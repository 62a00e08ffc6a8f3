using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

public class RegionTests
{
    [Theory]
    [InlineData("", "The region is empty. Set the region of the store, such as 'nyc3'*")]
    [InlineData("New York", "The region 'New York' contains a character other than letters, digits*not a display name*")]
    [InlineData(" nyc3", "The region ' nyc3' contains*")]
    [InlineData("nyc3/", "The region 'nyc3/' contains*")]
    [InlineData("nyc3.digitaloceanspaces.com", "The region 'nyc3.digitaloceanspaces.com' contains*or a host.*")]
    [InlineData("nyc\n3", "The region 'nyc<U+000A>3' contains*")]
    public void Create_InvalidRegion_NamesItAndTheRemedy(string region, string message)
    {
        Action[] ways =
        [
            () => S3Endpoint.DigitalOceanSpaces(region),
            () => S3Endpoint.Aws(region),
            () => S3Endpoint.Create("https://a.example", region),
            () => new PresignerOptions().UseDigitalOceanSpaces(region),
            () => new PresignerOptions().UseAws(region),
        ];

        ways.Should().AllSatisfy(way => way.Should().Throw<ArgumentException>().WithMessage(message).WithParameterName(nameof(region)));
        if (region.Length == 0) // In options, empty means "not set".
        {
            return;
        }

        FluentActions.Invoking(() => TestPresigner.Create(options => options.Region = region))
            .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.Region: " + message);
        FluentActions.Invoking(() => TestPresigner.Configured("https://a.example", region))
            .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.Region: " + message);
    }

    // An uppercase host name would be signed as written, but sent in lowercase.
    [Theory]
    [InlineData("NYC3", "nyc3")]
    [InlineData("Ams3", "ams3")]
    [InlineData("ny_c3", "nyc3")]
    [InlineData("-ams3", "nyc3")]
    public void DigitalOceanSpaces_RegionThatIsNotAHostLabel_IsRejectedWithAnExample(string region, string example) => FluentActions
        .Invoking(() => S3Endpoint.DigitalOceanSpaces(region))
        .Should().Throw<ArgumentException>().WithMessage($"The region '{region}' cannot be part of a host name of DigitalOcean Spaces. Use a region such as '{example}'.*");

    [Theory]
    [InlineData("my_region")]
    [InlineData("-nyc3")]
    [InlineData("nyc3-")]
    public void Aws_RegionThatIsNotAHostLabel_IsRejected(string region) => FluentActions.Invoking(() => S3Endpoint.Aws(region))
        .Should().Throw<ArgumentException>().WithMessage($"The region '{region}'*").WithParameterName(nameof(region));

    [Fact]
    public void DigitalOceanSpaces_LongRegion_IsRejected() => FluentActions
        .Invoking(() => S3Endpoint.DigitalOceanSpaces(new string('r', 64)))
        .Should().Throw<ArgumentException>().WithMessage("The region 'rrr*").WithParameterName("region");

    [Fact]
    public void DigitalOceanSpaces_LabelOfTheCdn_IsRejected() => FluentActions.Invoking(() => S3Endpoint.DigitalOceanSpaces("cdn"))
        .Should().Throw<ArgumentException>().WithMessage("*CDN*");

    [Theory]
    [InlineData("my_region")]
    [InlineData("Default")]
    [InlineData("AZ-az_09")]
    public void Create_RegionOfAnUnknownStore_IsUsedUnchanged(string region) => S3Endpoint.Create("https://a.example", region).Region.Should().Be(region);

    [Fact]
    public void Create_RegionOf128Characters_IsTheLongest() => S3Endpoint.Create("https://a.example", new string('r', 128)).Region.Should().HaveLength(128);

    [Fact]
    public void Vultr_RegionOf63Characters_IsTheLongestInAHost() => S3Endpoint.Vultr(new string('r', 63)).Region.Should().HaveLength(63);

    [Theory]
    [InlineData("az-zaza-9")]
    [InlineData("az-zaza-za-90")]
    [InlineData("abcd-a-09")]
    public void Aws_FormOfARegionCode_IsAccepted(string region) => S3Endpoint.Aws(region).Host.Should().Be($"s3.{region}.amazonaws.com");

    // The display names of the AWS documentation and the AWS console, and the older names of S3.
    [Fact]
    public void Aws_NameOfARegion_NamesItsCode()
    {
        string[] names =
        [
            "eu eu-west-1", "us us-east-1", "us-standard us-east-1", "us-classic us-east-1", "aws-global us-east-1", "global us-east-1", "virginia us-east-1", "n-virginia us-east-1",
            "ohio us-east-2", "california us-west-1", "n-california us-west-1", "oregon us-west-2", "canada ca-central-1", "calgary ca-west-1", "mexico mx-central-1",
            "sao-paulo sa-east-1", "ireland eu-west-1", "london eu-west-2", "paris eu-west-3", "frankfurt eu-central-1", "zurich eu-central-2", "stockholm eu-north-1",
            "milan eu-south-1", "spain eu-south-2", "cape-town af-south-1", "bahrain me-south-1", "uae me-central-1", "tel-aviv il-central-1", "mumbai ap-south-1",
            "hyderabad ap-south-2", "singapore ap-southeast-1", "sydney ap-southeast-2", "jakarta ap-southeast-3", "melbourne ap-southeast-4", "malaysia ap-southeast-5",
            "new-zealand ap-southeast-6", "thailand ap-southeast-7", "tokyo ap-northeast-1", "seoul ap-northeast-2", "osaka ap-northeast-3", "hong-kong ap-east-1",
            "taipei ap-east-2", "beijing cn-north-1", "ningxia cn-northwest-1",
        ];

        foreach (string[] nameAndCode in names.Select(one => one.Split(' ')))
        {
            FluentActions.Invoking(() => S3Endpoint.Aws(nameAndCode[0]))
                .Should().Throw<ArgumentException>().WithMessage($"The region '{nameAndCode[0]}' is not an AWS region code. Use '{nameAndCode[1]}'.*");
        }
    }

    [Theory]
    [InlineData("EU-WEST-2", "The region 'EU-WEST-2' is not an AWS region code. Use 'eu-west-2'.*")]
    [InlineData("Eu-West-2", "The region 'Eu-West-2' is not an AWS region code. Use 'eu-west-2'.*")]
    [InlineData("eu-WEST-2", "The region 'eu-WEST-2' is not an AWS region code. Use 'eu-west-2'.*")]
    [InlineData("eu--2", "*Use a code such as 'eu-west-1'.*")]
    [InlineData("eu_west_2", "The region 'eu_west_2' is not an AWS region code. Use 'eu-west-2'.*")]
    [InlineData("EU", "The region 'EU' is not an AWS region code. Use 'eu-west-1'.*")]
    [InlineData("eu", "The region 'eu' is not an AWS region code. Use 'eu-west-1'.*")]
    [InlineData("ireland", "*Use 'eu-west-1'.*")]
    [InlineData("us-standard", "*Use 'us-east-1'.*")]
    [InlineData("US_STANDARD", "*Use 'us-east-1'.*")]
    [InlineData("Sao-Paulo", "*Use 'sa-east-1'.*")]
    [InlineData("eu-west-1a", "The region 'eu-west-1a' is a zone, not a region. Use 'eu-west-1'.*")]
    [InlineData("us-west-2-lax-1a", "The region 'us-west-2-lax-1a' is a zone, not a region. Use 'us-west-2'.*")]
    [InlineData("us-gov-west-1b", "*is a zone, not a region. Use 'us-gov-west-1'.*")]
    [InlineData("use1-az1", "The region 'use1-az1' is not an AWS region code. Use a code such as 'eu-west-1'.*")]
    [InlineData("eu-west", "*Use a code such as 'eu-west-1'.*")]
    [InlineData("dualstack", "*Use a code such as 'eu-west-1'.*")]
    [InlineData("nyc3", "*Use a code such as 'eu-west-1'.*")]
    public void Aws_TextThatIsNotARegionCode_NamesTheCode(string region, string message)
    {
        FluentActions.Invoking(() => S3Endpoint.Aws(region)).Should().Throw<ArgumentException>().WithMessage(message).WithParameterName(nameof(region));
        FluentActions.Invoking(() => TestPresigner.Create(o => { o.UseAws("eu-west-2"); o.Region = region; }))
            .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.Region: " + message.TrimEnd('*'));
        FluentActions.Invoking(() => S3Endpoint.Create("https://s3-accelerate.amazonaws.com", region)).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Theory]
    [InlineData("https://s3.dualstack.amazonaws.com", "*'dualstack' is not an AWS region code*")]
    [InlineData("https://my-bucket.s3.eu-west-1a.amazonaws.com", "*'eu-west-1a' is a zone*Use 'eu-west-1'.*")]
    public void Parse_AwsHostWithoutARegionCode_NamesTheCode(string url, string message) =>
        FluentActions.Invoking(() => S3Endpoint.Parse(url)).Should().Throw<ArgumentException>().WithMessage(message);

    [Theory]
    [InlineData("https://s3-eu-west-1.amazonaws.com", "eu-west-1", null)]
    [InlineData("https://my-bucket.s3-eu-west-1.amazonaws.com", "eu-west-1", "my-bucket")]
    [InlineData("https://s3-us-gov-west-1.amazonaws.com/my-bucket", "us-gov-west-1", "my-bucket")]
    [InlineData("https://s3-fips-us-gov-west-1.amazonaws.com", "us-gov-west-1", null)]
    [InlineData("https://my-bucket.s3-fips-us-gov-west-1.amazonaws.com", "us-gov-west-1", "my-bucket")]
    [InlineData("https://s3-external-1.amazonaws.com", "us-east-1", null)]
    [InlineData("https://my-bucket.s3-external-1.amazonaws.com", "us-east-1", "my-bucket")]
    [InlineData("https://s3-website-assets.s3-eu-west-1.amazonaws.com", "eu-west-1", "s3-website-assets")]
    public void TryCreate_LegacyHostOfAws_ReadsRegionAndBucket(string url, string region, string? bucket)
    {
        S3Endpoint? endpoint = S3Endpoint.TryCreate(url, region: null, UrlStyle.Auto, out string? found, out string? problem);

        problem.Should().BeNull();
        (endpoint!.Provider, endpoint.Region, found).Should().Be((S3Provider.Aws, region, bucket));
        string address = TestPresigner.At(endpoint).Presign(new GetObject("key") { Bucket = "my-bucket" }).Address();
        address.Should().Be($"https://my-bucket.{endpoint.Host}/key");
        PresignedUrlInfo.TryParse(TestPresigner.At(endpoint).Presign(new GetObject("key") { Bucket = "my-bucket" }).Url, out PresignedUrlInfo? info).Should().BeTrue();
        (info!.Bucket, info.Key).Should().Be(("my-bucket", "key"));
    }

    [Fact]
    public void Create_LegacyHostWithADifferentRegion_NamesBothRemedies() => FluentActions.Invoking(() => S3Endpoint.Create("https://s3-eu-west-1.amazonaws.com", "us-west-2"))
        .Should().Throw<ArgumentException>().WithMessage("*conflicts with the host*Set Region to 'eu-west-1' or leave it unset, or use the endpoint 'https://s3.us-west-2.amazonaws.com'.*");

    [Fact]
    public void Presign_LegacyHostMovedToADifferentRegion_UsesTheCurrentForm() => TestPresigner.Create(o =>
        {
            o.UseEndpoint(S3Endpoint.Parse("https://s3-fips-us-gov-west-1.amazonaws.com"));
            o.Region = "us-gov-east-1";
        }).Presign(new GetObject("key")).Address().Should().Be("https://my-space.s3-fips.us-gov-east-1.amazonaws.com/key");

    [Theory]
    [InlineData("https://s3-cn-north-1.amazonaws.com")]
    [InlineData("https://s3-foo.amazonaws.com")]
    public void Parse_HostThatWasNeverALegacyHost_IsUnknown(string url) =>
        FluentActions.Invoking(() => S3Endpoint.Parse(url)).Should().Throw<ArgumentException>().WithMessage("The region is missing*");

    [Fact]
    public void Create_RegionThatConflictsWithTheHostOfAUrlWithABucket_IsReportedFirst() => FluentActions
        .Invoking(() => S3Endpoint.Create("https://nyc3.digitaloceanspaces.com/my-space", "ams3"))
        .Should().Throw<ArgumentException>().WithMessage("The region 'ams3' conflicts with the host 'nyc3.digitaloceanspaces.com' of DigitalOcean Spaces.*");

    [Fact]
    public void TryCreate_InvalidRegion_IsNullWithTheProblem()
    {
        S3Endpoint.TryCreate("https://a.example", "New York", UrlStyle.Auto, out _, out string? problem).Should().BeNull();

        problem.Should().StartWith("The region 'New York' contains");
    }

    [Fact]
    public void WithRegion_InvalidRegionOfAnUnknownStore_IsNullWithTheProblem()
    {
        S3Endpoint.Create("https://a.example", "local").WithRegion("New York", out string? problem).Should().BeNull();

        problem.Should().StartWith("The region 'New York' contains");
    }

    // R2 accepts us-east-1 in place of its own region, auto.
    [Fact]
    public void FindProblem_RegionThatIsUsedOnlyInSignatures_IsNull()
    {
        RegionRules.FindProblem("us-east-1", S3Provider.CloudflareR2).Should().BeNull();
        RegionRules.FindProblem("us-east-2", S3Provider.CloudflareR2).Should().StartWith("The region 'us-east-2' is not a region of Cloudflare R2.");
    }

    [Fact]
    public void Create_InvalidRegionThatConflictsWithTheHost_IsNotSuggested() => FluentActions.Invoking(() => S3Endpoint.Create("https://nyc3.digitaloceanspaces.com", "ny_c"))
        .Should().Throw<ArgumentException>().WithMessage("*Set Region to 'nyc3' or leave it unset. (Parameter*");

    [Theory]
    [InlineData("https://us-east-1.digitaloceanspaces.com", "DigitalOcean Spaces uses the region 'us-east-1' only in signatures, not in host names. Use*")]
    [InlineData("http://s3.us-west-004.backblazeb2.com", "*is available over HTTPS only*")]
    public void Parse_UrlThatIsNotAnEndpoint_ExplainsWhy(string url, string message) => FluentActions.Invoking(() => S3Endpoint.Parse(url))
        .Should().Throw<ArgumentException>().WithMessage(message).WithParameterName(nameof(url));

    [Fact]
    public void Parse_UnknownHost_RequiresTheRegion() => FluentActions.Invoking(() => S3Endpoint.Parse("http://minio.example:9000"))
        .Should().Throw<ArgumentException>().WithMessage("The region is missing, and the host 'minio.example' does not determine it. Set Region*'us-east-1'*");

    [Fact]
    public void New_UnknownHostWithoutRegion_RequiresTheRegion() => FluentActions.Invoking(() => TestPresigner.Configured("http://minio.example:9000", region: null))
        .Should().Throw<OptionsValidationException>().WithMessage("*The region is missing, and the host 'minio.example' does not determine it. Set Region*");

    [Theory]
    [InlineData("https://nyc3.digitaloceanspaces.com", "ams3", "nyc3", "https://ams3.digitaloceanspaces.com")]
    [InlineData("https://nyc3.digitaloceanspaces.com", "NYC3", "nyc3", null)]
    [InlineData("https://nyc3.digitaloceanspaces.com", "us-east-2", "nyc3", "https://us-east-2.digitaloceanspaces.com")]
    [InlineData("https://s3.eu-west-1.amazonaws.com", "us-east-1", "eu-west-1", "https://s3.us-east-1.amazonaws.com")]
    [InlineData("https://s3.eu-west-1.amazonaws.com", "cn-north-1", "eu-west-1", "https://s3.cn-north-1.amazonaws.com.cn")]
    public void Create_RegionThatConflictsWithTheHost_NamesBothAndTheRemedies(string url, string region, string hostRegion, string? remedy)
    {
        string message = $"The region '{region}' conflicts with the host *Set Region to '{hostRegion}'*{remedy}*";

        FluentActions.Invoking(() => S3Endpoint.Create(url, region)).Should().Throw<ArgumentException>().WithMessage(message);
        FluentActions.Invoking(() => TestPresigner.Configured(url, region)).Should().Throw<OptionsValidationException>().WithMessage("*" + message);
    }

    [Fact]
    public void Create_SpacesWithUsEast1_SignsForUsEast1AtItsHost()
    {
        PresignedUrl result = TestPresigner.At(S3Endpoint.Create("https://nyc3.digitaloceanspaces.com", "us-east-1")).Presign(new GetObject("key"));

        result.Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
        result.Parameter("X-Amz-Credential").Should().EndWith("%2F20260314%2Fus-east-1%2Fs3%2Faws4_request");
    }

    [Theory]
    [InlineData("ams3", "https://my-space.ams3.digitaloceanspaces.com/key")]
    [InlineData("us-east-1", "https://my-space.nyc3.digitaloceanspaces.com/key")]
    [InlineData(null, "https://my-space.nyc3.digitaloceanspaces.com/key")]
    public void Presign_DifferentRegionAfterUse_MovesTheHost(string? region, string expected)
    {
        PresignedUrl result = TestPresigner.Create(options => options.Region = region).Presign(new GetObject("key"));

        result.Address().Should().Be(expected);
        result.Parameter("X-Amz-Credential").Should().Contain($"%2F{region ?? "nyc3"}%2Fs3%2F");
    }

    [Theory]
    [InlineData("eu-west-1", "s3.eu-west-1.amazonaws.com")]
    [InlineData("us-gov-west-1", "s3.us-gov-west-1.amazonaws.com")]
    [InlineData("cn-north-1", "s3.cn-north-1.amazonaws.com.cn")]
    [InlineData("eusc-de-east-1", "s3.eusc-de-east-1.amazonaws.eu")]
    [InlineData("us-iso-east-1", "s3.us-iso-east-1.c2s.ic.gov")]
    [InlineData("us-isob-east-1", "s3.us-isob-east-1.sc2s.sgov.gov")]
    [InlineData("us-isof-south-1", "s3.us-isof-south-1.csp.hci.ic.gov")]
    [InlineData("eu-isoe-west-1", "s3.eu-isoe-west-1.cloud.adc-e.uk")]
    public void Aws_Partition_HasItsOwnSuffix(string region, string host)
    {
        S3Endpoint.Aws(region).ToString().Should().Be("https://" + host);
        S3Endpoint.Parse("https://" + host).Region.Should().Be(region);
    }

    [Fact]
    public void Presign_RegionMovedToADifferentPartition_UsesItsSuffix() => TestPresigner.Create(options =>
        {
            options.UseAws("eu-west-1");
            options.Region = "cn-north-1";
        }).Presign(new GetObject("key")).Address().Should().Be("https://my-space.s3.cn-north-1.amazonaws.com.cn/key");
}

using PresignKit.Tool.Store;

namespace PresignKit.Tool.Tests.Store;

public sealed class EndpointSelectionTests : IDisposable
{
    private const string Nyc3 = "https://nyc3.digitaloceanspaces.com";
    private const string Aws = "https://s3.eu-west-1.amazonaws.com";

    private readonly FakeTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Require_EndpointUrl_BeatsEverythingElse()
    {
        _tool.WithVariable("AWS_ENDPOINT_URL_S3", "https://env.example").WithVariable("AWS_REGION", "eu-west-1").WithConfig("[default]\nendpoint_url = https://profile.example\n");

        Require(new StoreSettings { EndpointUrl = Nyc3 }).Should().Be((Nyc3, "nyc3", "--endpoint-url", SelectedEndpoint.HostOfEndpoint));
    }

    [Fact]
    public void Require_SeveralConfiguredUrls_FollowsTheOrderOfTheAwsCli()
    {
        const string Config = "[default]\nservices = do\nendpoint_url = https://4.example\n[services do]\ns3 =\n  endpoint_url = https://3.example\n";
        _tool.WithConfig(Config).WithVariable("AWS_ENDPOINT_URL", "https://2.example").WithVariable("AWS_ENDPOINT_URL_S3", "https://1.example");
        string profile = $"profile 'default' in {_tool.ConfigFile}";

        Require(new StoreSettings()).Should().Be(("https://1.example", "us-east-1", "AWS_ENDPOINT_URL_S3", "default"));
        _tool.WithVariable("AWS_ENDPOINT_URL_S3", "");
        Require(new StoreSettings()).Should().Be(("https://2.example", "us-east-1", "AWS_ENDPOINT_URL", "default"));
        _tool.WithVariable("AWS_ENDPOINT_URL", null);
        Require(new StoreSettings()).Should().Be(("https://3.example", "us-east-1", profile, "default"));
        _tool.WithConfig(Config.Replace("services = do", ""));
        Require(new StoreSettings()).Should().Be(("https://4.example", "us-east-1", profile, "default"));
        _tool.WithConfig("").WithVariable("AWS_REGION", "eu-west-1");
        Require(new StoreSettings()).Should().Be((Aws, "eu-west-1", "default", "AWS_REGION"));
    }

    [Theory]
    [InlineData("true", "")]
    [InlineData("True", "")]
    [InlineData(null, "ignore_configured_endpoint_urls = true")]
    public void Require_ConfiguredUrlsAreIgnored_ReturnsAws(string? variable, string setting)
    {
        _tool.WithVariable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", variable).WithVariable("AWS_ENDPOINT_URL", Nyc3).WithVariable("AWS_REGION", "eu-west-1").WithConfig($"[default]\n{setting}\n");

        Require(new StoreSettings()).Url.Should().Be(Aws);
    }

    [Fact]
    public void Require_IgnoreVariableIsFalse_BeatsTheProfile()
    {
        _tool.WithVariable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false").WithVariable("AWS_ENDPOINT_URL", Nyc3).WithConfig("[default]\nignore_configured_endpoint_urls = true\n");

        Require(new StoreSettings()).Url.Should().Be(Nyc3);
    }

    [Fact]
    public void Require_SeveralRegions_FollowsTheOrder()
    {
        _tool.WithVariable("AWS_REGION", "region-2").WithVariable("AWS_DEFAULT_REGION", "region-3").WithConfig("[default]\nregion = region-4\n");
        StoreSettings settings = new() { EndpointUrl = "http://127.0.0.1:9000" };

        Require(settings with { Region = "region-1" }).Should().Be(("http://127.0.0.1:9000", "region-1", "--endpoint-url", "--region"));
        Require(settings).RegionSource.Should().Be("AWS_REGION");
        _tool.WithVariable("AWS_REGION", null);
        Require(settings).RegionSource.Should().Be("AWS_DEFAULT_REGION");
        _tool.WithVariable("AWS_DEFAULT_REGION", null);
        Require(settings).RegionSource.Should().Be($"profile 'default' in {_tool.ConfigFile}");
        _tool.WithConfig("");
        Require(settings).Should().Be(("http://127.0.0.1:9000", "us-east-1", "--endpoint-url", "default"));
    }

    [Fact]
    public void Require_AmbientRegionContradictsHost_GivesWay()
    {
        _tool.WithVariable("AWS_REGION", "eu-west-1").WithVariable("AWS_DEFAULT_REGION", "eu-west-2").WithConfig("[default]\nregion = eu-west-3\n");

        Require(new StoreSettings { EndpointUrl = Nyc3 }).Should().Be((Nyc3, "nyc3", "--endpoint-url", SelectedEndpoint.HostOfEndpoint));
    }

    [Fact]
    public void Require_OptionRegionContradictsHost_Throws() => Fails(
        new StoreSettings { EndpointUrl = Nyc3, Region = "ams3" }, ExitCode.Usage, "--region: The region 'ams3' conflicts with the host 'nyc3.digitaloceanspaces.com' of DigitalOcean Spaces.*");

    [Fact]
    public void Require_AliasOfTheStore_IsAccepted() => Require(new StoreSettings { EndpointUrl = Nyc3, Region = "us-east-1" }).Region.Should().Be("us-east-1");

    [Fact]
    public void Require_KnownHostWithoutRegion_NeedsOne()
    {
        StoreSettings settings = new() { EndpointUrl = "https://s3.oss-accelerate.aliyuncs.com" };

        Fails(settings, ExitCode.Usage, "--endpoint-url: The region is missing, and the host 's3.oss-accelerate.aliyuncs.com' of Alibaba Cloud OSS does not determine it.*");
        Require(settings with { Region = "cn-hangzhou" }).Region.Should().Be("cn-hangzhou");
    }

    [Theory]
    [InlineData("nyc3.digitaloceanspaces.com", "--endpoint-url: The endpoint 'nyc3.digitaloceanspaces.com' does not have a scheme. Use 'https://nyc3.digitaloceanspaces.com'*")]
    [InlineData("", "--endpoint-url: The endpoint is empty.*")]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com", "--endpoint-url: The host of the endpoint contains the bucket 'my-space'*")]
    [InlineData("https://user:MARKER@example.com", "--endpoint-url: The endpoint for the host 'example.com' contains a user name or a password.*")]
    public void Require_InvalidUrl_NamesTheOption(string url, string message) => Fails(new StoreSettings { EndpointUrl = url }, ExitCode.Usage, message);

    [Fact]
    public void Require_InvalidUrlInVariable_NamesTheVariable()
    {
        _tool.WithVariable("AWS_ENDPOINT_URL_S3", "minio:9000");

        Fails(new StoreSettings(), ExitCode.Setup, "AWS_ENDPOINT_URL_S3: The endpoint 'minio:9000' does not have a scheme.*");
    }

    [Fact]
    public void Require_InvalidRegionInVariable_NamesTheVariable()
    {
        _tool.WithVariable("AWS_REGION", "nyc3");

        Fails(new StoreSettings(), ExitCode.Setup, "AWS_REGION: *nyc3*");
    }

    [Fact]
    public void Require_MissingServicesSection_Throws()
    {
        _tool.WithConfig("[default]\nservices = nope\n");

        Fails(new StoreSettings(), ExitCode.Setup, $"profile 'default' in {_tool.ConfigFile}: The section *services nope* does not exist.*");
    }

    [Theory]
    [InlineData("spaces", "nyc3", null, Nyc3)]
    [InlineData("SPACES", "nyc3", null, Nyc3)]
    [InlineData("aws", "eu-west-1", null, Aws)]
    [InlineData("gcs", null, null, "https://storage.googleapis.com")]
    [InlineData("r2", null, "0123456789abcdef0123456789abcdef", "https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com")]
    [InlineData("supabase", "eu-central-1", "abcdefghijklmnopqrst", "https://abcdefghijklmnopqrst.storage.supabase.co/storage/v1/s3")]
    public void Require_Provider_ReturnsItsEndpoint(string provider, string? region, string? account, string url) =>
        Require(new StoreSettings { Provider = provider, Region = region, Account = account }).Url.Should().Be(url);

    [Fact]
    public void Require_ProviderWithAmbientRegion_UsesItOnlyForAws()
    {
        _tool.WithVariable("AWS_REGION", "eu-west-1").WithConfig("[default]\nregion = fra1\n");

        Require(new StoreSettings { Provider = "aws" }).Should().Be((Aws, "eu-west-1", "--provider", "AWS_REGION"));
        Fails(new StoreSettings { Provider = "spaces" }, ExitCode.Usage, "--provider spaces requires a region. Add --region, for example '--region nyc3'.");
    }

    [Fact]
    public void Require_ProviderWithExplicitProfile_UsesItsRegion()
    {
        _tool.WithVariable("AWS_REGION", "eu-west-1").WithConfig("[profile do]\nregion = fra1\nendpoint_url = https://profile.example\n");

        Require(new StoreSettings { Provider = "spaces", Profile = "do" }).Should()
            .Be(("https://fra1.digitaloceanspaces.com", "fra1", "--provider", $"profile 'do' in {_tool.ConfigFile}"));
    }

    [Theory]
    [InlineData("https://a.example", "spaces", null, null, "--endpoint-url and --provider cannot be combined. Use one of them.")]
    [InlineData("https://a.example", null, null, "x", "--account has an effect only with --provider. Add --provider, or remove --account.")]
    [InlineData(null, "space", null, null, "--provider: 'space' is not a known provider. Use one of spaces, aws, r2, *supabase; for other stores, use --endpoint-url.")]
    [InlineData(null, "r2", null, null, "--provider r2 requires --account, because the account is part of the endpoint https://{account}.r2.cloudflarestorage.com. Add --account.")]
    [InlineData(null, "r2", null, "a/b", "--account: *a/b*")]
    [InlineData(null, "r2", "weur", "0123456789abcdef0123456789abcdef", "--region: *'weur'*")]
    [InlineData(null, "spaces", "nyc3", "x", "--account: DigitalOcean Spaces does not use an account ID*")]
    [InlineData(null, "aws", "eu-west-1", "x", "--account: AWS S3 does not use an account ID*")]
    [InlineData(null, "spaces", "ny c3", null, "--region: The region 'ny c3' contains a character*")]
    public void Require_InvalidCombination_Throws(string? url, string? provider, string? region, string? account, string message) =>
        Fails(new StoreSettings { EndpointUrl = url, Provider = provider, Region = region, Account = account }, ExitCode.Usage, message);

    [Theory]
    [InlineData("AWS_USE_FIPS_ENDPOINT", "https://s3-fips.us-east-1.amazonaws.com")]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT", "https://s3.dualstack.us-east-1.amazonaws.com")]
    public void Require_VariantOfAws_IsInTheHost(string variable, string url)
    {
        _tool.WithVariable(variable, "true");

        Require(new StoreSettings { Region = "us-east-1" }).Url.Should().Be(url);
        Require(new StoreSettings { Region = "us-east-1", Provider = "aws" }).Url.Should().Be(url);
        Require(new StoreSettings { EndpointUrl = Nyc3 }).Url.Should().Be(Nyc3);
    }

    [Fact]
    public void Require_NothingConfigured_Throws() => Fails(
        new StoreSettings(), ExitCode.Setup, "No store is selected. Use --endpoint-url or --provider, or for AWS S3 --region; or set AWS_ENDPOINT_URL_S3 or AWS_REGION.");

    [Fact]
    public void FindEndpoint_OnlyARegionIsConfigured_ReturnsNull()
    {
        _tool.WithVariable("AWS_REGION", "eu-west-1");

        new StoreResolver(_tool.Context).FindEndpoint(new StoreSettings { Region = "eu-west-1" }).Should().BeNull();
    }

    [Theory]
    [InlineData("http://minio:9000", true)]
    [InlineData("http://10.0.0.1:9000", true)]
    [InlineData("http://127.0.0.1:9000", false)]
    [InlineData("http://[::1]:9000", false)]
    [InlineData("http://localhost:9000", false)]
    [InlineData("https://minio:9000", false)]
    public void FindEndpoint_PlainHttp_IsNotedUnlessItIsLocal(string url, bool isNoted)
    {
        _tool.IsTerminal = true;

        new StoreResolver(_tool.Context).FindEndpoint(new StoreSettings { EndpointUrl = url });

        _tool.Error.ToString().TrimEnd().Should().Be(isNoted ? $"presign: The endpoint {url} does not use TLS, so anyone on the network path can read and use the URL." : "");
    }

    [Fact]
    public void SelectStyle_SeveralSources_FollowsTheOrder()
    {
        _tool.WithConfig("[default]\ns3 =\n  addressing_style = path\n[profile alibaba]\ns3 =\n  addressing_style = path\n");
        StoreResolver resolver = new(_tool.Context);
        S3Endpoint spaces = S3Endpoint.DigitalOceanSpaces("nyc3");

        resolver.SelectStyle(new StoreSettings { UrlStyle = UrlStyle.VirtualHosted }, spaces).Should().Be(new Resolved<UrlStyle>(UrlStyle.VirtualHosted, "--url-style"));
        resolver.SelectStyle(new StoreSettings(), spaces).Should().Be(new Resolved<UrlStyle>(UrlStyle.Path, $"profile 'default' in {_tool.ConfigFile}"));

        // The ambient profile gives way to a store that does not support its style. A profile on the command line does not.
        S3Endpoint alibaba = S3Endpoint.AlibabaOss("cn-hangzhou");
        resolver.SelectStyle(new StoreSettings(), alibaba).Should().Be(new Resolved<UrlStyle>(UrlStyle.Auto, "Alibaba Cloud OSS"));
        resolver.SelectStyle(new StoreSettings { Profile = "alibaba" }, alibaba).Value.Should().Be(UrlStyle.Path);
        resolver.SelectStyle(new StoreSettings { Profile = "alibaba" }, S3Endpoint.Create("http://127.0.0.1:9000", "us-east-1")).Value.Should().Be(UrlStyle.Path);
    }

    [Fact]
    public void SelectStyle_InvalidStyleInProfile_NamesTheProfile()
    {
        _tool.WithConfig("[default]\ns3 =\n  addressing_style = subdomain\n");

        ToolException error = FluentActions.Invoking(() => new StoreResolver(_tool.Context).SelectStyle(new StoreSettings(), S3Endpoint.DigitalOceanSpaces("nyc3"))).Should().Throw<ToolException>().Which;

        (error.Code, error.Message).Should().Be((ExitCode.Setup, $"profile 'default' in {_tool.ConfigFile}: 'subdomain' is not a valid URL style. Use auto, path or virtual."));
    }

    private (string Url, string Region, string Source, string RegionSource) Require(StoreSettings settings)
    {
        SelectedEndpoint selected = new StoreResolver(_tool.Context).SelectEndpoint(settings).Require();
        return (selected.Endpoint.ToString(), selected.Endpoint.Region, selected.Source, selected.RegionSource);
    }

    private void Fails(StoreSettings settings, int exitCode, string message)
    {
        ToolException error = FluentActions.Invoking(() => Require(settings)).Should().Throw<ToolException>().WithMessage(message).Which;
        error.Code.Should().Be(exitCode);
        error.Message.Should().NotContain("MARKER");
    }
}

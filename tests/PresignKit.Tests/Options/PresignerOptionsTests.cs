using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

public class PresignerOptionsTests
{
    [Fact]
    public void New_NothingSet_ListsEverythingThatIsMissing() => FluentActions.Invoking(() => new S3Presigner(new PresignerOptions()))
        .Should().Throw<OptionsValidationException>().Which.Failures.Should().SatisfyRespectively(
            failure => failure.Should().Match("PresignerOptions.Endpoint: The store is not set. Set its URL, for example *UseDigitalOceanSpaces*"),
            failure => failure.Should().Be("PresignerOptions.AccessKeyId: The credentials are not set. Set AccessKeyId and SecretAccessKey, call UseCredentials, or register an IS3CredentialsProvider (for a named presigner, with its name as the key)."));

    [Fact]
    public void New_EverythingInvalid_ListsEveryProblem()
    {
        PresignerOptions options = new()
        {
            Endpoint = "nyc3.digitaloceanspaces.com",
            Region = "New York",
            Bucket = "a/b",
            AccessKeyId = "",
            SecretAccessKey = TestPresigner.SecretAccessKey + "\n",
            SessionToken = TestPresigner.SessionToken + " ",
            UrlStyle = (UrlStyle)7,
            DefaultExpiresIn = TimeSpan.FromDays(8),
        };

        OptionsValidationException exception = FluentActions.Invoking(() => new S3Presigner(options)).Should().Throw<OptionsValidationException>().Which;

        exception.Failures.Select(failure => failure.Split(':')[0]).Should().BeEquivalentTo(
            new[] { "Endpoint", "Region", "Bucket", "AccessKeyId", "SecretAccessKey", "SessionToken", "UrlStyle", "DefaultExpiresIn" }
                .Select(property => "PresignerOptions." + property));
        exception.ToString().Should().NotContain(TestPresigner.SecretAccessKey).And.NotContain(TestPresigner.SessionToken);
    }

    [Fact]
    public void Strings_Empty_CountAsNotSet()
    {
        PresignerOptions options = TestPresigner.Options(o => o.SessionToken = o.PublicUrl = o.Bucket = o.AccessKeyId = o.SecretAccessKey = o.Region = "");

        (options.SessionToken, options.PublicUrl, options.Bucket, options.AccessKeyId, options.SecretAccessKey, options.Region).Should().Be((null, null, null, null, null, "nyc3"));
        new PresignerOptions { Endpoint = "", Region = "" }.Should().Match<PresignerOptions>(o => o.Endpoint == null && o.Region == null);
    }

    [Fact]
    public void New_Null_Throws() => FluentActions.Invoking(() => new S3Presigner(null!))
        .Should().Throw<ArgumentNullException>().WithParameterName("options");

    [Fact]
    public void New_OptionsChangedAfterwards_HaveNoEffect()
    {
        PresignerOptions options = TestPresigner.Options();
        S3Presigner presigner = new(options);

        options.Bucket = "other";
        options.UseDigitalOceanSpaces("ams3");

        presigner.Presign(new GetObject("key")).Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
    }

    [Fact]
    public void Endpoint_AfterUse_IsTheUrlOfTheStore()
    {
        PresignerOptions options = new();

        options.UseAws("eu-west-1");

        (options.Endpoint, options.Region).Should().Be(("https://s3.eu-west-1.amazonaws.com", "eu-west-1"));
    }

    [Fact]
    public void Use_AfterEndpoint_OverridesIt() => Address(options =>
    {
        options.Endpoint = "http://localhost:9000";
        options.UseAws("eu-west-1");
    }).Should().Be("https://my-space.s3.eu-west-1.amazonaws.com/key");

    [Fact]
    public void Endpoint_AfterUse_OverridesIt() => Address(options =>
    {
        options.UseAws("eu-west-1");
        options.Endpoint = "http://localhost:9000";
        options.Region = "us-east-1";
    }).Should().Be("http://localhost:9000/my-space/key");

    [Fact]
    public void Endpoint_AfterUseWithoutRegion_RequiresItsOwnRegion() => FluentActions.Invoking(() => Address(options =>
        {
            options.UseAws("eu-west-1");
            options.Endpoint = "http://localhost:9000";
        })).Should().Throw<OptionsValidationException>().WithMessage("*The region is missing, and the host 'localhost' does not determine it. Set Region*");

    // The region came from the previous endpoint, and was not set for this one.
    [Fact]
    public void Endpoint_InADifferentRegionAfterUse_OverridesIt() => Address(options =>
    {
        options.UseDigitalOceanSpaces("nyc3");
        options.Endpoint = "https://ams3.digitaloceanspaces.com";
    }).Should().Be("https://my-space.ams3.digitaloceanspaces.com/key");

    [Fact]
    public void UseEndpoint_AfterUseEndpoint_OverridesIt() => Address(options =>
    {
        options.UseEndpoint(S3Endpoint.Create("http://localhost:9000", "us-east-1"));
        options.UseDigitalOceanSpaces("ams3");
    }).Should().Be("https://my-space.ams3.digitaloceanspaces.com/key");

    [Fact]
    public void UseEndpoint_UnknownStore_KeepsItsHostInADifferentRegion() => Address(options =>
    {
        options.UseEndpoint(S3Endpoint.Create("https://store.example", "us-east-1"));
        options.Region = "eu-1";
    }).Should().Be("https://store.example/my-space/key");

    [Fact]
    public void UseEndpoint_Null_Throws() => FluentActions.Invoking(() => new PresignerOptions().UseEndpoint(null!))
        .Should().Throw<ArgumentNullException>().WithParameterName("endpoint");

    [Theory]
    [InlineData("Region", "ams3", "https://my-space.ams3.digitaloceanspaces.com/key")]
    [InlineData("Bucket", "other", "https://other.nyc3.digitaloceanspaces.com/key")]
    [InlineData("UrlStyle", "Path", "https://nyc3.digitaloceanspaces.com/my-space/key")]
    [InlineData("Endpoint", "https://nyc3.digitaloceanspaces.com:8443", "https://my-space.nyc3.digitaloceanspaces.com:8443/key")]
    [InlineData("Endpoint", "https://s3.eu-west-1.amazonaws.com", "https://my-space.s3.eu-west-1.amazonaws.com/key")]
    public void Bind_AfterUse_ChangesTheConfiguredSetting(string name, string value, string expected) => Address(options =>
        new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build().Bind(options)).Should().Be(expected);

    [Fact]
    public void Bind_RegionAfterUseAwsWithOptions_KeepsThem() => Address(options =>
    {
        options.UseAws("eu-west-1", new AwsEndpointOptions { DualStack = true });
        new ConfigurationBuilder().AddInMemoryCollection([new("Region", "cn-north-1")]).Build().Bind(options);
    }).Should().Be("https://my-space.s3.dualstack.cn-north-1.amazonaws.com.cn/key");

    [Fact]
    public void Bind_AllSettings_DoesNotRequireCode()
    {
        PresignerOptions options = new();
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Endpoint", "https://nyc3.digitaloceanspaces.com"),
            new("Bucket", "my-space"),
            new("AccessKeyId", "AK"),
            new("SecretAccessKey", "secret"),
            new("SessionToken", "token"),
            new("DefaultExpiresIn", "00:15:00"),
        ]).Build();

        configuration.Bind(options);

        PresignedUrl result = new S3Presigner(options).Presign(new GetObject("key"));
        result.Parameter("X-Amz-Expires").Should().Be("900");
        result.Parameter("X-Amz-Security-Token").Should().Be("token");
    }

    private static string Address(Action<PresignerOptions> configure) => TestPresigner.Create(configure).Presign(new GetObject("key")).Address();
}

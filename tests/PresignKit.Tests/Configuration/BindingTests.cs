using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PresignKit.Tests.Configuration;

/// <summary>Code says where the store is, configuration completes or changes it.</summary>
public class BindingTests
{
    [Fact]
    public void BindConfiguration_OtherRegionThanInCode_MovesTheHost() =>
        Presign(options => options.UseDigitalOceanSpaces("nyc3"), ("Region", "ams3"))
            .Should().StartWith("https://my-space.ams3.digitaloceanspaces.com/k?").And.Contain("%2Fams3%2Fs3%2F");

    [Fact]
    public void BindConfiguration_NothingOfTheEndpoint_KeepsItsStyle() =>
        Presign(options => options.UseEndpoint(S3Endpoint.Create("https://s3.example.com", "us-east-1", UrlStyle.Path)))
            .Should().StartWith("https://s3.example.com/my-space/k?");

    [Fact]
    public void BindConfiguration_Endpoint_TakesTheStoreFromThere() =>
        Presign(options => options.UseDigitalOceanSpaces("nyc3"), ("Endpoint", "https://fra1.digitaloceanspaces.com"), ("Region", "fra1"))
            .Should().StartWith("https://my-space.fra1.digitaloceanspaces.com/k?");

    [Fact]
    public void BindConfiguration_OtherRegionAfterUseAwsWithOptions_KeepsThem() =>
        Presign(options => options.UseAws("eu-west-1", new AwsEndpointOptions { DualStack = true }), ("Region", "cn-north-1"))
            .Should().StartWith("https://my-space.s3.dualstack.cn-north-1.amazonaws.com.cn/k?");

    [Fact]
    public void BindConfiguration_EndpointWithoutRegion_TakesItsRegionAsWell() =>
        Presign(options => options.UseDigitalOceanSpaces("nyc3"), ("Endpoint", "https://s3.eu-west-1.amazonaws.com"))
            .Should().StartWith("https://my-space.s3.eu-west-1.amazonaws.com/k?");

    private static string Presign(Action<PresignerOptions> configure, params (string Name, string Value)[] settings)
    {
        ConfigurationBuilder configuration = new();
        configuration.AddInMemoryCollection(
            [
                new("Spaces:Bucket", "my-space"), new("Spaces:AccessKeyId", "AK"), new("Spaces:SecretAccessKey", "secret"),
                .. settings.Select(setting => new KeyValuePair<string, string?>("Spaces:" + setting.Name, setting.Value)),
            ]);
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(configuration.Build());
        services.AddPresigner(configure).BindConfiguration("Spaces");
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IPresigner>().Presign(new GetObject("k")).Url;
    }
}

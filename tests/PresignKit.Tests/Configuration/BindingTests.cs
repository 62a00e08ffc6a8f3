using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PresignKit.Tests.Configuration;

/// <summary>A store that code chose, and configuration that has a say after it. The binder sets what it has read, too.</summary>
public class BindingTests
{
    [Fact]
    public void Bind_RegionAfterUse_MovesTheHost() =>
        Address(options => options.UseDigitalOceanSpaces("nyc3"), ("Region", "fra1")).Should().Be("https://my-space.fra1.digitaloceanspaces.com/key");

    [Fact]
    public void Bind_RegionAfterUseAwsWithOptions_KeepsThem() =>
        Address(options => options.UseAws("eu-west-1", new AwsEndpointOptions { DualStack = true }), ("Region", "cn-north-1"))
            .Should().Be("https://my-space.s3.dualstack.cn-north-1.amazonaws.com.cn/key");

    [Fact]
    public void Bind_EndpointAfterUse_TakesItsRegionAsWell() =>
        Address(options => options.UseDigitalOceanSpaces("nyc3"), ("Endpoint", "https://s3.eu-west-1.amazonaws.com"))
            .Should().Be("https://my-space.s3.eu-west-1.amazonaws.com/key");

    [Fact]
    public void Bind_NothingAboutTheStore_LeavesIt() =>
        Address(options => options.UseCloudflareR2("account", "eu")).Should().Be("https://account.eu.r2.cloudflarestorage.com/my-space/key");

    private static string Address(Action<PresignerOptions> configure, params (string Name, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(one => "Store:" + one.Name, one => (string?)one.Value))
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Store:Bucket"] = TestPresigner.Bucket,
                ["Store:AccessKeyId"] = TestPresigner.AccessKeyId,
                ["Store:SecretAccessKey"] = TestPresigner.SecretAccessKey,
            })
            .Build();
        ServiceCollection services = new();
        services.AddSingleton(configuration);
        services.AddPresigner(configure).BindConfiguration("Store");
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IPresigner>().Presign(new GetObject("key")).Address();
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

public class AddPresignerTests
{
    private static readonly GetObject Operation = new("key");

    [Fact]
    public void AddPresigner_Default_RegistersOneSingletonUnderBothTypes()
    {
        using ServiceProvider services = Services(s => s.AddPresigner(Valid));

        services.GetRequiredService<IPresigner>().Should().BeSameAs(services.GetRequiredService<S3Presigner>())
            .And.BeSameAs(services.GetRequiredService<IPresigner>());
    }

    [Fact]
    public void AddPresigner_Named_RegistersOneKeyedSingletonUnderBothTypes()
    {
        using ServiceProvider services = Services(s => s.AddPresigner("archive", Valid));

        services.GetRequiredKeyedService<IPresigner>("archive").Should().BeSameAs(services.GetRequiredKeyedService<S3Presigner>("archive"))
            .And.BeSameAs(services.GetRequiredKeyedService<IPresigner>("archive"));
    }

    [Fact]
    public void AddPresigner_NamedOnly_RegistersNoDefault()
    {
        using ServiceProvider services = Services(s => s.AddPresigner("archive", Valid));

        services.GetService<IPresigner>().Should().BeNull();
        services.GetService<S3Presigner>().Should().BeNull();
    }

    [Fact]
    public void AddPresigner_DefaultAndNamed_HaveTheirOwnOptions()
    {
        using ServiceProvider services = Services(s =>
        {
            s.AddPresigner(Valid);
            s.AddPresigner("archive", Valid).Configure(options => options.UseDigitalOceanSpaces("ams3"));
            s.AddPresigner("media", Valid).Configure(options => options.Bucket = "media");
        });

        Address(services.GetRequiredService<IPresigner>()).Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
        Address(services.GetRequiredKeyedService<IPresigner>("archive")).Should().Be("https://my-space.ams3.digitaloceanspaces.com/key");
        Address(services.GetRequiredKeyedService<IPresigner>("media")).Should().Be("https://media.nyc3.digitaloceanspaces.com/key");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("archive")]
    public void AddPresigner_Twice_RegistersOnePresignerWithBothSettings(string? name)
    {
        using ServiceProvider services = Services(s =>
        {
            Add(s, name, Valid);
            Add(s, name, options => options.Bucket = "second");
        });

        services.GetKeyedServices<IPresigner>(name).Should().ContainSingle().Which.Presign(Operation).Address()
            .Should().Be("https://second.nyc3.digitaloceanspaces.com/key");
    }

    [Fact]
    public void AddPresigner_ClockInTheContainer_IsUsed()
    {
        using ServiceProvider services = Services(s =>
        {
            s.AddPresigner(Valid);
            s.AddPresigner("archive", Valid);
            s.AddSingleton<TimeProvider>(new FakeTimeProvider(TestPresigner.Now));
        });

        services.GetRequiredService<IPresigner>().Presign(Operation).SignedAt.Should().Be(TestPresigner.SignedAt);
        services.GetRequiredKeyedService<IPresigner>("archive").Presign(Operation).SignedAt.Should().Be(TestPresigner.SignedAt);
    }

    [Fact]
    public void AddPresigner_NoClockInTheContainer_UsesTheSystemClock()
    {
        using ServiceProvider services = Services(s => s.AddPresigner(Valid));

        services.GetRequiredService<IPresigner>().Presign(Operation).SignedAt.Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void AddPresigner_FakeRegisteredBefore_IsKept()
    {
        IPresigner fake = TestPresigner.Create();
        using ServiceProvider services = Services(s =>
        {
            s.AddSingleton(fake);
            s.AddPresigner(Valid);
        });

        services.GetRequiredService<IPresigner>().Should().BeSameAs(fake);
    }

    [Fact]
    public void AddPresigner_SectionWithRegion_OverridesTheRegionInCode()
    {
        using IHost host = HostOf(
            (s, configuration) => s.AddPresigner(configuration.GetSection("Spaces"), options => options.UseDigitalOceanSpaces("nyc3")),
            ("Spaces:Region", "ams3"), ("Spaces:Bucket", "my-space"), ("Spaces:AccessKeyId", "AK"), ("Spaces:SecretAccessKey", "secret"));

        Address(host.Services.GetRequiredService<IPresigner>()).Should().Be("https://my-space.ams3.digitaloceanspaces.com/key");
    }

    // Either one consistent store or an error, but never the host of one region with the signature for a different region.
    [Fact]
    public async Task Start_StoreInCodeAndRegionInConfiguration_UsesTheConfiguredRegionOrFails()
    {
        (string, string)[] keys = [("Aws:Bucket", "my-bucket"), ("Aws:AccessKeyId", "AK"), ("Aws:SecretAccessKey", "secret")];
        using IHost moved = HostOf(
            (s, configuration) => s.AddPresigner(configuration.GetSection("Aws"), options => options.UseAws("eu-west-1")), [.. keys, ("Aws:Region", "cn-north-1")]);
        using IHost contradicted = HostOf(
            (s, configuration) => s.AddPresigner(configuration.GetSection("Aws"), options => options.UseAws("eu-west-1")),
            [.. keys, ("Aws:Endpoint", "https://s3.eu-west-3.amazonaws.com"), ("Aws:Region", "eu-central-1")]);
        using IHost impossible = HostOf(
            (s, configuration) => s.AddPresigner(configuration.GetSection("Aws"), options => options.UseDigitalOceanSpaces("nyc3")), [.. keys, ("Aws:Region", "New York")]);

        await moved.StartAsync();
        PresignedUrl url = moved.Services.GetRequiredService<IPresigner>().Presign(Operation);

        url.Address().Should().Be("https://my-bucket.s3.cn-north-1.amazonaws.com.cn/key");
        url.Parameter("X-Amz-Credential").Should().Contain("%2Fcn-north-1%2F");
        await FluentActions.Awaiting(() => contradicted.StartAsync()).Should().ThrowAsync<OptionsValidationException>().WithMessage("*eu-central-1*eu-west-3*");
        await FluentActions.Awaiting(() => impossible.StartAsync()).Should().ThrowAsync<OptionsValidationException>().WithMessage("*New York*");
    }

    [Fact]
    public async Task Start_InvalidDefault_FailsWithAllProblems()
    {
        using IHost host = HostOf((s, _) => s.AddPresigner(options =>
        {
            options.Endpoint = "localhost:9000";
            options.Bucket = "a/b";
            options.AccessKeyId = "AK";
        }));

        OptionsValidationException exception = (await FluentActions.Awaiting(() => host.StartAsync()).Should().ThrowAsync<OptionsValidationException>()).Which;

        exception.Failures.Should().SatisfyRespectively(
            failure => failure.Should().StartWith("PresignerOptions.Endpoint: The endpoint 'localhost:9000' does not have a scheme."),
            failure => failure.Should().StartWith("PresignerOptions.Bucket: The bucket 'a/b'"),
            failure => failure.Should().StartWith("PresignerOptions.SecretAccessKey: The secret access key is not set"));
    }

    [Fact]
    public async Task Start_SeveralInvalidPresigners_NamesEach()
    {
        using IHost host = HostOf((s, _) =>
        {
            s.AddPresigner(options => options.Endpoint = "localhost:9000");
            s.AddPresigner("archive", options => options.Region = "New York");
            s.AddPresigner("media", Valid);
        });

        string message = (await FluentActions.Awaiting(() => host.StartAsync()).Should().ThrowAsync<AggregateException>()).Which.ToString();

        message.Should().Contain("PresignerOptions.Endpoint: ").And.Contain("PresignerOptions.AccessKeyId: The credentials are not set")
            .And.Contain("PresignerOptions 'archive': Region: ").And.Contain("PresignerOptions 'archive': AccessKeyId: The credentials are not set")
            .And.NotContain("'media'");
    }

    // The tests of an application replace the presigner and do not have keys.
    [Fact]
    public async Task Start_PresignerReplacedByAFake_DoesNotRequireOptions()
    {
        using IHost host = HostOf((s, configuration) =>
        {
            s.AddPresigner(configuration.GetSection("Spaces"));
            s.AddPresigner("archive", configuration.GetSection("Archive"));
            s.AddScoped<IPresigner>(_ => TestPresigner.Create());
            s.AddKeyedSingleton<IPresigner>("archive", TestPresigner.Create());
        });

        await FluentActions.Awaiting(() => host.StartAsync()).Should().NotThrowAsync();
    }

    [Fact]
    public async Task Start_Valid_Starts()
    {
        using IHost host = HostOf((s, _) => s.AddPresigner("archive", Valid));

        await FluentActions.Awaiting(() => host.StartAsync()).Should().NotThrowAsync();
    }

    [Fact]
    public void AddPresigner_EmptyName_Throws() => FluentActions.Invoking(() => new ServiceCollection().AddPresigner(""))
        .Should().Throw<ArgumentException>().WithParameterName("name").WithMessage("The name of the presigner is empty. Specify a name, or call AddPresigner without one*");

    [Fact]
    public void AddPresigner_Null_Throws()
    {
        FluentActions.Invoking(() => ((IServiceCollection)null!).AddPresigner()).Should().Throw<ArgumentNullException>().WithParameterName("services");
        FluentActions.Invoking(() => new ServiceCollection().AddPresigner((string)null!)).Should().Throw<ArgumentNullException>().WithParameterName("name");
    }

    private static void Valid(PresignerOptions options)
    {
        options.UseDigitalOceanSpaces("nyc3");
        options.Bucket = TestPresigner.Bucket;
        options.AccessKeyId = TestPresigner.AccessKeyId;
        options.SecretAccessKey = TestPresigner.SecretAccessKey;
    }

    private static void Add(IServiceCollection services, string? name, Action<PresignerOptions> configure) =>
        _ = name is null ? services.AddPresigner(configure) : services.AddPresigner(name, configure);

    private static string Address(IPresigner presigner) => presigner.Presign(Operation).Address();

    private static ServiceProvider Services(Action<IServiceCollection> add)
    {
        ServiceCollection services = new();
        add(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    private static IHost HostOf(Action<IServiceCollection, IConfiguration> add, params (string, string)[] configuration)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(TestPresigner.Pairs(configuration)!);
        add(builder.Services, builder.Configuration);
        return builder.Build();
    }
}

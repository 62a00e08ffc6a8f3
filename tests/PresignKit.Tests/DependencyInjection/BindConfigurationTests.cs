using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

public class BindConfigurationTests
{
    private static readonly (string Name, string Value)[] AllSettings =
    [
        ("Endpoint", "https://ams3.digitaloceanspaces.com"), ("Region", "ams3"), ("Bucket", "my-space"), ("AccessKeyId", "AK"), ("SecretAccessKey", "secret"),
        ("SessionToken", "token"), ("CdnUrl", "https://cdn.example"), ("UrlStyle", "virtualhosted"), ("DefaultExpiresIn", "00:10:00"), ("SigningWindow", "00:15:00"),
        ("CredentialExpiry", "Clamp"), ("LockUnsignedHeaders", "TRUE"),
    ];

    [Fact]
    public void Bind_EverySetting_IsWhatTheGeneralBinderMakesOfIt()
    {
        AllSettings.Select(setting => setting.Name).Should().BeEquivalentTo(
            typeof(PresignerOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name), "each can be configured");
        IConfiguration section = Section(AllSettings);

        PresignerOptions general = new();
        section.Bind(general);

        Bound(section).Should().BeEquivalentTo(general).And.Subject.As<PresignerOptions>().SigningWindow.Should().Be(TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void Bind_NothingConfigured_LeavesWhatCodeHasSet()
    {
        IConfiguration empty = Section(("UrlStyle", ""), ("SigningWindow", ""), ("Unrelated", "value"));

        Bound(empty, options => options.UseAws("eu-west-1")).Should().BeEquivalentTo(new { Endpoint = "https://s3.eu-west-1.amazonaws.com", Region = "eu-west-1" })
            .And.BeEquivalentTo(new { UrlStyle = UrlStyle.Auto, SigningWindow = (TimeSpan?)null, DefaultExpiresIn = TimeSpan.FromHours(1) });
    }

    [Fact]
    public async Task Start_Faults_AreOneMessageEachWithThePath()
    {
        IReadOnlyList<string> failures = await Refusal(
            s => s.AddPresigner().BindConfiguration("Stores:Main"),
            ("Stores:Main:Region", "New York"), ("Stores:Main:Bucket", "a/b"), ("Stores:Main:SecretAccessKey", "secret"), ("Stores:Main:UrlStyle", "Pathh"),
            ("Stores:Main:DefaultExpiresIn", "an hour"), ("Stores:Main:SigningWindow", "soon"), ("Stores:Main:CredentialExpiry", "Clip"),
            ("Stores:Main:LockUnsignedHeaders", "yes"));

        failures.Should().BeEquivalentTo(
        [
            "Stores:Main:UrlStyle: 'Pathh' is not a URL style. Use Auto, VirtualHosted, Path or BucketBoundHostname.",
            "Stores:Main:DefaultExpiresIn: 'an hour' is no duration. Write hours, minutes and seconds, like '01:00:00'.",
            "Stores:Main:SigningWindow: 'soon' is no duration. Write hours, minutes and seconds, like '01:00:00'.",
            "Stores:Main:CredentialExpiry: 'Clip' is no choice. Write Auto, Clamp or Refuse.",
            "Stores:Main:LockUnsignedHeaders: 'yes' is neither true nor false. Write one of them.",
            failures.Single(failure => failure.StartsWith("Stores:Main:Endpoint: not set. Write the URL of the store", StringComparison.Ordinal)),
            failures.Single(failure => failure.StartsWith("Stores:Main:Region: The region 'New York'", StringComparison.Ordinal)),
            failures.Single(failure => failure.StartsWith("Stores:Main:Bucket: The bucket 'a/b' contains a slash.", StringComparison.Ordinal)),
            failures.Single(failure => failure.StartsWith("Stores:Main:AccessKeyId: not set", StringComparison.Ordinal)),
        ]);
    }

    [Fact]
    public async Task Start_NamedPresigner_NamesItAndThePath() =>
        (await Refusal(s => s.AddPresigner("archive", options => options.UseDigitalOceanSpaces("nyc3")).BindConfiguration("Archive"), ("Archive:AccessKeyId", "AK")))
        .Should().ContainSingle().Which.Should().StartWith("PresignerOptions 'archive': Archive:SecretAccessKey: not set");

    // Code has set the bucket: no path in configuration would lead to it.
    [Fact]
    public async Task Start_FaultOfCode_NamesTheProperty() =>
        (await Refusal(
            s => s.AddPresigner(options => options.Bucket = "a/b").BindConfiguration("Spaces"),
            ("Spaces:Endpoint", "https://nyc3.digitaloceanspaces.com"), ("Spaces:AccessKeyId", "AK"), ("Spaces:SecretAccessKey", "secret")))
        .Should().ContainSingle().Which.Should().StartWith("PresignerOptions.Bucket: The bucket 'a/b' contains a slash.");

    [Fact]
    public async Task Start_TwoSections_NamesThePathOfEach() =>
        (await Refusal(
            s => s.AddPresigner().BindConfiguration("Spaces").BindConfiguration("Secrets"),
            ("Spaces:Endpoint", "https://nyc3.digitaloceanspaces.com"), ("Spaces:Bucket", "a/b"), ("Secrets:AccessKeyId", "AK ")))
        .Select(failure => failure.Split(": ")[0]).Should().BeEquivalentTo("Spaces:Bucket", "Secrets:AccessKeyId", "Secrets:SecretAccessKey");

    [Fact]
    public async Task Start_RootOfConfiguration_NamesTheSetting() =>
        (await Refusal(s => s.AddPresigner(options => options.UseDigitalOceanSpaces("nyc3")).BindConfiguration(""), ("AccessKeyId", "AK")))
        .Should().ContainSingle().Which.Should().StartWith("SecretAccessKey: not set");

    [Fact]
    public void Bind_SectionOfAnotherConfiguration_IsBoundAndReloaded()
    {
        IConfigurationRoot other = Root([.. ConfiguredServices.Section("Other")]);
        using ConfiguredServices services = new(s => s.AddPresigner("archive").Bind(other.GetSection("Other")));
        string before = services.Named("archive").Presign(new GetObject("key")).Address();

        other["Other:Bucket"] = "older";
        other.Reload();

        (before, services.Named("archive").Presign(new GetObject("key")).Address())
            .Should().Be(("https://my-space.nyc3.digitaloceanspaces.com/key", "https://older.nyc3.digitaloceanspaces.com/key"));
    }

    // As services.Configure and the source generator do; this one knows no path.
    [Theory]
    [InlineData("")]
    [InlineData("archive")]
    public void Configure_GeneralBinder_IsBoundReloadedAndReported(string name)
    {
        List<OptionsValidationException> reports = [];
        IConfigurationRoot root = Root([.. ConfiguredServices.Section("Spaces")]);
        using ConfiguredServices services = new(s =>
        {
            _ = name.Length == 0 ? s.AddPresigner(o => o.OnInvalidReload(reports.Add)) : s.AddPresigner(name, o => o.OnInvalidReload(reports.Add));
            s.Configure<PresignerOptions>(name, root.GetSection("Spaces"));
        });
        S3Presigner presigner = name.Length == 0 ? services.Presigner : services.Named(name);

        root["Spaces:Bucket"] = "other";
        root.Reload();
        root["Spaces:UrlStyle"] = "Pathh";
        FluentActions.Invoking(root.Reload).Should().Throw<Exception>("the options monitor throws");

        presigner.Presign(new GetObject("key")).Address().Should().Be("https://other.nyc3.digitaloceanspaces.com/key");
        reports.Should().ContainSingle().Which.Failures.Should().ContainSingle().Which.Should().StartWith("The options cannot be read: ").And.Contain("Spaces:UrlStyle");
    }

    [Fact]
    public void Reload_InvalidAfterBindingTwice_IsReportedOnce()
    {
        List<OptionsValidationException> reports = [];
        using ConfiguredServices services = new(
            s =>
            {
                s.AddPresigner(options => options.OnInvalidReload(reports.Add)).BindConfiguration("Spaces");
                s.AddPresigner().BindConfiguration("Spaces");
            },
            ConfiguredServices.Section("Spaces"));
        _ = services.Presigner;

        FluentActions.Invoking(() => services.Reload("Spaces:Bucket", "a/b")).Should().Throw<Exception>();

        reports.Should().ContainSingle().Which.Failures.Should().ContainSingle().Which.Should().StartWith("Spaces:Bucket: ");
    }

    [Fact]
    public void Bind_Null_Throws()
    {
        OptionsBuilder<PresignerOptions> builder = new ServiceCollection().AddPresigner();

        FluentActions.Invoking(() => builder.BindConfiguration(null!)).Should().Throw<ArgumentNullException>().WithParameterName("configSectionPath");
        FluentActions.Invoking(() => builder.Bind(null!)).Should().Throw<ArgumentNullException>().WithParameterName("config");
    }

    private static async Task<IReadOnlyList<string>> Refusal(Action<IServiceCollection> add, params (string, string)[] configuration)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(TestPresigner.Pairs(configuration)!);
        add(builder.Services);
        using IHost host = builder.Build();
        return [.. (await FluentActions.Awaiting(() => host.StartAsync()).Should().ThrowAsync<OptionsValidationException>()).Which.Failures];
    }

    private static PresignerOptions Bound(IConfiguration section, Action<PresignerOptions>? configure = null)
    {
        ServiceCollection services = new();
        services.AddOptions<PresignerOptions>().Configure(configure ?? (_ => { })).Bind(section);
        return services.BuildServiceProvider().GetRequiredService<IOptions<PresignerOptions>>().Value;
    }

    private static IConfigurationSection Section(params (string Name, string Value)[] settings) =>
        Root([.. settings.Select(setting => ("Section:" + setting.Name, setting.Value))]).GetSection("Section");

    private static IConfigurationRoot Root((string, string)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(TestPresigner.Pairs(settings)!).Build();
}

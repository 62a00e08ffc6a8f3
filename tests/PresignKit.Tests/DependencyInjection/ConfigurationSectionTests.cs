using System.Reflection;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

/// <summary>AddPresigner with a configuration section, bound by the library's strict binder or by Microsoft's binders.</summary>
public class ConfigurationSectionTests
{
    private const string NotADuration = "is not a valid duration. Use [d.]hh:mm:ss with hours from 00 to 23, for example '00:15:00' for 15 minutes or '1.00:00:00' for one day.";

    private static readonly (string Name, string Value)[] AllSettings =
    [
        ("Endpoint", "https://ams3.digitaloceanspaces.com"), ("Region", "ams3"), ("Bucket", "my-space"), ("AccessKeyId", "AK"), ("SecretAccessKey", "secret"),
        ("SessionToken", "token"), ("PublicUrl", "https://cdn.example"), ("UrlStyle", "virtualhosted"), ("DefaultExpiresIn", "00:10:00"), ("SigningWindow", "00:15:00"),
        ("CredentialExpiry", "Clamp"), ("LockUnsignedHeaders", "TRUE"),
    ];

    [Fact]
    public void Section_EverySetting_IsBoundAsByTheGeneralBinder()
    {
        AllSettings.Select(setting => setting.Name).Should().BeEquivalentTo(
            typeof(PresignerOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name), "every property can be configured");
        IConfigurationSection section = Section(AllSettings);

        PresignerOptions general = new();
        section.Bind(general);

        Bound(section).Should().BeEquivalentTo(general).And.Subject.As<PresignerOptions>().SigningWindow.Should().Be(TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void Section_KeyInADifferentCase_IsBound() => Bound(Section(("BUCKET", "my-space"), ("urlstyle", "PATH")))
        .Should().BeEquivalentTo(new { Bucket = "my-space", UrlStyle = UrlStyle.Path });

    [Fact]
    public void Section_EmptyValues_KeepTheValuesSetInCode()
    {
        IConfigurationSection empty = Section([.. AllSettings.Select(setting => (setting.Name, ""))]);

        PresignerOptions options = Bound(empty, o =>
        {
            o.UseAws("eu-west-1");
            (o.Bucket, o.AccessKeyId, o.SecretAccessKey, o.SessionToken, o.PublicUrl) = ("my-bucket", "AK", "secret", "token", "https://files.example");
        });

        options.Should().BeEquivalentTo(new { Endpoint = "https://s3.eu-west-1.amazonaws.com", Region = "eu-west-1" })
            .And.BeEquivalentTo(new { Bucket = "my-bucket", AccessKeyId = "AK", SecretAccessKey = "secret", SessionToken = "token", PublicUrl = "https://files.example" })
            .And.BeEquivalentTo(new { UrlStyle = UrlStyle.Auto, SigningWindow = (TimeSpan?)null, DefaultExpiresIn = TimeSpan.FromHours(1) });
    }

    // .NET 8 and 9 read null as an empty string, .NET 10 as null.
    [Fact]
    public void Section_NullInAJsonFile_IsNotSet()
    {
        using MemoryStream json = new(Encoding.UTF8.GetBytes("""{ "Spaces": { "Bucket": "my-space", "SessionToken": null, "PublicUrl": null, "UrlStyle": null } }"""));

        Bound(new ConfigurationBuilder().AddJsonStream(json).Build().GetSection("Spaces"))
            .Should().BeEquivalentTo(new { Bucket = "my-space", SessionToken = (string?)null, PublicUrl = (string?)null });
    }

    [Fact]
    public void Section_ConfigureBeforeAndAfter_AreAppliedInThisOrder()
    {
        using ConfiguredServices services = new(
            (s, configuration) => s.AddPresigner(configuration.GetSection("Spaces"), o => (o.Bucket, o.UrlStyle, o.PublicUrl) = ("of-code", UrlStyle.Path, "https://f.example"))
                .Configure(o => o.UrlStyle = UrlStyle.VirtualHosted),
            ConfiguredServices.Section("Spaces"));

        PresignerOptions options = services.Get<IOptions<PresignerOptions>>().Value;

        (options.Bucket, options.UrlStyle, options.PublicUrl).Should().Be((TestPresigner.Bucket, UrlStyle.VirtualHosted, "https://f.example"));
    }

    [Fact]
    public async Task Start_SeveralFaults_ReportsOneMessageWithThePathForEach()
    {
        IReadOnlyList<string> failures = await Failures(
            (s, configuration) => s.AddPresigner(configuration.GetSection("Stores:Main")),
            ("Stores:Main:Region", "New York"), ("Stores:Main:Bucket", "a/b"), ("Stores:Main:SecretAccessKey", "secret"), ("Stores:Main:UrlStyle", "Pathh"),
            ("Stores:Main:DefaultExpiresIn", "an hour"), ("Stores:Main:SigningWindow", "soon"), ("Stores:Main:CredentialExpiry", "Clip"),
            ("Stores:Main:LockUnsignedHeaders", "yes"));

        failures.Should().BeEquivalentTo(
        [
            $"Stores:Main:UrlStyle: 'Pathh' is not a valid style. {PresignerOptionsBinder.OneOf<UrlStyle>()}",
            $"Stores:Main:DefaultExpiresIn: 'an hour' {NotADuration}",
            $"Stores:Main:SigningWindow: 'soon' {NotADuration}",
            "Stores:Main:CredentialExpiry: 'Clip' is not a valid choice. Use one of Auto, Clamp, Throw.",
            "Stores:Main:LockUnsignedHeaders: 'yes' is not a valid Boolean. Use true or false.",
            failures.Single(failure => failure.StartsWith("Stores:Main:Endpoint: The store is not set. Set its URL", StringComparison.Ordinal)),
            failures.Single(failure => failure.StartsWith("Stores:Main:Region: The region 'New York'", StringComparison.Ordinal)),
            failures.Single(failure => failure.StartsWith("Stores:Main:Bucket: The bucket 'a/b'", StringComparison.Ordinal)),
            failures.Single(failure => failure.StartsWith("Stores:Main:AccessKeyId: The access key ID is not set", StringComparison.Ordinal)),
        ]);
    }

    [Theory]
    [InlineData("00:00:01", "00:00:01")]
    [InlineData("00:15:00", "00:15:00")]
    [InlineData("23:59:59", "23:59:59")]
    [InlineData("1.00:00:00", "1.00:00:00")]
    [InlineData("0.01:00:00", "01:00:00")]
    [InlineData("6.23:59:59", "6.23:59:59")]
    public void Duration_DaysHoursMinutesSeconds_IsBound(string value, string expected) =>
        Bound(Section(("DefaultExpiresIn", value), ("SigningWindow", value))).Should().Match<PresignerOptions>(options =>
            options.DefaultExpiresIn.ToString("c") == expected && options.SigningWindow == options.DefaultExpiresIn);

    // TimeSpan.Parse reads the first three as 5 days, 24 days and 5 hours.
    [Theory]
    [InlineData("5")]
    [InlineData("24:00:00")]
    [InlineData("05:00")]
    [InlineData("5:00:00")]
    [InlineData("-00:05:00")]
    [InlineData("00:60:00")]
    [InlineData("00:00:60")]
    [InlineData("00:00:01.5")]
    [InlineData(" 00:05:00")]
    [InlineData("PT5M")]
    [InlineData("300")]
    public async Task Duration_UnsupportedForm_IsQuotedWithTheCorrectForm(string value)
    {
        (await Failures("DefaultExpiresIn", value)).Should().Equal($"Spaces:DefaultExpiresIn: '{value}' {NotADuration}");
        (await Failures("SigningWindow", value)).Should().Equal($"Spaces:SigningWindow: '{value}' {NotADuration}");
    }

    [Theory]
    [InlineData("UrlStyle", "1")]
    [InlineData("UrlStyle", "-1")]
    [InlineData("UrlStyle", "Auto, Path")]
    [InlineData("CredentialExpiry", "2")]
    [InlineData("CredentialExpiry", "Refuse")]
    public async Task Choice_NumberListOrUnknownName_IsRejected(string name, string value) =>
        (await Failures(name, value)).Should().ContainSingle().Which.Should().StartWith($"Spaces:{name}: '{value}' is not a valid ");

    [Theory]
    [InlineData("AccessKey", "AccessKeyId")]
    [InlineData("SecretKey", "SecretAccessKey")]
    [InlineData("ServiceURL", "Endpoint")]
    [InlineData("serviceurl", "Endpoint")]
    [InlineData("AuthenticationRegion", "Region")]
    [InlineData("BucketName", "Bucket")]
    [InlineData("Buket", "Bucket")]
    [InlineData("Buckets", "Bucket")]
    [InlineData("Regoin", "Region")]
    [InlineData("CdnUrl", "PublicUrl")]
    [InlineData("ExpiresIn", "DefaultExpiresIn")]
    public async Task Start_UnknownSetting_SuggestsTheSimilarOne(string unknown, string expected) =>
        (await Failures(unknown, "hidden-value")).Should().Equal($"PresignerOptions: The setting 'Spaces:{unknown}' is unknown. Did you mean '{expected}'?");

    [Fact]
    public async Task Start_ForcePathStyle_SuggestsUrlStyle() =>
        (await Failures("ForcePathStyle", "true")).Should().Equal("PresignerOptions: The setting 'Spaces:ForcePathStyle' is unknown. Did you mean 'UrlStyle'? Set it to 'Path' for path style.");

    [Fact]
    public async Task Start_UnknownSettingWithoutASimilarOne_ListsAllSettings() =>
        (await Failures("Timeout", "5")).Should().ContainSingle().Which.Should().Match("PresignerOptions: The setting 'Spaces:Timeout' is unknown. The valid settings are Endpoint, PublicUrl, *");

    [Fact]
    public async Task Start_UnknownSubsection_IsRejected() =>
        (await Failures("Retry:Count", "5")).Should().ContainSingle().Which.Should().StartWith("PresignerOptions: The setting 'Spaces:Retry' is unknown.");

    [Fact]
    public async Task Start_SettingThatIsASection_IsRejected() =>
        (await Failures("PublicUrl:0", "https://f.example")).Should().Equal("Spaces:PublicUrl: The setting is a section in the configuration, not a value. Set it to one value.");

    [Fact]
    public async Task Start_MissingSection_IsNamed() =>
        (await Failures((s, configuration) => s.AddPresigner("archive", configuration.GetSection("Spacez"), Valid), ConfiguredServices.Section("Spaces")))
        .Should().ContainSingle().Which.Should().StartWith("PresignerOptions 'archive': The configuration does not have a section 'Spacez'");

    [Fact]
    public async Task Start_SectionThatIsAValue_IsNamed() =>
        (await Failures((s, configuration) => s.AddPresigner(configuration.GetSection("Spaces"), Valid), ("Spaces", "secret-text")))
        .Should().Equal("PresignerOptions: 'Spaces' is a value in the configuration, not a section. Move the settings of the presigner into a section with this name.");

    [Fact]
    public async Task Start_SameSectionTwice_ReportsEachFaultOnce() =>
        (await Failures(
            (s, configuration) =>
            {
                s.AddPresigner(configuration.GetSection("Spaces"), Valid);
                s.AddPresigner(configuration.GetSection("Spaces"));
            },
            ("Spaces:Buket", "a"), ("Spaces:UrlStyle", "1")))
        .Should().HaveCount(2);

    [Fact]
    public async Task Start_NamedPresigner_NamesItAndThePath() =>
        (await Failures((s, configuration) => s.AddPresigner("archive", configuration.GetSection("Archive"), o => o.UseDigitalOceanSpaces("nyc3")), ("Archive:AccessKeyId", "AK")))
        .Should().ContainSingle().Which.Should().StartWith("PresignerOptions 'archive': Archive:SecretAccessKey: The secret access key is not set");

    // The bucket is set in code, so there is no configuration path to report.
    [Fact]
    public async Task Start_FaultInCode_NamesTheProperty() =>
        (await Failures(
            (s, configuration) => s.AddPresigner(configuration.GetSection("Spaces"), o => o.Bucket = "a/b"),
            ("Spaces:Endpoint", "https://nyc3.digitaloceanspaces.com"), ("Spaces:AccessKeyId", "AK"), ("Spaces:SecretAccessKey", "secret")))
        .Should().ContainSingle().Which.Should().StartWith("PresignerOptions.Bucket: The bucket 'a/b'");

    [Fact]
    public async Task Start_TwoSections_NamesThePathOfEach() =>
        (await Failures(
            (s, configuration) =>
            {
                s.AddPresigner(configuration.GetSection("Spaces"));
                s.AddPresigner(configuration.GetSection("Secrets"));
            },
            ("Spaces:Endpoint", "https://nyc3.digitaloceanspaces.com"), ("Spaces:Bucket", "a/b"), ("Secrets:AccessKeyId", "AK ")))
        .Select(failure => failure.Split(": ")[0]).Should().BeEquivalentTo("Spaces:Bucket", "Secrets:AccessKeyId", "Secrets:SecretAccessKey");

    [Fact]
    public void Section_OfADifferentConfiguration_IsBoundAndReloaded()
    {
        IConfigurationRoot other = Root([.. ConfiguredServices.Section("Other")]);
        using ConfiguredServices services = new(s => s.AddPresigner("archive", other.GetSection("Other")));
        string before = services.Named("archive").Presign(new GetObject("key")).Address();

        other["Other:Bucket"] = "older";
        other.Reload();

        (before, services.Named("archive").Presign(new GetObject("key")).Address())
            .Should().Be(("https://my-space.nyc3.digitaloceanspaces.com/key", "https://older.nyc3.digitaloceanspaces.com/key"));
    }

    // Microsoft's binders, including the source generator, also work, but then the library's own messages do not contain the configuration path.
    [Theory]
    [InlineData("", true)]
    [InlineData("archive", true)]
    [InlineData("", false)]
    [InlineData("archive", false)]
    public void GeneralBinder_Section_IsBoundReloadedAndLogged(string name, bool byBuilder)
    {
        using CollectedLogs logs = new();
        using ConfiguredServices services = new(
            (s, configuration) =>
            {
                s.AddLogging(logging => logging.AddProvider(logs));
                OptionsBuilder<PresignerOptions> builder = name.Length == 0 ? s.AddPresigner() : s.AddPresigner(name);
                _ = byBuilder ? builder.BindConfiguration("Spaces").Services : s.Configure<PresignerOptions>(name, configuration.GetSection("Spaces"));
            },
            ConfiguredServices.Section("Spaces"));
        S3Presigner presigner = name.Length == 0 ? services.Presigner : services.Named(name);

        services.Reload("Spaces:Bucket", "other");

        // The options monitor throws, except with BindConfiguration 8.0, which does not register a change token for named options.
        _ = Record.Exception(() => services.Reload("Spaces:UrlStyle", "Pathh"));

        presigner.Presign(new GetObject("key")).Address().Should().Be("https://other.nyc3.digitaloceanspaces.com/key");
        logs.OfPresignKit.Should().ContainSingle().Which.Exception!.Message.Should().Contain("Spaces:UrlStyle");
    }

    [Fact]
    public void Reload_InvalidAfterBindingTwice_IsLoggedOnce()
    {
        using CollectedLogs logs = new();
        using ConfiguredServices services = new(
            (s, configuration) =>
            {
                s.AddLogging(logging => logging.AddProvider(logs));
                s.AddPresigner(configuration.GetSection("Spaces"));
                s.AddPresigner(configuration.GetSection("Spaces"));
            },
            ConfiguredServices.Section("Spaces"));
        _ = services.Presigner;

        FluentActions.Invoking(() => services.Reload("Spaces:Bucket", "a/b")).Should().Throw<Exception>();

        logs.OfPresignKit.Should().ContainSingle().Which.Exception.Should().BeOfType<OptionsValidationException>()
            .Which.Failures.Should().ContainSingle().Which.Should().StartWith("Spaces:Bucket: ");
    }

    [Fact]
    public void Section_Null_Throws()
    {
        ServiceCollection services = new();

        FluentActions.Invoking(() => services.AddPresigner((IConfigurationSection)null!)).Should().Throw<ArgumentNullException>().WithParameterName("section");
        FluentActions.Invoking(() => services.AddPresigner("archive", (IConfigurationSection)null!)).Should().Throw<ArgumentNullException>().WithParameterName("section");
        FluentActions.Invoking(() => services.AddPresigner(null!, Section(("Bucket", "a")))).Should().Throw<ArgumentNullException>().WithParameterName("name");
        FluentActions.Invoking(() => ((IServiceCollection)null!).AddPresigner(Section(("Bucket", "a")))).Should().Throw<ArgumentNullException>().WithParameterName("services");
        FluentActions.Invoking(() => ((IServiceCollection)null!).AddPresigner("archive", Section(("Bucket", "a")))).Should().Throw<ArgumentNullException>().WithParameterName("services");
    }

    private static void Valid(PresignerOptions options)
    {
        options.UseDigitalOceanSpaces("nyc3");
        (options.Bucket, options.AccessKeyId, options.SecretAccessKey) = (TestPresigner.Bucket, TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey);
    }

    private static Task<IReadOnlyList<string>> Failures(string name, string value) =>
        Failures((s, configuration) => s.AddPresigner(configuration.GetSection("Spaces"), Valid), ("Spaces:" + name, value));

    private static async Task<IReadOnlyList<string>> Failures(Action<IServiceCollection, IConfiguration> add, params (string, string)[] configuration)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(TestPresigner.Pairs(configuration)!);
        add(builder.Services, builder.Configuration);
        using IHost host = builder.Build();
        return [.. (await FluentActions.Awaiting(() => host.StartAsync()).Should().ThrowAsync<OptionsValidationException>()).Which.Failures];
    }

    // There is no presigner, so the options do not need to be valid.
    private static PresignerOptions Bound(IConfigurationSection section, Action<PresignerOptions>? configure = null)
    {
        PresignerOptions options = new();
        configure?.Invoke(options);
        PresignerOptionsBinder.Bind(options, section);
        options.ConfigurationProblems.Should().BeEmpty();
        return options;
    }

    private static IConfigurationSection Section(params (string Name, string Value)[] settings) =>
        Root([.. settings.Select(setting => ("Section:" + setting.Name, setting.Value))]).GetSection("Section");

    private static IConfigurationRoot Root((string, string)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(TestPresigner.Pairs(settings)!).Build();
}

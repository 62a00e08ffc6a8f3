using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

/// <summary>What a registered presigner does when its configuration is reloaded.</summary>
public class ReloadTests
{
    private static readonly GetObject Operation = new("key");

    [Fact]
    public void Reload_OtherValues_ArePresignedWithFromThenOn()
    {
        using ConfiguredServices services = new(s => s.AddPresigner().BindConfiguration("Spaces"), ConfiguredServices.Section("Spaces"));
        S3Presigner presigner = services.Presigner;
        string before = presigner.Presign(Operation).Address();

        services.Set("Spaces:Endpoint", "https://ams3.digitaloceanspaces.com");
        services.Set("Spaces:AccessKeyId", "ROTATED");
        string unread = presigner.Presign(Operation).Address();
        services.Reload();

        (before, unread).Should().Be(("https://my-space.nyc3.digitaloceanspaces.com/key", "https://my-space.nyc3.digitaloceanspaces.com/key"));
        PresignedUrl after = presigner.Presign(Operation);
        after.Address().Should().Be("https://my-space.ams3.digitaloceanspaces.com/key");
        after.Parameter("X-Amz-Credential").Should().StartWith("ROTATED%2F").And.Contain("%2Fams3%2F");
    }

    [Fact]
    public void Reload_RegionAfterUse_MovesTheStore()
    {
        using ConfiguredServices services = new(
            s => s.AddPresigner(options => options.UseAws("eu-west-1")).BindConfiguration("Aws"),
            ("Aws:Bucket", "my-bucket"), ("Aws:AccessKeyId", "AK"), ("Aws:SecretAccessKey", "secret"));
        string before = services.Presigner.Presign(Operation).Address();

        services.Reload("Aws:Region", "eu-central-1");

        before.Should().Be("https://my-bucket.s3.eu-west-1.amazonaws.com/key");
        PresignedUrl after = services.Presigner.Presign(Operation);
        after.Address().Should().Be("https://my-bucket.s3.eu-central-1.amazonaws.com/key");
        after.Parameter("X-Amz-Credential").Should().Contain("%2Feu-central-1%2Fs3%2F");
    }

    [Fact]
    public void Reload_OfOneOfTwo_ChangesThatOneOnly()
    {
        using ConfiguredServices services = new(
            s =>
            {
                s.AddPresigner().BindConfiguration("Spaces");
                s.AddPresigner("archive").BindConfiguration("Archive");
            },
            [.. ConfiguredServices.Section("Spaces"), .. ConfiguredServices.Section("Archive", "ams3")]);
        _ = (services.Presigner, services.Named("archive"));

        services.Reload("Archive:Bucket", "older");

        services.Named("archive").Presign(Operation).Address().Should().Be("https://older.ams3.digitaloceanspaces.com/key");
        services.Presigner.Presign(Operation).Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
    }

    [Fact]
    public void Reload_BeforeThePresignerIsMade_IsSeen()
    {
        using ConfiguredServices services = new(s => s.AddPresigner().BindConfiguration("Spaces"), ConfiguredServices.Section("Spaces"));
        _ = services.Get<IOptionsMonitor<PresignerOptions>>().CurrentValue;

        services.Set("Spaces:Bucket", "other");

        services.Presigner.Presign(Operation).Address().Should().Be("https://other.nyc3.digitaloceanspaces.com/key");
    }

    // The monitor subscribes before the presigner here, and its own reading fails first: the presigner's report must come all the same, and the other way round.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reload_Invalid_KeepsTheLastValidAndReportsOnce(bool monitorFirst)
    {
        List<OptionsValidationException> reports = [];
        using ConfiguredServices services = Reporting(reports);
        _ = monitorFirst ? services.Get<IOptionsMonitor<PresignerOptions>>().CurrentValue : null;
        string before = services.Presigner.Presign(Operation).Address();
        _ = services.Get<IOptionsMonitor<PresignerOptions>>().CurrentValue;

        services.Set("Spaces:Bucket", "a/b");
        services.Set("Spaces:SecretAccessKey", null);
        FluentActions.Invoking(services.Reload).Should().Throw<Exception>("the options monitor throws");

        services.Presigner.Presign(Operation).Address().Should().Be(before);
        reports.Should().ContainSingle().Which.Failures.Should().SatisfyRespectively(
            failure => failure.Should().Contain("Bucket: The bucket 'a/b' contains a slash."),
            failure => failure.Should().Contain("SecretAccessKey: not set"));
    }

    // Nobody has asked for a presigner yet: the start of the host has made it, so that there are valid options to keep.
    [Fact]
    public async Task Reload_InvalidBeforeTheFirstUse_KeepsTheOptionsOfTheStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(TestPresigner.Pairs(ConfiguredServices.Section("Spaces"))!);
        builder.Services.AddPresigner("archive").BindConfiguration("Spaces");
        using IHost host = builder.Build();
        await host.StartAsync();

        builder.Configuration["Spaces:Bucket"] = "a/b";
        FluentActions.Invoking(() => ((IConfigurationRoot)builder.Configuration).Reload()).Should().Throw<Exception>();

        host.Services.GetRequiredKeyedService<IPresigner>("archive").Presign(Operation).Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
    }

    [Fact]
    public void Reload_ValidAfterInvalid_IsTaken()
    {
        List<OptionsValidationException> reports = [];
        using ConfiguredServices services = Reporting(reports);
        _ = services.Presigner;
        FluentActions.Invoking(() => services.Reload("Spaces:Bucket", "a/b")).Should().Throw<Exception>();

        services.Reload("Spaces:Bucket", "other");

        services.Presigner.Presign(Operation).Address().Should().Be("https://other.nyc3.digitaloceanspaces.com/key");
        reports.Should().HaveCount(1);
    }

    [Theory]
    [InlineData("UrlStyle", "Pathh")]
    [InlineData("DefaultExpiresIn", "an hour")]
    public void Reload_ValueOfAnotherType_IsReportedLikeAnInvalidOne(string name, string value)
    {
        List<OptionsValidationException> reports = [];
        using ConfiguredServices services = Reporting(reports);
        _ = services.Presigner;

        FluentActions.Invoking(() => services.Reload("Spaces:" + name, value)).Should().Throw<Exception>();

        services.Presigner.Presign(Operation).Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
        reports.Should().ContainSingle().Which.Failures.Should().ContainSingle().Which.Should().Contain("Spaces:" + name);
    }

    [Fact]
    public void Reload_InvalidWithoutReport_ThrowsToWhoeverReloads()
    {
        using ConfiguredServices services = new(s => s.AddPresigner("archive").BindConfiguration("Spaces"), ConfiguredServices.Section("Spaces"));
        S3Presigner presigner = services.Named("archive");

        Exception? thrown = Record.Exception(() => services.Reload("Spaces:Bucket", "a/b"));

        thrown!.ToString().Should().Contain("The bucket 'a/b' contains a slash.").And.Contain("'archive'");

        presigner.Presign(Operation).Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
    }

    [Fact]
    public void Reload_InvalidTwice_CallsTheReportOfTheLastValidOptions()
    {
        List<string> reports = [];
        int made = 0;
        using ConfiguredServices services = new(
            s => s.AddPresigner().BindConfiguration("Spaces").Configure(options =>
            {
                if (options.Bucket == "a/b")
                {
                    options.OnInvalidReload(_ => reports.Add("of the invalid options"));
                }
                else
                {
                    string name = "of valid options " + ++made;
                    options.OnInvalidReload(_ => reports.Add(name));
                    options.OnInvalidReload(_ => reports.Add("another"));
                }
            }),
            ConfiguredServices.Section("Spaces"));
        _ = services.Presigner;
        string last = "of valid options " + made;

        FluentActions.Invoking(() => services.Reload("Spaces:Bucket", "a/b")).Should().Throw<Exception>();
        FluentActions.Invoking(services.Reload).Should().Throw<Exception>();

        reports.Should().Equal(last, "another", last, "another");
    }

    [Fact]
    public async Task Reload_WhileARequestWaits_SignsThatOneWhollyWithTheOldOptions()
    {
        TaskCompletionSource<S3Credentials> pending = new();
        using ConfiguredServices services = new(
            s =>
            {
                s.AddPresigner().BindConfiguration("Spaces");
                s.AddSingleton<IS3CredentialsProvider>(new FakeProvider(_ => new(pending.Task)));
            },
            ("Spaces:Endpoint", "https://nyc3.digitaloceanspaces.com"), ("Spaces:Bucket", "old"));
        ValueTask<PresignedUrl> inFlight = services.Presigner.PresignAsync(Operation);

        services.Set("Spaces:Endpoint", "https://ams3.digitaloceanspaces.com");
        services.Reload("Spaces:Bucket", "new");
        pending.SetResult(new S3Credentials("AK", "secret"));

        PresignedUrl old = await inFlight;
        old.Address().Should().Be("https://old.nyc3.digitaloceanspaces.com/key");
        old.Parameter("X-Amz-Credential").Should().Contain("%2Fnyc3%2F");
        services.Presigner.Presign(Operation).Address().Should().Be("https://new.ams3.digitaloceanspaces.com/key");
    }

    [Fact]
    public void Reload_AfterTheContainerIsDisposed_IsNotRead()
    {
        ConfiguredServices services = new(s => s.AddPresigner().BindConfiguration("Spaces"), ConfiguredServices.Section("Spaces"));
        S3Presigner presigner = services.Presigner;

        services.Dispose();
        services.Reload("Spaces:Bucket", "other");

        presigner.Presign(Operation).Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
    }

    [Fact]
    public void Monitor_OfATest_IsTheSourceOfTheOptions()
    {
        FakeMonitor monitor = new();
        using ConfiguredServices services = new(s =>
        {
            s.AddSingleton<IOptionsMonitor<PresignerOptions>>(monitor);
            s.AddPresigner("archive");
        });
        string before = services.Named("archive").Presign(Operation).Address();

        monitor.Change("other", "unrelated");
        monitor.Change("archive", "older");

        (before, services.Named("archive").Presign(Operation).Address())
            .Should().Be(("https://my-space.nyc3.digitaloceanspaces.com/key", "https://older.nyc3.digitaloceanspaces.com/key"));
    }

    [Fact]
    public void OnInvalidReload_Null_Throws() => FluentActions.Invoking(() => new PresignerOptions().OnInvalidReload(null!))
        .Should().Throw<ArgumentNullException>().WithParameterName("report");

    private static ConfiguredServices Reporting(List<OptionsValidationException> reports) => new(
        s => s.AddPresigner(options => options.OnInvalidReload(reports.Add)).BindConfiguration("Spaces"), ConfiguredServices.Section("Spaces"));

    /// <summary>An options monitor as tests of applications have them.</summary>
    private sealed class FakeMonitor : IOptionsMonitor<PresignerOptions>
    {
        private event Action<PresignerOptions, string?>? Changed;

        public PresignerOptions CurrentValue => TestPresigner.Options();

        public PresignerOptions Get(string? name) => TestPresigner.Options();

        public IDisposable? OnChange(Action<PresignerOptions, string?> listener)
        {
            Changed += listener;
            return null;
        }

        public void Change(string name, string bucket) => Changed?.Invoke(TestPresigner.Options(options => options.Bucket = bucket), name);
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

/// <summary>The behavior of a registered presigner when its configuration is reloaded.</summary>
public class ReloadTests
{
    private static readonly GetObject Operation = new("key");

    [Fact]
    public void Reload_DifferentValues_AreUsedFromThenOn()
    {
        using ConfiguredServices services = new((s, configuration) => s.AddPresigner(configuration.GetSection("Spaces")), ConfiguredServices.Section("Spaces"));
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
            (s, configuration) => s.AddPresigner(configuration.GetSection("Aws"), options => options.UseAws("eu-west-1")),
            ("Aws:Bucket", "my-bucket"), ("Aws:AccessKeyId", "AK"), ("Aws:SecretAccessKey", "secret"));
        string before = services.Presigner.Presign(Operation).Address();

        services.Reload("Aws:Region", "eu-central-1");

        before.Should().Be("https://my-bucket.s3.eu-west-1.amazonaws.com/key");
        PresignedUrl after = services.Presigner.Presign(Operation);
        after.Address().Should().Be("https://my-bucket.s3.eu-central-1.amazonaws.com/key");
        after.Parameter("X-Amz-Credential").Should().Contain("%2Feu-central-1%2Fs3%2F");
    }

    [Fact]
    public void Reload_OneOfTwoPresigners_ChangesOnlyThatOne()
    {
        using ConfiguredServices services = new(
            (s, configuration) =>
            {
                s.AddPresigner(configuration.GetSection("Spaces"));
                s.AddPresigner("archive", configuration.GetSection("Archive"));
            },
            [.. ConfiguredServices.Section("Spaces"), .. ConfiguredServices.Section("Archive", "ams3")]);
        _ = (services.Presigner, services.Named("archive"));

        services.Reload("Archive:Bucket", "older");

        services.Named("archive").Presign(Operation).Address().Should().Be("https://older.ams3.digitaloceanspaces.com/key");
        services.Presigner.Presign(Operation).Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
    }

    [Fact]
    public void Reload_BeforeThePresignerIsCreated_TakesEffect()
    {
        using ConfiguredServices services = new((s, configuration) => s.AddPresigner(configuration.GetSection("Spaces")), ConfiguredServices.Section("Spaces"));
        _ = services.Get<IOptionsMonitor<PresignerOptions>>().CurrentValue;

        services.Set("Spaces:Bucket", "other");

        services.Presigner.Presign(Operation).Address().Should().Be("https://other.nyc3.digitaloceanspaces.com/key");
    }

    // If the monitor subscribes before the presigner, its own validation fails first. The presigner must still log the failure, in this order and in the reverse order.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reload_Invalid_KeepsTheLastValidOptionsAndLogsOnce(bool monitorFirst)
    {
        using CollectedLogs logs = new();
        using ConfiguredServices services = Logging(logs);
        _ = monitorFirst ? services.Get<IOptionsMonitor<PresignerOptions>>().CurrentValue : null;
        string before = services.Presigner.Presign(Operation).Address();
        _ = services.Get<IOptionsMonitor<PresignerOptions>>().CurrentValue;

        services.Set("Spaces:Bucket", "a/b");
        services.Set("Spaces:SecretAccessKey", null);
        FluentActions.Invoking(services.Reload).Should().Throw<Exception>("the options monitor throws");

        services.Presigner.Presign(Operation).Address().Should().Be(before);
        CollectedLogs.Entry entry = logs.OfPresignKit.Should().ContainSingle().Which;
        (entry.Category, entry.Level, entry.Id.Id, entry.Id.Name).Should().Be(("PresignKit", LogLevel.Error, 1, "OptionsReloadRejected"));
        entry.Message.Should().Be("The reloaded options of the presigner (default) were rejected. The presigner continues to use its last valid options.");
        entry.Exception.Should().BeOfType<OptionsValidationException>().Which.Failures.Should().SatisfyRespectively(
            failure => failure.Should().StartWith("Spaces:Bucket: The bucket 'a/b'"),
            failure => failure.Should().StartWith("Spaces:SecretAccessKey: The secret access key is not set"));
    }

    // The host creates the presigner at startup, before its first use, so that there are valid options to keep.
    [Fact]
    public async Task Reload_InvalidBeforeTheFirstUse_KeepsTheOptionsFromStartup()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(TestPresigner.Pairs(ConfiguredServices.Section("Spaces"))!);
        builder.Services.AddPresigner("archive", builder.Configuration.GetSection("Spaces"));
        using IHost host = builder.Build();
        await host.StartAsync();

        builder.Configuration["Spaces:Bucket"] = "a/b";
        FluentActions.Invoking(() => ((IConfigurationRoot)builder.Configuration).Reload()).Should().Throw<Exception>();

        host.Services.GetRequiredKeyedService<IPresigner>("archive").Presign(Operation).Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
    }

    [Fact]
    public void Reload_ValidAfterInvalid_IsUsed()
    {
        using CollectedLogs logs = new();
        using ConfiguredServices services = Logging(logs);
        _ = services.Presigner;
        FluentActions.Invoking(() => services.Reload("Spaces:Bucket", "a/b")).Should().Throw<Exception>();

        services.Reload("Spaces:Bucket", "other");

        services.Presigner.Presign(Operation).Address().Should().Be("https://other.nyc3.digitaloceanspaces.com/key");
        logs.OfPresignKit.Should().HaveCount(1);
    }

    [Theory]
    [InlineData("UrlStyle", "Pathh")]
    [InlineData("DefaultExpiresIn", "an hour")]
    public void Reload_ValueOfTheWrongType_IsLoggedLikeAnInvalidOne(string name, string value)
    {
        using CollectedLogs logs = new();
        using ConfiguredServices services = Logging(logs);
        _ = services.Presigner;

        FluentActions.Invoking(() => services.Reload("Spaces:" + name, value)).Should().Throw<Exception>();

        services.Presigner.Presign(Operation).Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
        logs.OfPresignKit.Should().ContainSingle().Which.Exception.Should().BeOfType<OptionsValidationException>()
            .Which.Failures.Should().ContainSingle().Which.Should().StartWith($"Spaces:{name}: '{value}'");
    }

    [Fact]
    public void Reload_InvalidWithoutLogger_ThrowsToTheCallerOfReload()
    {
        using ConfiguredServices services = new((s, configuration) => s.AddPresigner("archive", configuration.GetSection("Spaces")), ConfiguredServices.Section("Spaces"));
        S3Presigner presigner = services.Named("archive");

        Exception? thrown = Record.Exception(() => services.Reload("Spaces:Bucket", "a/b"));

        thrown!.ToString().Should().Contain("The bucket 'a/b'").And.Contain("'archive'");

        presigner.Presign(Operation).Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
    }

    [Fact]
    public void Reload_InvalidTwice_IsLoggedTwiceWithTheName()
    {
        using CollectedLogs logs = new();
        using ConfiguredServices services = new(
            (s, configuration) =>
            {
                s.AddLogging(logging => logging.AddProvider(logs));
                s.AddPresigner("archive", configuration.GetSection("Spaces"));
            },
            ConfiguredServices.Section("Spaces"));
        _ = services.Named("archive");

        FluentActions.Invoking(() => services.Reload("Spaces:Bucket", "a/b")).Should().Throw<Exception>();
        FluentActions.Invoking(services.Reload).Should().Throw<Exception>();

        logs.OfPresignKit.Select(entry => entry.Message).Should().HaveCount(2).And.AllBe("The reloaded options of the presigner archive were rejected. The presigner continues to use its last valid options.");
    }

    [Fact]
    public void Reload_SectionRemoved_KeepsTheLastValidOptions()
    {
        using CollectedLogs logs = new();
        using ConfiguredServices services = Logging(logs);
        _ = services.Presigner;
        foreach ((string name, _) in ConfiguredServices.Section("Spaces"))
        {
            services.Set(name, null);
        }

        FluentActions.Invoking(services.Reload).Should().Throw<Exception>();

        services.Presigner.Presign(Operation).Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
        logs.OfPresignKit.Should().ContainSingle();
    }

    // The application's callback may throw any exception.
    [Fact]
    public void Reload_ConfigureThrows_IsLoggedAndKeepsTheLastValidOptions()
    {
        using CollectedLogs logs = new();
        using ConfiguredServices services = new(
            (s, configuration) =>
            {
                s.AddLogging(logging => logging.AddProvider(logs));
                s.AddPresigner(configuration.GetSection("Spaces")).Configure(options => _ = options.Bucket == "other" ? throw new InvalidTimeZoneException() : 0);
            },
            ConfiguredServices.Section("Spaces"));
        _ = services.Presigner;

        FluentActions.Invoking(() => services.Reload("Spaces:Bucket", "other")).Should().Throw<Exception>();

        services.Presigner.Presign(Operation).Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
        logs.OfPresignKit.Should().ContainSingle().Which.Exception.Should().BeOfType<InvalidTimeZoneException>();
    }

    [Fact]
    public async Task Reload_WhileARequestWaits_SignsThatRequestEntirelyWithTheOldOptions()
    {
        TaskCompletionSource<S3Credentials> pending = new();
        using ConfiguredServices services = new(
            (s, configuration) =>
            {
                s.AddPresigner(configuration.GetSection("Spaces"));
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
    public void Reload_AfterTheContainerIsDisposed_IsIgnored()
    {
        ConfiguredServices services = new((s, configuration) => s.AddPresigner(configuration.GetSection("Spaces")), ConfiguredServices.Section("Spaces"));
        S3Presigner presigner = services.Presigner;

        services.Dispose();
        services.Reload("Spaces:Bucket", "other");

        presigner.Presign(Operation).Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
    }

    [Fact]
    public void Monitor_ReplacedByATest_IsTheSourceOfTheOptions()
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

    private static ConfiguredServices Logging(CollectedLogs logs) => new(
        (s, configuration) =>
        {
            s.AddLogging(logging => logging.AddProvider(logs));
            s.AddPresigner(configuration.GetSection("Spaces"));
        },
        ConfiguredServices.Section("Spaces"));

    /// <summary>An options monitor of the kind that applications use in their tests.</summary>
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

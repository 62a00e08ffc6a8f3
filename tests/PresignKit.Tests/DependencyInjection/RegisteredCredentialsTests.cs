using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>Credentials providers in the container, which are used if the options do not contain credentials.</summary>
public class RegisteredCredentialsTests
{
    private static readonly FakeProvider Default = new(new S3Credentials("DEFAULT", "default-secret"));
    private static readonly FakeProvider OfArchive = new(new S3Credentials("ARCHIVE", "archive-secret"));
    private static readonly FakeProvider OfOptions = new(new S3Credentials("OPTIONS", "options-secret"));

    [Fact]
    public void Presign_OptionsWithoutCredentials_UsesTheProviderOfTheSameName()
    {
        using ConfiguredServices services = new(s =>
        {
            s.AddPresigner(Store);
            s.AddPresigner("archive", Store);
            s.AddSingleton<IS3CredentialsProvider>(Default);
            s.AddKeyedSingleton<IS3CredentialsProvider>("archive", OfArchive);
        });

        (KeyOf(services.Presigner), KeyOf(services.Named("archive"))).Should().Be(("DEFAULT", "ARCHIVE"));
    }

    [Fact]
    public void Presign_OptionsWithAProvider_UsesThatProvider()
    {
        using ConfiguredServices services = new(s =>
        {
            s.AddPresigner(Store).Configure(options => options.UseCredentials(OfOptions));
            s.AddSingleton<IS3CredentialsProvider>(Default);
        });

        KeyOf(services.Presigner).Should().Be("OPTIONS");
    }

    [Fact]
    public void Presign_OptionsWithKeys_UsesTheKeysFirst()
    {
        using ConfiguredServices services = new(
            (s, configuration) =>
            {
                s.AddPresigner(configuration.GetSection("Spaces"), Store).Configure(options => options.UseCredentials(OfOptions));
                s.AddSingleton<IS3CredentialsProvider>(Default);
            },
            ("Spaces:AccessKeyId", "CONFIGURED"), ("Spaces:SecretAccessKey", "configured-secret"));

        KeyOf(services.Presigner).Should().Be("CONFIGURED");
    }

    [Fact]
    public void Reload_KeysRemoved_UsesTheRegisteredProvider()
    {
        using ConfiguredServices services = new(
            (s, configuration) =>
            {
                s.AddPresigner(configuration.GetSection("Spaces"), Store);
                s.AddSingleton<IS3CredentialsProvider>(Default);
            },
            ("Spaces:UrlStyle", "Auto"), ("Spaces:AccessKeyId", "CONFIGURED"), ("Spaces:SecretAccessKey", "configured-secret"));
        string before = KeyOf(services.Presigner);

        services.Set("Spaces:AccessKeyId", null);
        services.Reload("Spaces:SecretAccessKey", null);

        (before, KeyOf(services.Presigner)).Should().Be(("CONFIGURED", "DEFAULT"));
    }

    // An incomplete key pair is a mistake that a registered provider must not hide.
    [Fact]
    public async Task Start_IncompleteKeyPairAndRegisteredProvider_Fails()
    {
        using IHost host = HostOf(s =>
        {
            s.AddPresigner(Store).Configure(options => options.AccessKeyId = "AK");
            s.AddSingleton<IS3CredentialsProvider>(Default);
        });

        await FluentActions.Awaiting(() => host.StartAsync()).Should().ThrowAsync<OptionsValidationException>().WithMessage("*SecretAccessKey: The secret access key is not set*");
    }

    [Fact]
    public async Task Start_ProviderRegistered_Starts()
    {
        using IHost host = HostOf(s =>
        {
            s.AddPresigner("archive", Store);
            s.AddKeyedSingleton<IS3CredentialsProvider>("archive", OfArchive);
        });

        await FluentActions.Awaiting(() => host.StartAsync()).Should().NotThrowAsync();
    }

    // The keys of one store are not valid for a different store.
    [Fact]
    public async Task Start_ProviderUnderADifferentName_Fails()
    {
        using IHost host = HostOf(s =>
        {
            s.AddPresigner("archive", Store);
            s.AddSingleton<IS3CredentialsProvider>(Default);
            s.AddKeyedSingleton<IS3CredentialsProvider>("media", OfArchive);
        });

        await FluentActions.Awaiting(() => host.StartAsync()).Should().ThrowAsync<OptionsValidationException>()
            .WithMessage("*'archive': AccessKeyId: The credentials are not set.*register an IS3CredentialsProvider (for a named presigner, with its name as the key).");
    }

    [Fact]
    public async Task Start_EnvironmentWithoutItsVariables_NamesThem()
    {
        using IHost host = HostOf(s => s.AddPresigner(Store)
            .Configure(options => options.UseCredentials(new EnvironmentCredentialsProvider(name => name == "SPACES_ACCESS_KEY_ID" ? "DO" : null))));

        await FluentActions.Awaiting(() => host.StartAsync()).Should().ThrowAsync<OptionsValidationException>()
            .WithMessage("PresignerOptions: The environment variable SPACES_SECRET_ACCESS_KEY is not set*");
    }

    [Fact]
    public async Task Start_EnvironmentRegisteredWithoutItsVariables_NamesThem()
    {
        using IHost host = HostOf(s =>
        {
            s.AddPresigner(Store);
            s.AddSingleton<IS3CredentialsProvider>(new EnvironmentCredentialsProvider(_ => null));
        });

        await FluentActions.Awaiting(() => host.StartAsync()).Should().ThrowAsync<OptionsValidationException>()
            .WithMessage("*The environment contains no credentials.*");
    }

    [Fact]
    public async Task Renewal_Fails_IsLoggedByTheContainersLogger()
    {
        using CollectedLogs logs = new();
        RefreshingCredentialsProvider provider = new(new FakeProvider(_ => throw new TimeoutException("STS does not respond")));
        using ConfiguredServices services = new(s =>
        {
            s.AddLogging(logging => logging.AddProvider(logs));
            s.AddPresigner("archive", Store);
            s.AddKeyedSingleton<IS3CredentialsProvider>("archive", provider);
        });

        await FluentActions.Awaiting(() => services.Named("archive").PresignAsync(new GetObject("key")).AsTask()).Should().ThrowAsync<TimeoutException>();

        await Until(() => logs.OfPresignKit.Count > 0);
        CollectedLogs.Entry entry = logs.OfPresignKit.Should().ContainSingle().Which;
        (entry.Category, entry.Level, entry.Id.Id, entry.Id.Name).Should().Be(("PresignKit", LogLevel.Warning, 2, "CredentialRenewalFailed"));
        entry.Exception.Should().BeOfType<TimeoutException>();
    }

    [Fact]
    public async Task Renewal_FailsWithItsOwnLogger_IsLoggedThere()
    {
        using CollectedLogs ofContainer = new();
        using CollectedLogs own = new();
        RefreshingCredentialsProvider provider = new(new FakeProvider(_ => throw new TimeoutException()), logger: own);
        using ConfiguredServices services = new(s =>
        {
            s.AddLogging(logging => logging.AddProvider(ofContainer));
            s.AddPresigner(Store).Configure(options => options.UseCredentials(provider));
        });

        await FluentActions.Awaiting(() => services.Presigner.PresignAsync(new GetObject("key")).AsTask()).Should().ThrowAsync<TimeoutException>();

        await Until(() => own.OfPresignKit.Count > 0);
        (own.OfPresignKit.Count, ofContainer.OfPresignKit.Count).Should().Be((1, 0));
    }

    // A callback that creates a provider creates one without credentials on every reload, and Presign never waits.
    [Fact]
    public async Task Reload_CallbackCreatesTheProvider_KeepsPresigningWithoutAGap()
    {
        FakeTimeProvider clock = new(TestPresigner.Now);
        List<FakeRole> roles = [];
        using ConfiguredServices services = new(
            (s, configuration) =>
            {
                s.AddSingleton<TimeProvider>(clock);
                s.AddPresigner(configuration.GetSection("Spaces"), options =>
                {
                    lock (roles)
                    {
                        roles.Add(new FakeRole(clock));
                        options.UseCredentials(new RefreshingCredentialsProvider(roles[^1], clock));
                    }
                });
            },
            ("Spaces:Endpoint", "https://nyc3.digitaloceanspaces.com"), ("Spaces:Bucket", "one"));
        S3Presigner presigner = services.Presigner;
        await presigner.PresignAsync(new GetObject("key"));
        FakeRole first = roles.Single(role => role.Calls > 0);

        services.Reload("Spaces:Bucket", "two");
        int buckets = 0;
        for (DateTime deadline = DateTime.UtcNow.AddSeconds(30); buckets < 2 && DateTime.UtcNow < deadline; await Task.Delay(1))
        {
            buckets = presigner.Presign(new GetObject("key")).Url.StartsWith("https://two.", StringComparison.Ordinal) ? 2 : 1;
        }

        buckets.Should().Be(2, "the new options are used once their provider has credentials");
        FakeRole second = roles.Single(role => role.Calls > 0 && role != first);
        clock.Advance(TimeSpan.FromMinutes(55));
        await second.Asked(2);
        first.Calls.Should().Be(1, "the old timer has stopped");
    }

    [Fact]
    public async Task Reload_ProviderOfTheNewOptionsFails_KeepsTheOldOptionsAndTriesAgain()
    {
        FakeTimeProvider clock = new(TestPresigner.Now);
        FakeRole role = new(clock);
        using CollectedLogs logs = new();
        using ConfiguredServices services = new(
            (s, configuration) =>
            {
                s.AddLogging(logging => logging.AddProvider(logs));
                s.AddSingleton<TimeProvider>(clock);
                s.AddPresigner(configuration.GetSection("Spaces"), options => options.UseCredentials(new RefreshingCredentialsProvider(role, clock)));
            },
            ("Spaces:Endpoint", "https://nyc3.digitaloceanspaces.com"), ("Spaces:Bucket", "one"));
        S3Presigner presigner = services.Presigner;
        await presigner.PresignAsync(new GetObject("key"));
        role.Failure = new TimeoutException("STS does not respond");

        services.Reload("Spaces:Bucket", "two");
        await Until(() => logs.OfPresignKit.Any(entry => entry.Id.Id == 3));
        presigner.Presign(new GetObject("key")).Url.Should().StartWith("https://one.");
        role.Failure = null;

        await Until(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return presigner.Presign(new GetObject("key")).Url.StartsWith("https://two.", StringComparison.Ordinal);
        });
    }

    private static async Task Until(Func<bool> condition)
    {
        for (DateTime deadline = DateTime.UtcNow.AddSeconds(30); !condition(); await Task.Delay(1))
        {
            DateTime.UtcNow.Should().BeBefore(deadline);
        }
    }

    private static void Store(PresignerOptions options)
    {
        options.UseDigitalOceanSpaces("nyc3");
        options.Bucket = TestPresigner.Bucket;
    }

    private static string KeyOf(S3Presigner presigner) => presigner.Presign(new GetObject("key")).Parameter("X-Amz-Credential")!.Split('%')[0];

    private static IHost HostOf(Action<IServiceCollection> add)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        add(builder.Services);
        return builder.Build();
    }
}

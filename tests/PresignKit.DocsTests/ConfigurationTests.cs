using System.Text;
using Amazon.Runtime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PresignKit.DocsTests;

/// <summary>The code of docs/configuration.md.</summary>
public class ConfigurationTests
{
    [Fact]
    public void AddPresigner_TwoStores_AreBoth()
    {
        HostApplicationBuilder builder = Builder("""
            {
              "Spaces": { "Region": "ams3", "Bucket": "my-space", "AccessKeyId": "…", "SecretAccessKey": "…", "DefaultExpiresIn": "00:10:00" }
            }
            """.Replace("…", "text", StringComparison.Ordinal));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Archive:Endpoint"] = "https://s3.eu-central-1.amazonaws.com",
            ["Archive:AccessKeyId"] = "AK",
            ["Archive:SecretAccessKey"] = "secret",
        });

        builder.Services.AddPresigner(o => o.UseDigitalOceanSpaces("nyc3"))     // from code,
                        .BindConfiguration("Spaces");                           // from configuration, or from both: what configuration says counts

        builder.Services.AddPresigner("archive").BindConfiguration("Archive");  // a second store

        using IHost host = builder.Build();
        PresignedUrl link = host.Services.GetRequiredService<IPresigner>().Presign(new GetObject("a"));
        link.Url.Should().StartWith("https://my-space.ams3.digitaloceanspaces.com/a?");
        (link.ExpiresAt - link.SignedAt).Should().Be(TimeSpan.FromMinutes(10));
        host.Services.GetRequiredKeyedService<IPresigner>("archive").Presign(new GetObject("a") { Bucket = "b-1" }).Url.Should().StartWith("https://b-1.s3.eu-central-1.amazonaws.com/a?");
    }

    [Fact]
    public void Faults_AtTheStart_AreNamedByTheirPath()
    {
        HostApplicationBuilder builder = Builder("""{ "Spaces": { "UrlStyle": "Pathh", "AccessKeyId": "AK", "SecretAccessKey": "secret" }, "Archive": { "Endpoint": "https://s3.eu-central-1.amazonaws.com", "AccessKeyId": "AK" } }""");
        builder.Services.AddPresigner(o => o.UseDigitalOceanSpaces("nyc3")).BindConfiguration("Spaces");
        builder.Services.AddPresigner("archive").BindConfiguration("Archive");
        using IHost host = builder.Build();

        string said = string.Join('\n', FluentActions.Invoking(host.Start).Should().Throw<AggregateException>().Which.InnerExceptions
            .Cast<OptionsValidationException>().SelectMany(e => e.Failures));

        said.Should().Be("""
            Spaces:UrlStyle: 'Pathh' is not a URL style. Use Auto, VirtualHosted, Path or BucketBoundHostname.
            PresignerOptions 'archive': Archive:SecretAccessKey: not set, while other parts of the credentials are.
            """);
    }

    [Fact]
    public void Reload_OfWhatIsNotValid_IsReported()
    {
        HostApplicationBuilder builder = Builder("""{ "Spaces": { "Endpoint": "https://nyc3.digitaloceanspaces.com", "Bucket": "my-space", "AccessKeyId": "AK", "SecretAccessKey": "secret" } }""");
        using LogOfErrors errors = new();
        builder.Logging.AddProvider(errors);

        builder.Services.AddPresigner().BindConfiguration("Spaces")
            .Configure<ILogger<Program>>((o, log) => o.OnInvalidReload(e => log.LogError(e, "The presigner keeps its last valid options.")));

        using IHost host = builder.Build();
        IPresigner presigner = host.Services.GetRequiredService<IPresigner>();
        builder.Configuration["Spaces:UrlStyle"] = "Pathh";

        FluentActions.Invoking(((IConfigurationRoot)builder.Configuration).Reload).Should().Throw<Exception>();
        errors.Messages.Should().Contain("The presigner keeps its last valid options.");
        presigner.Presign(new GetObject("a")).Url.Should().StartWith("https://my-space.nyc3.");
    }

    [Fact]
    public async Task Credentials_OfTheAwsSdk_AreTaken()
    {
        HostApplicationBuilder builder = Builder("""{ "Spaces": { "Endpoint": "https://s3.eu-west-1.amazonaws.com", "Bucket": "my-bucket" } }""");
        AWSCredentials aws = new SessionAWSCredentials("ROLE", "secret", "token");

        builder.Services.AddSingleton<IS3CredentialsProvider>(new RefreshingCredentialsProvider(new DelegateCredentialsProvider(async _ =>
        {
            ImmutableCredentials keys = await aws.GetCredentialsAsync();
            return new S3Credentials(keys.AccessKey, keys.SecretKey, keys.UseToken ? keys.Token : null, aws.Expiration?.ToUniversalTime());
        })));

        builder.Services.AddPresigner().BindConfiguration("Spaces");
        using IHost app = builder.Build();

        await app.Services.GetRequiredService<IS3CredentialsProvider>().GetCredentialsAsync();

        app.Services.GetRequiredService<IPresigner>().Presign(new GetObject("a")).Url.Should().Contain("X-Amz-Credential=ROLE%2F").And.Contain("X-Amz-Security-Token=token");
    }

    private static HostApplicationBuilder Builder(string json)
    {
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        // In memory: a stream cannot be read again when the configuration is reloaded.
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
        builder.Configuration.AddInMemoryCollection(new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable());
        return builder;
    }

    private sealed class Program;

    private sealed class LogOfErrors : ILoggerProvider, ILogger
    {
        public List<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}

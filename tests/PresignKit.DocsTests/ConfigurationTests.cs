using System.Text;
using Amazon.Runtime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

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

        builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"), o => o.UseDigitalOceanSpaces("nyc3"));

        builder.Services.AddPresigner("archive", builder.Configuration.GetSection("Archive"));      // a second store

        using IHost host = builder.Build();
        PresignedUrl link = host.Services.GetRequiredService<IPresigner>().Presign(new GetObject("a"));
        link.Url.Should().StartWith("https://my-space.ams3.digitaloceanspaces.com/a?");
        (link.ExpiresAt - link.SignedAt).Should().Be(TimeSpan.FromMinutes(10));
        host.Services.GetRequiredKeyedService<IPresigner>("archive").Presign(new GetObject("a") { Bucket = "b-1" }).Url.Should().StartWith("https://b-1.s3.eu-central-1.amazonaws.com/a?");
    }

    [Fact]
    public void Faults_AtTheStart_ShowTheirPath()
    {
        HostApplicationBuilder builder = Builder("""{ "Spaces": { "Buket": "my-space", "DefaultExpiresIn": "24:00:00", "AccessKeyId": "AK", "SecretAccessKey": "secret" }, "Archive": { "Endpoint": "https://s3.eu-central-1.amazonaws.com", "AccessKeyId": "AK" } }""");
        builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"), o => o.UseDigitalOceanSpaces("nyc3"));
        builder.Services.AddPresigner("archive", builder.Configuration.GetSection("Archive"));
        using IHost host = builder.Build();

        string said = string.Join('\n', FluentActions.Invoking(host.Start).Should().Throw<AggregateException>().Which.InnerExceptions
            .Cast<OptionsValidationException>().SelectMany(e => e.Failures));

        said.Should().Be("""
            PresignerOptions: The setting 'Spaces:Buket' is unknown. Did you mean 'Bucket'?
            Spaces:DefaultExpiresIn: '24:00:00' is not a valid duration. Use [d.]hh:mm:ss with hours from 00 to 23, for example '00:15:00' for 15 minutes or '1.00:00:00' for one day.
            PresignerOptions 'archive': Archive:SecretAccessKey: The secret access key is not set, but other parts of the credentials are. Set both AccessKeyId and SecretAccessKey, or neither.
            """);
    }

    [Fact]
    public void Reload_OptionsThatAreNotValid_IsLogged()
    {
        HostApplicationBuilder builder = Builder("""{ "Spaces": { "Endpoint": "https://nyc3.digitaloceanspaces.com", "Bucket": "my-space", "AccessKeyId": "AK", "SecretAccessKey": "secret" } }""");
        using LogOfErrors errors = new();
        builder.Logging.AddProvider(errors);

        builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"));
        using IHost host = builder.Build();
        IPresigner presigner = host.Services.GetRequiredService<IPresigner>();
        builder.Configuration["Spaces:UrlStyle"] = "Pathh";

        FluentActions.Invoking(((IConfigurationRoot)builder.Configuration).Reload).Should().Throw<Exception>();
        errors.Messages.Should().Contain("PresignKit 1 OptionsReloadRejected");
        presigner.Presign(new GetObject("a")).Url.Should().StartWith("https://my-space.nyc3.");
    }

    [Fact]
    public async Task Reload_WithNewKeys_SignsWithThem()
    {
        HostApplicationBuilder builder = Builder("""{ "Spaces": { "Region": "nyc3", "Bucket": "my-space", "AccessKeyId": "OLDKEY", "SecretAccessKey": "old" } }""");
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Example.Now));
        builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"), o => o.UseDigitalOceanSpaces("nyc3"));
        using IHost host = builder.Build();
        IPresigner presigner = host.Services.GetRequiredService<IPresigner>();
        using VerifyingStore store = new();
        using HttpClient http = new(store);
        using TextLog log = new();
        ILogger logger = log;

        await Check();
        builder.Configuration["Spaces:AccessKeyId"] = Example.AccessKeyId;
        builder.Configuration["Spaces:SecretAccessKey"] = Example.SecretAccessKey;
        ((IConfigurationRoot)builder.Configuration).Reload();
        await Check();

        log.Messages.Should().Equal("Access key OLDKEY: Forbidden", "Access key DO00EXAMPLEKEY: OK");

        async Task Check()
        {
            PresignedUrl probe = presigner.Presign(new HeadBucket());
            using HttpResponseMessage response = await http.SendAsync(probe.ToHttpRequestMessage());
            _ = PresignedUrlInfo.TryParse(probe.Url, out PresignedUrlInfo? info);
            logger.LogInformation("Access key {AccessKeyId}: {Status}", info!.AccessKeyId, response.StatusCode);
        }
    }

    [Fact]
    public async Task Credentials_OfTheAwsSdk_AreUsed()
    {
        HostApplicationBuilder builder = Builder("""{ "Spaces": { "Endpoint": "https://s3.eu-west-1.amazonaws.com", "Bucket": "my-bucket" } }""");
        AWSCredentials aws = new SessionAWSCredentials("ROLE", "secret", "token");

        builder.Services.AddSingleton<IS3CredentialsProvider>(new RefreshingCredentialsProvider(new DelegateCredentialsProvider(async _ =>
        {
            ImmutableCredentials keys = await aws.GetCredentialsAsync();
            return new S3Credentials(keys.AccessKey, keys.SecretKey, keys.UseToken ? keys.Token : null, aws.Expiration?.ToUniversalTime());
        })));

        builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"));
        using IHost app = builder.Build();

        await app.Services.GetRequiredService<IS3CredentialsProvider>().GetCredentialsAsync();      // before app.Run()

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

    private sealed class LogOfErrors : ILoggerProvider, ILogger
    {
        private string _category = "";

        public List<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName)
        {
            _category = categoryName.StartsWith("PresignKit", StringComparison.Ordinal) ? categoryName : _category;
            return this;
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add($"{_category} {eventId.Id} {eventId.Name}");

        public void Dispose()
        {
        }
    }
}

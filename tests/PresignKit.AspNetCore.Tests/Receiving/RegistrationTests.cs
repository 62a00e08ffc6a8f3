using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PresignKit.AspNetCore.Tests.Receiving;

public class RegistrationTests
{
    private const string Remedy = "RequirePresignedUrl needs a verifier, but none is registered. Call builder.Services.AddPresignedUrlVerifier(*";

    public static TheoryData<string, Action<RequirePresignedUrlOptions>> Problems => new()
    {
        { "RequirePresignedUrlOptions.Endpoint: The address of the application is missing. Set it to *", o => o.Endpoint = null },
        { "RequirePresignedUrlOptions.Bucket: The bucket is missing. Set it to *", o => o.Bucket = "" },
        { "RequirePresignedUrlOptions.Bucket: The bucket 'a/b' contains a slash. *", o => o.Bucket = "a/b" },
        { "RequirePresignedUrlOptions.Bucket: The host of http://app.example.com starts with the bucket 'app', *", o => o.Bucket = "app" },
        { "RequirePresignedUrlOptions.Credentials: There are no credentials, *", o => o.Credentials.Clear() },
        { "RequirePresignedUrlOptions.Credentials: An item is null. Remove it.", o => o.Credentials.Add(null!) },
        { "RequirePresignedUrlOptions.Credentials: The access key ID 'EXAMPLEKEYID' appears more than once. *", o => o.Credentials.Add(o.Credentials.First()) },
        { "RequirePresignedUrlOptions.FindCredentials: The function cannot be combined with Credentials. *", o => o.FindCredentials = (_, _) => default },
        { "RequirePresignedUrlOptions.AllowedUnsignedHeaders: 'x-id' does not start with 'x-amz-', *", o => o.AllowedUnsignedHeaders.Add("x-id") },
        { "RequirePresignedUrlOptions.AllowedUnsignedHeaders: '' does not start with 'x-amz-', *", o => o.AllowedUnsignedHeaders.Add(null!) },
        { "RequirePresignedUrlOptions.AllowedParameters: A name is null or empty. Remove it.", o => o.AllowedParameters.Add("") },
        { "RequirePresignedUrlOptions.AllowedParameters: 'response-expires' overrides a response header. *", o => o.AllowedParameters.Add("response-expires") },
        { "RequirePresignedUrlOptions: ClockSkew is 2.00:00:00, but must be from 0 to 1 day. Set it to a duration in this range, such as the default of 15 minutes.", o => o.ClockSkew = TimeSpan.FromDays(2) },
        { "RequirePresignedUrlOptions: MaxExpiresIn *", o => o.MaxExpiresIn = TimeSpan.FromDays(8) },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public async Task Start_OptionNotValid_ThrowsWithRemedy(string message, Action<RequirePresignedUrlOptions> change)
    {
        Func<Task> start = () => ReceivingApp.StartInMemoryAsync(configure: change);

        (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().ContainSingle().Which.Should().Match(message);
    }

    [Fact]
    public async Task Start_NothingConfigured_ReportsAllProblems()
    {
        await using WebApplication app = Build(services => services.AddPresignedUrlVerifier());

        Func<Task> start = () => app.StartAsync();

        (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().HaveCount(3);
    }

    [Fact]
    public async Task RequirePresignedUrl_GroupWithoutVerifier_Throws()
    {
        await using WebApplication app = Build(_ => { });

        Action require = () => app.MapGroup("/files").RequirePresignedUrl();

        require.Should().Throw<InvalidOperationException>().WithMessage(Remedy);
    }

    // Only the container can fail the start of a host, and an endpoint's builder does not have access to it. All requests fail, even those for other endpoints.
    [Fact]
    public async Task Request_EndpointWithoutVerifier_FailsForAllEndpoints()
    {
        await using WebApplication app = Build(_ => { });
        bool isCalled = false;
        app.MapGet("/files/{**key}", () => isCalled = true).RequirePresignedUrl();
        app.MapGet("/open", () => isCalled = true);
        await app.StartAsync();
        using HttpClient client = app.GetTestClient();

        foreach (string path in new[] { "/files/k", "/open" })
        {
            Func<Task> get = () => client.GetAsync(new Uri("http://app.example.com" + path));
            await get.Should().ThrowAsync<InvalidOperationException>().WithMessage(Remedy);
        }

        isCalled.Should().BeFalse();
    }

    [Fact]
    public void AddPresignedUrlVerifier_Configuration_IsBound()
    {
        Dictionary<string, string?> settings = new()
        {
            ["Files:Bucket"] = "files",
            ["Files:MaxExpiresIn"] = "01:00:00",
            ["Files:ClockSkew"] = "00:01:00",
            ["Files:AllowedUnsignedHeaders:0"] = "x-amz-cf-id",
            ["Files:AllowedParameters:0"] = "versionId",
            ["Files:Credentials:0:AccessKeyId"] = "A",
            ["Files:Credentials:0:SecretAccessKey"] = "secret-access-key",
            ["Files:Credentials:1:AccessKeyId"] = "B",
            ["Files:Credentials:1:SecretAccessKey"] = "other-secret-access-key",
            ["Files:Credentials:1:SessionToken"] = "token",
        };
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        ServiceCollection services = new();

        services.AddPresignedUrlVerifier(o => o.Endpoint = S3Endpoint.Create("https://app.example.com", "us-east-1")).Bind(configuration.GetSection("Files"));

        using ServiceProvider provider = services.BuildServiceProvider();
        RequirePresignedUrlOptions options = provider.GetRequiredService<IOptions<RequirePresignedUrlOptions>>().Value;
        options.Bucket.Should().Be("files");
        options.MaxExpiresIn.Should().Be(TimeSpan.FromHours(1));
        options.ClockSkew.Should().Be(TimeSpan.FromMinutes(1));
        options.AllowedUnsignedHeaders.Should().Equal("x-amz-cf-id");
        options.AllowedParameters.Should().Equal("versionId");
        options.Credentials.Select(credentials => (credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken))
            .Should().Equal(("A", "secret-access-key", null), ("B", "other-secret-access-key", "token"));
    }

    [Fact]
    public void AddPresignedUrlVerifier_CalledTwice_ConfiguresOneVerifier()
    {
        ServiceCollection services = new();

        services.AddPresignedUrlVerifier(o => o.Endpoint = S3Endpoint.Create("https://app.example.com", "us-east-1"));
        services.AddPresignedUrlVerifier(o => o.Bucket = "files").Configure<TimeProvider>((o, _) => o.Credentials.Add(new S3Credentials("A", "secret-access-key")));
        services.AddSingleton(TimeProvider.System);

        using ServiceProvider provider = services.BuildServiceProvider();
        provider.GetServices<PresignedUrlVerifier>().Should().ContainSingle();
        provider.GetServices<IValidateOptions<RequirePresignedUrlOptions>>().Should().ContainSingle();
        provider.GetRequiredService<PresignedUrlVerifier>().Should().BeSameAs(provider.GetRequiredService<PresignedUrlReceiver>().Verifier);
    }

    [Fact]
    public void Arguments_Null_Throw()
    {
        Func<object?>[] calls =
        [
            () => ((IServiceCollection)null!).AddPresignedUrlVerifier(),
            () => ((RouteHandlerBuilder)null!).RequirePresignedUrl(),
            () => ((HttpContext)null!).GetVerifiedRequest(),
            () => VerifiedRequest.BindAsync(null!, null!).AsTask(),
        ];

        calls.Should().AllSatisfy(call => call.Should().Throw<ArgumentNullException>());
    }

    private static WebApplication Build(Action<IServiceCollection> register)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        register(builder.Services);
        return builder.Build();
    }
}

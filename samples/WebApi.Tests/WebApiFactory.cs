using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace WebApi.Tests;

/// <summary>Hosts the real application in memory, with test keys and users, an in-memory store, and a fixed clock that makes every URL predictable.</summary>
public sealed class WebApiFactory : WebApplicationFactory<Program>
{
    public static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    public WebApiFactory() => Store = new FakeStore(Clock);

    public FakeTimeProvider Clock { get; } = new(Now);

    public FakeStore Store { get; }

    public HttpClient CreateClientOf(string user)
    {
        HttpClient client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "token-of-" + user);
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseEnvironment("Development")
        .ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Spaces:AccessKeyId"] = "SPACESKEY",
            ["Spaces:SecretAccessKey"] = "spaces-secret",
            ["Archive:AccessKeyId"] = "ARCHIVEKEY",
            ["Archive:SecretAccessKey"] = "archive-secret",
            ["Users:ada"] = "token-of-ada",
            ["Users:eve"] = "token-of-eve",
        }))
        .ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => Store));
        });
}

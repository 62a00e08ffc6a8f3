using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PresignKit.LocalS3;

namespace DirectUpload.Tests;

/// <summary>The application with the LocalS3 that it starts itself.</summary>
public sealed class Application : WebApplicationFactory<Program>
{
    /// <summary>Gets the settings that replace those of appsettings.json.</summary>
    internal Dictionary<string, string> Settings { get; init; } = [];

    public LocalS3Server S3 => Services.GetRequiredService<LocalS3Server>();

    public LocalS3Bucket Bucket => S3.Buckets[LocalStore.Bucket];

    /// <summary>Creates a client that sends requests as a script of the page does, and signs a user in.</summary>
    public async Task<HttpClient> SignInAsync(string user)
    {
        HttpClient client = CreatePageClient();
        using HttpResponseMessage response = await client.PostAsync("/sign-in", new FormUrlEncodedContent([new("user", user)]));
        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return client;
    }

    public HttpClient CreatePageClient()
    {
        HttpClient client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("Origin", "http://localhost");
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.ConfigureLogging(logging => logging.ClearProviders());
        foreach ((string key, string value) in Settings)
        {
            builder.UseSetting(key, value);
        }
    }
}

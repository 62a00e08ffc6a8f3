using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using PresignKit.LocalS3;

namespace WebApi.Tests;

public sealed class ApplicationWithStore : WebApplicationFactory<Program>, IAsyncLifetime
{
    public LocalS3Server S3 { get; private set; } = null!;

    public async Task InitializeAsync() => S3 = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await S3.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseEnvironment("Development")
        .ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(S3.ToConfiguration("Spaces", "photos")));
}

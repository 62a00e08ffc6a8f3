using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PresignKit;

namespace WebApi.Tests;

/// <summary>Tests of the application's configuration, at startup and when keys are rotated while the application runs.</summary>
public sealed class OptionsTests
{
    [Fact]
    public void Start_WithoutKeys_NamesTheSettings()
    {
        using WebApplicationFactory<Program> app = new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder.UseEnvironment("Production"));

        Exception? failure = Record.Exception(() => app.CreateClient());

        failure?.ToString().Should().Contain("Spaces:AccessKeyId: The credentials are not set.").And.Contain("PresignerOptions 'archive': Archive:AccessKeyId: The credentials are not set.");
    }

    [Fact]
    public async Task Reload_RotatedKeys_SignTheNextLink()
    {
        using WebApiFactory app = new();
        HttpClient client = app.CreateClientOf("ada");
        IConfigurationRoot configuration = (IConfigurationRoot)app.Services.GetRequiredService<IConfiguration>();
        PresignedUrl before = (await client.GetFromJsonAsync<PresignedUrl>("/files/link?name=a.pdf"))!;

        configuration["Spaces:AccessKeyId"] = "ROTATED";
        configuration["Spaces:SecretAccessKey"] = "rotated-secret";
        configuration.Reload();
        PresignedUrl after = (await client.GetFromJsonAsync<PresignedUrl>("/files/link?name=a.pdf"))!;

        before.Url.Should().Contain("X-Amz-Credential=SPACESKEY%2F");
        after.Url.Should().Contain("X-Amz-Credential=ROTATED%2F");
    }

    [Fact]
    public async Task Reload_InvalidOptions_KeepsTheLastValidOnes()
    {
        using WebApiFactory app = new();
        HttpClient client = app.CreateClientOf("ada");
        IConfigurationRoot configuration = (IConfigurationRoot)app.Services.GetRequiredService<IConfiguration>();

        configuration["Spaces:Bucket"] = "no bucket's name";
        FluentActions.Invoking(configuration.Reload).Should().Throw<Exception>("the options monitor throws");

        (await client.GetFromJsonAsync<PresignedUrl>("/files/link?name=a.pdf"))!.Url.Should().StartWith("https://my-space.nyc3.");
    }
}

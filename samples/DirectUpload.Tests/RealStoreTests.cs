using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using PresignKit.LocalS3;

namespace DirectUpload.Tests;

public sealed class RealStoreTests
{
    [Fact]
    public async Task Settings_OfARealStore_ReplaceLocalS3()
    {
        await using Application local = new();
        await using WebApplicationFactory<Program> app = local.WithWebHostBuilder(builder => builder
            .UseSetting("Spaces:Endpoint", "https://nyc3.digitaloceanspaces.com")
            .UseSetting("Spaces:Bucket", "my-space")
            .UseSetting("Spaces:AccessKeyId", "DO00EXAMPLE")
            .UseSetting("Spaces:SecretAccessKey", "example-secret-access-key")
            .UseSetting("Spaces:LockUnsignedHeaders", "true"));
        using HttpClient client = app.CreateClient();
        client.DefaultRequestHeaders.Add("Origin", "http://localhost");
        using HttpResponseMessage signedIn = await client.PostAsync("/sign-in", new FormUrlEncodedContent([new("user", "ada")]));

        JsonElement session = await client.GetFromJsonAsync<JsonElement>("/session");
        JsonElement link = await client.GetFromJsonAsync<JsonElement>("/files/link?key=users/ada/1/a.txt");

        app.Services.GetService<LocalS3Server>().Should().BeNull();
        session.GetProperty("isLocal").GetBoolean().Should().BeFalse();
        session.GetProperty("store").GetString().Should().Be("https://my-space.nyc3.digitaloceanspaces.com");
        link.GetProperty("url").GetString().Should().StartWith("https://my-space.nyc3.digitaloceanspaces.com/users/ada/1/a.txt?");
        (await client.PostAsJsonAsync("/clock", new { until = DateTimeOffset.UtcNow })).StatusCode.Should().Be(HttpStatusCode.NotFound, "nobody can move the clock of a real store");
    }
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using PresignKit;

namespace WebApi.Tests;

public sealed class FakeInTheApplicationTests
{
    [Fact]
    public async Task Link_FakePresigners_NeedNoKeys()
    {
        FakePresigner fake = new();
        using WebApplicationFactory<Program> app = new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder
            .UseEnvironment("Production")
            .UseSetting("Users:ada", "token-of-ada")
            .ConfigureTestServices(services => services.AddSingleton<IPresigner>(fake).AddKeyedSingleton<IPresigner>("archive", fake)));
        HttpClient client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "token-of-ada");

        PresignedUrl link = (await client.GetFromJsonAsync<PresignedUrl>("/files/archive-link?name=2019.zip"))!;

        link.Url.Should().Be("https://store.test/object");
        fake.Operations.Should().Equal(new GetObject("users/ada/2019.zip") { ExpiresIn = TimeSpan.FromMinutes(1) });
    }
}

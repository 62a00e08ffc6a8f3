using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PresignKit.LocalS3.Tests.Hosting;

/// <summary>The settings of a server in the configuration of an application that uses AddPresigner.</summary>
public class ApplicationTests
{
    [Fact]
    public async Task ToConfiguration_AllValues_AreReturned()
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o => o.SessionToken = "token");

        server.ToConfiguration("Stores:Spaces", "photos").Should().BeEquivalentTo(new Dictionary<string, string?>
        {
            ["Stores:Spaces:Endpoint"] = server.Endpoint,
            ["Stores:Spaces:Region"] = "us-east-1",
            ["Stores:Spaces:AccessKeyId"] = server.AccessKeyId,
            ["Stores:Spaces:SecretAccessKey"] = server.SecretAccessKey,
            ["Stores:Spaces:SessionToken"] = "token",
            ["Stores:Spaces:UrlStyle"] = "Path",
            ["Stores:Spaces:Bucket"] = "photos",
        });
        server.ToConfiguration("Spaces").Keys.Should().NotContain("Spaces:Bucket");
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task ToConfiguration_NoSection_Throws(string? section)
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync();

        ((Action)(() => server.ToConfiguration(section!))).Should().Throw<ArgumentException>().WithParameterName(nameof(section));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("session-token/with+characters=")]
    public async Task AddPresigner_InContainer_CreatesUrlsForTheServer(string? sessionToken)
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o => { o.Buckets.Add("photos"); o.SessionToken = sessionToken; });
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(server.ToConfiguration("Spaces", "photos")).Build();
        await using ServiceProvider services = new ServiceCollection().AddPresigner(configuration.GetSection("Spaces")).Services.BuildServiceProvider();
        using HttpClient http = server.CreateHttpClient();

        PresignedUrl put = services.GetRequiredService<IPresigner>().Presign(new PutObject("a.txt") { ContentType = "text/plain" });
        using HttpResponseMessage response = await http.SendAsync(put.ToHttpRequestMessage(new ByteArrayContent([7])));

        response.StatusCode.Should().Be(HttpStatusCode.OK, server.Requests[^1].ToString());
        server.Buckets["photos"]["a.txt"].Content.ToArray().Should().Equal(7);
    }

    // The application's own settings are for production: UseDigitalOceanSpaces in code and a bucket in appsettings.json. The settings of the server have precedence.
    [Fact]
    public async Task AddPresigner_InApplication_CreatesUrlsForTheServer()
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.Services.AddRoutingCore();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Spaces:Bucket"] = "photos" });
        builder.Configuration.AddInMemoryCollection(server.ToConfiguration("Spaces"));
        builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"), o => o.UseDigitalOceanSpaces("nyc3"));
        await using WebApplication app = builder.Build();
        app.Map("/upload", (HttpContext http) => http.Response.WriteAsync(http.RequestServices.GetRequiredService<IPresigner>().Presign(new PutObject("a.txt")).Url));
        await app.StartAsync();
        using HttpClient api = app.GetTestClient();
        using HttpClient http = server.CreateHttpClient();

        string url = await api.GetStringAsync("/upload");
        using HttpResponseMessage response = await http.PutAsync(url, new ByteArrayContent([7]));

        response.StatusCode.Should().Be(HttpStatusCode.OK, server.Requests[^1].ToString());
        server.Buckets["photos"]["a.txt"].Content.ToArray().Should().Equal(7);
    }
}

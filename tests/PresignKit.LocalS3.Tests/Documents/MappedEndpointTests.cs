using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PresignKit.LocalS3.Tests.Documents;

/// <summary>The endpoint inside an application, as in docs/local-s3.md.</summary>
public class MappedEndpointTests
{
    private const string Settings = """
        {
          "Spaces": {
            "Endpoint": "http://localhost:5000/s3",
            "Region": "us-east-1",
            "UrlStyle": "Path",
            "Bucket": "photos",
            "AccessKeyId": "LOCALS3EXAMPLEKEYID1",
            "SecretAccessKey": "for+development/only"
          }
        }
        """;

    [Fact]
    public async Task MapLocalS3_PresignerOfTheApplication_UploadsAndDownloads()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Settings)));

        builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"));
        if (builder.Environment.IsDevelopment())
        {
            builder.Services.AddLocalS3(o =>
            {
                o.Buckets.Add("photos");
                o.SecretAccessKey = builder.Configuration["Spaces:SecretAccessKey"];
            });
        }

        WebApplication app = builder.Build();
        if (app.Environment.IsDevelopment())
        {
            app.MapLocalS3("/s3");
            app.Services.GetRequiredService<LocalS3Store>().Buckets["photos"].AllowCors();
        }

        await using WebApplication started = app;
        await app.StartAsync();
        using HttpClient http = app.GetTestClient();
        IPresigner presigner = app.Services.GetRequiredService<IPresigner>();

        HttpResponseMessage response = await http.SendAsync(presigner.Presign(new PutObject("a.txt")).ToHttpRequestMessage(new StringContent("hello")));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await http.GetStringAsync(presigner.Presign(new GetObject("a.txt")).Url)).Should().Be("hello");
        app.Services.GetRequiredService<LocalS3Store>().Buckets["photos"].Contains("a.txt").Should().BeTrue();
    }
}

using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PresignKit.AspNetCore.Tests.Receiving;

/// <summary>The code of "Accept presigned URLs in your own application".</summary>
public class PageTests
{
    [Fact]
    public async Task Example_UploadAndDownload_Work()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        Dictionary<string, string?> settings = new() { ["Files:SecretAccessKey"] = "example-secret-access-key" };
        builder.Configuration.AddInMemoryCollection(settings);
        Storage storage = new();

        S3Endpoint endpoint = S3Endpoint.Create("https://app.example.com", "us-east-1");      // the address that clients use
        S3Credentials credentials = new("FILES-2026", builder.Configuration["Files:SecretAccessKey"]!);

        builder.Services.AddPresigner(o =>
        {
            o.UseEndpoint(endpoint);
            o.UseCredentials(credentials);
            o.Bucket = "files";
        });
        builder.Services.AddPresignedUrlVerifier(o =>
        {
            o.Endpoint = endpoint;
            o.Bucket = "files";
            o.Credentials.Add(credentials);
        });

        await using WebApplication app = builder.Build();

        app.MapGet("/files/{**key}", (string key) => Results.Stream(storage.Open(key))).RequirePresignedUrl();

        app.MapPut("/files/{**key}", async (VerifiedRequest request, Stream body) =>
        {
            await storage.SaveAsync(request.Key, body);
            return Results.Ok();
        }).RequirePresignedUrl();

        await app.StartAsync();
        using HttpClient client = app.GetTestClient();
        IPresigner presigner = app.Services.GetRequiredService<IPresigner>();

        PresignedUrl upload = presigner.Presign(new PutObject("reports/März.pdf") { ContentType = "application/pdf" });
        string download = presigner.Presign(new GetObject("reports/März.pdf") { DownloadFileName = "März.pdf" }).Url;      // https://app.example.com/files/reports/M%C3%A4rz.pdf?…

        using HttpResponseMessage uploaded = await client.SendAsync(upload.ToHttpRequestMessage(new ByteArrayContent("content"u8.ToArray())));
        using HttpResponseMessage downloaded = await client.GetAsync(new Uri(download));
        using HttpResponseMessage changed = await client.GetAsync(new Uri(download.Replace("reports", "secrets", StringComparison.Ordinal)));

        uploaded.StatusCode.Should().Be(HttpStatusCode.OK);
        download.Should().StartWith("https://app.example.com/files/reports/M%C3%A4rz.pdf?");
        (await downloaded.Content.ReadAsStringAsync()).Should().Be("content");
        downloaded.Content.Headers.GetValues("Content-Disposition").Single().Should().StartWith("attachment; ").And.Contain("M%C3%A4rz.pdf");
        changed.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Example_CredentialsFromAService_AreUsed()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<AccessKeys>();
        builder.Services.AddSingleton<TimeProvider>(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(ReceivingApp.Now));
        S3Endpoint endpoint = S3Endpoint.Create("https://app.example.com", "us-east-1");

        builder.Services.AddPresignedUrlVerifier(o =>
            {
                o.Endpoint = endpoint;
                o.Bucket = "files";
                o.MaxExpiresIn = TimeSpan.FromDays(1);
            })
            .Configure<AccessKeys>((o, keys) => o.FindCredentials = keys.FindAsync);

        await using WebApplication app = builder.Build();
        app.MapGet("/files/{**key}", (string key) => key).RequirePresignedUrl();
        await app.StartAsync();
        using HttpClient client = app.GetTestClient();

        using HttpResponseMessage response = await client.GetAsync(new Uri("https://app.example.com" + new TestSigner().Target("/files/k")));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private sealed class AccessKeys
    {
        private readonly S3Credentials _credentials = new(ReceivingApp.AccessKeyId, ReceivingApp.SecretAccessKey);

        public async ValueTask<S3Credentials?> FindAsync(string accessKeyId, CancellationToken cancellationToken)
        {
            await Task.Delay(1, cancellationToken);
            return accessKeyId == _credentials.AccessKeyId ? _credentials : null;
        }
    }

    private sealed class Storage
    {
        private readonly Dictionary<string, string> _files = [];

        public MemoryStream Open(string key) => new MemoryStream(Encoding.UTF8.GetBytes(_files[key]));

        public async Task SaveAsync(string key, Stream content)
        {
            using StreamReader reader = new(content);
            _files[key] = await reader.ReadToEndAsync();
        }
    }
}

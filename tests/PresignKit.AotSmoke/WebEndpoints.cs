using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PresignKit.AspNetCore;

namespace PresignKit.AotSmoke;

/// <summary>The upload endpoints and RequirePresignedUrl in a native application, including the OpenAPI types of the former.</summary>
internal static class WebEndpoints
{
    private const string Host = "app.example.com";

    public static async Task RunAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        S3Endpoint endpoint = S3Endpoint.Create($"http://{Host}", "us-east-1");
        S3Credentials credentials = new("AKIDEXAMPLE", "example-secret-access-key");
        builder.Services.AddDataProtection();
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
        app.MapGet("/files/{**key}", (VerifiedRequest request) => request.Key).RequirePresignedUrl();
        app.MapUploads("/uploads", o =>
        {
            o.AllowAnonymous = true;
            o.Folder = _ => "inbox/";
            o.ContentTypes = ["image/png"];
            o.MaxBytes = 100;
        });
        await app.StartAsync();

        using HttpClient client = new() { BaseAddress = new Uri(app.Urls.Single()) };
        using HttpResponseMessage started = await PostAsync(client, """{"name":"März.png","type":"image/png","size":5}""");
        using HttpResponseMessage rejected = await PostAsync(client, """{"name":"a.html","type":"text/html","size":5}""");
        using JsonDocument ticket = JsonDocument.Parse(await started.Content.ReadAsStringAsync());
        Console.WriteLine($"uploads: {(int)started.StatusCode} {ticket.RootElement.GetProperty("put").GetProperty("method")}, {(int)rejected.StatusCode} {rejected.Content.Headers.ContentType}");

        string target = app.Services.GetRequiredService<IPresigner>().Presign(new GetObject("dir/a b.txt")).ToUri().PathAndQuery;
        Console.WriteLine($"receiving: {await GetAsync(client, target)}, {await GetAsync(client, target.Replace("a%20b", "c", StringComparison.Ordinal))}");
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string json) => client.PostAsync("/uploads", new StringContent(json, Encoding.UTF8, "application/json"));

    private static async Task<string> GetAsync(HttpClient client, string target)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, target) { Headers = { Host = Host } };
        using HttpResponseMessage response = await client.SendAsync(request);
        return response.StatusCode == HttpStatusCode.OK ? "200 " + await response.Content.ReadAsStringAsync() : $"{(int)response.StatusCode}";
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Runtime.Versioning;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.Cookies;
using PresignKit;
using PresignKit.AspNetCore;
using PresignKit.LocalS3;

await using LocalS3Server s3 = await LocalS3Server.StartAsync(o => o.Buckets.Add("uploads"));
S3Credentials receiving = new("AKIDEXAMPLE", "example-secret-access-key");
const string url = "http://127.0.0.1:18080";

WebApplicationBuilder builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Configuration.AddInMemoryCollection(s3.ToConfiguration("Spaces", "uploads"));
builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"));
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
builder.Services.AddAuthorization();
builder.Services.AddPresignedUrlVerifier(o =>
{
    o.Endpoint = S3Endpoint.Create(url, "us-east-1");
    o.Bucket = "files";
    o.Credentials.Add(receiving);
});
WebApplication app = builder.Build();
app.MapGet("/sign-in", () => Results.SignIn(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ada")], "Cookies")), authenticationScheme: "Cookies"));
app.MapGet("/files/{**key}", (string key, VerifiedRequest request) => $"{request.Bucket}|{key}").RequirePresignedUrl();
app.MapUploads("/uploads", o =>
{
    o.Folder = user => $"users/{user.FindFirstValue(ClaimTypes.NameIdentifier)}/";
    o.ContentTypes = ["text/plain"];
    o.MaxBytes = 100;
    o.OnCompleted = (upload, _, _) =>
    {
        Console.WriteLine($"{upload.UserId} {upload.Name} {upload.Size}");
        return Task.CompletedTask;
    };
});
await app.StartAsync();

using HttpClient client = new() { BaseAddress = new Uri(app.Urls.Single()), DefaultRequestHeaders = { { "Sec-Fetch-Site", "same-origin" } } };
Console.WriteLine(typeof(UploadOptions).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);
object file = new { name = "a.txt", type = "text/plain", size = 5 };
using HttpResponseMessage signIn = await client.GetAsync("/sign-in");
using HttpResponseMessage started = await client.PostAsJsonAsync("/uploads", file);
JsonElement ticket = JsonDocument.Parse(await started.Content.ReadAsStringAsync()).RootElement;
JsonElement put = ticket.GetProperty("put");
using HttpRequestMessage upload = new(HttpMethod.Put, put.GetProperty("url").GetString()) { Content = new StringContent("12345", MediaTypeHeaderValue.Parse("text/plain")) };
upload.Content.Headers.TryAddWithoutValidation("content-disposition", put.GetProperty("headers").GetProperty("content-disposition").GetString());
using HttpResponseMessage uploaded = await s3.CreateHttpClient().SendAsync(upload);
using HttpResponseMessage done = await client.PostAsJsonAsync("/uploads/done", new { ticket = ticket.GetProperty("ticket").GetString() });
Console.WriteLine($"{(int)started.StatusCode} {(int)uploaded.StatusCode} {(int)done.StatusCode}");

PresignerOptions options = new() { Bucket = "files" };
options.UseEndpoint(S3Endpoint.Create(url, "us-east-1"));
options.UseCredentials(receiving);
Uri presigned = new S3Presigner(options).Presign(new GetObject("dir/a b.txt")).ToUri();
Console.WriteLine(await SendAsync(presigned.PathAndQuery));
Console.WriteLine(await SendAsync(presigned.PathAndQuery.Replace("a%20b", "c", StringComparison.Ordinal)));

async Task<string> SendAsync(string target)
{
    using HttpRequestMessage request = new(HttpMethod.Get, target) { Headers = { Host = "127.0.0.1:18080" } };
    using HttpResponseMessage response = await client.SendAsync(request);
    return $"{(int)response.StatusCode} {(response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsStringAsync() : "")}".TrimEnd();
}

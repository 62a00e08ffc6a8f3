using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PresignKit.Testing;

namespace PresignKit.AspNetCore.Tests.Uploads;

internal sealed class FileTable
{
    public List<string> Keys { get; } = [];

    public int Count { get; set; }

    public Task SaveAsync(string userId, string key, string name, long size, CancellationToken cancellationToken)
    {
        Keys.Add($"{userId} {key} {name} {size}");
        return Task.CompletedTask;
    }

    public Task<int> CountAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(Count);
}

/// <summary>The code of docs/uploads.md.</summary>
public sealed class UploadPageTests
{
    private const string Script = """
        export async function upload(file, onProgress = () => {}) {
          const start = await post('/uploads', { name: file.name, type: file.type, size: file.size });
          await (start.put ? send(start.put, file) : sendParts(start, file, onProgress));
          return post('/uploads/done', { ticket: start.ticket });
        }

        async function sendParts({ ticket, create, partCount }, file, onProgress) {
          const created = await send(create);
          const uploadId = /<UploadId>([^<]+)/.exec(await created.text())[1];
          const etags = [];
          while (etags.length < partCount) {
            const { parts } = await post('/uploads/parts', { ticket, uploadId, from: etags.length + 1, count: 4 });
            const responses = await Promise.all(parts.map(part => send(part, file.slice(part.offset, part.offset + part.size))));
            etags.push(...responses.map(response => response.headers.get('ETag')));
            onProgress(etags.length / partCount);
          }
          const { complete } = await post('/uploads/finish', { ticket, uploadId });
          const list = etags.map((etag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${etag}</ETag></Part>`).join('');
          const completed = await send(complete, `<CompleteMultipartUpload>${list}</CompleteMultipartUpload>`);
          if ((await completed.text()).includes('<Error>')) throw new Error('The store could not complete the upload.');
        }

        async function send({ method, url, headers }, body) {
          const response = await fetch(url, { method, headers, body });
          if (!response.ok) throw new Error(`The store responded with ${response.status}.`);
          return response;
        }

        async function post(url, body) {
          const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
          const result = await response.json().catch(() => ({}));
          if (!response.ok) throw new Error(result.detail ?? `The server responded with ${response.status}.`);
          return result;
        }
        """;

    private const string Component = """
        import { useState } from 'react';

        export function AvatarUpload({ onUploaded }) {
          const [progress, setProgress] = useState(null);
          const [error, setError] = useState(null);

          async function choose(event) {
            const file = event.target.files[0];
            if (!file) return;
            setError(null);
            try {
              const { ticket, put } = await post('/uploads', { name: file.name, type: file.type, size: file.size });
              await send(put, file, setProgress);
              onUploaded(await post('/uploads/done', { ticket }));
            } catch (e) {
              setError(e.message);
            } finally {
              setProgress(null);
            }
          }

          return (
            <label>
              Avatar
              <input type="file" accept="image/png,image/jpeg" disabled={progress !== null} onChange={choose} />
              {progress !== null && <progress max="1" value={progress} />}
              {error && <p role="alert">{error}</p>}
            </label>
          );
        }

        function send({ method, url, headers }, file, onProgress) {
          return new Promise((resolve, reject) => {
            const request = new XMLHttpRequest();
            request.open(method, url);
            Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
            request.upload.onprogress = e => onProgress(e.loaded / e.total);
            request.onload = () => request.status < 300 ? resolve() : reject(new Error(`The store responded with ${request.status}.`));
            request.onerror = () => reject(new Error('The store could not be reached, or its CORS rules do not allow this page.'));
            request.send(file);
          });
        }
        """;

    private const string UppySettings = """
        const tickets = new Map();
        uppy.use(AwsS3, {
          shouldUseMultipart: false,
          async signRequest(request) {
            const response = await fetch('/uploads/uppy', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(request) });
            const signed = await response.json().catch(() => ({}));
            if (!response.ok) throw new Error(signed.detail ?? `The server responded with ${response.status}.`);
            if (signed.ticket) tickets.set(signed.key, signed.ticket);
            return signed;
          },
        });
        uppy.on('upload-success', async (file, { body }) => {
          const response = await fetch('/uploads/done', {
            method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ticket: tickets.get(body.key) }),
          });
          if (!response.ok) uppy.info(`The server could not confirm ${file.name}.`, 'error');
        });
        """;

    private const string CorsRules = """
        [
          {
            "AllowedOrigins": ["https://app.example.com"],
            "AllowedMethods": ["GET", "PUT", "POST", "DELETE"],
            "AllowedHeaders": ["*"],
            "ExposeHeaders": ["ETag"],
            "MaxAgeSeconds": 3600
          }
        ]
        """;

    private const string Lifecycle = """
        {
          "Rules": [
            { "ID": "unfinished-uploads", "Status": "Enabled", "Filter": {}, "AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 2 } }
          ]
        }
        """;

    [Fact]
    public async Task Setup_OfThePage_Starts()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Spaces:Bucket"] = "my-space",
            ["Spaces:AccessKeyId"] = "DO00EXAMPLE",
            ["Spaces:SecretAccessKey"] = "example-secret-access-key",
        });
        builder.Services.AddSingleton<FileTable>();
        builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"), o =>
        {
            o.UseDigitalOceanSpaces("nyc3");
            o.LockUnsignedHeaders = true;       // for stores that run Ceph
        });
        builder.Services.AddAuthentication().AddCookie();
        builder.Services.AddAuthorization();

        WebApplication app = builder.Build();
        app.MapUploads("/uploads", o =>
        {
            o.Folder = user => $"users/{user.FindFirstValue(ClaimTypes.NameIdentifier)}/";
            o.ContentTypes = ["image/png", "image/jpeg", "video/mp4"];
            o.MaxBytes = 200L << 20;
            o.OnCompleted = async (upload, services, cancellationToken) =>
                await services.GetRequiredService<FileTable>().SaveAsync(upload.UserId!, upload.Key, upload.Name, upload.Size, cancellationToken);
        });

        app.Should().NotBeNull();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Endpoints_OfTheReadme_Start()
    {
        await using UploadApp uploads = await UploadApp.StartAsync(map: root => root.MapGroup("/readme").MapReadme());

        await uploads.PostAsync("/readme/uploads", new { name = "a.mp4", type = "video/mp4", size = 200 << 20 });
    }

    [Fact]
    public async Task Quota_OfThePage_RejectsTheNextFile()
    {
        FileTable files = new() { Count = 99 };
        await using UploadApp uploads = await UploadApp.StartAsync(
            services: services =>
            {
                services.AddSingleton(files);
                services.AddRateLimiter(o => o.AddFixedWindowLimiter("uploads", limit => (limit.PermitLimit, limit.Window) = (2, TimeSpan.FromHours(1))));
            },
            map: app =>
            {
                app.UseRateLimiter();
                app.MapGroup("/quota").MapQuota();
            });
        object photo = new { name = "a.png", type = "image/png", size = 5 };

        await uploads.PostAsync("/quota/uploads", photo);
        files.Count = 100;
        (await uploads.PostRejectedAsync("/quota/uploads", photo, 403)).Should().Be("You have 100 files already. Delete some of them first.");
        await uploads.PostAsync("/quota/uploads", photo, status: 503);
    }

    [Fact]
    public async Task OtherOrigin_OfThePage_CanCallTheEndpoints()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddPresigner(o =>
        {
            o.UseAws("eu-central-1");
            (o.Bucket, o.AccessKeyId, o.SecretAccessKey) = ("my-bucket", "AKIDEXAMPLE", "example-secret-access-key");
        });
        builder.Services.AddAuthentication(UserHeaderAuthentication.Name).AddScheme<AuthenticationSchemeOptions, UserHeaderAuthentication>(UserHeaderAuthentication.Name, configureOptions: null);
        builder.Services.AddAuthorization();
        builder.Services.AddCors(o => o.AddDefaultPolicy(policy =>
            policy.WithOrigins("https://app.example.com").WithMethods("GET", "POST").WithHeaders("content-type").AllowCredentials()));
        await using WebApplication app = builder.Build();
        app.UseCors();
        app.MapUploads("/uploads", o =>
        {
            o.Folder = user => $"users/{user.FindFirstValue(ClaimTypes.NameIdentifier)}/";
            o.ContentTypes = ["image/png"];
            o.MaxBytes = 5L << 20;
            o.AllowedOrigins = ["https://app.example.com"];
        });
        await app.StartAsync();
        using HttpClient client = app.GetTestClient();
        client.DefaultRequestHeaders.Add("Origin", "https://app.example.com");
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-site");
        client.DefaultRequestHeaders.Add(UserHeaderAuthentication.Header, "ada");

        using HttpRequestMessage preflight = new(HttpMethod.Options, "/uploads") { Headers = { { "Access-Control-Request-Method", "POST" }, { "Access-Control-Request-Headers", "content-type" } } };
        using HttpResponseMessage allowed = await client.SendAsync(preflight);
        using HttpResponseMessage start = await client.PostAsJsonAsync("/uploads", new { name = "a.png", type = "image/png", size = 5 });

        allowed.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("https://app.example.com");
        start.StatusCode.Should().Be(HttpStatusCode.OK);
        start.Headers.GetValues("Access-Control-Allow-Credentials").Should().Equal("true");
    }

    [Fact]
    public void DataProtection_OfThePage_IsRegistered()
    {
        string keyFolder = Path.GetTempPath();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(keyFolder)).SetApplicationName("my-application");

        builder.Services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().Should().NotBeNull();
    }

    [Fact]
    public void CorsRules_OfThePage_CoverEveryMethodAndTheHeaderThatIsRead()
    {
        JsonElement rule = JsonDocument.Parse(CorsRules).RootElement[0];

        rule.GetProperty("AllowedMethods").EnumerateArray().Select(method => method.GetString()).Should().BeEquivalentTo("GET", "PUT", "POST", "DELETE");
        rule.GetProperty("ExposeHeaders")[0].GetString().Should().Be("ETag");
        JsonDocument.Parse(Lifecycle).RootElement.GetProperty("Rules")[0].GetProperty("AbortIncompleteMultipartUpload").GetProperty("DaysAfterInitiation").GetInt32()
            .Should().BeGreaterThan((int)new UploadOptions().TicketLifetime.TotalDays);
    }

    [NodeFact]
    public async Task Script_OfThePage_UploadsSmallAndLargeFiles()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.SignIfNoneMatch = false, useKestrel: true);

        string output = await RunScriptAsync(app.Address, """
            const small = await upload(file('März.txt', 'text/plain', 5));
            const progress = [];
            const large = await upload(file('film.mp4', 'video/mp4', 26 * 1024 * 1024 + 1), value => progress.push(value));
            let rejection;
            try { await upload(file('a.html', 'text/html', 5)); } catch (e) { rejection = e.message; }
            console.log(JSON.stringify({ small, large, progress, rejection }));
            """);

        JsonElement result = JsonDocument.Parse(output).RootElement;
        result.GetProperty("small").GetProperty("name").GetString().Should().Be("März.txt");
        result.GetProperty("large").GetProperty("size").GetInt64().Should().Be((26 << 20) + 1);
        result.GetProperty("progress").EnumerateArray().Select(value => value.GetDouble()).Should().Equal(4.0 / 6, 1);
        result.GetProperty("rejection").GetString().Should().StartWith("Files of type text/html are not allowed.");
        app.Store.Buckets[UploadApp.Bucket][result.GetProperty("large").GetProperty("key").GetString()!]!.Content.Span.IndexOfAnyExcept((byte)'x').Should().Be(-1);
    }

    [Fact]
    public async Task Start_BodyOverKestrelWithoutLength_IsLimited()
    {
        await using UploadApp app = await UploadApp.StartAsync(useKestrel: true);
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Post, app.Address + "/uploads") { Content = new PushedContent(70_000) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(UserHeaderAuthentication.Header, "ada");
        request.Headers.TransferEncodingChunked = true;

        using HttpResponseMessage response = await client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    // The component and the settings for Uppy run in a browser only. Their names must be those of the JSON.
    [Fact]
    public async Task Component_OfThePage_ReadsWhatTheEndpointsReturn()
    {
        await using UploadApp app = await UploadApp.StartAsync();
        JsonElement start = await app.PostAsync("/uploads", new { name = "a.png", type = "image/png", size = 5 });
        JsonElement signed = await app.PostAsync("/uploads/uppy", new { method = "PUT", key = "a.png", contentType = "image/png" });

        Component.Should().Contain("const { ticket, put } = await post('/uploads', { name: file.name, type: file.type, size: file.size });").And.Contain("function send({ method, url, headers }, file, onProgress)");
        start.EnumerateObject().Select(property => property.Name).Should().Contain("ticket").And.Contain("put");
        start.GetProperty("put").EnumerateObject().Select(property => property.Name).Should().Equal("method", "url", "headers");
        UppySettings.Should().Contain("'/uploads/uppy'").And.Contain("signed.ticket").And.Contain("signed.key");
        signed.EnumerateObject().Select(property => property.Name).Should().Equal("method", "url", "key", "fields", "expires", "ticket");
    }

    // Relative addresses and the cookie of the session exist only in browsers.
    private static async Task<string> RunScriptAsync(string address, string use)
    {
        string path = Path.Combine(Path.GetTempPath(), $"upload-{Guid.NewGuid():N}.mjs");
        await File.WriteAllTextAsync(path, $$"""
            const fetchAbsolute = globalThis.fetch;
            globalThis.fetch = (url, init) => url.startsWith('/') ? fetchAbsolute('{{address}}' + url, { ...init, headers: { ...init.headers, '{{UserHeaderAuthentication.Header}}': 'ada' } }) : fetchAbsolute(url, init);
            const file = (name, type, size) => Object.assign(new Blob(['x'.repeat(size)], { type }), { name });
            {{Script.Replace("export ", "", StringComparison.Ordinal)}}
            {{use}}
            """);
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("node", [path]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.Should().Be(0, await error);
            return output;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class NodeFactAttribute : FactAttribute
    {
        private static readonly string? Problem = RequiredTool.Problem("node", ["-e", "if (!globalThis.fetch || !globalThis.Blob) throw new Error('This version of Node does not have fetch.')"]);

        public NodeFactAttribute() => Skip = Problem is null ? null : Problem + " Remedy: apt-get install nodejs";
    }

    private sealed class PushedContent(int length) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            await stream.WriteAsync(Encoding.ASCII.GetBytes($$"""{"name":"{{new string('a', length)}}"}"""));

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

internal static class EndpointsOfThePages
{
    public static void MapReadme(this Microsoft.AspNetCore.Routing.RouteGroupBuilder app)
    {
        app.MapUploads("/uploads", o =>
        {
            o.Folder = user => $"users/{user.FindFirstValue(ClaimTypes.NameIdentifier)}/";
            o.ContentTypes = ["image/png", "image/jpeg", "video/mp4"];
            o.MaxBytes = 200L << 20;
        });
    }

    public static void MapQuota(this Microsoft.AspNetCore.Routing.RouteGroupBuilder app)
    {
        app.MapUploads("/uploads", o =>
        {
            o.Folder = user => $"users/{user.FindFirstValue(ClaimTypes.NameIdentifier)}/";
            o.ContentTypes = ["image/png"];
            o.MaxBytes = 5L << 20;
            o.AllowUpload = async (upload, services, cancellationToken) =>
                await services.GetRequiredService<FileTable>().CountAsync(upload.UserId!, cancellationToken) < 100
                    ? UploadDecision.Allow
                    : UploadDecision.Reject("You have 100 files already. Delete some of them first.");
        }).RequireRateLimiting("uploads");
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PresignKit.AspNetCore;

namespace PresignKit.LiveTests;

/// <summary>The upload endpoints of PresignKit.AspNetCore with real stores.</summary>
public class UploadEndpointTests
{
    [LiveTheory]
    [InlineData(Via.Rgw, true)]
    [InlineData(Via.RgwAsSpaces, true)]
    [InlineData(Via.Swift, false)]
    [InlineData(Via.LocalS3, true)]
    public async Task MapUploads_SmallFile_IsUploadedOnce(Via via, bool signIfNoneMatch)
    {
        LiveStore store = await LiveStore.Open(via);
        await using WebApplication app = await StartAsync(store, o => o.SignIfNoneMatch = signIfNoneMatch);

        JsonElement start = await PostAsync(app, "/uploads", new { name = "März & a+b.png", type = "image/png", size = 5 });
        using HttpResponseMessage longer = await SendAsync(store, start.GetProperty("put"), new ByteArrayContent(new byte[6]));
        using HttpResponseMessage put = await SendAsync(store, start.GetProperty("put"), new ByteArrayContent(new byte[5]));
        using HttpResponseMessage again = await SendAsync(store, start.GetProperty("put"), new ByteArrayContent(new byte[5]));
        JsonElement done = await PostAsync(app, "/uploads/done", new { ticket = start.GetProperty("ticket").GetString() });

        await longer.ShouldHaveStatus(403);
        await put.ShouldHaveStatus(200);
        await again.ShouldHaveStatus(signIfNoneMatch ? 412 : 200);
        done.GetProperty("size").GetInt64().Should().Be(5);
        done.GetProperty("key").GetString().Should().EndWith("/März & a+b.png");
    }

    [LiveTheory]
    [InlineData(Via.Rgw, true)]
    [InlineData(Via.Swift, false)]
    [InlineData(Via.LocalS3, true)]
    public async Task MapUploads_LargeFile_IsUploadedInParts(Via via, bool signIfNoneMatch)
    {
        LiveStore store = await LiveStore.Open(via);
        await using WebApplication app = await StartAsync(store, o => o.SignIfNoneMatch = signIfNoneMatch);
        const int size = (5 << 20) + 1;

        JsonElement start = await PostAsync(app, "/uploads", new { name = "film.mp4", type = "video/mp4", size });
        using HttpResponseMessage create = await SendAsync(store, start.GetProperty("create"), new ByteArrayContent([]));
        await create.ShouldHaveStatus(200);
        string ticket = start.GetProperty("ticket").GetString()!, uploadId = CreateMultipartUpload.ReadUploadId(await create.Content.ReadAsStringAsync());
        List<CompletedPart> parts = [];
        foreach (JsonElement part in (await PostAsync(app, "/uploads/parts", new { ticket, uploadId, from = 1, count = 100 })).GetProperty("parts").EnumerateArray())
        {
            using HttpResponseMessage response = await SendAsync(store, part, new ByteArrayContent(new byte[part.GetProperty("size").GetInt32()]));
            await response.ShouldHaveStatus(200);
            parts.Add(new CompletedPart(part.GetProperty("partNumber").GetInt32(), response.Headers.ETag!.Tag));
        }

        JsonElement finish = await PostAsync(app, "/uploads/finish", new { ticket, uploadId });
        using HttpResponseMessage list = await SendAsync(store, finish.GetProperty("list"));
        using HttpResponseMessage complete = await SendAsync(store, finish.GetProperty("complete"), new ByteArrayContent(CompleteMultipartUpload.CreateBody(parts)));
        JsonElement done = await PostAsync(app, "/uploads/done", new { ticket });

        await list.ShouldHaveStatus(200);
        await complete.ShouldHaveStatus(200);
        parts.Should().HaveCount(2);
        done.GetProperty("size").GetInt64().Should().Be(size);
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.RgwAsSpaces)]
    [InlineData(Via.LocalS3)]
    public async Task MapUploads_FormOfUppy_IsUploaded(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        await using WebApplication app = await StartAsync(store);

        JsonElement signed = await PostAsync(app, "/uploads/uppy", new { method = "PUT", key = "a.png", contentType = "image/png" });
        using MultipartFormDataContent form = [];
        foreach (JsonProperty field in signed.GetProperty("fields").EnumerateObject())
        {
            form.Add(new StringContent(field.Value.GetString()!), $"\"{field.Name}\"");
        }

        form.Add(new ByteArrayContent(new byte[5]), "\"file\"", "\"blob\"");
        using HttpResponseMessage sent = await store.Http.PostAsync(signed.GetProperty("url").GetString(), form);
        JsonElement done = await PostAsync(app, "/uploads/done", new { ticket = signed.GetProperty("ticket").GetString() });

        await sent.ShouldHaveStatus(204);
        done.GetProperty("type").GetString().Should().Be("image/png");
    }

    /// <summary>The code of docs/uploads.md.</summary>
    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    public async Task OnCompleted_FileIsReplacedLater_KeepsTheCopyOfTheCheckedFile(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        string bucket = store.Bucket;
        await using WebApplication app = await StartAsync(store, Configure);

        JsonElement start = await PostAsync(app, "/uploads", new { name = "a.png", type = "image/png", size = 5 });
        object done = new { ticket = start.GetProperty("ticket").GetString() };
        using HttpResponseMessage put = await SendAsync(store, start.GetProperty("put"), new ByteArrayContent([1, 1, 1, 1, 1]));
        await PostAsync(app, "/uploads/done", done);
        using HttpResponseMessage replaced = await SendAsync(store, start.GetProperty("put"), new ByteArrayContent([2, 2, 2, 2, 2]));
        await PostAsync(app, "/uploads/done", done);

        await replaced.ShouldHaveStatus(200);
        string finalKey = app.Services.GetRequiredService<FileTable>().Keys.Single().Value;
        PresignedUrl copied = app.Services.GetRequiredService<IPresigner>().Presign(new GetObject(finalKey));
        (await store.Http.GetByteArrayAsync(copied.ToUri())).Should().Equal(1, 1, 1, 1, 1);

        void Configure(UploadOptions o)
        {
            o.OnCompleted = async (upload, services, cancellationToken) =>
            {
                string finalKey = $"files/{Guid.NewGuid():N}/{upload.Name}";
                IPresigner presigner = services.GetRequiredService<IPresigner>();
                PresignedUrl copy = presigner.Presign(new CopyObject(finalKey, new CopySource(bucket, upload.Key) { IfMatch = upload.ETag }));
                using HttpResponseMessage copied = await services.GetRequiredService<HttpClient>().SendAsync(copy.ToHttpRequestMessage(), cancellationToken);
                copied.EnsureSuccessStatusCode();
                if ((await copied.Content.ReadAsStringAsync(cancellationToken)).Contains("<Error>", StringComparison.Ordinal))
                {
                    throw new HttpRequestException("The store could not copy the file.");      // with status 200, if the error occurs late
                }

                await services.GetRequiredService<FileTable>().TryAddAsync(upload.Key, finalKey, cancellationToken);      // does nothing if upload.Key is already in the table
            };
        }
    }

    private static async Task<WebApplication> StartAsync(LiveStore store, Action<UploadOptions>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddPresigner(o =>
        {
            (o.Endpoint, o.Region, o.Bucket, o.AccessKeyId, o.SecretAccessKey) = (store.Endpoint, store.Region, store.Bucket, store.AccessKeyId, store.SecretAccessKey);
            o.LockUnsignedHeaders = store.Via is Via.Rgw or Via.RgwAsSpaces;
        });
        builder.Services.AddSingleton(store.Http);
        builder.Services.AddSingleton<FileTable>();
        builder.Services.AddAuthentication("Ada").AddScheme<AuthenticationSchemeOptions, AdaAuthentication>("Ada", configureOptions: null);
        builder.Services.AddAuthorization();
        WebApplication app = builder.Build();
        app.MapUploads("/uploads", o =>
        {
            o.Folder = user => $"users/{user.FindFirstValue(ClaimTypes.NameIdentifier)}/";
            o.ContentTypes = ["image/png", "video/mp4"];
            o.MaxBytes = 20 << 20;
            o.MultipartThreshold = 1 << 20;
            o.PartBytes = 5 << 20;
            o.HttpClient = _ => store.Http;
            configure?.Invoke(o);
        });
        await app.StartAsync();
        return app;
    }

    private static async Task<JsonElement> PostAsync(WebApplication app, string path, object body)
    {
        using HttpResponseMessage response = await app.GetTestClient().PostAsJsonAsync(path, body);
        string text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<HttpResponseMessage> SendAsync(LiveStore store, JsonElement signed, HttpContent? content = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(signed.GetProperty("method").GetString()!), signed.GetProperty("url").GetString()) { Content = content };
        foreach (JsonProperty header in signed.GetProperty("headers").EnumerateObject())
        {
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString()))
            {
                request.Content!.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
            }
        }

        return await store.Http.SendAsync(request);
    }

    private sealed class FileTable
    {
        public ConcurrentDictionary<string, string> Keys { get; } = [];

        public Task<bool> TryAddAsync(string key, string finalKey, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(Keys.TryAdd(key, finalKey));
        }
    }

    private sealed class AdaAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ada")], Scheme.Name)), Scheme.Name)));
    }
}

using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PresignKit.LocalS3;

namespace PresignKit.AspNetCore.Tests.Uploads;

/// <summary>An application with upload endpoints and a local store, which share a clock.</summary>
internal sealed class UploadApp : IAsyncDisposable
{
    public const string Bucket = "uploads";

    private readonly WebApplication _app;

    private UploadApp(WebApplication app, LocalS3Server store, FakeTimeProvider clock, LogRecorder log)
    {
        _app = app;
        Store = store;
        Clock = clock;
        Log = log;
        StoreClient = store.CreateHttpClient();
    }

    public LocalS3Server Store { get; }

    public FakeTimeProvider Clock { get; }

    public LogRecorder Log { get; }

    /// <summary>Gets the address of the application, if it uses Kestrel.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>Gets the client that plays the browser's part towards the store.</summary>
    public HttpClient StoreClient { get; }

    public static async Task<UploadApp> StartAsync(
        Action<UploadOptions>? configure = null, Action<IServiceCollection>? services = null, Action<IEndpointConventionBuilder>? endpoints = null, Action<WebApplication>? map = null,
        bool useKestrel = false)
    {
        FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
        LogRecorder log = new();
        LocalS3Server store = await LocalS3Server.StartAsync(o =>
        {
            o.Buckets.Add(Bucket);
            o.TimeProvider = clock;
        });
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        if (useKestrel)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.Configuration.AddInMemoryCollection(store.ToConfiguration("Spaces", Bucket));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"));
        builder.Services.AddAuthentication(UserHeaderAuthentication.Name).AddScheme<AuthenticationSchemeOptions, UserHeaderAuthentication>(UserHeaderAuthentication.Name, configureOptions: null);
        builder.Services.AddAuthorization();
        services?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        map?.Invoke(app);
        IEndpointConventionBuilder uploads = app.MapUploads("/uploads", o =>
        {
            SetRequired(o);
            configure?.Invoke(o);
        });
        endpoints?.Invoke(uploads);
        await app.StartAsync();
        return new UploadApp(app, store, clock, log);
    }

    public static void SetRequired(UploadOptions o)
    {
        o.Folder = user => $"users/{user.FindFirstValue(ClaimTypes.NameIdentifier)}/";
        o.ContentTypes = ["image/png", "text/plain", "video/mp4"];
        o.MaxBytes = 40 << 20;
        o.MultipartThreshold = 6 << 20;
        o.PartBytes = 5 << 20;
        o.SignIfNoneMatch = true;
    }

    /// <summary>Creates a client that sends requests as a script on a page of the application does.</summary>
    public HttpClient CreateClient(string? user = "ada")
    {
        HttpClient client = _app.GetTestClient();
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        if (user is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(UserHeaderAuthentication.Header, Uri.EscapeDataString(user));
        }

        return client;
    }

    public async Task<JsonElement> PostAsync(string path, object body, string? user = "ada", int status = 200)
    {
        using HttpResponseMessage response = await CreateClient(user).PostAsJsonAsync(path, body);
        string text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).Should().Be(status, "the response is {0}", text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Posts a body that must be rejected, and returns the sentence for the user.</summary>
    public async Task<string> PostRejectedAsync(string path, object body, int status, string? user = "ada") =>
        (await PostAsync(path, body, user, status)).GetProperty("detail").GetString()!;

    /// <summary>Sends a signed request from a response of the endpoints to the store, as a browser does.</summary>
    public async Task<HttpResponseMessage> SendAsync(JsonElement signed, HttpContent? content = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(signed.GetProperty("method").GetString()!), signed.GetProperty("url").GetString()) { Content = content };
        foreach (JsonProperty header in signed.GetProperty("headers").EnumerateObject())
        {
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString()))
            {
                request.Content!.Headers.Remove(header.Name);
                request.Content.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
            }
        }

        return await StoreClient.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        StoreClient.Dispose();
        await _app.DisposeAsync();
        await Store.DisposeAsync();
    }
}

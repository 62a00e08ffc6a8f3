using System.Net;
using System.Text;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.LocalS3.Tests.Hosting;

/// <summary>The endpoint inside an application.</summary>
public class MapLocalS3Tests
{
    public enum Server
    {
        Kestrel,
        TestServer,
    }

    [Theory]
    [InlineData(Server.Kestrel, "a.txt")]
    [InlineData(Server.TestServer, "a.txt")]
    [InlineData(Server.Kestrel, "M\u00E4rz 2026 + 'a' (b)!*~/x//y.txt")]
    [InlineData(Server.TestServer, "M\u00E4rz 2026 + 'a' (b)!*~/x//y.txt")]
    [InlineData(Server.Kestrel, "100%25 %41 ?#&=")]
    [InlineData(Server.TestServer, "100% ?#&=")]
    public async Task Map_PutAndGet_Work(Server kind, string key)
    {
        await using App app = await App.StartAsync(kind, endpoints => endpoints.MapLocalS3("/s3"));

        await app.RoundTrip("/s3", key);
    }

    [Theory]
    [InlineData(Server.Kestrel)]
    [InlineData(Server.TestServer)]
    public async Task Map_WithPathBase_Works(Server kind)
    {
        await using App app = await App.StartAsync(kind, endpoints => endpoints.MapLocalS3("/s3"), before: app => app.UsePathBase("/base dir"));

        await app.RoundTrip("/base%20dir/s3", "folder/a b.txt");
    }

    [Theory]
    [InlineData(Server.Kestrel)]
    [InlineData(Server.TestServer)]
    public async Task Map_InGroup_Works(Server kind)
    {
        await using App app = await App.StartAsync(kind, endpoints => endpoints.MapGroup("/dev").MapGroup("/stores/").MapLocalS3("/s3/local"));

        await app.RoundTrip("/dev/stores/s3/local", "folder/a b.txt");
    }

    [Theory]
    [InlineData(Server.Kestrel)]
    [InlineData(Server.TestServer)]
    public async Task Map_FallbackPolicy_DoesNotApply(Server kind)
    {
        await using App app = await App.StartAsync(
            kind,
            endpoints =>
            {
                endpoints.MapLocalS3("/s3");
                endpoints.Map("/other", http => http.Response.WriteAsync("other"));
            },
            services: services =>
            {
                services.AddDataProtection();
                services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
                services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            },
            after: app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
            });

        await app.RoundTrip("/s3", "a.txt");
        (await app.Http.GetAsync("other")).StatusCode.Should().Be(HttpStatusCode.Found, "the policy redirects to the login page");
    }

    // The bucket's CORS configuration decides, and not the application's policy: only then do the tests of a page find out what the configuration lacks.
    [Theory]
    [InlineData(Server.Kestrel, true)]
    [InlineData(Server.TestServer, true)]
    [InlineData(Server.Kestrel, false)]
    [InlineData(Server.TestServer, false)]
    public async Task Map_Cors_IsThatOfTheBucket(Server kind, bool usesCors)
    {
        await using App app = await App.StartAsync(
            kind,
            endpoints => endpoints.MapLocalS3("/s3"),
            services: services => services.AddCors(o => o.AddDefaultPolicy(policy => policy.WithOrigins("http://app.example").AllowAnyMethod().AllowAnyHeader())),
            after: app => _ = usesCors ? app.UseCors() : app);
        PresignedUrl get = app.Presigner("/s3").Presign(new GetObject("a.txt"));
        app.Store.Buckets["photos"].Put("a.txt", [1]);

        using HttpResponseMessage refused = await Send(HttpMethod.Options, "http://page.example");
        app.Store.Buckets["photos"].AllowCors("http://page.example");
        using HttpResponseMessage allowed = await Send(HttpMethod.Options, "http://page.example");
        using HttpResponseMessage other = await Send(HttpMethod.Options, "http://app.example");
        using HttpResponseMessage read = await Send(HttpMethod.Get, "http://page.example");
        using HttpResponseMessage readOther = await Send(HttpMethod.Get, "http://app.example");

        refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("CORS is not enabled for this bucket");
        (allowed.StatusCode, Origin(allowed)).Should().Be((HttpStatusCode.OK, "http://page.example"));
        (other.StatusCode, Origin(other)).Should().Be((HttpStatusCode.Forbidden, null));
        (read.StatusCode, Origin(read)).Should().Be((HttpStatusCode.OK, "http://page.example"));
        (readOther.StatusCode, Origin(readOther)).Should().Be((HttpStatusCode.OK, null));

        Task<HttpResponseMessage> Send(HttpMethod method, string origin)
        {
            HttpRequestMessage request = new(method, get.Url);
            request.Headers.Add("Origin", origin);
            if (method == HttpMethod.Options)
            {
                request.Headers.Add("Access-Control-Request-Method", "GET");
            }

            return app.Http.SendAsync(request);
        }

        static string? Origin(HttpResponseMessage response) => response.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? values) ? values.Single() : null;
    }

    // Kestrel's default limit is 30,000,000 bytes.
    [Fact]
    public async Task Map_Body40MB_IsStored()
    {
        await using App app = await App.StartAsync(Server.Kestrel, endpoints =>
        {
            endpoints.MapLocalS3("/s3");
            endpoints.Map("/other", http => http.Response.WriteAsync($"{http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize}"));
        });
        byte[] content = new byte[40_000_000];
        content[^1] = 1;

        using HttpResponseMessage response = await app.Http.PutAsync(app.Presigner("/s3").Presign(new PutObject("large")).Url, new ByteArrayContent(content));
        string limit = await app.Http.GetStringAsync("other");

        response.StatusCode.Should().Be(HttpStatusCode.OK, app.LastRequest);
        app.Store.Buckets["photos"]["large"].Content.Length.Should().Be(content.Length);
        limit.Should().Be("30000000", "otherwise the test does not show that the limit was lifted");
    }

    [Fact]
    public async Task Map_UnsignedOrTampered_IsRejectedAndLogged()
    {
        List<string> log = [];
        await using App app = await App.StartAsync(Server.TestServer, endpoints => endpoints.MapLocalS3("/s3"), services: services => services.AddSingleton<ILoggerProvider>(new ListLogger(log)));

        using HttpResponseMessage unsigned = await app.Http.GetAsync("s3/photos/a.txt");
        using HttpResponseMessage wrongMethod = await app.Http.PutAsync(app.Presigner("/s3").Presign(new GetObject("a.txt")).Url, new ByteArrayContent([1]));

        (unsigned.StatusCode, wrongMethod.StatusCode).Should().Be((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden));
        log.Where(line => line.StartsWith("PresignKit.LocalS3 Warning Rejected", StringComparison.Ordinal)).Should().HaveCount(2);
    }

    [Fact]
    public async Task Map_ExpiryByTheClockOfTheContainer_IsChecked()
    {
        FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
        await using App app = await App.StartAsync(Server.TestServer, endpoints => endpoints.MapLocalS3("/s3"), services: services => services.AddSingleton<TimeProvider>(clock));
        app.Store.Buckets["photos"].Put("a.txt", [1]);
        string url = app.Presigner("/s3").Presign(new GetObject("a.txt") { ExpiresIn = TimeSpan.FromHours(1) }).Url;

        HttpStatusCode before = (await app.Http.GetAsync(url)).StatusCode;
        clock.Advance(TimeSpan.FromHours(2));
        HttpStatusCode after = (await app.Http.GetAsync(url)).StatusCode;

        (before, after).Should().Be((HttpStatusCode.OK, HttpStatusCode.Forbidden));
    }

    [Theory]
    [InlineData("192.0.2.7", false, HttpStatusCode.Forbidden)]
    [InlineData("2001:db8::7", false, HttpStatusCode.Forbidden)]
    [InlineData("192.0.2.7", true, HttpStatusCode.OK)]
    [InlineData("127.0.0.1", false, HttpStatusCode.OK)]
    [InlineData("127.8.8.8", false, HttpStatusCode.OK)]
    [InlineData("::1", false, HttpStatusCode.OK)]
    [InlineData("::ffff:127.0.0.1", false, HttpStatusCode.OK)]
    public async Task Map_RemoteAddress_IsRejectedUnlessAllowed(string address, bool allows, HttpStatusCode expected)
    {
        await using App app = await App.StartAsync(
            Server.TestServer,
            endpoints => endpoints.MapLocalS3("/s3"),
            options: o => o.AllowRemoteAddresses = allows,
            before: app => app.Use((http, next) =>
            {
                http.Connection.RemoteIpAddress = IPAddress.Parse(address);
                return next(http);
            }));
        app.Store.Buckets["photos"].Put("a.txt", [1]);

        using HttpResponseMessage response = await app.Http.GetAsync(app.Presigner("/s3").Presign(new GetObject("a.txt")).Url);

        response.StatusCode.Should().Be(expected);
        if (expected == HttpStatusCode.Forbidden)
        {
            app.Store.Requests[^1].Error!.Cause.Should().Be($"The request comes from {address}, and LocalS3Options.AllowRemoteAddresses is false.");
        }
    }

    [Fact]
    public async Task Map_Production_ThrowsUnlessAllowed()
    {
        Func<Task> start = () => App.StartAsync(Server.TestServer, endpoints => endpoints.MapLocalS3("/s3"), environment: "Production");

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("LocalS3 is for development and tests, but the environment is Production. *");
        await using App app = await App.StartAsync(Server.TestServer, endpoints => endpoints.MapLocalS3("/s3"), options: o => o.AllowProduction = true, environment: "Production");
        await app.RoundTrip("/s3", "a.txt");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("s3")]
    [InlineData("/s3/")]
    [InlineData("/{tenant}/s3")]
    [InlineData("/s3/**")]
    [InlineData("/s 3")]
    [InlineData("/s%203")]
    [InlineData("//s3")]
    [InlineData("/s3?x")]
    public async Task Map_InvalidPath_Throws(string? path)
    {
        Func<Task> start = () => App.StartAsync(Server.TestServer, endpoints => endpoints.MapLocalS3(path!));

        (await start.Should().ThrowAsync<ArgumentException>()).WithParameterName(nameof(path)).WithMessage($"'{path}' is not a valid path. *");
    }

    [Fact]
    public async Task Map_GroupWithParameter_IsRejectedWithCause()
    {
        await using App app = await App.StartAsync(Server.TestServer, endpoints => endpoints.MapGroup("/{tenant}").MapLocalS3("/s3"));

        using HttpResponseMessage response = await app.Http.GetAsync(app.Presigner("/a/s3").Presign(new GetObject("a.txt")).Url);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        app.Store.Requests[^1].Error!.Cause.Should().StartWith("The path does not start with '/{tenant}/s3/'");
    }

    // Routes are not case-sensitive, but paths in S3 are.
    [Fact]
    public async Task Map_DifferentLetterCase_IsRejectedWithCause()
    {
        await using App app = await App.StartAsync(Server.Kestrel, endpoints => endpoints.MapLocalS3("/s3"));

        using HttpResponseMessage response = await app.Http.GetAsync(app.Presigner("/S3").Presign(new GetObject("a.txt")).Url);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        app.Store.Requests[^1].Error!.Cause.Should().Be("The path does not start with '/s3/', in the same letter case.");
    }

    [Fact]
    public async Task Map_NotRegistered_ThrowsWithRemedy()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Services.AddRoutingCore();
        builder.WebHost.UseTestServer();
        await using WebApplication app = builder.Build();

        ((Action)(() => app.MapLocalS3("/s3"))).Should().Throw<InvalidOperationException>()
            .WithMessage("LocalS3 is not registered. Call builder.Services.AddLocalS3(o => o.Buckets.Add(\"photos\")).");
    }

    [Fact]
    public async Task AddLocalS3_InvalidOption_ThrowsWhenItIsMapped()
    {
        Func<Task> start = () => App.StartAsync(Server.TestServer, endpoints => endpoints.MapLocalS3("/s3"), options: o => o.Region = "");

        (await start.Should().ThrowAsync<ArgumentException>()).WithMessage("LocalS3Options.Region is not valid. *");
    }

    [Fact]
    public async Task Dispose_OfTheApplication_DeletesTemporaryFiles()
    {
        App app = await App.StartAsync(Server.TestServer, endpoints => endpoints.MapLocalS3("/s3"));
        app.Store.Buckets["photos"].Put("large", new byte[100_000]);
        string folder = app.Store.Objects.Folder.Path!;

        await app.DisposeAsync();

        Directory.Exists(folder).Should().BeFalse();
    }

    private sealed class App(WebApplication application, Server kind) : IAsyncDisposable
    {
        private readonly string _origin = kind == Server.TestServer ? "http://localhost" : application.Urls.Single();

        public LocalS3Store Store { get; } = application.Services.GetRequiredService<LocalS3Store>();

        public HttpClient Http { get; } = kind == Server.TestServer
            ? application.GetTestClient()
            : new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(application.Urls.Single()) };

        public string LastRequest => Store.Requests.Count > 0 ? Store.Requests[^1].ToString() : "no request";

        public static async Task<App> StartAsync(
            Server kind, Action<IEndpointRouteBuilder> map, Action<LocalS3Options>? options = null, Action<IServiceCollection>? services = null, Action<WebApplication>? before = null,
            Action<WebApplication>? after = null, string environment = "Development")
        {
            WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
            _ = kind == Server.TestServer ? builder.WebHost.UseTestServer() : builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            builder.Services.AddLogging();
            builder.Services.AddRoutingCore();
            builder.Services.AddLocalS3(o =>
            {
                o.Buckets.Add("photos");
                options?.Invoke(o);
            });
            services?.Invoke(builder.Services);
            WebApplication app = builder.Build();
            before?.Invoke(app);
            app.UseRouting();
            after?.Invoke(app);
            try
            {
                map(app);
                await app.StartAsync();
            }
            catch
            {
                await app.DisposeAsync();
                throw;
            }

            return new App(app, kind);
        }

        public S3Presigner Presigner(string path) => new(
            new PresignerOptions { Endpoint = _origin + path, Region = Store.Region, Bucket = "photos", AccessKeyId = Store.AccessKeyId, SecretAccessKey = Store.SecretAccessKey, UrlStyle = UrlStyle.Path },
            Store.TimeProvider);

        public async Task RoundTrip(string path, string key)
        {
            byte[] content = Encoding.UTF8.GetBytes(key);
            using HttpResponseMessage put = await Http.SendAsync(Presigner(path).Presign(new PutObject(key) { ContentType = "text/plain" }).ToHttpRequestMessage(new ByteArrayContent(content)));
            put.StatusCode.Should().Be(HttpStatusCode.OK, LastRequest);
            using HttpResponseMessage get = await Http.SendAsync(Presigner(path).Presign(new GetObject(key)).ToHttpRequestMessage());
            (get.StatusCode, await get.Content.ReadAsStringAsync()).Should().Be((HttpStatusCode.OK, key), LastRequest);
            get.Headers.Server.ToString().Should().Be("PresignKit.LocalS3");
            Store.Buckets["photos"].Keys.Should().Equal(key);

            PresignedPost form = Presigner(path).PresignPost(new PostPolicy(PostKey.Exact("form.txt")));
            using HttpResponseMessage post = await Http.PostAsync(form.Url, form.ToMultipartContent(new MemoryStream([1, 2]), "x.txt"));
            post.StatusCode.Should().Be(HttpStatusCode.NoContent, LastRequest);
            using HttpResponseMessage list = await Http.SendAsync(Presigner(path).Presign(new ListObjectsV2()).ToHttpRequestMessage());
            (list.StatusCode, (await list.Content.ReadAsStringAsync()).Contains("<Key>form.txt</Key>", StringComparison.Ordinal)).Should().Be((HttpStatusCode.OK, true), LastRequest);
        }

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await application.DisposeAsync();
        }
    }

    private sealed class ListLogger(List<string> lines) : ILoggerProvider, ILogger
    {
        private string _category = "";

        public ILogger CreateLogger(string categoryName) => new ListLogger(lines) { _category = categoryName };

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add($"{_category} {logLevel} {formatter(state, exception)}");
            }
        }

        public void Dispose()
        {
        }
    }
}

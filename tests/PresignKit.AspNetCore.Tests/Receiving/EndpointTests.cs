using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace PresignKit.AspNetCore.Tests.Receiving;

/// <summary>The kinds of endpoints, servers, middleware and addresses.</summary>
public class EndpointTests
{
    // TestServer decodes the path once, so a key with a literal '%' before two hexadecimal digits cannot be verified there.
    [Theory]
    [InlineData("reports/2026.pdf", HttpStatusCode.OK)]
    [InlineData("März 2026 + 'a' (b)!*~.pdf", HttpStatusCode.OK)]
    [InlineData("a//b/\u65e5\u672c\U0001F600?&=;:@,$[]{}|^`\"<>#", HttpStatusCode.OK)]
    [InlineData("100%.pdf", HttpStatusCode.OK)]
    [InlineData("a%2Fb", HttpStatusCode.Forbidden)]
    public async Task TestServer_Key_IsVerifiedFromThePath(string key, HttpStatusCode status)
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync();

        using HttpResponseMessage response = await app.SendAsync(new GetObject(key));

        response.StatusCode.Should().Be(status);
        if (status == HttpStatusCode.OK)
        {
            (await response.Content.ReadAsStringAsync()).Should().Be(ReceivingApp.Json(key, "files", key));
        }
    }

    [Fact]
    public async Task Http2_OnKestrel_IsVerified()
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync(protocols: HttpProtocols.Http2);
        using HttpClient client = ClientOf(app);
        using HttpRequestMessage good = Http2(ReceivingApp.Presign(new PutObject("dir/ä b%2F+") { ContentType = "text/plain" }).ToHttpRequestMessage(new ByteArrayContent([1, 2])));
        using HttpRequestMessage wrongHost = Http2(new HttpRequestMessage(HttpMethod.Get, "http://other.example.com" + new TestSigner { Host = "other.example.com" }.Target("/files/k")));

        using HttpResponseMessage accepted = await client.SendAsync(good);
        using HttpResponseMessage rejected = await client.SendAsync(wrongHost);

        accepted.Version.Should().Be(HttpVersion.Version20);
        (await accepted.Content.ReadAsStringAsync()).Should().Be(ReceivingApp.Json("dir/ä b%2F+", "files", "dir/ä b%2F+"));
        accepted.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        rejected.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Controller_Action_ReceivesTheVerifiedKey()
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync(app => app.MapControllers().RequirePresignedUrl(), build: AddController);

        string accepted = await app.SendRawAsync($"GET {new TestSigner().Target("/files/a%2Fb%252F")} HTTP/1.1\r\nHost: {ReceivingApp.Host}\r\n");
        string rejected = await app.SendRawAsync($"GET /files/a HTTP/1.1\r\nHost: {ReceivingApp.Host}\r\n");

        accepted.Should().StartWith("HTTP/1.1 200 ").And.Contain("""["a/b%2F","a/b%2F"]""");
        rejected.Should().StartWith("HTTP/1.1 403 ");
    }

    [Fact]
    public async Task RequestDelegate_Endpoint_ReceivesTheVerifiedKey()
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync(app => app.MapGet(
            "/files/{**key}",
            (HttpContext context) => context.Response.WriteAsync(ReceivingApp.Json((string?)context.GetRouteValue("key"), context.GetVerifiedRequest()!.ToString()))).RequirePresignedUrl());

        string response = await app.SendRawAsync($"GET {new TestSigner().Target("/files/a%2Fb")} HTTP/1.1\r\nHost: {ReceivingApp.Host}\r\n");

        response.Should().StartWith("HTTP/1.1 200 ").And.Contain("""["a/b","files/a/b"]""");
    }

    [Fact]
    public async Task Group_Endpoints_AreProtectedOnceAndBeforeTheirFilters()
    {
        List<string> calls = [];
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(app =>
        {
            RouteGroupBuilder group = app.MapGroup("/files").RequirePresignedUrl();
            group.AddEndpointFilter(async (context, next) =>
            {
                calls.Add("filter");
                return await next(context);
            });
            group.MapGroup("/inner").MapGet("/{**key}", (VerifiedRequest request) => request.Key).RequirePresignedUrl().RequirePresignedUrl();
            app.MapGet("/open", () => "open");
        }, o =>
        {
            S3Credentials credentials = o.Credentials.Single();
            o.Credentials.Clear();
            o.FindCredentials = (_, _) =>
            {
                calls.Add("find");
                return new ValueTask<S3Credentials?>(credentials);
            };
        });

        using HttpResponseMessage accepted = await app.SendAsync(new GetObject("inner/k"));
        using HttpResponseMessage rejected = await app.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"http://{ReceivingApp.Host}/files/inner/k"));
        using HttpResponseMessage open = await app.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"http://{ReceivingApp.Host}/open"));

        (await accepted.Content.ReadAsStringAsync()).Should().Be("inner/k");
        rejected.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        open.StatusCode.Should().Be(HttpStatusCode.OK);
        calls.Should().Equal("find", "filter");
    }

    [Fact]
    public async Task Convention_AddedLaterThatWrapsTheEndpoint_RunsAfterTheVerification()
    {
        int calls = 0;
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(app => app.MapGet("/files/{**key}", (string key) => key).RequirePresignedUrl().Add(builder =>
        {
            RequestDelegate next = builder.RequestDelegate!;
            builder.RequestDelegate = context =>
            {
                calls++;
                return next(context);
            };
        }));

        using HttpResponseMessage rejected = await app.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"http://{ReceivingApp.Host}/files/k"));
        calls.Should().Be(0);
        using HttpResponseMessage accepted = await app.SendAsync(new GetObject("k"));
        calls.Should().Be(1);
    }

    // YARP's builder is an example of a builder that does not implement Finally and whose endpoints do not have services.
    [Fact]
    public async Task Builder_WithoutFinallyAndServices_IsProtected()
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(app =>
        {
            SimpleDataSource source = new();
            ((IEndpointRouteBuilder)app).DataSources.Add(source);
            source.RequirePresignedUrl().RequirePresignedUrl();
        });

        using HttpResponseMessage accepted = await app.SendAsync(new GetObject("k"));
        using HttpResponseMessage rejected = await app.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"http://{ReceivingApp.Host}/files/k"));

        (await accepted.Content.ReadAsStringAsync()).Should().Be("simple k");
        rejected.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("http://app.example.com/api/v1", "/api/v1/files/k", HttpStatusCode.OK)]
    [InlineData("http://app.example.com/api/v1", "/files/k", HttpStatusCode.Forbidden)]
    [InlineData("http://app.example.com/api/v1", "/API/v1/files/k", HttpStatusCode.Forbidden)]
    [InlineData("http://app.example.com", "/files/k", HttpStatusCode.OK)]
    [InlineData("http://app.example.com", "/api/v1/files/k", HttpStatusCode.Forbidden)]
    [InlineData("http://app.example.com/api", "/api/v1/files/k", HttpStatusCode.Forbidden)]
    public async Task PathBase_OfTheApplication_MustBeThatOfTheEndpoint(string endpoint, string path, HttpStatusCode status)
    {
        await using ReceivingApp inMemory = await ReceivingApp.StartInMemoryAsync(MapBelowPathBase, o => o.Endpoint = S3Endpoint.Create(endpoint, "us-east-1"));
        await using ReceivingApp onKestrel = await ReceivingApp.StartOnKestrelAsync(MapBelowPathBase, o => o.Endpoint = S3Endpoint.Create(endpoint, "us-east-1"));
        string target = new TestSigner().Target(path);

        using HttpResponseMessage response = await inMemory.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"http://{ReceivingApp.Host}{target}"));
        string raw = await onKestrel.SendRawAsync($"GET {target} HTTP/1.1\r\nHost: {ReceivingApp.Host}\r\n");

        response.StatusCode.Should().Be(status);
        raw.Should().StartWith(FormattableString.Invariant($"HTTP/1.1 {(int)status} "));

        static void MapBelowPathBase(WebApplication app)
        {
            app.UsePathBase("/api/v1");
            app.UseRouting();
            app.MapGet("/files/{**key}", (string key) => key).RequirePresignedUrl();
        }
    }

    [Theory]
    [InlineData(UrlStyle.VirtualHosted, "files.app.example.com", "/k", HttpStatusCode.OK)]
    [InlineData(UrlStyle.VirtualHosted, "app.example.com", "/files/k", HttpStatusCode.OK)]
    [InlineData(UrlStyle.VirtualHosted, "other.app.example.com", "/k", HttpStatusCode.Forbidden)]
    [InlineData(UrlStyle.VirtualHosted, "x.files.app.example.com", "/k", HttpStatusCode.Forbidden)]
    [InlineData(UrlStyle.Path, "app.example.com", "/files/k", HttpStatusCode.OK)]
    [InlineData(UrlStyle.Path, "files.app.example.com", "/k", HttpStatusCode.Forbidden)]
    [InlineData(UrlStyle.Auto, "files.app.example.com", "/k", HttpStatusCode.Forbidden)]
    [InlineData(UrlStyle.BucketBoundHostname, "app.example.com", "/k", HttpStatusCode.OK)]
    [InlineData(UrlStyle.BucketBoundHostname, "files.app.example.com", "/k", HttpStatusCode.Forbidden)]
    public async Task UrlStyle_DeterminesTheHostAndTheBucket(UrlStyle style, string host, string path, HttpStatusCode status)
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(configure: o => o.Endpoint = S3Endpoint.Create($"http://{ReceivingApp.Host}", "us-east-1", style));

        using HttpResponseMessage response = await app.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"http://{host}{new TestSigner { Host = host }.Target(path)}"));

        response.StatusCode.Should().Be(status);
        if (status == HttpStatusCode.OK)
        {
            (await response.Content.ReadAsStringAsync()).Should().Be(ReceivingApp.Json("k", "files", "k"));
        }
    }

    [Theory]
    [InlineData("http://app.example.com:8080", "app.example.com:8080", HttpStatusCode.OK)]
    [InlineData("http://app.example.com:8080", "app.example.com", HttpStatusCode.Forbidden)]
    [InlineData("http://[::1]:8080", "[::1]:8080", HttpStatusCode.OK)]
    [InlineData("http://127.0.0.1", "127.0.0.1", HttpStatusCode.OK)]
    [InlineData("http://xn--bcher-kva.example", "xn--bcher-kva.example", HttpStatusCode.OK)]
    public async Task Host_WithPortOrAddress_IsCompared(string endpoint, string host, HttpStatusCode status)
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync(configure: o => o.Endpoint = S3Endpoint.Create(endpoint, "us-east-1"));

        string response = await app.SendRawAsync($"GET {new TestSigner { Host = host }.Target("/files/k")} HTTP/1.1\r\nHost: {host}\r\n");

        response.Should().StartWith(FormattableString.Invariant($"HTTP/1.1 {(int)status} "));
    }

    // The socket connects from the loopback address, which is a known proxy by default.
    [Theory]
    [InlineData(true, "X-Forwarded-Host: app.example.com\r\nX-Forwarded-Proto: https\r\n", "200")]
    [InlineData(true, "X-Forwarded-Host: app.example.com\r\n", "403")]
    [InlineData(true, "X-Forwarded-Proto: https\r\n", "403")]
    [InlineData(true, "X-Forwarded-Host: other.example.com\r\nX-Forwarded-Proto: https\r\n", "403")]
    [InlineData(false, "X-Forwarded-Host: app.example.com\r\nX-Forwarded-Proto: https\r\n", "403")]
    public async Task ForwardedHeaders_CountOnlyFromKnownProxies(bool isKnownProxy, string headers, string status)
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync(
            app =>
            {
                ForwardedHeadersOptions options = new() { ForwardedHeaders = ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto };
                if (!isKnownProxy)
                {
                    options.KnownIPNetworks.Clear();
                    options.KnownProxies.Clear();
                    options.KnownProxies.Add(IPAddress.Parse("192.0.2.1"));
                }

                app.UseForwardedHeaders(options);
                app.UseRouting();
                ReceivingApp.MapEcho(app);
            },
            o => o.Endpoint = S3Endpoint.Create($"https://{ReceivingApp.Host}", "us-east-1"));

        string response = await app.SendRawAsync($"GET {new TestSigner().Target("/files/k")} HTTP/1.1\r\nHost: internal:5000\r\n{headers}");

        response.Should().StartWith($"HTTP/1.1 {status} ");
    }

    // Middleware that rewrites Request.Path does not change the target.
    [Fact]
    public async Task Path_RewrittenByMiddleware_DoesNotChangeTheVerifiedKey()
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync(app =>
        {
            app.Use((context, next) =>
            {
                context.Request.Path = "/files/other";
                context.Request.QueryString = default;
                return next(context);
            });
            app.UseRouting();
            ReceivingApp.MapEcho(app);
        });

        string response = await app.SendRawAsync($"GET {new TestSigner().Target("/files/k")} HTTP/1.1\r\nHost: {ReceivingApp.Host}\r\n");

        response.Should().StartWith("HTTP/1.1 200 ").And.Contain("""["k","files","k"]""");
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task Authorization_FallbackPolicy_AppliesUnlessAnonymousIsAllowed(bool allowsAnonymous, HttpStatusCode status)
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(
            app =>
            {
                RouteHandlerBuilder endpoint = app.MapGet("/files/{**key}", (string key) => key).RequirePresignedUrl();
                if (allowsAnonymous)
                {
                    endpoint.AllowAnonymous();
                }
            },
            build: builder =>
            {
                builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
                    .AddCookie(o => o.Events.OnRedirectToLogin = context =>
                    {
                        context.Response.StatusCode = 401;
                        return Task.CompletedTask;
                    });
                builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            });

        using HttpResponseMessage response = await app.SendAsync(new GetObject("k"));

        response.StatusCode.Should().Be(status);
    }

    public static TheoryData<string> CachedEndpoints => ["before", "after", "attribute", "metadata", "base policy", "group"];

    // A cached response would be sent without verifying the request, even when the URL has expired.
    [Theory]
    [MemberData(nameof(CachedEndpoints))]
    public async Task OutputCache_IsDisabled(string kind)
    {
        int calls = 0;
        Func<string> count = () => FormattableString.Invariant($"{++calls}");
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(
            app =>
            {
                app.UseOutputCache();
                const string Pattern = "/files/{**key}";
                _ = kind switch
                {
                    "before" => app.MapGet(Pattern, count).CacheOutput().RequirePresignedUrl(),
                    "after" => app.MapGet(Pattern, count).RequirePresignedUrl().CacheOutput(policy => policy.Expire(TimeSpan.FromDays(1))),
                    "attribute" => app.MapGet(Pattern, [OutputCache(Duration = 3600)] () => count()).RequirePresignedUrl(),
                    "metadata" => app.MapGet(Pattern, count).RequirePresignedUrl().WithMetadata(new OutputCacheAttribute { Duration = 3600 }),
                    "group" => app.MapGroup("").CacheOutput().MapGet(Pattern, count).RequirePresignedUrl(),
                    _ => app.MapGet(Pattern, count).RequirePresignedUrl(),
                };
                app.MapGet("/open", count).CacheOutput();
            },
            build: builder => builder.Services.AddOutputCache(o =>
            {
                if (kind == "base policy")
                {
                    o.AddBasePolicy(policy => policy.Cache());
                }
            }));

        for (int i = 1; i <= 2; i++)
        {
            using HttpResponseMessage response = await app.SendAsync(new GetObject("k"));
            (await response.Content.ReadAsStringAsync()).Should().Be(FormattableString.Invariant($"{i}"));
        }

        // The cache works for other endpoints.
        for (int i = 1; i <= 2; i++)
        {
            using HttpResponseMessage response = await app.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"http://{ReceivingApp.Host}/open"));
            (await response.Content.ReadAsStringAsync()).Should().Be("3");
        }
    }

    // This middleware caches a response before its headers can be made private, and its key does not contain the query.
    [Fact]
    public async Task ResponseCaching_RequestThatPassesThroughIt_Fails()
    {
        int calls = 0;
        Func<HttpContext, string> count = context =>
        {
            context.Response.Headers.CacheControl = "public, max-age=3600";
            return FormattableString.Invariant($"{++calls}");
        };
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(
            app =>
            {
                app.UseWhen(context => !context.Request.Path.StartsWithSegments("/files/safe"), branch => branch.UseResponseCaching());
                app.MapGet("/files/{**key}", count).RequirePresignedUrl();
                app.MapGet("/open", count);
            },
            build: builder => builder.Services.AddResponseCaching());

        Func<Task> cached = () => app.SendAsync(new GetObject("k"));

        await cached.Should().ThrowAsync<InvalidOperationException>().WithMessage("UseResponseCaching() would serve cached responses*Call it only for other paths*");
        for (int i = 1; i <= 2; i++)
        {
            using HttpResponseMessage response = await app.SendAsync(new GetObject("safe/k"));
            (await response.Content.ReadAsStringAsync()).Should().Be(FormattableString.Invariant($"{i}"));
        }

        for (int i = 1; i <= 2; i++)
        {
            using HttpResponseMessage response = await app.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"http://{ReceivingApp.Host}/open"));
            (await response.Content.ReadAsStringAsync()).Should().Be("3", "the middleware works for other endpoints");
        }
    }

    [Fact]
    public async Task VerifiedRequest_EndpointWithoutRequirePresignedUrl_Throws()
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(app => app.MapGet("/files/{**key}", (VerifiedRequest request) => request.Key));

        Func<Task> send = () => app.SendAsync(new GetObject("k"));

        (await send.Should().ThrowAsync<InvalidOperationException>()).WithMessage("The endpoint 'HTTP: GET /files/{**key}' has a parameter of type VerifiedRequest, but its requests are not verified. Call RequirePresignedUrl() on the endpoint.");
    }

    [Fact]
    public void GetVerifiedRequest_WithoutVerification_ReturnsNull() => new DefaultHttpContext().GetVerifiedRequest().Should().BeNull();

    private static void AddController(WebApplicationBuilder builder) => builder.Services.AddControllers().AddApplicationPart(typeof(PresignedController).Assembly);

    private static HttpClient ClientOf(ReceivingApp app) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            System.Net.Sockets.Socket socket = new(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, app.Port, cancellationToken);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        },
    });

    private static HttpRequestMessage Http2(HttpRequestMessage request)
    {
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return request;
    }

    private sealed class SimpleDataSource : EndpointDataSource, IEndpointConventionBuilder
    {
        private readonly List<Action<EndpointBuilder>> _conventions = [];

        public override IReadOnlyList<Endpoint> Endpoints
        {
            get
            {
                RouteEndpointBuilder builder = new(
                    context => context.Response.WriteAsync($"simple {context.GetRouteValue("key")}"), Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("/files/{**key}"), order: 0);
                _conventions.ForEach(convention => convention(builder));
                return [builder.Build()];
            }
        }

        public void Add(Action<EndpointBuilder> convention) => _conventions.Add(convention);

        public override Microsoft.Extensions.Primitives.IChangeToken GetChangeToken() => Microsoft.Extensions.FileProviders.NullChangeToken.Singleton;
    }
}

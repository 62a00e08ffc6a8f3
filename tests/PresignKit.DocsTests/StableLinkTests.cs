using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PresignKit.DocsTests;

/// <summary>The links of docs/cookbook.md that do not expire: they redirect to a URL that does.</summary>
public sealed class StableLinkTests : IDisposable
{
    private static readonly Guid Id = new("0b6a6a3e-5d0b-4b8f-9a43-0f1c2d3e4f50");
    private readonly ObjectStore _store = new() { Objects = { ["reports/2026 März.pdf"] = 3 } };

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Link_OfTheUser_RedirectsToAUrlThatTheStoreAccepts()
    {
        await using WebApplication app = await Start();
        using HttpClient browser = new(_store, disposeHandler: false);

        using HttpResponseMessage redirect = await app.ClientOf("ada").GetAsync($"/files/{Id}");

        redirect.StatusCode.Should().Be(HttpStatusCode.Found);
        redirect.Headers.CacheControl!.NoStore.Should().BeTrue();
        string url = redirect.Headers.GetValues("Location").Single();
        url.Should().Contain("X-Amz-Expires=60&");
        (await browser.GetAsync(url)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("eve", HttpStatusCode.NotFound)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    public async Task Link_OfADifferentUser_IsRejected(string user, HttpStatusCode expected)
    {
        await using WebApplication app = await Start();

        using HttpResponseMessage response = await app.ClientOf(user).GetAsync($"/files/{Id}");

        response.StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task ShareLink_OfARandomId_NeedsNoUser()
    {
        FileTable files = new();

        string shareId = RandomNumberGenerator.GetHexString(32, lowercase: true);       // 128 random bits

        files.Shared[shareId] = "reports/2026 März.pdf";
        await using WebApplication app = await Start(files: files);
        using HttpClient client = app.GetTestClient();

        using HttpResponseMessage shared = await client.GetAsync($"/share/{shareId}");
        using HttpResponseMessage guessed = await client.GetAsync($"/share/{new string('0', 32)}");

        shared.StatusCode.Should().Be(HttpStatusCode.Found);
        guessed.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    // The page explains why the endpoint does not call Results.Redirect.
    [Fact]
    public async Task Redirect_OfResults_LogsTheUrl()
    {
        using TextLog log = new();
        await using WebApplication app = await Start(log);

        await app.ClientOf("ada").GetAsync($"/files/{Id}");
        log.Messages.Should().NotBeEmpty().And.NotContain(message => message.Contains("X-Amz-Signature", StringComparison.Ordinal));

        await app.GetTestClient().GetAsync("/logged");
        log.Messages.Should().Contain(message => message.Contains("X-Amz-Signature", StringComparison.Ordinal));
    }

    private Task<WebApplication> Start(TextLog? log = null, FileTable? files = null) => TestApplication.Start(Map, _store, services =>
    {
        services.AddSingleton(files ?? new FileTable());
        if (log is not null)
        {
            services.AddLogging(logging => logging.AddProvider(log));
        }
    });

    private static void Map(WebApplication app)
    {
        app.MapGet("/files/{id:guid}", (Guid id, ClaimsPrincipal user, FileTable files, IPresigner presigner, HttpResponse response) =>
        {
            if (files.FindKey(id, user) is not { } key)             // your database. It returns null if the user must not read the file
            {
                return Results.NotFound();
            }

            PresignedUrl link = presigner.Presign(new GetObject(key) { ExpiresIn = TimeSpan.FromMinutes(1) });
            response.Headers.CacheControl = "no-store";
            response.Headers.Location = link.Url;                   // Results.Redirect would log the URL
            return Results.StatusCode(302);
        }).RequireAuthorization();

        app.MapGet("/share/{id}", (string id, FileTable files, IPresigner presigner, HttpResponse response) =>
        {
            if (!files.Shared.TryGetValue(id, out string? key))
            {
                return Results.NotFound();
            }

            response.Headers.Location = presigner.Presign(new GetObject(key)).Url;
            return Results.StatusCode(302);
        });

        app.MapGet("/logged", (IPresigner presigner) => Results.Redirect(presigner.Presign(new GetObject("a")).Url));
    }

    private sealed class FileTable
    {
        private readonly Dictionary<(Guid Id, string User), string> _keys = new() { [(Id, "ada")] = "reports/2026 März.pdf" };

        public Dictionary<string, string> Shared { get; } = [];

        public string? FindKey(Guid id, ClaimsPrincipal user) => _keys.GetValueOrDefault((id, user.FindFirstValue(ClaimTypes.NameIdentifier)!));
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace DirectUpload.Tests;

public sealed class FileTests : IAsyncLifetime, IDisposable
{
    private const string KeyOfAda = "users/ada/0123456789abcdef0123456789abcdef/notes of Ada.txt";
    private const string KeyOfGrace = "users/grace/0123456789abcdef0123456789abcdef/notes of Grace.txt";

    // These tests move the clock, so each one has an application of its own.
    private readonly Application _app = new();
    private readonly HttpClient _browser = new(new SocketsHttpHandler { UseProxy = false });
    private HttpClient _ada = null!;

    public async Task InitializeAsync()
    {
        _ada = await _app.SignInAsync("ada");
        _app.Bucket.Put(KeyOfAda, "Ada"u8, "text/plain");
        _app.Bucket.Put(KeyOfGrace, "Grace"u8, "text/plain");
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose()
    {
        _ada.Dispose();
        _browser.Dispose();
    }

    [Fact]
    public async Task List_TwoUsers_ContainsOnlyTheUsersOwnFiles()
    {
        JsonElement list = await _ada.GetFromJsonAsync<JsonElement>("/files");

        JsonElement file = list.GetProperty("files").EnumerateArray().Should().ContainSingle().Subject;
        file.GetProperty("key").GetString().Should().Be(KeyOfAda);
        file.GetProperty("name").GetString().Should().Be("notes of Ada.txt");
        file.GetProperty("size").GetInt64().Should().Be(3);
    }

    [Fact]
    public async Task List_SeveralFiles_HasTheNewestOneFirst()
    {
        await MoveClockAsync(TimeSpan.FromMinutes(1));
        _app.Bucket.Put("users/ada/a/second.txt", "2"u8);
        await MoveClockAsync(TimeSpan.FromMinutes(1));
        _app.Bucket.Put("users/ada/b/third.txt", "3"u8);

        JsonElement list = await _ada.GetFromJsonAsync<JsonElement>("/files");

        list.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()).Should().Equal("third.txt", "second.txt", "notes of Ada.txt");
    }

    [Theory]
    [InlineData("Żółta łódź + 日本語 %20.txt")]
    [InlineData("<img src=x onerror=alert(1)>.txt")]
    [InlineData("a&b;c\"d'.txt")]
    [InlineData("\u0001.txt")]
    public async Task List_NameWithSpecialCharacters_IsUnchanged(string name)
    {
        _app.Bucket.Put("users/ada/1/" + name, "1"u8);

        using HttpResponseMessage response = await _ada.GetAsync("/files");

        JsonElement list = await response.Content.ReadFromJsonAsync<JsonElement>();
        list.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()).Should().Contain(name);
        // The names are not escaped in the JSON, so no browser may display it as HTML.
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
    }

    [Fact]
    public async Task Link_OwnFile_DownloadsUnderItsOwnName()
    {
        JsonElement link = await GetLinkAsync();

        using HttpResponseMessage response = await _browser.GetAsync(link.GetProperty("url").GetString());

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().Be("Ada");
        response.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        response.Content.Headers.ContentDisposition.FileName!.Trim('"').Should().Be("notes of Ada.txt");
    }

    [Fact]
    public async Task Link_OwnFile_IsNotCached()
    {
        using HttpResponseMessage response = await _ada.GetAsync("/files/link?key=" + Uri.EscapeDataString(KeyOfAda));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
    }

    [Fact]
    public async Task Clock_MovedToTheExpiry_ExpiresTheLinkButNotTheSignIn()
    {
        JsonElement link = await GetLinkAsync();

        using HttpResponseMessage moved = await _ada.PostAsJsonAsync("/clock", new { until = link.GetProperty("expiresAt").GetDateTimeOffset() });

        moved.StatusCode.Should().Be(HttpStatusCode.OK);
        using HttpResponseMessage response = await _browser.GetAsync(link.GetProperty("url").GetString());
        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        _app.S3.Requests[^1].Error!.Message.Should().Be("Request has expired");
        (await _browser.GetAsync((await GetLinkAsync()).GetProperty("url").GetString())).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Clock_MovedBeyondTheLifetimeOfALink_IsABadRequest()
    {
        using HttpResponseMessage response = await _ada.PostAsJsonAsync("/clock", new { until = DateTimeOffset.UtcNow + FileEndpoints.LinkLifetime + TimeSpan.FromMinutes(1) });

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await GetNowAsync()).Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Clock_MovedBack_DoesNotMove()
    {
        await MoveClockAsync(TimeSpan.FromMinutes(5));

        using HttpResponseMessage response = await _ada.PostAsJsonAsync("/clock", new { until = DateTimeOffset.UtcNow });

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await GetNowAsync()).Should().BeAfter(DateTimeOffset.UtcNow + TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task Download_OwnFile_RedirectsToTheStore()
    {
        using HttpResponseMessage response = await _ada.GetAsync("/files/download?key=" + Uri.EscapeDataString(KeyOfAda));

        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        (await _browser.GetStringAsync(response.Headers.Location)).Should().Be("Ada");
    }

    [Theory]
    [InlineData(KeyOfGrace)]
    [InlineData("users/ada/../grace/0123456789abcdef0123456789abcdef/notes of Grace.txt")]
    [InlineData("users/adam/1/a.txt")]
    [InlineData("users/ada")]
    [InlineData("users/ada/")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Endpoints_KeyOutsideTheUsersFolder_AreForbidden(string? key)
    {
        string query = key is null ? "" : "?key=" + Uri.EscapeDataString(key);
        foreach (string path in new[] { "/files/link", "/files/download", "/files/preview" })
        {
            (await _ada.GetAsync(path + query)).StatusCode.Should().Be(HttpStatusCode.Forbidden, path);
        }

        (await _ada.DeleteAsync("/files" + query)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        _app.Bucket.Keys.Should().BeEquivalentTo(KeyOfAda, KeyOfGrace);
    }

    [Fact]
    public async Task Delete_OwnFile_RemovesItFromTheStore()
    {
        using HttpResponseMessage response = await _ada.DeleteAsync("/files?key=" + Uri.EscapeDataString(KeyOfAda));

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        _app.Bucket.Keys.Should().BeEquivalentTo(KeyOfGrace);
    }

    [Fact]
    public async Task Upload_SmallFile_IsListed()
    {
        using HttpResponseMessage started = await _ada.PostAsJsonAsync("/uploads", new { name = "cat.png", type = "image/png", size = 3 });
        JsonElement upload = await started.Content.ReadFromJsonAsync<JsonElement>();
        JsonElement put = upload.GetProperty("put");
        using HttpRequestMessage request = new(HttpMethod.Put, put.GetProperty("url").GetString()) { Content = new ByteArrayContent([1, 2, 3]) };
        foreach (JsonProperty header in put.GetProperty("headers").EnumerateObject())
        {
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString()))
            {
                request.Content.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
            }
        }

        (await _browser.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.OK);
        using HttpResponseMessage done = await _ada.PostAsJsonAsync("/uploads/done", new { ticket = upload.GetProperty("ticket").GetString() });

        done.StatusCode.Should().Be(HttpStatusCode.OK);
        (await _ada.GetStringAsync("/files")).Should().Contain("cat.png");
    }

    private async Task<JsonElement> GetLinkAsync() => await _ada.GetFromJsonAsync<JsonElement>("/files/link?key=" + Uri.EscapeDataString(KeyOfAda));

    private async Task<DateTimeOffset> GetNowAsync() => (await _ada.GetFromJsonAsync<JsonElement>("/session")).GetProperty("now").GetDateTimeOffset();

    private async Task MoveClockAsync(TimeSpan by)
    {
        using HttpResponseMessage response = await _ada.PostAsJsonAsync("/clock", new { until = await GetNowAsync() + by });
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}

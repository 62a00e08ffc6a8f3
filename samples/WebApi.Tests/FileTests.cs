using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace WebApi.Tests;

/// <summary>Tests of the endpoints that make the server itself send requests to the store.</summary>
public sealed class FileTests : IDisposable
{
    private readonly WebApiFactory _app = new();
    private readonly HttpClient _ada;

    public FileTests() => _ada = _app.CreateClientOf("ada");

    public void Dispose()
    {
        _ada.Dispose();
        _app.Dispose();
    }

    [Fact]
    public async Task List_User_ReturnsAllPagesOfTheirFilesOnly()
    {
        foreach (string key in new[] { "users/ada/a b+c%.png", "users/ada/reports/März.pdf", "users/ada/z", "users/adam/x", "users/eve/y" })
        {
            _app.Store.Objects[key] = (7, "image/png");
        }

        _app.Store.PageSize = 2;

        JsonElement first = await _ada.GetFromJsonAsync<JsonElement>("/files");
        JsonElement second = await _ada.GetFromJsonAsync<JsonElement>("/files?next=" + Uri.EscapeDataString(first.GetProperty("next").GetString()!));

        Names(first).Should().Equal("a b+c%.png", "reports/März.pdf");
        Names(second).Should().Equal("z");
        second.GetProperty("next").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task List_WithATokenThatIsNotValid_IsABadRequestUnlessItIsEmpty()
    {
        (await _ada.GetAsync("/files?next=made-up")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await _ada.GetAsync("/files?next=")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Delete_File_RemovesThatFile()
    {
        _app.Store.Objects["users/ada/a b.png"] = (1, "image/png");
        _app.Store.Objects["users/eve/a b.png"] = (1, "image/png");

        (await _ada.DeleteAsync("/files?name=a%20b.png")).StatusCode.Should().Be(HttpStatusCode.NoContent);

        _app.Store.Objects.Keys.Should().Equal("users/eve/a b.png");
    }

    [Theory]
    [InlineData("")]
    [InlineData("../eve/a.png")]
    [InlineData("folder/")]
    public async Task Delete_NameThatIsNotAFile_IsABadRequest(string name)
    {
        _app.Store.Objects["users/eve/a.png"] = (1, "image/png");

        (await _ada.DeleteAsync("/files?name=" + Uri.EscapeDataString(name))).StatusCode.Should().Be(HttpStatusCode.BadRequest);

        _app.Store.Objects.Should().ContainSingle();
    }

    [Fact]
    public async Task Finished_ExistingUpload_ReturnsItsSizeAndType()
    {
        _app.Store.Objects["users/ada/photo.png"] = (12_345, "image/png");

        using HttpResponseMessage response = await _ada.PostAsJsonAsync("/files/uploads/finished", new { name = "photo.png" });

        JsonElement file = await response.Content.ReadFromJsonAsync<JsonElement>();
        (file.GetProperty("name").GetString(), file.GetProperty("size").GetInt64(), file.GetProperty("contentType").GetString()).Should().Be(("photo.png", 12_345, "image/png"));
    }

    [Theory]
    [InlineData("other.png", "The store does not have this file. Upload it first.")]
    [InlineData("page.html", "The file has 5 bytes of text/html, which is not allowed.")]
    [InlineData("large.png", "The file has 10485761 bytes of image/png, which is not allowed.")]
    [InlineData("../eve/photo.png", "*path segment*")]
    public async Task Finished_UploadThatIsNotAllowed_NamesTheReason(string name, string reason)
    {
        _app.Store.Objects["users/ada/page.html"] = (5, "text/html");
        _app.Store.Objects["users/ada/large.png"] = (10_485_761, "image/png");
        _app.Store.Objects["users/eve/photo.png"] = (5, "image/png");

        using HttpResponseMessage response = await _ada.PostAsJsonAsync("/files/uploads/finished", new { name });

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty("name")[0].GetString().Should().Match(reason);
    }

    // Sends the requests that the page's curl commands would send.
    [Fact]
    public async Task Index_Page_HasWorkingCommands()
    {
        _app.Store.Objects["users/ada/reports/2026.pdf"] = (5, "application/pdf");
        string page = WebUtility.HtmlDecode(await _app.CreateClient().GetStringAsync("/"));
        string[] lines = [.. page.Split('\n').Where(line => line.Contains("<pre>curl")).Select(line => line.Split("$TOKEN\" ")[1].Split("</pre>")[0])];

        foreach (string line in lines)
        {
            string url = "/" + line[(line.IndexOf("http://localhost/", StringComparison.Ordinal) + "http://localhost/".Length)..].TrimEnd('\'');
            using HttpRequestMessage request = new(line.StartsWith("-X DELETE", StringComparison.Ordinal) ? HttpMethod.Delete : HttpMethod.Get, url);
            if (line.StartsWith("--json '", StringComparison.Ordinal))
            {
                request.Method = HttpMethod.Post;
                request.Content = new StringContent(line.Split('\'')[1], new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
            }

            using HttpResponseMessage response = await _ada.SendAsync(request);
            response.IsSuccessStatusCode.Should().BeTrue("{0} returned {1}", line, await response.Content.ReadAsStringAsync());
        }

        lines.Should().HaveCount(7);
    }

    [Fact]
    public async Task OpenApi_Document_DescribesEveryEndpointAndTheResults()
    {
        JsonElement api = await _app.CreateClient().GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        api.GetProperty("paths").EnumerateObject().Select(path => path.Name).Should().BeEquivalentTo(
            "/files/link", "/files/archive-link", "/files/uploads", "/files/uploads/finished", "/files/forms", "/files");
        api.GetProperty("components").GetProperty("schemas").GetProperty("PresignedUrl").GetProperty("properties").EnumerateObject().Select(one => one.Name).Should()
            .Equal("url", "method", "headers", "expiresAt");
    }

    private static IEnumerable<string?> Names(JsonElement list) => list.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString());
}

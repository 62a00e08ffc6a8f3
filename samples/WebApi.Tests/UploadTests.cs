using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PresignKit;

namespace WebApi.Tests;

public sealed class UploadTests(WebApiFactory app) : IClassFixture<WebApiFactory>
{
    [Fact]
    public async Task Upload_AllowedFile_ReturnsATicketForExactlyThatFile()
    {
        JsonElement ticket = await Post("/files/uploads", new { fileName = "photo.jpg", contentType = "image/jpeg", length = 12_345 });

        string name = ticket.GetProperty("name").GetString()!;
        PresignedUrl upload = ticket.GetProperty("upload").Deserialize<PresignedUrl>()!;
        name.Should().MatchRegex("^[0-9a-f]{32}/photo\\.jpg$");
        upload.Method.Should().Be(HttpMethod.Put);
        upload.Url.Should().StartWith($"https://my-space.nyc3.digitaloceanspaces.com/users/ada/{name}?");
        upload.RequiredHeaders.Should().BeEquivalentTo(new Dictionary<string, string> { ["content-type"] = "image/jpeg", ["content-length"] = "12345" });
    }

    [Fact]
    public async Task Upload_Twice_UsesDifferentKeys()
    {
        object request = new { fileName = "photo.jpg", contentType = "image/jpeg", length = 1 };

        (await Post("/files/uploads", request)).GetProperty("name").GetString().Should()
            .NotBe((await Post("/files/uploads", request)).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("../eve/photo.jpg", "image/jpeg", 1, "fileName")]
    [InlineData(null, "image/jpeg", 1, "fileName")]
    [InlineData(" ", "image/jpeg", 1, "fileName")]
    [InlineData("page.html", "text/html", 1, "contentType")]
    [InlineData("photo.jpg", null, 1, "contentType")]
    [InlineData("photo.jpg", "image/jpeg", 0, "length")]
    [InlineData("photo.jpg", "image/jpeg", 10_485_761, "length")]
    public async Task Upload_DisallowedFile_NamesTheField(string? fileName, string? contentType, long length, string field)
    {
        HttpResponseMessage response = await app.CreateClientOf("ada").PostAsJsonAsync("/files/uploads", new { fileName, contentType, length });

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("errors").EnumerateObject().Should()
            .ContainSingle().Which.Name.Should().Be(field);
    }

    // The name is short enough, but the key, which also contains the user's folder and a generated part, is too long.
    [Fact]
    public async Task Upload_OfANameThatMakesTheKeyTooLong_NamesTheField()
    {
        using HttpResponseMessage response = await app.CreateClientOf("ada").PostAsJsonAsync("/files/uploads", new { fileName = new string('n', 1000), contentType = "image/jpeg", length = 1 });

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("errors").GetProperty("fileName")[0].GetString().Should().Contain("at most 1024");
    }

    [Fact]
    public async Task Form_AllowedType_HasAPolicyForTheUsersFolder()
    {
        JsonElement form = await Post("/files/forms", new { contentType = "image/png" });

        form.GetProperty("url").GetString().Should().StartWith("https://my-space.nyc3.digitaloceanspaces.com");
        JsonElement fields = form.GetProperty("fields");
        string policy = Encoding.UTF8.GetString(Convert.FromBase64String(Field(fields, "policy")));
        Field(fields, "key").Should().MatchRegex("^users/ada/[0-9a-f]{32}/\\$\\{filename\\}$");
        policy.Should().Contain("\"expiration\":\"2026-03-14T15:19:26.000Z\"").And.Contain("[\"content-length-range\",1,10485760]").And.Contain("image/png");
    }

    [Fact]
    public async Task Form_DisallowedType_IsABadRequest() =>
        (await app.CreateClientOf("ada").PostAsJsonAsync("/files/forms", new { contentType = "text/html" })).StatusCode.Should().Be(HttpStatusCode.BadRequest);

    private async Task<JsonElement> Post(string path, object request)
    {
        HttpResponseMessage response = await app.CreateClientOf("ada").PostAsJsonAsync(path, request);
        string body = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement.Clone();
    }

    private static string Field(JsonElement fields, string name) => fields.ValueKind == JsonValueKind.Object
        ? fields.GetProperty(name).GetString()!
        : fields.EnumerateArray().Single(field => field.GetProperty("name").GetString() == name).GetProperty("value").GetString()!;
}

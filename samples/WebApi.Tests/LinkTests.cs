using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PresignKit;

namespace WebApi.Tests;

/// <summary>Tests of the application with the real presigner, so the exact links are known.</summary>
public sealed class LinkTests(WebApiFactory app) : IClassFixture<WebApiFactory>
{
    [Fact]
    public async Task Link_File_DownloadsItFromTheUsersFolderForTenMinutes()
    {
        PresignedUrl link = (await app.CreateClientOf("ada").GetFromJsonAsync<PresignedUrl>("/files/link?name=reports/M%C3%A4rz%202026.pdf"))!;

        link.Method.Should().Be(HttpMethod.Get);
        link.ExpiresAt.Should().Be(WebApiFactory.Now.AddMinutes(10));
        link.Url.Should().StartWith("https://my-space.nyc3.digitaloceanspaces.com/users/ada/reports/M%C3%A4rz%202026.pdf?")
            .And.Contain("X-Amz-Credential=SPACESKEY%2F20260314%2Fnyc3%2F").And.Contain("response-content-disposition=attachment");
    }

    [Fact]
    public async Task Link_Inline_DoesNotSetADisposition() =>
        (await app.CreateClientOf("ada").GetFromJsonAsync<PresignedUrl>("/files/link?name=a.pdf&inline=true"))!.Url.Should().NotContain("disposition");

    [Fact]
    public async Task Link_Archive_IsSignedWithItsOwnKeys()
    {
        PresignedUrl link = (await app.CreateClientOf("eve").GetFromJsonAsync<PresignedUrl>("/files/archive-link?name=2019.zip"))!;

        link.ExpiresAt.Should().Be(WebApiFactory.Now.AddMinutes(1));
        link.Url.Should().StartWith("https://my-archive.s3.eu-central-1.amazonaws.com/users/eve/2019.zip?").And.Contain("ARCHIVEKEY%2F20260314%2Feu-central-1%2F");
    }

    [Theory]
    [InlineData("../eve/a.pdf")]
    [InlineData("a/../../eve/a.pdf")]
    [InlineData("./a.pdf")]
    [InlineData("/a.pdf")]
    [InlineData("a//b.pdf")]
    [InlineData("a\0.pdf")]
    [InlineData("a\r\nb.pdf")]
    [InlineData("a\\..\\b")]
    [InlineData("folder/")]
    [InlineData(" ")]
    [InlineData("")]
    public async Task Link_NameThatLeadsElsewhere_IsABadRequest(string name)
    {
        HttpResponseMessage response = await app.CreateClientOf("ada").GetAsync("/files/link?name=" + Uri.EscapeDataString(name));

        string body = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest, body);
        body.Should().NotContain("X-Amz-");
    }

    [Theory]
    [InlineData("../eve/a.pdf", "path segment")]
    [InlineData("😀/..", "path segment")]
    [InlineData("ä*600", "at most 1024")]
    public async Task Link_NameThatCannotBeAKey_ReturnsTheReason(string name, string reason)
    {
        string[] parts = name.Split('*');
        string text = string.Concat(Enumerable.Repeat(parts[0], parts.Length == 1 ? 1 : int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)));

        HttpResponseMessage response = await app.CreateClientOf("ada").GetAsync("/files/link?name=" + Uri.EscapeDataString(text));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("errors").GetProperty("name")[0].GetString().Should().Contain(reason);
    }

    [Theory]
    [InlineData("/files/link?name=a.pdf")]
    [InlineData("/files/archive-link?name=a.pdf")]
    public async Task Link_WithoutSignIn_IsUnauthorized(string path)
    {
        (await app.CreateClient().GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await app.CreateClientOf("nobody").GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using PresignKit;

namespace WebApi.Tests;

/// <summary>Tests of the application in which clients and the server send real requests to a store: LocalS3.</summary>
public sealed class StoreTests(ApplicationWithStore app) : IClassFixture<ApplicationWithStore>
{
    [Fact]
    public async Task Upload_TicketOfTheApplication_StoresTheFile()
    {
        HttpClient client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "token-of-ada");
        byte[] photo = [0xFF, 0xD8, 0xFF];

        HttpResponseMessage response = await client.PostAsJsonAsync("/files/uploads", new { fileName = "cat.jpg", contentType = "image/jpeg", length = photo.Length });
        JsonElement ticket = await response.Content.ReadFromJsonAsync<JsonElement>();
        string name = ticket.GetProperty("name").GetString()!;
        PresignedUrl upload = ticket.GetProperty("upload").Deserialize<PresignedUrl>()!;

        using HttpClient browser = app.S3.CreateHttpClient();
        HttpResponseMessage stored = await browser.SendAsync(upload.ToHttpRequestMessage(new ByteArrayContent(photo)));

        stored.StatusCode.Should().Be(HttpStatusCode.OK);
        app.S3.Buckets["photos"]["users/ada/" + name].Content.ToArray().Should().Equal(photo);

        // The server itself sends HeadObject to the store.
        HttpResponseMessage finished = await client.PostAsJsonAsync("/files/uploads/finished", new { name });
        finished.StatusCode.Should().Be(HttpStatusCode.OK, await finished.Content.ReadAsStringAsync());
        app.S3.Requests[^1].Operation.Should().Be("HeadObject");
    }

    [Fact]
    public async Task Upload_LargerFileThanPromised_IsRejectedByTheStore()
    {
        HttpClient client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "token-of-ada");

        HttpResponseMessage response = await client.PostAsJsonAsync("/files/uploads", new { fileName = "cat.jpg", contentType = "image/jpeg", length = 3 });
        PresignedUrl upload = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("upload").Deserialize<PresignedUrl>()!;

        using HttpClient browser = app.S3.CreateHttpClient();
        using HttpRequestMessage request = new(HttpMethod.Put, upload.Url) { Content = new ByteArrayContent(new byte[4]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        HttpResponseMessage rejected = await browser.SendAsync(request);

        rejected.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }
}

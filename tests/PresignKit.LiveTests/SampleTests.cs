using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;

namespace PresignKit.LiveTests;

/// <summary>samples/WebApi with a real store: the lifecycle of a file.</summary>
public class SampleTests
{
    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    public async Task WebApi_File_IsUploadedCheckedListedDownloadedAndDeleted(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        await using WebApplicationFactory<Program> app = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.UseEnvironment("Development")
            .ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Spaces:Endpoint"] = store.Endpoint,
                ["Spaces:Region"] = store.Region,
                ["Spaces:Bucket"] = store.Bucket,
                ["Spaces:AccessKeyId"] = store.AccessKeyId,
                ["Spaces:SecretAccessKey"] = store.SecretAccessKey,
            })));
        using HttpClient api = app.CreateClient();
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "token-of-ada");
        byte[] content = [1, 2, 3];

        JsonElement ticket = await Read(await api.PostAsJsonAsync("/files/uploads", new { fileName = "März & a+b.png", contentType = "image/png", length = content.Length }));
        string name = ticket.GetProperty("name").GetString()!;
        using HttpResponseMessage early = await api.PostAsJsonAsync("/files/uploads/finished", new { name });
        using HttpResponseMessage put = await store.Send(ticket.GetProperty("upload").Deserialize<PresignedUrl>()!, new ByteArrayContent(content));
        JsonElement finished = await Read(await api.PostAsJsonAsync("/files/uploads/finished", new { name }));
        JsonElement list = await Read(await api.GetAsync("/files"));
        PresignedUrl link = (await Read(await api.GetAsync("/files/link?name=" + Uri.EscapeDataString(name)))).Deserialize<PresignedUrl>()!;
        byte[] downloaded = await store.Http.GetByteArrayAsync(link.ToUri());
        using HttpResponseMessage deleted = await api.DeleteAsync("/files?name=" + Uri.EscapeDataString(name));
        using HttpResponseMessage gone = await store.Http.GetAsync(link.ToUri());

        early.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        await put.ShouldHaveStatus(200);
        (finished.GetProperty("size").GetInt64(), finished.GetProperty("contentType").GetString()).Should().Be((3, "image/png"));
        list.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()).Should().Equal(name);
        downloaded.Should().Equal(content);
        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        gone.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static async Task<JsonElement> Read(HttpResponseMessage response)
    {
        using (response)
        {
            string body = await response.Content.ReadAsStringAsync();
            response.StatusCode.Should().Be(HttpStatusCode.OK, body);
            return JsonDocument.Parse(body).RootElement.Clone();
        }
    }
}

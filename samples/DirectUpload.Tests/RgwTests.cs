using System.Text.Json;
using PresignKit;

namespace DirectUpload.Tests;

/// <summary>Tests of the page in a real browser with Ceph RADOS Gateway, which sends errors without CORS headers.</summary>
[Trait("Category", "Live")]
[Trait("Category", "Browser")]
public sealed class RgwTests
{
    [RgwFact]
    public async Task Upload_SmallAndLargeFile_AreStored()
    {
        await using BrowserApplication app = await OpenAsync();

        JsonElement page = await app.RunAsync("liveStore");

        Text(page, "small").Should().Be("Stored");
        Text(page, "large").Should().Be("Stored");
        Text(page.GetProperty("downloaded"), "content").Should().Be("hello");
        page.GetProperty("aborted").GetInt32().Should().Be(204);
        Text(page, "resumed").Should().Be("Stored", "the upload starts over, although the page cannot read the store's response");
        page.GetProperty("rows").GetInt32().Should().Be(3);
    }

    [RgwFact]
    public Task Uppy_Companion_UploadsWithAForm() => UploadWithUppyAsync("companion");

    [RgwFact]
    public Task Uppy_SignRequest_UploadsWithAForm() => UploadWithUppyAsync("signRequest");

    private static async Task UploadWithUppyAsync(string mode)
    {
        await using BrowserApplication app = await OpenAsync();

        JsonElement result = await app.RunAsync("uppy", new()
        {
            ["mode"] = mode,
            ["usePackages"] = true,
            ["files"] = new object[] { new { name = "Żółw.txt", type = "text/plain", content = "hello" } },
        });

        result.GetProperty("failed").EnumerateArray().Should().BeEmpty();
        result.GetProperty("listed").EnumerateArray().Select(listed => listed.GetString()).Should().Equal("Żółw.txt");
    }

    /// <summary>Starts the application with a new bucket, whose CORS rules are those of docs/uploads.md.</summary>
    private static async Task<BrowserApplication> OpenAsync()
    {
        string bucket = "presignkit-" + Guid.NewGuid().ToString("N")[..12];
        BrowserApplication app = new(new()
        {
            ["Spaces:Endpoint"] = RgwFactAttribute.Variable("URL")!,
            ["Spaces:Region"] = RgwFactAttribute.Variable("REGION")!,
            ["Spaces:Bucket"] = bucket,
            ["Spaces:AccessKeyId"] = RgwFactAttribute.Variable("ACCESS_KEY")!,
            ["Spaces:SecretAccessKey"] = RgwFactAttribute.Variable("SECRET_KEY")!,
            ["Spaces:LockUnsignedHeaders"] = "true",
        });
        string rules = $"""
            <CORSConfiguration>
              <CORSRule>
                <AllowedOrigin>{app.Origin}</AllowedOrigin>
                <AllowedMethod>GET</AllowedMethod>
                <AllowedMethod>PUT</AllowedMethod>
                <AllowedMethod>POST</AllowedMethod>
                <AllowedMethod>DELETE</AllowedMethod>
                <AllowedHeader>*</AllowedHeader>
                <ExposeHeader>ETag</ExposeHeader>
                <MaxAgeSeconds>3600</MaxAgeSeconds>
              </CORSRule>
            </CORSConfiguration>
            """;
        using HttpClient http = new();
        using HttpResponseMessage created = await http.SendAsync(app.Presigner.Presign(new S3BucketRequest(HttpMethod.Put)).ToHttpRequestMessage());
        using HttpResponseMessage set = await http.SendAsync(
            app.Presigner.Presign(new S3BucketRequest(HttpMethod.Put) { SubResource = "cors" }).ToHttpRequestMessage(new StringContent(rules)));
        created.IsSuccessStatusCode.Should().BeTrue(await created.Content.ReadAsStringAsync());
        set.IsSuccessStatusCode.Should().BeTrue(await set.Content.ReadAsStringAsync());
        return app;
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;
}

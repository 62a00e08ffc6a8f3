using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace PresignKit.AspNetCore.Tests.Uploads;

public sealed class UppyTests
{
    private const string UppyKey = "2f1f9c54-2d4c-4a0b-9b0c-3f0f1c1d2e3f-My photo.png";

    [Fact]
    public async Task SingleFile_IsAFormWhoseSizeTheStoreLimits()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.MaxBytes = 10);

        JsonElement signed = await app.PostAsync("/uploads/uppy", new { method = "PUT", key = UppyKey, contentType = "image/png" });
        using HttpResponseMessage tooLarge = await SendFormAsync(app, signed, "12345678901");
        using HttpResponseMessage sent = await SendFormAsync(app, signed, "1234567890");
        JsonElement done = await app.PostAsync("/uploads/done", new { ticket = signed.GetProperty("ticket").GetString() });

        tooLarge.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await tooLarge.Content.ReadAsStringAsync()).Should().Contain("EntityTooLarge");
        sent.StatusCode.Should().Be(HttpStatusCode.NoContent, await sent.Content.ReadAsStringAsync());
        signed.GetProperty("key").GetString().Should().MatchRegex("^users/ada/[0-9a-f]{32}/My photo\\.png$");
        done.GetProperty("size").GetInt64().Should().Be(10);
        app.Store.Buckets[UploadApp.Bucket][done.GetProperty("key").GetString()!]!.Headers["Content-Disposition"].Should().Be("attachment; filename=\"My photo.png\"");
    }

    [Fact]
    public async Task Companion_IsAFormToo()
    {
        await using UploadApp app = await UploadApp.StartAsync();

        using HttpResponseMessage response = await app.CreateClient().GetAsync("/uploads/uppy/s3/params?filename=M%C3%A4rz.png&type=image%2Fpng&metadata%5Bname%5D=M%C3%A4rz.png");
        JsonElement signed = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        using HttpResponseMessage sent = await SendFormAsync(app, signed, "12345");

        signed.GetProperty("method").GetString().Should().Be("POST");
        signed.GetProperty("expires").GetInt64().Should().BeInRange(299, 300);
        signed.GetProperty("key").GetString().Should().EndWith("/März.png");
        sent.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("/uploads/uppy/s3/params?type=image/png", 400)]
    [InlineData("/uploads/uppy/s3/params?filename=a.html&type=text/html", 415)]
    public async Task Companion_InvalidRequest_IsRejected(string path, int status)
    {
        await using UploadApp app = await UploadApp.StartAsync();

        using HttpResponseMessage response = await app.CreateClient().GetAsync(path);

        ((int)response.StatusCode).Should().Be(status);
    }

    [Fact]
    public async Task Form_AfterDone_TooLargeFileOfAStoreWithoutLimitsIsRejected()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.MaxBytes = 10);
        JsonElement signed = await app.PostAsync("/uploads/uppy", new { method = "PUT", key = UppyKey, contentType = "image/png" });
        PresignedUrl put = app.Store.CreatePresigner(UploadApp.Bucket).Presign(new PutObject(signed.GetProperty("key").GetString()!) { ContentType = "image/png" });
        using HttpResponseMessage stored = await app.StoreClient.SendAsync(put.ToHttpRequestMessage(new StringContent("12345678901")));

        string problem = await app.PostRejectedAsync("/uploads/done", new { ticket = signed.GetProperty("ticket").GetString() }, 409);

        problem.Should().Be("The stored file has 11 bytes, but the limit is 10 bytes. Choose a smaller file.");
    }

    [Fact]
    public async Task SingleFile_StoreDoesNotAcceptForms_Is501()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.PresignerName = "r2", services => services.AddPresigner("r2", o =>
        {
            o.UseCloudflareR2("0123456789abcdef0123456789abcdef");
            (o.Bucket, o.AccessKeyId, o.SecretAccessKey) = ("my-bucket", "AKIDEXAMPLE", "example-secret-access-key");
        }));

        await app.PostRejectedAsync("/uploads/uppy", new { method = "PUT", key = UppyKey, contentType = "image/png" }, 501);
    }

    [Theory]
    [InlineData("POST", null, null)]
    [InlineData("PUT", "id", 1)]
    [InlineData("GET", "id", null)]
    [InlineData("POST", "id", null)]
    [InlineData("DELETE", "id", null)]
    public async Task Multipart_NotAllowed_Is403(string method, string? uploadId, int? partNumber)
    {
        await using UploadApp app = await UploadApp.StartAsync();

        string problem = await app.PostRejectedAsync("/uploads/uppy", new { method, key = UppyKey, uploadId, partNumber }, 403);

        problem.Should().Be("The server does not accept multipart uploads from Uppy. Set shouldUseMultipart to false in Uppy, or AllowUppyMultipart to true on the server.");
    }

    [Fact]
    public async Task Multipart_Allowed_UploadsTheFile()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.AllowUppyMultipart = true);

        JsonElement create = await app.PostAsync("/uploads/uppy", new { method = "POST", key = UppyKey });
        using HttpResponseMessage created = await app.SendAsync(create, new ByteArrayContent([]));
        string uploadId = CreateMultipartUpload.ReadUploadId(await created.Content.ReadAsStringAsync());
        string key = create.GetProperty("key").GetString()!;
        JsonElement part = await app.PostAsync("/uploads/uppy", new { method = "PUT", key, uploadId, partNumber = 1 });
        using HttpResponseMessage uploaded = await app.SendAsync(part, new StringContent("12345"));
        JsonElement list = await app.PostAsync("/uploads/uppy", new { method = "GET", key, uploadId });
        using HttpResponseMessage listed = await app.SendAsync(list);
        JsonElement complete = await app.PostAsync("/uploads/uppy", new { method = "POST", key, uploadId });
        using HttpResponseMessage completed = await app.SendAsync(
            complete, new ByteArrayContent(CompleteMultipartUpload.CreateBody([new CompletedPart(1, uploaded.Headers.ETag!.Tag)])));
        JsonElement done = await app.PostAsync("/uploads/done", new { ticket = create.GetProperty("ticket").GetString() });

        listed.StatusCode.Should().Be(HttpStatusCode.OK);
        completed.StatusCode.Should().Be(HttpStatusCode.OK, await completed.Content.ReadAsStringAsync());
        done.GetProperty("type").GetString().Should().Be("image/png", "Uppy does not pass the type, so the extension decides");
    }

    [Fact]
    public async Task Multipart_TypeByExtension_MustBeAllowed()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.AllowUppyMultipart = true);

        await app.PostRejectedAsync("/uploads/uppy", new { method = "POST", key = "page.html" }, 415);
        await app.PostRejectedAsync("/uploads/uppy", new { method = "POST", key = "unknown" }, 415);
    }

    public static TheoryData<string> ForeignKeys =>
    [
        "users/bob/0123456789abcdef0123456789abcdef/a.png",
        "users/ada/a.png",
        "users/ada/0123456789abcdef0123456789abcdef/",
        "users/ada/0123456789ABCDEF0123456789ABCDEF/a.png",
        "users/ada/0123456789abcdef0123456789abcdef/b/a.png",
        "users/ada/0123456789abcdef0123456789abcdef/..",
        "users/ada/0123456789abcdef0123456789abcdef/" + new string('a', 101),
        "users/ada/0123456789abcdef0123456789abcdef/" + new string('\u0301', 5_000),
        "users/ada/0123456789abcdef0123456789abcdef/a\u202E.png",
        "users/ada/../bob/0123456789abcdef0123456789abcdef/a.png",
        "/users/ada/0123456789abcdef0123456789abcdef/a.png",
        "0123456789abcdef0123456789abcdef/a.png",
    ];

    [Theory]
    [MemberData(nameof(ForeignKeys))]
    public async Task Multipart_KeyIsNotOneOfTheUsersUploads_Is403(string key)
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.AllowUppyMultipart = true);

        foreach ((string method, int? partNumber) in ((string, int?)[])[("PUT", 1), ("GET", null), ("POST", null), ("DELETE", null)])
        {
            await app.PostRejectedAsync("/uploads/uppy", new { method, key, uploadId = "id", partNumber }, 403);
        }
    }

    [Theory]
    [InlineData(0, 413)]
    [InlineData(1, 200)]
    [InlineData(8, 200)]
    [InlineData(9, 413)]
    [InlineData(-1, 413)]
    public async Task Multipart_PartNumber_IsLimitedByTheMaximumSize(int partNumber, int status)
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.AllowUppyMultipart = true);

        await app.PostAsync("/uploads/uppy", new { method = "PUT", key = "users/ada/0123456789abcdef0123456789abcdef/a.png", uploadId = "id", partNumber }, status: status);
    }

    [Theory]
    [InlineData("DELETE", null, null, 403, "Objects cannot be deleted.*")]
    [InlineData("DELETE", null, 1, 403, "Objects cannot be deleted.*")]
    [InlineData("DELETE", "", null, 400, "\"uploadId\" is missing*")]
    [InlineData("GET", null, null, 400, "This is not a request that Uppy sends.*")]
    [InlineData("PUT", "id", null, 400, "This is not a request that Uppy sends.*")]
    [InlineData("PUT", null, 1, 400, "This is not a request that Uppy sends.*")]
    [InlineData("HEAD", "id", null, 400, "This is not a request that Uppy sends.*")]
    [InlineData("put", null, null, 400, "This is not a request that Uppy sends.*")]
    [InlineData(null, null, null, 400, "This is not a request that Uppy sends.*")]
    public async Task Sign_RequestThatUppyDoesNotSend_IsRejected(string? method, string? uploadId, int? partNumber, int status, string problem)
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.AllowUppyMultipart = true);

        (await app.PostRejectedAsync("/uploads/uppy", new { method, key = "users/ada/0123456789abcdef0123456789abcdef/a.png", uploadId, partNumber }, status)).Should().Match(problem);
    }

    private static async Task<HttpResponseMessage> SendFormAsync(UploadApp app, JsonElement signed, string file)
    {
        MultipartFormDataContent form = [];
        foreach (JsonProperty field in signed.GetProperty("fields").EnumerateObject())
        {
            form.Add(new StringContent(field.Value.GetString()!), $"\"{field.Name}\"");
        }

        form.Add(new StringContent(file), "\"file\"", "blob");
        return await app.StoreClient.PostAsync(signed.GetProperty("url").GetString(), form);
    }
}

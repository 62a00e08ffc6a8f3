using System.Net;
using System.Text.Json;
using PresignKit.LocalS3;

namespace PresignKit.AspNetCore.Tests.Uploads;

/// <summary>The whole way of a file, with a store that verifies every request.</summary>
public sealed class UploadFlowTests
{
    [Fact]
    public async Task Start_SmallFile_IsUploadedWithOnePutAndFoundByDone()
    {
        List<CompletedUpload> completed = [];
        await using UploadApp app = await UploadApp.StartAsync(o => o.OnCompleted = (upload, _, _) =>
        {
            completed.Add(upload);
            return Task.CompletedTask;
        });

        JsonElement start = await app.PostAsync("/uploads", new { name = "März (1).png", type = "image/png", size = 5 });
        using HttpResponseMessage put = await app.SendAsync(start.GetProperty("put"), new StringContent("12345"));
        put.StatusCode.Should().Be(HttpStatusCode.OK, await put.Content.ReadAsStringAsync());
        JsonElement done = await app.PostAsync("/uploads/done", new { ticket = start.GetProperty("ticket").GetString() });

        string key = start.GetProperty("key").GetString()!;
        key.Should().MatchRegex("^users/ada/[0-9a-f]{32}/März \\(1\\)\\.png$");
        LocalS3Object stored = app.Store.Buckets[UploadApp.Bucket][key]!;
        stored.ContentType.Should().Be("image/png");
        stored.Headers["Content-Disposition"].Should().Be(ContentDisposition.Attachment("März (1).png"));
        done.GetProperty("size").GetInt64().Should().Be(5);
        CompletedUpload upload = completed.Should().ContainSingle().Subject;
        upload.Should().BeEquivalentTo(new { UserId = "ada", Key = key, Name = "März (1).png", Size = 5L, ContentType = "image/png", stored.ETag }, o => o.ExcludingMissingMembers());
        done.GetProperty("eTag").GetString().Should().Be(stored.ETag);
    }

    [Fact]
    public async Task Start_LargeFile_IsUploadedInPartsOfExactSizes()
    {
        await using UploadApp app = await UploadApp.StartAsync();
        byte[] file = new byte[(11 << 20) + 3];
        new Random(1).NextBytes(file);

        JsonElement start = await app.PostAsync("/uploads", new { name = "film.mp4", type = "video/mp4", size = file.Length });
        start.GetProperty("partSize").GetInt64().Should().Be(5 << 20);
        start.GetProperty("partCount").GetInt32().Should().Be(3);
        using HttpResponseMessage create = await app.SendAsync(start.GetProperty("create"), new ByteArrayContent([]));
        string uploadId = CreateMultipartUpload.ReadUploadId(await create.Content.ReadAsStringAsync());
        string ticket = start.GetProperty("ticket").GetString()!;

        JsonElement parts = (await app.PostAsync("/uploads/parts", new { ticket, uploadId, from = 1, count = 100 })).GetProperty("parts");
        List<CompletedPart> uploaded = [];
        foreach (JsonElement part in parts.EnumerateArray())
        {
            int offset = part.GetProperty("offset").GetInt32();
            int size = part.GetProperty("size").GetInt32();
            using HttpResponseMessage tooShort = await app.SendAsync(part, new ByteArrayContent(file, offset, size - 1));
            tooShort.StatusCode.Should().Be(HttpStatusCode.Forbidden);
            using HttpResponseMessage response = await app.SendAsync(part, new ByteArrayContent(file, offset, size));
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            uploaded.Add(new CompletedPart(part.GetProperty("partNumber").GetInt32(), response.Headers.ETag!.Tag));
        }

        uploaded.Should().HaveCount(3);
        JsonElement finish = await app.PostAsync("/uploads/finish", new { ticket, uploadId });
        using HttpResponseMessage list = await app.SendAsync(finish.GetProperty("list"));
        (await list.Content.ReadAsStringAsync()).Should().Contain("<PartNumber>3</PartNumber>");
        using HttpResponseMessage complete = await app.SendAsync(finish.GetProperty("complete"), new ByteArrayContent(CompleteMultipartUpload.CreateBody(uploaded)));
        complete.StatusCode.Should().Be(HttpStatusCode.OK, await complete.Content.ReadAsStringAsync());
        JsonElement done = await app.PostAsync("/uploads/done", new { ticket });

        done.GetProperty("size").GetInt64().Should().Be(file.Length);
        app.Store.Buckets[UploadApp.Bucket][done.GetProperty("key").GetString()!]!.Content.ToArray().Should().Equal(file);
    }
}

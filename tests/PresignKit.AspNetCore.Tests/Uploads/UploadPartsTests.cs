using System.Text.Json;

namespace PresignKit.AspNetCore.Tests.Uploads;

public sealed class UploadPartsTests
{
    [Theory]
    [InlineData(0, 1, "\"from\" is not valid. Send a part number from 1 to 3.")]
    [InlineData(4, 1, "\"from\" is not valid. Send a part number from 1 to 3.")]
    [InlineData(null, 1, "\"from\" is not valid. Send a part number from 1 to 3.")]
    [InlineData(1, 0, "\"count\" is not valid. Send a number from 1 to 100.")]
    [InlineData(1, 101, "\"count\" is not valid. Send a number from 1 to 100.")]
    public async Task Parts_NumbersOutOfRange_Is400(int? from, int count, string problem)
    {
        await using UploadApp app = await UploadApp.StartAsync();
        string ticket = await StartAsync(app, 11 << 20);

        (await app.PostRejectedAsync("/uploads/parts", new { ticket, uploadId = "id", from, count }, 400)).Should().Be(problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("ä")]
    public async Task PartsAndFinish_UploadIdIsNotValid_Is400(string? uploadId)
    {
        await using UploadApp app = await UploadApp.StartAsync();
        string ticket = await StartAsync(app, 11 << 20);

        await app.PostRejectedAsync("/uploads/parts", new { ticket, uploadId, from = 1 }, 400);
        await app.PostRejectedAsync("/uploads/finish", new { ticket, uploadId }, 400);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    public async Task Parts_LongUploadId_IsAccepted(int length)
    {
        await using UploadApp app = await UploadApp.StartAsync();
        string ticket = await StartAsync(app, 11 << 20);

        await app.PostAsync("/uploads/parts", new { ticket, uploadId = new string('~', length), from = 1 });
        await app.PostRejectedAsync("/uploads/parts", new { ticket, uploadId = new string('~', 1025), from = 1 }, 400);
    }

    [Fact]
    public async Task Parts_FileIsUploadedWithOnePut_Is400()
    {
        await using UploadApp app = await UploadApp.StartAsync();
        string ticket = await StartAsync(app, 5);

        (await app.PostRejectedAsync("/uploads/parts", new { ticket, uploadId = "id", from = 1 }, 400)).Should().StartWith("The upload has no parts.");
        (await app.PostRejectedAsync("/uploads/finish", new { ticket, uploadId = "id" }, 400)).Should().StartWith("The upload has no parts.");
    }

    [Theory]
    [InlineData((6 << 20) + 1, 2, (1 << 20) + 1)]
    [InlineData(10 << 20, 2, 5 << 20)]
    [InlineData((10 << 20) + 1, 3, 1)]
    public async Task Parts_LastPart_HasTheRest(int size, int count, int lastSize)
    {
        await using UploadApp app = await UploadApp.StartAsync();
        string ticket = await StartAsync(app, size);

        JsonElement parts = (await app.PostAsync("/uploads/parts", new { ticket, uploadId = "id", from = 1, count = 100 })).GetProperty("parts");

        parts.GetArrayLength().Should().Be(count);
        JsonElement last = parts[count - 1];
        last.GetProperty("size").GetInt64().Should().Be(lastSize);
        last.GetProperty("offset").GetInt64().Should().Be(size - lastSize);
        last.GetProperty("url").GetString().Should().Contain("X-Amz-SignedHeaders=content-length%3Bhost").And.Contain($"partNumber={count}");
        last.GetProperty("headers").EnumerateObject().Should().BeEmpty("browsers set the length themselves");
    }

    [Fact]
    public async Task Parts_FileAtTheThreshold_IsUploadedWithOnePut()
    {
        await using UploadApp app = await UploadApp.StartAsync();

        JsonElement start = await app.PostAsync("/uploads", new { name = "a.png", type = "image/png", size = 6 << 20 });

        start.TryGetProperty("put", out _).Should().BeTrue();
        start.TryGetProperty("create", out _).Should().BeFalse();
        start.TryGetProperty("partSize", out _).Should().BeFalse();
    }

    [Theory]
    [InlineData(5L << 40, 549_755_814)]
    [InlineData((5L << 30) * 10_000, 5L << 30)]
    [InlineData(160_000L << 20, 16L << 20)]
    [InlineData((160_000L << 20) + 1, (16L << 20) + 1)]
    public async Task Start_HugeFile_HasAtMostTenThousandParts(long size, long partSize)
    {
        await using UploadApp app = await UploadApp.StartAsync(o => (o.MaxBytes, o.PartBytes) = ((5L << 30) * 10_000, 16L << 20));

        JsonElement start = await app.PostAsync("/uploads", new { name = "a.png", type = "image/png", size });

        start.GetProperty("partSize").GetInt64().Should().Be(partSize);
        start.GetProperty("partCount").GetInt32().Should().BeInRange(9_999, 10_000);
    }

    [Fact]
    public async Task Finish_After_StartsTheListThere()
    {
        await using UploadApp app = await UploadApp.StartAsync();
        string ticket = await StartAsync(app, 11 << 20);

        JsonElement finish = await app.PostAsync("/uploads/finish", new { ticket, uploadId = "id", after = 2 });
        await app.PostRejectedAsync("/uploads/finish", new { ticket, uploadId = "id", after = -1 }, 400);

        finish.GetProperty("list").GetProperty("url").GetString().Should().Contain("part-number-marker=2");
        finish.GetProperty("complete").GetProperty("headers").GetProperty("if-none-match").GetString().Should().Be("*");
        finish.GetProperty("abort").GetProperty("method").GetString().Should().Be("DELETE");
        finish.GetProperty("abort").GetProperty("url").GetString().Should().Contain("uploadId=id");
    }

    private static async Task<string> StartAsync(UploadApp app, long size) =>
        (await app.PostAsync("/uploads", new { name = "a.png", type = "image/png", size })).GetProperty("ticket").GetString()!;
}

using System.IO.Pipelines;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3.Tests.Storage;

public sealed class StoredContentTests : IDisposable
{
    private readonly TestStorage _storage = new();

    public static TheoryData<string> Kinds { get; } = new(["memory", "file", "concatenated"]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task CopyToAsync_RandomRanges_WritesExactlyTheRange(string kind)
    {
        (StoredContent content, byte[] bytes) = await CreateAsync(kind);
        Random random = new(5);
        for (int round = 0; round < 30; round++)
        {
            int offset = random.Next(0, bytes.Length + 1);
            int length = random.Next(0, bytes.Length - offset + 1);
            ReadOnlyMemory<byte> expected = bytes.AsMemory(offset, length);

            using MemoryStream stream = new();
            await content.CopyToAsync(stream, offset, length);
            stream.ToArray().AsSpan().SequenceEqual(expected.Span).Should().BeTrue("offset {0}, length {1}, to a stream", offset, length);

            (await ThroughPipeAsync(content, offset, length)).AsSpan().SequenceEqual(expected.Span).Should().BeTrue("offset {0}, length {1}, to a pipe", offset, length);

            await using ContentWriter writer = _storage.Store.CreateWriter();
            await content.CopyToAsync(writer, offset, length);
            StoredContent copy = await writer.CompleteAsync();
            copy.Md5.Should().Equal(TestStorage.Md5(expected.Span), "offset {0}, length {1}, to a writer", offset, length);
            copy.Release();
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ToArray_EveryKind_ReturnsAllBytes(string kind)
    {
        (StoredContent content, byte[] bytes) = await CreateAsync(kind);

        content.ToArray().AsSpan().SequenceEqual(bytes).Should().BeTrue();
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 11)]
    [InlineData(10, 1)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public async Task CopyToAsync_RangeOutsideTheContent_Throws(long offset, long length)
    {
        StoredContent content = await _storage.WriteAsync(new byte[10]);

        Func<Task> copy = async () => await content.CopyToAsync(Stream.Null, offset, length);

        await copy.Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task CopyToAsync_ReaderOfThePipeStops_Throws()
    {
        (StoredContent content, byte[] bytes) = await CreateAsync("file");
        Pipe pipe = new();
        await pipe.Reader.CompleteAsync();

        Func<Task> copy = async () => await content.CopyToAsync(pipe.Writer, 0, bytes.Length);

        await copy.Should().ThrowAsync<IOException>().WithMessage("*stopped reading*");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task CopyToAsync_Canceled_Throws(string kind)
    {
        (StoredContent content, byte[] bytes) = await CreateAsync(kind);
        using MemoryStream stream = new();

        Func<Task> copy = async () => await content.CopyToAsync(stream, 0, bytes.Length, new CancellationToken(true));

        await copy.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Concatenate_EmptyPart_IsSkipped()
    {
        StoredContent[] parts = [await _storage.WriteAsync([]), await _storage.WriteAsync([1, 2]), await _storage.WriteAsync([]), await _storage.WriteAsync([3])];

        StoredContent whole = StoredContent.Concatenate(parts, []);

        whole.ToArray().Should().Equal(1, 2, 3);
        using MemoryStream stream = new();
        await whole.CopyToAsync(stream, 2, 1);
        stream.ToArray().Should().Equal(3);
    }

    [Fact]
    public async Task Concatenate_PartsReleased_HasItsOwnReferences()
    {
        StoredContent small = await _storage.WriteAsync([1, 2, 3]);
        StoredContent large = await _storage.WriteAsync(new byte[100_000]);

        StoredContent whole = StoredContent.Concatenate([small, large], [7], new Dictionary<ChecksumAlgorithm, byte[]> { [ChecksumAlgorithm.Crc32] = [1, 2, 3, 4] });
        small.Release();
        large.Release();

        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((3, 100_000));
        whole.ToArray().Should().HaveCount(100_003);
        whole.Md5.Should().Equal(7);
        whole.Checksums[ChecksumAlgorithm.Crc32].Should().Equal(1, 2, 3, 4);

        whole.Release();
        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((0, 0));
    }

    [Fact]
    public async Task Release_SecondReference_KeepsTheBytesUntilTheLast()
    {
        byte[] bytes = TestStorage.RandomBytes(100_000);
        StoredContent content = await _storage.WriteAsync(bytes);
        content.AddReference().Should().BeSameAs(content);

        content.Release();

        content.ToArray().Should().Equal(bytes);
        _storage.Budget.Disk.Should().Be(100_000);

        content.Release();
        _storage.Budget.Disk.Should().Be(0);
        _storage.Store.Folder.OpenFiles.Should().Be(0);
    }

    [Fact]
    public async Task AddReference_AfterTheLastRelease_Throws()
    {
        StoredContent content = await _storage.WriteAsync([1]);
        content.Release();

        content.Invoking(c => c.AddReference()).Should().Throw<ObjectDisposedException>();
        content.Invoking(c => c.Release()).Should().Throw<ObjectDisposedException>();
        content.Invoking(c => c.ToArray()).Should().Throw<ObjectDisposedException>();
        _storage.Budget.Memory.Should().Be(0);
    }

    [Fact]
    public async Task Dispose_DownloadInProgress_KeepsTheFileUntilItIsReleased()
    {
        TestStorage storage = new();
        byte[] bytes = TestStorage.RandomBytes(100_000);
        StoredObject stored = await storage.PutAsync("key", bytes);
        storage.Bucket.TryOpen("key", out _).Should().BeTrue();

        storage.Store.Dispose();

        stored.Content.ToArray().Should().Equal(bytes);
        storage.Folders.Should().HaveCount(1);
        stored.Content.Release();
        storage.Folders.Should().BeEmpty();
        storage.Budget.Disk.Should().Be(0);
        storage.Dispose();
    }

    public void Dispose() => _storage.Dispose();

    private static async Task<byte[]> ThroughPipeAsync(StoredContent content, long offset, long length)
    {
        Pipe pipe = new();
        Task copy = Task.Run(async () =>
        {
            await content.CopyToAsync(pipe.Writer, offset, length);
            await pipe.Writer.CompleteAsync();
        });
        using MemoryStream stream = new();
        await pipe.Reader.CopyToAsync(stream);
        await copy;
        return stream.ToArray();
    }

    private async Task<(StoredContent Content, byte[] Bytes)> CreateAsync(string kind)
    {
        switch (kind)
        {
            case "memory":
                byte[] small = TestStorage.RandomBytes(60_000);
                return (await _storage.WriteAsync(small), small);
            case "file":
                byte[] large = TestStorage.RandomBytes(400_000);
                return (await _storage.WriteAsync(large), large);
            default:
                byte[][] parts = [.. new[] { 100_000, 0, 10, 70_000, 5_000 }.Select((length, i) => TestStorage.RandomBytes(length, i))];
                List<StoredContent> contents = [];
                foreach (byte[] part in parts)
                {
                    contents.Add(await _storage.WriteAsync(part));
                }

                return (StoredContent.Concatenate(contents, []), [.. parts.SelectMany(part => part)]);
        }
    }
}

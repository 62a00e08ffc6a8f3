using System.Buffers;
using System.Security.Cryptography;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3.Tests.Storage;

public sealed class ContentWriterTests : IDisposable
{
    private const int InMemory = 64 * 1024;

    private readonly TestStorage _storage = new();

    // Around the sizes at which a body moves to a file and at which a block is full.
    public static TheoryData<int> Lengths { get; } = new([0, 1, 5000, InMemory - 1, InMemory, InMemory + 1, 262_143, 262_144, 262_145, 327_680, 1_000_000, 3_000_001]);

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task CompleteAsync_OneWrite_ReturnsTheBytesAndTheirHashes(int length)
    {
        byte[] bytes = TestStorage.RandomBytes(length);
        await using ContentWriter writer = _storage.Store.CreateWriter(Enum.GetValues<ChecksumAlgorithm>(), sha256OfContent: true);

        await writer.WriteAsync(bytes);
        StoredContent content = await writer.CompleteAsync();

        content.Length.Should().Be(length);
        content.ToArray().AsSpan().SequenceEqual(bytes).Should().BeTrue();
        content.Md5.Should().Equal(TestStorage.Md5(bytes));
        writer.Sha256.Should().Equal(SHA256.HashData(bytes));
        content.Checksums.Keys.Should().BeEquivalentTo(Enum.GetValues<ChecksumAlgorithm>());
        foreach ((ChecksumAlgorithm algorithm, byte[] value) in content.Checksums)
        {
            using ChecksumHash hash = ChecksumHash.Create(algorithm);
            hash.Append(bytes);
            value.Should().Equal(hash.GetHashAndReset(), "{0} must be correct", algorithm);
        }
    }

    [Fact]
    public async Task WriteAsync_RandomPiecesInReusedMemory_StoresTheBytesInOrder()
    {
        Random random = new(7);
        for (int round = 0; round < 10; round++)
        {
            byte[] bytes = TestStorage.RandomBytes(random.Next(0, 2_000_000), round);
            byte[] reused = new byte[100_000];
            await using ContentWriter writer = _storage.Store.CreateWriter([ChecksumAlgorithm.Crc64Nvme]);
            for (int position = 0; position < bytes.Length;)
            {
                int count = Math.Min(random.Next(0, reused.Length), bytes.Length - position);
                bytes.AsSpan(position, count).CopyTo(reused);
                await writer.WriteAsync(reused.AsMemory(0, count));
                Array.Clear(reused);
                position += count;
            }

            StoredContent content = await writer.CompleteAsync();

            content.ToArray().AsSpan().SequenceEqual(bytes).Should().BeTrue("round {0} has {1} bytes", round, bytes.Length);
            content.Md5.Should().Equal(TestStorage.Md5(bytes));
            content.Release();
        }

        _storage.Budget.Disk.Should().Be(0);
        _storage.Budget.Memory.Should().Be(0);
    }

    [Fact]
    public async Task WriteAsync_Sequence_StoresAllSegments()
    {
        byte[] bytes = TestStorage.RandomBytes(200_000);
        Segment first = new(bytes.AsMemory(0, 4096));
        Segment last = first.Append(bytes.AsMemory(4096, 0)).Append(bytes.AsMemory(4096, 150_000)).Append(bytes.AsMemory(154_096));
        await using ContentWriter writer = _storage.Store.CreateWriter();

        await writer.WriteAsync(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length));

        (await writer.CompleteAsync()).ToArray().AsSpan().SequenceEqual(bytes).Should().BeTrue();
    }

    [Fact]
    public async Task CompleteAsync_Sha256OnlyForTheContentHash_IsNotAChecksumOfTheObject()
    {
        await using ContentWriter writer = _storage.Store.CreateWriter([ChecksumAlgorithm.Crc32], sha256OfContent: true);
        writer.Sha256.Should().BeNull();

        StoredContent content = await writer.CompleteAsync();

        writer.Sha256.Should().Equal(SHA256.HashData([]));
        content.Checksums.Keys.Should().Equal(ChecksumAlgorithm.Crc32);
    }

    [Fact]
    public async Task CompleteAsync_NoHashRequested_HasOnlyMd5()
    {
        await using ContentWriter writer = _storage.Store.CreateWriter();

        StoredContent content = await writer.CompleteAsync();

        content.Checksums.Should().BeEmpty();
        writer.Sha256.Should().BeNull();
    }

    [Fact]
    public async Task WriteAsync_UpTo64KiB_CountsAsMemory()
    {
        StoredContent content = await _storage.WriteAsync(new byte[InMemory]);

        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((InMemory, 0));
        _storage.Folders.Should().BeEmpty();

        content.Release();
        _storage.Budget.Memory.Should().Be(0);
    }

    [Fact]
    public async Task WriteAsync_MoreThan64KiB_CountsAsDisk()
    {
        await using ContentWriter writer = _storage.Store.CreateWriter();
        await writer.WriteAsync(new byte[InMemory]);
        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((InMemory, 0));

        await writer.WriteAsync(new byte[1]);

        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((0, InMemory + 1));
        _storage.Store.Folder.OpenFiles.Should().Be(1);

        StoredContent content = await writer.CompleteAsync();
        await writer.DisposeAsync();
        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((0, InMemory + 1));

        content.Release();
        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((0, 0));
        _storage.Store.Folder.OpenFiles.Should().Be(0);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(InMemory + 1)]
    [InlineData(1_000_000)]
    public async Task DisposeAsync_WithoutComplete_ReleasesEverything(int length)
    {
        ContentWriter writer = _storage.Store.CreateWriter([ChecksumAlgorithm.Sha1]);
        await writer.WriteAsync(new byte[length]);

        await writer.DisposeAsync();
        await writer.DisposeAsync();

        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((0, 0));
        _storage.Store.Folder.OpenFiles.Should().Be(0);
    }

    [Fact]
    public async Task WriteAsync_MemoryFull_ThrowsAndCannotBeCompleted()
    {
        using TestStorage storage = new(maxMemory: 100);
        ContentWriter writer = storage.Store.CreateWriter();
        await writer.WriteAsync(new byte[60]);

        await Awaiting(() => writer.WriteAsync(new byte[41]).AsTask()).Should().ThrowAsync<StorageFullException>();
        await Awaiting(() => writer.CompleteAsync().AsTask()).Should().ThrowAsync<InvalidOperationException>().WithMessage("*incomplete*");

        await writer.DisposeAsync();
        storage.Budget.Memory.Should().Be(0);
    }

    [Fact]
    public async Task WriteAsync_DiskFull_ThrowsAndReleasesEverythingOnDispose()
    {
        using TestStorage storage = new(maxDisk: 1_000_000);
        ContentWriter writer = storage.Store.CreateWriter();
        await writer.WriteAsync(new byte[900_000]);

        await Awaiting(() => writer.WriteAsync(new byte[100_001]).AsTask()).Should().ThrowAsync<StorageFullException>();
        storage.Budget.Disk.Should().Be(900_000);

        await writer.DisposeAsync();
        (storage.Budget.Memory, storage.Budget.Disk).Should().Be((0, 0));
        storage.Store.Folder.OpenFiles.Should().Be(0);
    }

    [Fact]
    public async Task WriteAsync_FileCannotBeCreated_ThrowsAndReleasesEverythingOnDispose()
    {
        TemporaryFolder folder = new();
        StorageBudget budget = new(long.MaxValue, long.MaxValue);
        ContentWriter writer = new(budget, folder, []);
        await writer.WriteAsync(new byte[InMemory]);
        folder.Dispose();

        // The folder is closed, so the file for the 65,537th byte cannot be created.
        await Awaiting(() => writer.WriteAsync(new byte[1]).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
        await writer.DisposeAsync();

        (budget.Memory, budget.Disk).Should().Be((0, 0));
    }

    [Fact]
    public async Task WriteAsync_Canceled_Throws()
    {
        await using ContentWriter writer = _storage.Store.CreateWriter();

        await Awaiting(() => writer.WriteAsync(new byte[1], new CancellationToken(true)).AsTask()).Should().ThrowAsync<OperationCanceledException>();

        writer.Length.Should().Be(0);
    }

    [Fact]
    public async Task WriteAsync_AfterComplete_Throws()
    {
        await using ContentWriter writer = _storage.Store.CreateWriter();
        await writer.CompleteAsync();

        await Awaiting(() => writer.WriteAsync(new byte[1]).AsTask()).Should().ThrowAsync<InvalidOperationException>().WithMessage("*already complete*");
        await Awaiting(() => writer.CompleteAsync().AsTask()).Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task WriteAsync_AfterDispose_Throws()
    {
        ContentWriter writer = _storage.Store.CreateWriter();
        await writer.DisposeAsync();

        await Awaiting(() => writer.WriteAsync(new byte[1]).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
    }

    public void Dispose() => _storage.Dispose();

    private static Func<Task> Awaiting(Func<Task> action) => async () => await action();

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            Segment next = new(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}

using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3.Tests.Storage;

public sealed class BucketStoreTests : IDisposable
{
    private readonly TestStorage _storage = new();

    private BucketStore Bucket => _storage.Bucket;

    [Fact]
    public async Task TryPut_NewKey_CanBeFound()
    {
        StoredObject stored = await _storage.PutAsync("key", [1, 2, 3]);

        Bucket.Find("key").Should().BeSameAs(stored);
        Bucket.Find("KEY").Should().BeNull();
        Bucket.Count.Should().Be(1);
        Bucket.IsEmpty.Should().BeFalse();
        stored.ETag.Should().Be("\"5289df737df57326fcdd22597afb1fac\"");
    }

    [Fact]
    public async Task TryPut_ExistingKey_ReplacesAndReleasesTheOldObject()
    {
        await _storage.PutAsync("key", new byte[1000]);
        await _storage.PutAsync("key", new byte[70_000]);

        Bucket.Count.Should().Be(1);
        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((0, 70_000));

        await _storage.PutAsync("key", new byte[10]);
        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((10, 0));
    }

    [Fact]
    public async Task TryPut_PreconditionNotMet_ChangesNothing()
    {
        StoredObject existing = await _storage.PutAsync("key", [1]);
        StoredObject other = TestStorage.ObjectOf("key", await _storage.WriteAsync([2]));

        Bucket.TryPut(other, current => current is null).Should().BeFalse();

        Bucket.Find("key").Should().BeSameAs(existing);
        other.Content.ToArray().Should().Equal(2);
    }

    [Fact]
    public async Task TryPut_Precondition_ReceivesTheExistingObjectOrNull()
    {
        List<string?> eTags = [];
        bool Record(StoredObject? current)
        {
            eTags.Add(current?.ETag);
            return true;
        }

        Bucket.TryPut(TestStorage.ObjectOf("key", await _storage.WriteAsync([1]), "\"first\""), Record).Should().BeTrue();
        Bucket.TryPut(TestStorage.ObjectOf("key", await _storage.WriteAsync([2]), "\"second\""), Record).Should().BeTrue();

        eTags.Should().Equal(null, "\"first\"");
    }

    [Fact]
    public async Task TryPut_FourConcurrentCreations_OnlyOneSucceeds()
    {
        for (int round = 0; round < 50; round++)
        {
            string key = $"key-{round}";
            StoredObject[] candidates = new StoredObject[4];
            for (int i = 0; i < candidates.Length; i++)
            {
                candidates[i] = TestStorage.ObjectOf(key, await _storage.WriteAsync([(byte)i]));
            }

            bool[] results = await Task.WhenAll(candidates.Select(candidate => Task.Run(() => Bucket.TryPut(candidate, current => current is null))));

            results.Count(result => result).Should().Be(1);
            Bucket.Find(key).Should().BeSameAs(candidates[Array.IndexOf(results, true)]);
        }
    }

    [Fact]
    public async Task Delete_ExistingKey_ReleasesTheObject()
    {
        await _storage.PutAsync("key", new byte[100]);

        Bucket.Delete("key").Should().Be(DeleteObjectResult.Deleted);
        Bucket.Delete("key").Should().Be(DeleteObjectResult.NotFound);

        Bucket.Find("key").Should().BeNull();
        Bucket.IsEmpty.Should().BeTrue();
        _storage.Budget.Memory.Should().Be(0);
    }

    [Fact]
    public async Task Delete_PreconditionNotMet_ChangesNothing()
    {
        await _storage.PutAsync("key", [1]);

        Bucket.Delete("key", current => current!.ETag == "\"other\"").Should().Be(DeleteObjectResult.PreconditionFailed);
        Bucket.Delete("missing", current => current is not null).Should().Be(DeleteObjectResult.PreconditionFailed);

        Bucket.Count.Should().Be(1);
    }

    [Fact]
    public async Task TryOpen_ObjectDeletedAfterwards_KeepsTheBytesUntilTheCallerReleasesThem()
    {
        byte[] bytes = TestStorage.RandomBytes(100_000);
        await _storage.PutAsync("key", bytes);
        Bucket.TryOpen("key", out StoredObject? opened).Should().BeTrue();

        Bucket.Delete("key");

        opened!.Content.ToArray().Should().Equal(bytes);
        _storage.Budget.Disk.Should().Be(100_000);
        opened.Content.Release();
        _storage.Budget.Disk.Should().Be(0);
        Bucket.TryOpen("key", out _).Should().BeFalse();
    }

    [Fact]
    public async Task TryOpen_WhileTheObjectIsReplacedAndDeleted_AlwaysReadsOneWholeVersion()
    {
        using CancellationTokenSource stop = new();
        int reads = 0;
        Task[] readers =
        [
            .. Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    if (!Bucket.TryOpen("key", out StoredObject? opened))
                    {
                        continue;
                    }

                    using MemoryStream stream = new();
                    await opened.Content.CopyToAsync(stream, 0, opened.Content.Length);
                    byte[] bytes = stream.ToArray();
                    opened.Content.Release();

                    bytes.AsSpan().ContainsAnyExcept(bytes[0]).Should().BeFalse("all bytes of one version are equal");
                    opened.ETag.Should().Be($"\"{bytes[0]}\"");
                    Interlocked.Increment(ref reads);
                }
            })),
        ];

        for (int i = 0; i < 400 || Volatile.Read(ref reads) < 100; i++)
        {
            // Alternately in memory and in a file.
            byte[] bytes = new byte[i % 2 == 0 ? 30_000 : 90_000];
            Array.Fill(bytes, (byte)i);
            Bucket.TryPut(TestStorage.ObjectOf("key", await _storage.WriteAsync(bytes), $"\"{(byte)i}\"")).Should().BeTrue();
            if (i % 3 == 0)
            {
                Bucket.Delete("key");
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Bucket.Delete("key");
        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((0, 0));
        _storage.Store.Folder.OpenFiles.Should().Be(0);
    }

    public void Dispose() => _storage.Dispose();
}

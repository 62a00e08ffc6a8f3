using Microsoft.Extensions.Time.Testing;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3.Tests.Storage;

public sealed class ObjectStoreTests : IDisposable
{
    private readonly TestStorage _storage = new();

    private ObjectStore Store => _storage.Store;

    [Fact]
    public void TryCreate_NewName_CreatesAnEmptyBucket()
    {
        using ObjectStore store = new(0, 0, new FakeTimeProvider(TestStorage.Time));

        store.TryCreate("photos", out BucketStore bucket).Should().BeTrue();

        (bucket.Name, bucket.CreatedAt, bucket.IsEmpty).Should().Be(("photos", TestStorage.Time, true));
        store.Find("photos").Should().BeSameAs(bucket);
        store.Find("Photos").Should().BeNull();
    }

    [Fact]
    public void TryCreate_ExistingName_ReturnsFalseAndTheExistingBucket()
    {
        Store.TryCreate("bucket").Should().BeFalse();

        Store.TryCreate("bucket", out BucketStore existing);
        existing.Should().BeSameAs(_storage.Bucket);
    }

    [Fact]
    public void Buckets_SeveralBuckets_AreInTheOrderOfTheirNames()
    {
        Store.TryCreate("zebra");
        Store.TryCreate("a-1");
        Store.TryCreate("a.1");

        Store.Buckets.Select(bucket => bucket.Name).Should().Equal("a-1", "a.1", "bucket", "zebra");
    }

    [Fact]
    public async Task Delete_BucketWithObjects_ReturnsNotEmpty()
    {
        await _storage.PutAsync("key", [1]);

        Store.Delete("bucket").Should().Be(DeleteBucketResult.NotEmpty);
        _storage.Bucket.Delete("key");
        Store.Delete("bucket").Should().Be(DeleteBucketResult.Deleted);
        Store.Delete("bucket").Should().Be(DeleteBucketResult.NotFound);

        Store.Find("bucket").Should().BeNull();
    }

    [Fact]
    public async Task Delete_BucketWithUploads_ReleasesThem()
    {
        MultipartUpload upload = _storage.Bucket.CreateUpload("key", TestStorage.Time);
        await _storage.PutPartAsync(upload, 1, new byte[1000]);

        Store.Delete("bucket").Should().Be(DeleteBucketResult.Deleted);

        _storage.Budget.Memory.Should().Be(0);
    }

    [Fact]
    public async Task Delete_RequestStillUsesTheBucket_ItsWritesThrow()
    {
        BucketStore bucket = _storage.Bucket;
        MultipartUpload upload = bucket.CreateUpload("key", TestStorage.Time);
        StoredContent content = await _storage.WriteAsync([1]);
        Store.Delete("bucket");

        bucket.Invoking(b => b.TryPut(TestStorage.ObjectOf("key", content))).Should().Throw<NoSuchBucketException>().WithMessage("*'bucket' was deleted*");
        bucket.Invoking(b => b.CreateUpload("key", TestStorage.Time)).Should().Throw<NoSuchBucketException>();
        bucket.Invoking(b => b.Complete(upload, new() { Parts = [], LastModified = TestStorage.Time })).Should().Throw<NoSuchBucketException>();
        bucket.PutPart(upload, TestStorage.PartOf(1, content)).Should().BeFalse();
    }

    [Fact]
    public async Task Dispose_ObjectsAndUploads_ReleasesEverythingAndDeletesTheFolder()
    {
        await _storage.PutAsync("small", new byte[10]);
        await _storage.PutAsync("large", new byte[100_000]);
        MultipartUpload upload = _storage.Bucket.CreateUpload("key", TestStorage.Time);
        await _storage.PutPartAsync(upload, 1, new byte[200_000]);
        _storage.Folders.Should().HaveCount(1);

        Store.Dispose();
        Store.Dispose();

        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((0, 0));
        _storage.Folders.Should().BeEmpty();
        Store.Invoking(store => store.TryCreate("new")).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public async Task CreateWriter_ManyConcurrentWriters_ReturnTheirOwnBytes()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancellationToken) =>
        {
            byte[] bytes = TestStorage.RandomBytes(i * 20_000, i);
            StoredContent content = await _storage.WriteAsync(bytes, ChecksumAlgorithm.Crc32C);
            content.ToArray().AsSpan().SequenceEqual(bytes).Should().BeTrue("writer {0} must not receive the bytes of the others", i);
            content.Release();
        });

        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((0, 0));
    }

    public void Dispose() => _storage.Dispose();
}

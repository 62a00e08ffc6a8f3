using System.Security.Cryptography;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3.Tests.Storage;

/// <summary>An object store in a folder of its own, and shorthands for writing to it.</summary>
internal sealed class TestStorage : IDisposable
{
    public static readonly DateTimeOffset Time = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("presignkit-tests-");

    public TestStorage(long maxMemory = long.MaxValue, long maxDisk = long.MaxValue)
    {
        Store = new(maxMemory, maxDisk, TimeProvider.System, _parent.FullName);
        Store.TryCreate("bucket", out BucketStore bucket);
        Bucket = bucket;
    }

    public ObjectStore Store { get; }

    public BucketStore Bucket { get; }

    public StorageBudget Budget => Store.Budget;

    /// <summary>Gets the folders that the store created.</summary>
    public string[] Folders => Directory.GetDirectories(_parent.FullName);

    public static byte[] RandomBytes(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static StoredObject ObjectOf(string key, StoredContent content, string? eTag = null) =>
        new() { Key = key, Content = content, ETag = eTag ?? StoredObject.ETagOf(content.Md5), LastModified = Time };

    public static StoredPart PartOf(int number, StoredContent content) => new(number, content, StoredObject.ETagOf(content.Md5), Time);

    // S3 defines entity tags by MD5.
#pragma warning disable CA5351
    public static byte[] Md5(ReadOnlySpan<byte> bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351

    public static string Md5Hex(byte[] bytes) => Convert.ToHexString(Md5(bytes)).ToLowerInvariant();

    public async Task<StoredContent> WriteAsync(byte[] bytes, params ChecksumAlgorithm[] checksums)
    {
        await using ContentWriter writer = Store.CreateWriter(checksums);
        await writer.WriteAsync(bytes);
        return await writer.CompleteAsync();
    }

    public async Task<StoredObject> PutAsync(string key, byte[] bytes)
    {
        StoredObject value = ObjectOf(key, await WriteAsync(bytes));
        Bucket.TryPut(value).Should().BeTrue();
        return value;
    }

    public async Task<StoredPart> PutPartAsync(MultipartUpload upload, int number, byte[] bytes)
    {
        StoredPart part = PartOf(number, await WriteAsync(bytes, upload.ChecksumAlgorithm is { } algorithm ? [algorithm] : []));
        Bucket.PutPart(upload, part).Should().BeTrue();
        return part;
    }

    public void Dispose()
    {
        Store.Dispose();
        _parent.Delete(recursive: true);
    }
}

namespace PresignKit.LocalS3.Storage;

internal enum DeleteBucketResult
{
    Deleted,
    NotFound,
    NotEmpty,
}

/// <summary>The buckets of a server. Instances are thread-safe.</summary>
internal sealed class ObjectStore : IDisposable
{
    private readonly object _lock = new();
    private readonly SortedDictionary<string, BucketStore> _buckets = new(StringComparer.Ordinal);
    private readonly TimeProvider _timeProvider;
    private bool _disposed;

    /// <param name="maxMemory">See <see cref="StorageBudget"/>.</param>
    /// <param name="maxDisk">See <see cref="StorageBudget"/>.</param>
    /// <param name="timeProvider">The clock for the creation times of the buckets.</param>
    /// <param name="temporaryFolder">See <see cref="TemporaryFolder"/>.</param>
    public ObjectStore(long maxMemory, long maxDisk, TimeProvider timeProvider, string? temporaryFolder = null)
    {
        Budget = new(maxMemory, maxDisk);
        Folder = new(temporaryFolder);
        _timeProvider = timeProvider;
    }

    public StorageBudget Budget { get; }

    public TemporaryFolder Folder { get; }

    /// <summary>Gets the buckets at this time, in the order of their names.</summary>
    public IReadOnlyList<BucketStore> Buckets
    {
        get
        {
            lock (_lock)
            {
                return [.. _buckets.Values];
            }
        }
    }

    /// <summary>Creates a bucket.</summary>
    /// <param name="name">The name.</param>
    /// <param name="bucket">The new bucket, or the existing one if the method returns <c>false</c>.</param>
    /// <returns><c>false</c> if the bucket already exists.</returns>
    public bool TryCreate(string name, out BucketStore bucket)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_buckets.TryGetValue(name, out BucketStore? existing))
            {
                bucket = existing;
                return false;
            }

            bucket = new(name, _timeProvider.GetUtcNow());
            _buckets.Add(name, bucket);
            return true;
        }
    }

    /// <inheritdoc cref="TryCreate(string, out BucketStore)"/>
    public bool TryCreate(string name) => TryCreate(name, out _);

    public BucketStore? Find(string name)
    {
        lock (_lock)
        {
            return _buckets.GetValueOrDefault(name);
        }
    }

    /// <summary>Deletes a bucket and its uploads if the bucket has no objects.</summary>
    public DeleteBucketResult Delete(string name)
    {
        lock (_lock)
        {
            if (!_buckets.TryGetValue(name, out BucketStore? bucket))
            {
                return DeleteBucketResult.NotFound;
            }

            if (!bucket.TryDelete())
            {
                return DeleteBucketResult.NotEmpty;
            }

            _buckets.Remove(name);
            return DeleteBucketResult.Deleted;
        }
    }

    /// <summary>Creates a writer for the body of an object or part.</summary>
    /// <param name="checksums">The checksums to compute.</param>
    /// <param name="sha256OfContent">Whether to compute <see cref="ContentWriter.Sha256"/>.</param>
    public ContentWriter CreateWriter(IReadOnlyCollection<ChecksumAlgorithm>? checksums = null, bool sha256OfContent = false) =>
        new(Budget, Folder, checksums ?? [], sha256OfContent);

    /// <summary>Deletes all buckets and the temporary files. Files that are still being read are deleted when their readers release them.</summary>
    public void Dispose()
    {
        BucketStore[] buckets;
        lock (_lock)
        {
            _disposed = true;
            buckets = [.. _buckets.Values];
            _buckets.Clear();
        }

        Array.ForEach(buckets, bucket => bucket.DeleteAll());
        Folder.Dispose();
    }
}

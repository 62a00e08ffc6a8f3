using System.Collections;
using System.Diagnostics.CodeAnalysis;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>The buckets of a local S3 endpoint.</summary>
/// <remarks>Instances are thread-safe. The enumerator returns a snapshot that is sorted by name.</remarks>
public sealed class LocalS3Buckets : IEnumerable<LocalS3Bucket>
{
    private readonly LocalS3Store _store;

    internal LocalS3Buckets(LocalS3Store store) => _store = store;

    /// <summary>Gets the bucket with the specified name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no bucket with this name.</exception>
    public LocalS3Bucket this[string name] => TryGet(name, out LocalS3Bucket? bucket)
        ? bucket
        : throw new KeyNotFoundException($"The bucket '{name}' does not exist. Add it to LocalS3Options.Buckets, or call Buckets.Add(\"{name}\").");

    /// <summary>Adds a bucket, or returns the existing bucket with the same name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The bucket.</returns>
    /// <exception cref="ArgumentException">The name does not follow S3's rules.</exception>
    public LocalS3Bucket Add(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!BucketNameRules.IsValid(name))
        {
            throw new ArgumentException($"'{name}' is not a valid bucket name. {BucketNameRules.Remedy}", nameof(name));
        }

        _store.Objects.TryCreate(name, out BucketStore bucket);
        return new LocalS3Bucket(_store, bucket);
    }

    /// <summary>Determines whether a bucket with the specified name exists.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => TryGet(name, out _);

    /// <summary>Gets the bucket with the specified name if it exists.</summary>
    /// <param name="name">The name.</param>
    /// <param name="bucket">The bucket, or <c>null</c> if it does not exist.</param>
    /// <returns><c>true</c> if the bucket exists.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out LocalS3Bucket? bucket)
    {
        ArgumentNullException.ThrowIfNull(name);
        bucket = _store.Objects.Find(name) is { } found ? new LocalS3Bucket(_store, found) : null;
        return bucket is not null;
    }

    /// <inheritdoc/>
    public IEnumerator<LocalS3Bucket> GetEnumerator() => _store.Objects.Buckets.Select(bucket => new LocalS3Bucket(_store, bucket)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

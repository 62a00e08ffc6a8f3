using System.Diagnostics.CodeAnalysis;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>A bucket of a local S3 endpoint, for tests that prepare or inspect objects without sending a request.</summary>
/// <remarks>Instances are thread-safe.</remarks>
public sealed class LocalS3Bucket
{
    private readonly LocalS3Store _store;
    private readonly BucketStore _bucket;

    internal LocalS3Bucket(LocalS3Store store, BucketStore bucket)
    {
        _store = store;
        _bucket = bucket;
    }

    /// <summary>Gets the name of the bucket.</summary>
    public string Name => _bucket.Name;

    /// <summary>Gets a snapshot of the keys of all objects, in the order of their UTF-8 bytes.</summary>
    public IReadOnlyList<string> Keys => [.. _bucket.List(prefix: null, delimiter: null, startAfter: null, int.MaxValue).Objects.Select(stored => stored.Key)];

    /// <summary>Gets the object with the specified key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">There is no object with this key.</exception>
    public LocalS3Object this[string key] => TryGet(key, out LocalS3Object? found)
        ? found
        : throw new KeyNotFoundException($"The bucket '{Name}' does not contain an object with the key '{key}'. It contains {_bucket.Count} objects.");

    /// <summary>Stores an object, or replaces the object with the same key.</summary>
    /// <param name="key">The key: 1 to 1,024 bytes in UTF-8.</param>
    /// <param name="content">The content, which is copied.</param>
    /// <param name="contentType">The content type, or <c>null</c> for <c>binary/octet-stream</c>.</param>
    /// <returns>The stored object.</returns>
    /// <exception cref="ArgumentException">The key is empty or too long, or it contains a lone surrogate (half of a UTF-16 pair).</exception>
    /// <exception cref="InvalidOperationException">The bucket was deleted.</exception>
    /// <exception cref="IOException">The content exceeds <see cref="LocalS3Options.MaxMemoryBytes"/> or <see cref="LocalS3Options.MaxDiskBytes"/>.</exception>
    public LocalS3Object Put(string key, ReadOnlySpan<byte> content, string? contentType = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (System.Text.Encoding.UTF8.GetByteCount(key) > ObjectOperations.MaxKeyBytes)
        {
            throw new ArgumentException($"The key has more than {ObjectOperations.MaxKeyBytes} bytes in UTF-8. Use a shorter key.", nameof(key));
        }

        // A store cannot encode half of a pair, so no request could address the object.
        if (System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(key)) != key)
        {
            throw new ArgumentException("The key contains a lone surrogate (half of a UTF-16 pair), which cannot be encoded as UTF-8. Correct the key.", nameof(key));
        }

        StoredContent stored = Store(content.ToArray());
        StoredObject created = new()
        {
            Key = key,
            Content = stored,
            ETag = StoredObject.ETagOf(stored.Md5),
            LastModified = _store.TimeProvider.GetUtcNow(),
            ContentType = contentType,
        };
        try
        {
            _bucket.TryPut(created);
        }
        catch
        {
            stored.Release();
            throw;
        }

        return new LocalS3Object(created, content.ToArray());
    }

    /// <summary>Gets the object with the specified key if it exists.</summary>
    /// <param name="key">The key.</param>
    /// <param name="found">The object, or <c>null</c> if it does not exist.</param>
    /// <returns><c>true</c> if the object exists.</returns>
    public bool TryGet(string key, [NotNullWhen(true)] out LocalS3Object? found)
    {
        ArgumentNullException.ThrowIfNull(key);
        found = null;
        if (!_bucket.TryOpen(key, out StoredObject? stored))
        {
            return false;
        }

        try
        {
            found = new LocalS3Object(stored, stored.Content.ToArray());
            return true;
        }
        finally
        {
            stored.Content.Release();
        }
    }

    /// <summary>Determines whether the bucket contains an object with the specified key.</summary>
    /// <param name="key">The key.</param>
    public bool Contains(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _bucket.Find(key) is not null;
    }

    /// <summary>Deletes the object with the specified key.</summary>
    /// <param name="key">The key.</param>
    /// <returns><c>false</c> if there was no object with this key.</returns>
    public bool Delete(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _bucket.Delete(key) == DeleteObjectResult.Deleted;
    }

    /// <summary>Allows scripts from the specified origins to send requests with any header and to read the <c>ETag</c> header of the responses.</summary>
    /// <param name="origins">The origins, such as <c>http://localhost:5173</c>. Each can contain one asterisk. If none is specified, all origins are allowed.</param>
    /// <remarks>The rule replaces the bucket's CORS configuration.</remarks>
    /// <exception cref="ArgumentException">An origin is empty or contains more than one asterisk.</exception>
    public void AllowCors(params string[] origins)
    {
        ArgumentNullException.ThrowIfNull(origins);
        if (Array.FindIndex(origins, origin => string.IsNullOrEmpty(origin) || origin.Count(c => c == '*') > 1) is >= 0 and int index)
        {
            throw new ArgumentException($"'{origins[index]}' is not a valid origin. Specify an origin such as 'http://localhost:5173', with at most one asterisk.", nameof(origins));
        }

        _bucket.Cors =
        [
            new CorsRule { AllowedOrigins = origins.Length == 0 ? ["*"] : [.. origins], AllowedMethods = ["GET", "HEAD", "PUT", "POST", "DELETE"], AllowedHeaders = ["*"], ExposeHeaders = ["ETag"] },
        ];
    }

    /// <summary>Returns the name of the bucket.</summary>
    public override string ToString() => Name;

    private StoredContent Store(byte[] content)
    {
        // The writer never waits for anything but the disk.
        return StoreAsync().AsTask().GetAwaiter().GetResult();

        async ValueTask<StoredContent> StoreAsync()
        {
            await using ContentWriter writer = _store.Objects.CreateWriter();
            await writer.WriteAsync(content).ConfigureAwait(false);
            return await writer.CompleteAsync().ConfigureAwait(false);
        }
    }
}

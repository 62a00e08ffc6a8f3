using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace PresignKit.LocalS3.Storage;

internal enum DeleteObjectResult
{
    Deleted,
    NotFound,
    PreconditionFailed,
}

/// <summary>The objects and uploads of a bucket.</summary>
/// <remarks>
/// Instances are thread-safe. All methods use one lock and do not perform I/O while holding it. The bucket holds one reference to the content of each object and part.
/// </remarks>
internal sealed class BucketStore(string name, DateTimeOffset createdAt)
{
    private readonly object _lock = new();
    private readonly KeyMap<StoredObject> _objects = new();
    private readonly Dictionary<string, MultipartUpload> _uploads = new(StringComparer.Ordinal);
    private uint _createdUploads;
    private bool _deleted;

    public string Name => name;

    public DateTimeOffset CreatedAt => createdAt;

    /// <summary>Gets or sets the CORS configuration.</summary>
    public IReadOnlyList<CorsRule>? Cors { get; set; }

    /// <summary>Gets the number of objects.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _objects.Count;
            }
        }
    }

    /// <summary>Gets a value indicating whether the bucket has no objects. Uploads in progress do not count.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>Returns the object with a key, or <c>null</c>. No reference is added for the caller, so the caller must not read the content.</summary>
    public StoredObject? Find(string key)
    {
        lock (_lock)
        {
            return _objects.TryGetValue(key, out StoredObject? found) ? found : null;
        }
    }

    /// <summary>Gets the object with a key and adds a reference to its content, which the caller must release.</summary>
    public bool TryOpen(string key, [NotNullWhen(true)] out StoredObject? found)
    {
        lock (_lock)
        {
            if (_objects.TryGetValue(key, out found))
            {
                found.Content.AddReference();
                return true;
            }

            return false;
        }
    }

    /// <summary>Adds or replaces an object if a precondition is met.</summary>
    /// <param name="value">The object. If the method returns <c>true</c>, the bucket takes over the caller's reference to its content.</param>
    /// <param name="precondition">
    /// Called while the bucket's lock is held, with the existing object, or with <c>null</c> if there is none. The callback must not read the content or call the bucket.
    /// </param>
    /// <returns><c>true</c> if the object was stored; <c>false</c> if the precondition is not met. In that case, the reference still belongs to the caller.</returns>
    /// <exception cref="NoSuchBucketException">The bucket was deleted. The reference still belongs to the caller.</exception>
    public bool TryPut(StoredObject value, Func<StoredObject?, bool>? precondition = null)
    {
        StoredObject? previous;
        lock (_lock)
        {
            RequireExisting();
            if (!IsMet(precondition, value.Key))
            {
                return false;
            }

            _objects.Set(value.Key, value, out previous);
        }

        previous?.Content.Release();
        return true;
    }

    /// <summary>Deletes an object if a precondition is met.</summary>
    /// <param name="key">The key.</param>
    /// <param name="precondition">See <see cref="TryPut"/>.</param>
    public DeleteObjectResult Delete(string key, Func<StoredObject?, bool>? precondition = null)
    {
        StoredObject? removed;
        lock (_lock)
        {
            if (!IsMet(precondition, key))
            {
                return DeleteObjectResult.PreconditionFailed;
            }

            if (!_objects.Remove(key, out removed))
            {
                return DeleteObjectResult.NotFound;
            }
        }

        removed.Content.Release();
        return DeleteObjectResult.Deleted;
    }

    /// <summary>Lists objects and common prefixes in the order of their UTF-8 bytes.</summary>
    /// <param name="prefix">The prefix of the keys, or <c>null</c>.</param>
    /// <param name="delimiter">Keys that contain the delimiter after the prefix are replaced with one common prefix, which ends with the delimiter. <c>null</c> for no common prefixes.</param>
    /// <param name="startAfter">
    /// The key or common prefix after which the page starts, or <c>null</c>. After a common prefix, the page starts with the first key that does not have this prefix.
    /// </param>
    /// <param name="maxKeys">The maximum number of objects and common prefixes. If it is 0, the page is empty and not truncated, as on AWS.</param>
    public ObjectPage List(string? prefix, string? delimiter, string? startAfter, int maxKeys)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxKeys);
        prefix ??= "";
        List<StoredObject> objects = [];
        List<string> prefixes = [];
        if (maxKeys == 0)
        {
            return new(objects, prefixes, false, null);
        }

        string? last = null;
        lock (_lock)
        {
            KeyMap<StoredObject>.Position position = StartOf(prefix, delimiter, startAfter);
            while (_objects.TryGet(position, out string? key, out StoredObject? value) && key.StartsWith(prefix, StringComparison.Ordinal))
            {
                if (objects.Count + prefixes.Count == maxKeys)
                {
                    return new(objects, prefixes, true, last);
                }

                last = CommonPrefixOf(key, prefix, delimiter);
                if (last is null)
                {
                    last = key;
                    objects.Add(value);
                    position = _objects.Next(position);
                }
                else
                {
                    prefixes.Add(last);
                    position = _objects.SeekAfterPrefix(last);
                }
            }
        }

        return new(objects, prefixes, false, null);
    }

    /// <exception cref="NoSuchBucketException">The bucket was deleted.</exception>
    public MultipartUpload CreateUpload(
        string key, DateTimeOffset initiated, string? contentType = null, IReadOnlyList<KeyValuePair<string, string>>? headers = null,
        ChecksumAlgorithm? checksumAlgorithm = null, ChecksumType? checksumType = null)
    {
        lock (_lock)
        {
            RequireExisting();
            MultipartUpload upload = new()
            {
                // The counter makes the IDs sort in order of creation, as ListUploads requires. The random part makes them unique across buckets and impossible to guess.
                UploadId = FormattableString.Invariant($"{_createdUploads++:x8}{RandomNumberGenerator.GetHexString(32, lowercase: true)}"),
                Key = key,
                Initiated = initiated,
                ContentType = contentType,
                Headers = headers is null ? [] : [.. headers],
                ChecksumAlgorithm = checksumAlgorithm,
                ChecksumType = checksumType,
            };
            _uploads.Add(upload.UploadId, upload);
            return upload;
        }
    }

    public bool TryGetUpload(string uploadId, string key, [NotNullWhen(true)] out MultipartUpload? upload)
    {
        lock (_lock)
        {
            if (_uploads.TryGetValue(uploadId, out upload) && string.Equals(upload.Key, key, StringComparison.Ordinal))
            {
                return true;
            }

            upload = null;
            return false;
        }
    }

    /// <summary>Adds a part to an upload, or replaces the part with the same number.</summary>
    /// <returns><c>true</c> if the upload has taken over the caller's reference to the content; <c>false</c> if the upload was completed or aborted in the meantime.</returns>
    /// <exception cref="ArgumentException">The content does not have a checksum in the upload's algorithm. The checksum is required to complete the upload.</exception>
    public bool PutPart(MultipartUpload upload, StoredPart part)
    {
        if (upload.ChecksumAlgorithm is { } algorithm && !part.Content.Checksums.ContainsKey(algorithm))
        {
            throw new ArgumentException($"The part does not have a {algorithm} checksum, which its upload requires. Specify {algorithm} when creating the writer.", nameof(part));
        }

        StoredPart? previous;
        lock (_lock)
        {
            if (!IsInProgress(upload))
            {
                return false;
            }

            upload.Parts.TryGetValue(part.Number, out previous);
            upload.Parts[part.Number] = part;
        }

        previous?.Content.Release();
        return true;
    }

    /// <summary>Lists the parts of an upload.</summary>
    /// <returns>The page, or <c>null</c> if the upload was completed or aborted in the meantime.</returns>
    public PartPage? ListParts(MultipartUpload upload, int partNumberMarker, int maxParts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxParts);
        lock (_lock)
        {
            if (!IsInProgress(upload))
            {
                return null;
            }

            List<StoredPart> parts = [.. upload.Parts.Values.SkipWhile(part => part.Number <= partNumberMarker).Take(maxParts)];
            int last = parts.Count == 0 ? partNumberMarker : parts[^1].Number;
            return new(parts, maxParts > 0 && upload.Parts.Count > 0 && upload.Parts.Last().Key > last, last);
        }
    }

    /// <summary>Aborts an upload and releases its parts.</summary>
    /// <returns><c>false</c> if the upload was completed or aborted in the meantime.</returns>
    public bool Abort(MultipartUpload upload)
    {
        lock (_lock)
        {
            if (!_uploads.Remove(upload.UploadId))
            {
                return false;
            }
        }

        ReleaseParts(upload);
        return true;
    }

    /// <summary>Completes an upload. If the upload cannot be completed, the upload and its parts remain unchanged.</summary>
    /// <exception cref="NoSuchBucketException">The bucket was deleted.</exception>
    public UploadCompletionResult Complete(MultipartUpload upload, UploadCompletion completion)
    {
        StoredObject? previous;
        StoredObject created;
        lock (_lock)
        {
            RequireExisting();
            UploadCompletionResult check = IsInProgress(upload) ? CheckParts(upload, completion) : new(UploadCompletionStatus.NoSuchUpload);
            if (check.Status != UploadCompletionStatus.Completed)
            {
                return check;
            }

            StoredPart[] parts = [.. completion.Parts.Select(part => upload.Parts[part.Number])];
            byte[] md5 = StoredObject.MultipartMd5(parts.Select(part => part.Content.Md5));
            Dictionary<ChecksumAlgorithm, byte[]> checksums = ChecksumsOf(upload, parts);
            if (completion.ExpectedChecksum is { } expected && upload.ChecksumAlgorithm is { } algorithm && !expected.AsSpan().SequenceEqual(checksums[algorithm]))
            {
                return new(UploadCompletionStatus.BadChecksum);
            }

            if (!IsMet(completion.Precondition, upload.Key))
            {
                return new(UploadCompletionStatus.PreconditionFailed);
            }

            created = new()
            {
                Key = upload.Key,
                Content = StoredContent.Concatenate([.. parts.Select(part => part.Content)], md5, checksums),
                ETag = StoredObject.MultipartETagOf(md5, parts.Length),
                LastModified = completion.LastModified,
                ContentType = upload.ContentType,
                Headers = upload.Headers,
                Checksums = checksums,
                ChecksumType = upload.ChecksumAlgorithm is null ? null : TypeOf(upload),
                Parts = parts,
            };
            _objects.Set(created.Key, created, out previous);
            _uploads.Remove(upload.UploadId);
        }

        // The object has its own references to the parts that it contains.
        ReleaseParts(upload);
        previous?.Content.Release();
        return new(UploadCompletionStatus.Completed, created);
    }

    /// <summary>Lists the uploads in progress, in the order of their keys and then of their creation.</summary>
    /// <param name="prefix">The prefix of the keys, or <c>null</c>.</param>
    /// <param name="delimiter">See <see cref="List"/>.</param>
    /// <param name="keyMarker">The key or common prefix after which the page starts, or <c>null</c>.</param>
    /// <param name="uploadIdMarker">
    /// If not <c>null</c>, the page starts with the uploads for the key <paramref name="keyMarker"/> that were created after this upload. Ignored if <paramref name="keyMarker"/> is
    /// <c>null</c>.
    /// </param>
    /// <param name="maxUploads">The maximum number of uploads and common prefixes.</param>
    public UploadPage ListUploads(string? prefix, string? delimiter, string? keyMarker, string? uploadIdMarker, int maxUploads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxUploads);
        prefix ??= "";
        MultipartUpload[] all;
        lock (_lock)
        {
            // Buckets have only a few uploads in progress, so they are not kept in order.
            all = [.. _uploads.Values];
        }

        List<MultipartUpload> uploads = [];
        List<string> prefixes = [];
        string? lastPrefix = keyMarker is null ? null : CommonPrefixOf(keyMarker, prefix, delimiter);
        if (!string.Equals(lastPrefix, keyMarker, StringComparison.Ordinal))
        {
            lastPrefix = null;
        }

        (string? Key, string? Id) last = (keyMarker, uploadIdMarker);
        IEnumerable<MultipartUpload> candidates = all
            .Where(upload => upload.Key.StartsWith(prefix, StringComparison.Ordinal) && IsAfter(upload, keyMarker, uploadIdMarker))
            .OrderBy(upload => upload.Key, Utf8Order.Comparer)
            .ThenBy(upload => upload.UploadId, StringComparer.Ordinal);
        foreach (MultipartUpload upload in maxUploads == 0 ? [] : candidates)
        {
            string? common = CommonPrefixOf(upload.Key, prefix, delimiter);
            if (common is not null && string.Equals(common, lastPrefix, StringComparison.Ordinal))
            {
                continue;
            }

            if (uploads.Count + prefixes.Count == maxUploads)
            {
                return new(uploads, prefixes, true, last.Key, last.Id);
            }

            if (common is null)
            {
                uploads.Add(upload);
                last = (upload.Key, upload.UploadId);
            }
            else
            {
                prefixes.Add(common);
                lastPrefix = common;
                last = (common, null);
            }
        }

        return new(uploads, prefixes, false, null, null);
    }

    /// <summary>If the bucket has no objects, marks it as deleted and releases its uploads.</summary>
    /// <returns><c>false</c> if the bucket has objects.</returns>
    internal bool TryDelete()
    {
        MultipartUpload[] uploads;
        lock (_lock)
        {
            if (_objects.Count > 0)
            {
                return false;
            }

            _deleted = true;
            uploads = TakeUploads();
        }

        Array.ForEach(uploads, ReleaseParts);
        return true;
    }

    /// <summary>Marks the bucket as deleted and releases its objects and uploads.</summary>
    internal void DeleteAll()
    {
        List<StoredObject> objects = [];
        MultipartUpload[] uploads;
        lock (_lock)
        {
            _deleted = true;
            uploads = TakeUploads();
            KeyMap<StoredObject>.Position position = default;
            while (_objects.TryGet(position, out _, out StoredObject? value))
            {
                objects.Add(value);
                position = _objects.Next(position);
            }

            _objects.Clear();
        }

        Array.ForEach(uploads, ReleaseParts);
        objects.ForEach(value => value.Content.Release());
    }

    // The part of the key up to and including the first delimiter after the prefix, or null if the key does not contain it.
    private static string? CommonPrefixOf(string key, string prefix, string? delimiter)
    {
        if (string.IsNullOrEmpty(delimiter) || !key.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        int index = key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return index < 0 ? null : key[..(index + delimiter.Length)];
    }

    private static bool IsAfter(MultipartUpload upload, string? keyMarker, string? uploadIdMarker)
    {
        if (keyMarker is null)
        {
            return true;
        }

        int order = Utf8Order.Compare(upload.Key, keyMarker);
        return order > 0 || (order == 0 && uploadIdMarker is not null && string.CompareOrdinal(upload.UploadId, uploadIdMarker) > 0);
    }

    private static UploadCompletionResult CheckParts(MultipartUpload upload, UploadCompletion completion)
    {
        if (completion.Parts.Count == 0)
        {
            return new(UploadCompletionStatus.NoParts);
        }

        for (int i = 1; i < completion.Parts.Count; i++)
        {
            if (completion.Parts[i].Number <= completion.Parts[i - 1].Number)
            {
                return new(UploadCompletionStatus.InvalidPartOrder, null, completion.Parts[i].Number);
            }
        }

        long length = 0;
        foreach (RequestedPart requested in completion.Parts)
        {
            if (!upload.Parts.TryGetValue(requested.Number, out StoredPart? part) || !IsSame(requested, part, upload.ChecksumAlgorithm))
            {
                return new(UploadCompletionStatus.InvalidPart, null, requested.Number, part);
            }

            length += part.Content.Length;
        }

        foreach (RequestedPart requested in completion.Parts.SkipLast(1))
        {
            StoredPart part = upload.Parts[requested.Number];
            if (part.Content.Length < completion.MinimumPartLength)
            {
                return new(UploadCompletionStatus.EntityTooSmall, null, part.Number, part);
            }
        }

        return new(completion.ExpectedLength is { } expected && expected != length ? UploadCompletionStatus.UnexpectedLength : UploadCompletionStatus.Completed);
    }

    private static bool IsSame(RequestedPart requested, StoredPart part, ChecksumAlgorithm? algorithm) =>
        requested.ETag.AsSpan().Trim('"').SequenceEqual(part.ETag.AsSpan().Trim('"'))
        && (requested.Checksum is null || algorithm is null || requested.Checksum.AsSpan().SequenceEqual(part.Content.Checksums[algorithm.Value]));

    private static Dictionary<ChecksumAlgorithm, byte[]> ChecksumsOf(MultipartUpload upload, StoredPart[] parts)
    {
        Dictionary<ChecksumAlgorithm, byte[]> checksums = [];
        if (upload.ChecksumAlgorithm is { } algorithm)
        {
            checksums[algorithm] = TypeOf(upload) == ChecksumType.FullObject
                ? Checksums.CombineCrc(algorithm, parts.Select(part => (part.Content.Checksums[algorithm], part.Content.Length)))
                : Checksums.Composite(algorithm, parts.Select(part => part.Content.Checksums[algorithm]));
        }

        return checksums;
    }

    // S3's default for uploads that do not specify a type. CRC-64/NVME supports only checksums of whole objects.
    // Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html
    private static ChecksumType TypeOf(MultipartUpload upload) =>
        upload.ChecksumType ?? (upload.ChecksumAlgorithm == ChecksumAlgorithm.Crc64Nvme ? ChecksumType.FullObject : ChecksumType.Composite);

    // Call this method only for uploads that were removed from the bucket while its lock was held, so that no other thread accesses their parts.
    private static void ReleaseParts(MultipartUpload upload)
    {
        foreach (StoredPart part in upload.Parts.Values)
        {
            part.Content.Release();
        }
    }

    private MultipartUpload[] TakeUploads()
    {
        MultipartUpload[] uploads = [.. _uploads.Values];
        _uploads.Clear();
        return uploads;
    }

    private void RequireExisting()
    {
        if (_deleted)
        {
            throw new NoSuchBucketException(name);
        }
    }

    private bool IsMet(Func<StoredObject?, bool>? precondition, string key) =>
        precondition is null || precondition(_objects.TryGetValue(key, out StoredObject? existing) ? existing : null);

    private bool IsInProgress(MultipartUpload upload) => _uploads.ContainsKey(upload.UploadId);

    private KeyMap<StoredObject>.Position StartOf(string prefix, string? delimiter, string? startAfter)
    {
        if (startAfter is null || Utf8Order.Compare(startAfter, prefix) < 0)
        {
            return _objects.Seek(prefix);
        }

        // A page never contains a key that equals a common prefix, because such a key contains the delimiter and is part of the common prefix itself.
        return string.Equals(CommonPrefixOf(startAfter, prefix, delimiter), startAfter, StringComparison.Ordinal)
            ? _objects.SeekAfterPrefix(startAfter)
            : _objects.SeekAfter(startAfter);
    }
}

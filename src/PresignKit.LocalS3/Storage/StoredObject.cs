using System.Collections.ObjectModel;
using System.Security.Cryptography;

namespace PresignKit.LocalS3.Storage;

/// <summary>An object in a bucket. Instances are immutable.</summary>
internal sealed record StoredObject
{
    public required string Key { get; init; }

    /// <summary>Gets the content. A caller requires a reference to read it. See <see cref="BucketStore.TryOpen"/>.</summary>
    public required StoredContent Content { get; init; }

    /// <summary>Gets the entity tag with its quotes.</summary>
    public required string ETag { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Gets the other headers that are stored with the object, such as <c>x-amz-meta-*</c> and <c>cache-control</c>, as received.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public IReadOnlyDictionary<ChecksumAlgorithm, byte[]> Checksums { get; init; } = ReadOnlyDictionary<ChecksumAlgorithm, byte[]>.Empty;

    public ChecksumType? ChecksumType { get; init; }

    /// <summary>Gets the parts of a multipart object, or <c>null</c>. Their contents remain valid as long as <see cref="Content"/>, which holds references to them.</summary>
    public IReadOnlyList<StoredPart>? Parts { get; init; }

    /// <summary>Returns the entity tag of an object or part that was uploaded in one request, with its quotes.</summary>
    public static string ETagOf(byte[] md5) => $"\"{Hex(md5)}\"";

    /// <summary>Returns the MD5 hash of the concatenated MD5 hashes of the parts, from which S3 derives the entity tag of a multipart object.</summary>
    public static byte[] MultipartMd5(IEnumerable<byte[]> partMd5s)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (byte[] md5 in partMd5s)
        {
            hash.AppendData(md5);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Returns the entity tag of a multipart object with its quotes, such as <c>"5d41402abc4b2a76b9719d911017c592-3"</c>.</summary>
    public static string MultipartETagOf(byte[] multipartMd5, int parts) => FormattableString.Invariant($"\"{Hex(multipartMd5)}-{parts}\"");

#if NET9_0_OR_GREATER
    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
#else
    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
#endif
}

/// <summary>A part of a multipart upload or of a multipart object.</summary>
internal sealed record StoredPart(int Number, StoredContent Content, string ETag, DateTimeOffset LastModified);

using System.Diagnostics;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>A copy of an object in a bucket.</summary>
/// <remarks>Instances are immutable and thread-safe. Later changes in the bucket do not affect them.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class LocalS3Object
{
    private readonly byte[] _content;

    internal LocalS3Object(StoredObject stored, byte[] content)
    {
        Key = stored.Key;
        ETag = stored.ETag;
        ContentType = stored.ContentType;
        LastModified = stored.LastModified;
        Headers = stored.Headers.ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
        _content = content;
    }

    /// <summary>Gets the key.</summary>
    public string Key { get; }

    /// <summary>Gets the content.</summary>
    public ReadOnlyMemory<byte> Content => _content;

    /// <summary>Gets the ETag with its quotation marks.</summary>
    public string ETag { get; }

    /// <summary>Gets the content type, or <c>null</c> if the upload did not specify one.</summary>
    public string? ContentType { get; }

    /// <summary>Gets the time at which the object was stored.</summary>
    public DateTimeOffset LastModified { get; }

    /// <summary>Gets the other headers that were stored with the object, such as <c>x-amz-meta-*</c> and <c>Cache-Control</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Returns the key and the size.</summary>
    public override string ToString() => FormattableString.Invariant($"{Key} ({_content.Length} bytes)");
}

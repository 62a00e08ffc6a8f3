using System.Diagnostics;
using System.Security.Cryptography;

namespace PresignKit;

/// <summary>A customer-provided encryption key (SSE-C), which the store uses to encrypt or decrypt an object but does not retain.</summary>
/// <remarks>
/// <para>
/// The key is signed as three headers, which contain the algorithm (AES256), the key and its MD5 hash. The client must send these headers (see
/// <see cref="PresignedUrl.RequiredHeaders"/>), so the key is disclosed to the client. The URL never contains the key. Stores accept the headers only over HTTPS and require them
/// for every read.
/// </para>
/// <para>
/// Instances are immutable and thread-safe. <see cref="ToString"/> does not reveal the key. Source:
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html">SSE-C</see>.
/// </para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SseCustomerKey : IEquatable<SseCustomerKey>
{
    /// <summary>The length of a key, in bytes.</summary>
    public const int Size = 32;

    internal const string Prefix = "x-amz-server-side-encryption-customer-";
    internal const string CopySourcePrefix = "x-amz-copy-source-server-side-encryption-customer-";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _key;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _keyMd5;

    /// <summary>Initializes a new instance from the bytes of a key.</summary>
    /// <param name="key">32 bytes from a cryptographic random number generator. The bytes are copied.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> is not 32 bytes long.</exception>
    public SseCustomerKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Size)
        {
            throw new ArgumentException($"The SSE-C key has {key.Length} bytes, but it must have {Size} bytes. Pass the raw bytes, not their base64 or hexadecimal text.", nameof(key));
        }

        byte[] bytes = key.ToArray();
        try
        {
            _key = Convert.ToBase64String(bytes);
            _keyMd5 = Md5(bytes);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }
    }

    /// <summary>Creates an instance from a base64-encoded key.</summary>
    /// <param name="base64">The base64 encoding of 32 bytes.</param>
    /// <returns>An instance that is equal to an instance created from the decoded bytes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="base64"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="base64"/> is not the base64 encoding of 32 bytes.</exception>
    public static SseCustomerKey FromBase64(string base64)
    {
        ArgumentNullException.ThrowIfNull(base64);
        byte[] bytes = Convert.FromBase64String(ValueRules.RequireBase64(base64, Size, "SSE-C key", nameof(base64)));
        try
        {
            return new SseCustomerKey(bytes);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }
    }

    /// <inheritdoc/>
    public bool Equals(SseCustomerKey? other) => other is not null && _key == other._key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SseCustomerKey);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_key);

    /// <summary>Returns only the name of the type, not the key.</summary>
    public override string ToString() => "SseCustomerKey (hidden)";

    internal void AddTo(RequestBuilder request, string prefix = Prefix)
    {
        request.AddHeader(prefix + "algorithm", "AES256");
        request.AddHeader(prefix + "key", _key);
        request.AddHeader(prefix + "key-md5", _keyMd5);
    }

    // The protocol requires MD5 as a check for transmission errors. Its weakness as a cryptographic hash does not matter here.
#pragma warning disable CA5351, CA1850, RS0030
    private static string Md5(byte[] bytes)
    {
        using MD5 md5 = MD5.Create();
        return Convert.ToBase64String(md5.ComputeHash(bytes));
    }
#pragma warning restore CA5351, CA1850, RS0030
}

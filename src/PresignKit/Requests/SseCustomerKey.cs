using System.Diagnostics;
using System.Security.Cryptography;

namespace PresignKit;

/// <summary>
/// A key of the customer's own (SSE-C), with which the store encrypts an object and which it then forgets. Immutable and thread-safe; never printed.
/// </summary>
/// <remarks>
/// Three headers are signed: algorithm (AES256), key, and the key's MD5. All stand in <see cref="PresignedUrl.RequiredHeaders"/>, and whoever uses the URL
/// sends them: they know the key then. It never stands in the URL. Stores take it over HTTPS only, and want it again for each read.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html">SSE-C</see>.
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

    /// <summary>Takes a key of 256 bits.</summary>
    /// <param name="key">Its 32 bytes, from a cryptographic random number generator. They are copied.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> has another length.</exception>
    public SseCustomerKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Size)
        {
            throw new ArgumentException($"An SSE-C key has {Size} bytes; this one has {key.Length}. Give the raw bytes, not their base64 or hexadecimal text.", nameof(key));
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

    /// <summary>Takes a key from its base64 text.</summary>
    /// <param name="base64">The base64 text of 32 bytes.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="base64"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="base64"/> is no base64 text of 32 bytes.</exception>
    public static SseCustomerKey FromBase64(string base64)
    {
        ArgumentNullException.ThrowIfNull(base64);
        byte[] bytes = Convert.FromBase64String(ValueRules.RequireBase64(base64, Size, "An SSE-C key", nameof(base64)));
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

    /// <summary>The type's name, without the key.</summary>
    public override string ToString() => "SseCustomerKey (hidden)";

    internal void Describe(RequestBuilder request, string prefix = Prefix)
    {
        request.AddHeader(prefix + "algorithm", "AES256");
        request.AddHeader(prefix + "key", _key);
        request.AddHeader(prefix + "key-md5", _keyMd5);
    }

    // A check against transmission errors, which the protocol asks for; nothing rests on MD5 being hard to break.
#pragma warning disable CA5351, CA1850, RS0030
    private static string Md5(byte[] bytes)
    {
        using MD5 md5 = MD5.Create();
        return Convert.ToBase64String(md5.ComputeHash(bytes));
    }
#pragma warning restore CA5351, CA1850, RS0030
}

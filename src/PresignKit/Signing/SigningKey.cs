using System.Security.Cryptography;

namespace PresignKit;

/// <summary>
/// The signing key of one day, region and service: a chain of HMAC-SHA-256 over <c>AWS4</c> + secret → date → region → service → <c>aws4_request</c>.
/// Thread-safe.
/// </summary>
/// <remarks>
/// It owns a pool of hash objects, because creating one costs as much as hashing a canonical request. A thread takes a pair out of the pool while it signs.
/// After <see cref="Retire"/> the pool is empty and stays so: a pair is disposed when its user returns it, and the key still signs correctly.
/// </remarks>
internal sealed class SigningKey
{
    public const int SignatureSize = 32;

    // As many slots as processors. A thread uses the slot of its ID, so that threads seldom compete for one.
    private static readonly int SlotCount = Environment.ProcessorCount;

    private readonly Hashes?[] _idle = new Hashes?[SlotCount];
    private readonly byte[] _key;
    private volatile bool _isRetired;

    private SigningKey(CredentialScope scope, byte[] key)
    {
        Scope = scope;
        _key = key;
    }

    public CredentialScope Scope { get; }

    /// <summary>Gets the number of pooled hash objects, for tests.</summary>
    internal int IdleCount => Array.FindAll(_idle, static hashes => hashes is not null).Length;

    public static SigningKey Derive(string secretAccessKey, CredentialScope scope) => new(scope, DeriveBytes(secretAccessKey, scope));

    /// <summary>Derives the key itself, which AWS's documentation calls kSigning.</summary>
    public static byte[] DeriveBytes(string secretAccessKey, CredentialScope scope)
    {
        ByteBuffer text = new(128);
        try
        {
            text.Append("AWS4"u8);
            text.Append(secretAccessKey.AsSpan());
            byte[] key = text.Written.ToArray();

            text.Truncate(0);
            text.Append(scope.DateText.AsSpan());
            key = NextInChain(key, ref text);
            text.Append(scope.Region.AsSpan());
            key = NextInChain(key, ref text);
            text.Append(scope.Service.AsSpan());
            key = NextInChain(key, ref text);
            text.Append(CredentialScope.Terminator.AsSpan());
            return NextInChain(key, ref text);
        }
        finally
        {
            text.Dispose();
        }
    }

    /// <summary>Signs a canonical request, which is the end of the buffer.</summary>
    /// <param name="buffer">The buffer. It serves for the string to sign as well, and ends with the canonical request again afterwards.</param>
    /// <param name="start">The index at which the canonical request starts.</param>
    /// <param name="signedAt">The instant of signing, in UTC.</param>
    /// <param name="signature">The signature, as bytes.</param>
    public void SignCanonicalRequest(ref ByteBuffer buffer, int start, DateTime signedAt, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SignatureSize];
        int end = buffer.Length;
        Hashes hashes = Rent();
        Platform.Hash(hashes.Sha256, buffer.Written[start..], hash);
        StringToSign.Append(ref buffer, Scope, signedAt, hash);
        Platform.Hash(hashes.Hmac, buffer.Written[end..], signature);
        Return(hashes);
        buffer.Truncate(end);
    }

    /// <summary>Signs a text as it is: the base64 policy of a form.</summary>
    public void SignText(ReadOnlySpan<byte> text, Span<byte> signature)
    {
        Hashes hashes = Rent();
        Platform.Hash(hashes.Hmac, text, signature);
        Return(hashes);
    }

    /// <summary>Disposes the pooled hash objects, and from now on every other one when its user returns it. Threads that still use the key are not affected.</summary>
    public void Retire()
    {
        _isRetired = true;
        for (int i = 0; i < _idle.Length; i++)
        {
            Interlocked.Exchange(ref _idle[i], null)?.Dispose();
        }
    }

    private Hashes Rent() => Interlocked.Exchange(ref _idle[Environment.CurrentManagedThreadId % SlotCount], null) ?? new Hashes(_key);

    // Not called after a failure: a hash object that was interrupted may contain half of a text.
    private void Return(Hashes hashes)
    {
        ref Hashes? slot = ref _idle[Environment.CurrentManagedThreadId % SlotCount];
        if (Interlocked.CompareExchange(ref slot, hashes, null) is not null)
        {
            hashes.Dispose();
        }
        else if (_isRetired)
        {
            // Retire may have looked at the slot before.
            Interlocked.Exchange(ref slot, null)?.Dispose();
        }
    }

    private static byte[] NextInChain(byte[] key, ref ByteBuffer text)
    {
        using HMACSHA256 hmac = new(key);
        byte[] next = hmac.ComputeHash(text.Written.ToArray());
        Array.Clear(key, 0, key.Length);
        text.Truncate(0);
        return next;
    }

    /// <summary>The hash objects with which one thread at a time signs.</summary>
    private sealed class Hashes(byte[] key) : IDisposable
    {
        public IncrementalHash Sha256 { get; } = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public IncrementalHash Hmac { get; } = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

        public void Dispose()
        {
            Sha256.Dispose();
            Hmac.Dispose();
        }
    }
}

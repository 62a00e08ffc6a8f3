using System.Security.Cryptography;
using System.Text;

namespace PresignKit;

/// <summary>
/// The signing key for one day, region and service, derived through chained HMAC-SHA-256 computations: <c>AWS4</c> + secret → date → region → service → <c>aws4_request</c>.
/// </summary>
/// <remarks>
/// Instances are thread-safe. Each instance owns a pool of hash objects, because creating a hash object costs as much as hashing a canonical request. A thread removes a pair of
/// hash objects from the pool while it signs. After <see cref="Retire"/> is called, the pool remains empty and every returned pair is disposed, but the key still signs correctly.
/// </remarks>
internal sealed class SigningKey
{
    public const int SignatureSize = 32;

    // One slot per processor. A thread's ID selects its slot, so threads seldom compete for the same slot.
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

    /// <summary>Gets the number of pairs of hash objects in the pool. Used only by tests.</summary>
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

    /// <summary>Signs the canonical request at the end of the buffer.</summary>
    /// <param name="buffer">The buffer. The string to sign is appended temporarily and removed before the method returns.</param>
    /// <param name="start">The index at which the canonical request starts.</param>
    /// <param name="signedAt">The signing time in UTC.</param>
    /// <param name="signature">The destination for the 32-byte signature.</param>
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

    /// <summary>Signs the specified bytes, such as a form's base64-encoded policy.</summary>
    public void SignText(ReadOnlySpan<byte> text, Span<byte> signature)
    {
        Hashes hashes = Rent();
        Platform.Hash(hashes.Hmac, text, signature);
        Return(hashes);
    }

    /// <summary>Disposes the pooled hash objects immediately, and those in use as soon as they are returned.</summary>
    /// <remarks>Threads that are using the key are not affected.</remarks>
    public void Retire()
    {
        _isRetired = true;
        for (int i = 0; i < _idle.Length; i++)
        {
            Interlocked.Exchange(ref _idle[i], null)?.Dispose();
        }
    }

    private Hashes Rent() => Interlocked.Exchange(ref _idle[Environment.CurrentManagedThreadId % SlotCount], null) ?? new Hashes(_key);

    // Not called after an exception, because an interrupted hash object may still contain part of the input.
    private void Return(Hashes hashes)
    {
        ref Hashes? slot = ref _idle[Environment.CurrentManagedThreadId % SlotCount];
        if (Interlocked.CompareExchange(ref slot, hashes, null) is not null)
        {
            hashes.Dispose();
        }
        else if (_isRetired)
        {
            // Retire may have cleared the slot before this pair was stored in it.
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

    /// <summary>A pair of hash objects that only one thread uses at a time.</summary>
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

/// <summary>The credential scope of a signing key: <c>yyyyMMdd/region/service/aws4_request</c>.</summary>
/// <remarks>Instances are immutable and thread-safe.</remarks>
internal sealed class CredentialScope
{
    public const string Terminator = "aws4_request";

    private readonly byte[] _queryText;
    private readonly byte[] _textLine;

    /// <summary>Initializes a scope.</summary>
    /// <param name="date">The UTC day. The time of day is ignored.</param>
    /// <param name="region">The region, as the store expects it in the scope.</param>
    /// <param name="service">The service, which is <c>s3</c> for object stores.</param>
    public CredentialScope(DateTime date, string region, string service)
    {
        Date = date.Date;
        Region = region;
        Service = service;

        Span<byte> day = stackalloc byte[8];
        InvariantText.WriteDate(day, date);
        DateText = Platform.AsciiToString(day);
        Text = $"{DateText}/{region}/{service}/{Terminator}";
        _queryText = Encoding.ASCII.GetBytes($"{PercentEncoding.Component("/" + Text)}&X-Amz-Date={DateText}T");
        _textLine = Encoding.UTF8.GetBytes($"Z\n{Text}\n");
    }

    public DateTime Date { get; }

    public string Region { get; }

    public string Service { get; }

    /// <summary>Gets the scope as a string.</summary>
    public string Text { get; }

    /// <summary>Gets the day as <c>yyyyMMdd</c>.</summary>
    public string DateText { get; }

    /// <summary>Gets the part of a query between the access key ID and the time: <c>%2FyyyyMMdd%2F…%2Faws4_request&amp;X-Amz-Date=yyyyMMddT</c>.</summary>
    public ReadOnlySpan<byte> QueryText => _queryText;

    /// <summary>Gets the part of a string to sign between the time and the hash: <c>Z\nyyyyMMdd/…/aws4_request\n</c>.</summary>
    public ReadOnlySpan<byte> StringToSignText => _textLine;

    /// <summary>Determines whether an instant falls on the scope's day.</summary>
    public bool Covers(DateTime utc) => utc.Date == Date;

    /// <summary>Formats an instant that falls on the scope's day as <c>yyyyMMddTHHmmssZ</c>.</summary>
    public string Timestamp(DateTime utc)
    {
        Span<byte> text = stackalloc byte[16];
        Platform.CopyAscii(DateText.AsSpan(), text);
        text[8] = (byte)'T';
        InvariantText.WriteTime(text[9..], utc);
        text[15] = (byte)'Z';
        return Platform.AsciiToString(text);
    }
}

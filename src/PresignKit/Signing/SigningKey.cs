using System.Security.Cryptography;

namespace PresignKit;

/// <summary>
/// The key of one day, region and service: HMAC-SHA-256 in a chain, <c>AWS4</c> + secret → date → region → service → <c>aws4_request</c>.
/// Thread-safe.
/// </summary>
internal sealed class SigningKey
{
    // A slot to a cache line of 64 bytes, and none in the line of the array's length: what two processors write would be sent to and fro.
    private const int Stride = 8;

    private static readonly int Count = Environment.ProcessorCount;

    private readonly Signer?[] _signers = new Signer?[(Count + 1) * Stride];
    private readonly byte[] _key;

    private SigningKey(CredentialScope scope, byte[] key)
    {
        Scope = scope;
        _key = key;
    }

    public CredentialScope Scope { get; }

    private ref Signer? Slot => ref _signers[(Environment.CurrentManagedThreadId % Count + 1) * Stride];

    public static SigningKey Derive(string secretAccessKey, CredentialScope scope) => new(scope, DeriveBytes(secretAccessKey, scope));

    /// <summary>The key itself: what AWS's documentation calls kSigning.</summary>
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
            key = Next(key, ref text);
            text.Append(scope.Region.AsSpan());
            key = Next(key, ref text);
            text.Append(scope.Service.AsSpan());
            key = Next(key, ref text);
            text.Append(CredentialScope.Terminator.AsSpan());
            return Next(key, ref text);
        }
        finally
        {
            text.Dispose();
        }
    }

    /// <summary>A signer for one thread: give it back with <see cref="Return"/>, but not after a failure. There are as many slots as processors, and a thread has its own by its id, so that
    /// threads seldom meet; a thread that finds its slot empty makes another signer.</summary>
    public Signer Rent() => Interlocked.Exchange(ref Slot, null) ?? new Signer(Scope, _key);

    /// <summary>Keeps a signer for the next one who asks.</summary>
    public void Return(Signer signer)
    {
        if (Interlocked.CompareExchange(ref Slot, signer, null) is not null)
        {
            signer.Dispose();
        }
    }

    private static byte[] Next(byte[] key, ref ByteBuffer text)
    {
        using HMACSHA256 hmac = new(key);
        byte[] next = hmac.ComputeHash(text.Written.ToArray());
        Array.Clear(key, 0, key.Length);
        text.Truncate(0);
        return next;
    }
}

using System.Security.Cryptography;
using System.Text;

namespace PresignKit;

/// <summary>
/// The string to sign:
/// <code>
/// AWS4-HMAC-SHA256\n
/// yyyyMMddTHHmmssZ\n
/// yyyyMMdd/region/service/aws4_request\n
/// hex(SHA-256(canonical request))
/// </code>
/// One text for all requests of a scope: time and hash are written over. For one thread at a time.
/// </summary>
internal sealed class StringToSign
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const int HashSize = 32;

    // One for each thread: it is the same for all keys.
    [ThreadStatic]
    private static IncrementalHash? _sha256;

    private readonly byte[] _text;
    private TimeDigits _time = new(Algorithm.Length + "\nyyyyMMddT".Length);

    public StringToSign(CredentialScope scope) => _text = Encoding.UTF8.GetBytes(
        $"{Algorithm}\n{scope.DateText}T{TimeDigits.Zeros}Z\n{scope.Text}\n{new string('0', 2 * HashSize)}");

    /// <summary>The text for a request. It is good until the next one.</summary>
    public ReadOnlySpan<byte> For(DateTime signedAt, scoped ReadOnlySpan<byte> canonicalRequest)
    {
        Span<byte> hash = stackalloc byte[HashSize];
        Sha256(canonicalRequest, hash);
        _time.Write(_text, signedAt);
        Hex.Write(hash, _text.AsSpan(_text.Length - 2 * HashSize));
        return _text;
    }

    private static void Sha256(ReadOnlySpan<byte> canonicalRequest, Span<byte> hash)
    {
        ref IncrementalHash? kept = ref _sha256;
        IncrementalHash hasher = kept ?? IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // Put back when it is done: what a failure left half-way must not be gone on with.
        kept = null;
        Platform.Hash(hasher, canonicalRequest, hash);
        kept = hasher;
    }
}

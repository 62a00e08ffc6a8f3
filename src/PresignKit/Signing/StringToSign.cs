using System.Security.Cryptography;
using System.Text;

namespace PresignKit.Signing;

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
internal sealed class StringToSign : IDisposable
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const int HashSize = 32;

    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _text;
    private TimeOfDay _time = new(Algorithm.Length + "\nyyyyMMddT".Length);

    public StringToSign(CredentialScope scope) => _text = Encoding.UTF8.GetBytes(
        $"{Algorithm}\n{scope.DateText}T{TimeOfDay.Midnight}Z\n{scope.Text}\n{new string('0', 2 * HashSize)}");

    /// <summary>The text for a request. It is good until the next one.</summary>
    public ReadOnlySpan<byte> For(DateTime signedAt, scoped ReadOnlySpan<byte> canonicalRequest)
    {
        Span<byte> hash = stackalloc byte[HashSize];
        Platform.Hash(_sha256, canonicalRequest, hash);
        _time.Write(_text, signedAt);
        Hex.Write(hash, _text.AsSpan(_text.Length - 2 * HashSize));
        return _text;
    }

    public void Dispose() => _sha256.Dispose();
}

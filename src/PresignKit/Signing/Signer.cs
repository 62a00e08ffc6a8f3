using System.Security.Cryptography;

namespace PresignKit;

/// <summary>What one thread at a time signs with: the hash object of a key, of which to make one costs as much as to hash a canonical request, and the texts that all URLs of the key have in common.</summary>
internal sealed class Signer(CredentialScope scope, byte[] key) : IDisposable
{
    public const int SignatureSize = 32;

    private readonly IncrementalHash _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
    private readonly StringToSign _stringToSign = new(scope);
    private OwnParameters? _parameters;

    /// <summary>The signature's own parameters for an access key and a session token. The last ones are kept: a day's key belongs to one access key.</summary>
    public OwnParameters ParametersOf(string accessKeyId, string? sessionToken)
    {
        if (_parameters is null || !_parameters.AreOf(accessKeyId, sessionToken))
        {
            _parameters = new OwnParameters(scope, accessKeyId, sessionToken);
        }

        return _parameters;
    }

    /// <summary>Writes the signature of a canonical request, as bytes.</summary>
    public void Sign(DateTime signedAt, scoped ReadOnlySpan<byte> canonicalRequest, scoped Span<byte> signature) =>
        Sign(_stringToSign.For(signedAt, canonicalRequest), signature);

    /// <summary>Writes the signature of a string to sign, as bytes.</summary>
    public void Sign(scoped ReadOnlySpan<byte> stringToSign, scoped Span<byte> signature) => Platform.Hash(_hmac, stringToSign, signature);

    public void Dispose() => _hmac.Dispose();
}

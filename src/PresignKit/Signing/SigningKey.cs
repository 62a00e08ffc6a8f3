using System.Security.Cryptography;

namespace PresignKit.Signing;

/// <summary>
/// The key of one day, region and service: HMAC-SHA-256 in a chain, <c>AWS4</c> + secret → date → region → service → <c>aws4_request</c>.
/// Immutable and thread-safe.
/// </summary>
internal sealed class SigningKey
{
    private readonly HashPool _hmac;

    private SigningKey(CredentialScope scope, byte[] key)
    {
        Scope = scope;
        _hmac = new HashPool(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key));
    }

    public CredentialScope Scope { get; }

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
            text.Append(scope.DateText);
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

    /// <summary>The signature of a string to sign, as bytes.</summary>
    public void Sign(scoped ReadOnlySpan<byte> stringToSign, scoped Span<byte> signature) => _hmac.Hash(stringToSign, signature);

    private static byte[] Next(byte[] key, ref ByteBuffer text)
    {
        using HMACSHA256 hmac = new(key);
        byte[] next = hmac.ComputeHash(text.Written.ToArray());
        Array.Clear(key, 0, key.Length);
        text.Truncate(0);
        return next;
    }
}

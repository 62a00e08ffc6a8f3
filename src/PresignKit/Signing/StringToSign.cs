namespace PresignKit.Signing;

/// <summary>
/// The string to sign:
/// <code>
/// AWS4-HMAC-SHA256\n
/// yyyyMMddTHHmmssZ\n
/// yyyyMMdd/region/service/aws4_request\n
/// hex(SHA-256(canonical request))
/// </code>
/// </summary>
internal static class StringToSign
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public static void Append(ref ByteBuffer buffer, DateTime signedAt, CredentialScope scope, ReadOnlySpan<byte> canonicalRequest)
    {
        // Before anything is appended: the canonical request can stand in the same buffer.
        Span<byte> hash = stackalloc byte[HashPool.Sha256Size];
        HashPool.Sha256(canonicalRequest, hash);
        scope.AppendStringToSignStart(ref buffer, signedAt);
        buffer.AppendHex(hash);
    }
}

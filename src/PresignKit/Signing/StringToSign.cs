namespace PresignKit;

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

    /// <summary>Appends the string to sign for the canonical request with the specified SHA-256 hash.</summary>
    public static void Append(ref ByteBuffer buffer, CredentialScope scope, DateTime signedAt, ReadOnlySpan<byte> canonicalRequestHash)
    {
        buffer.Append("AWS4-HMAC-SHA256\n"u8);
        buffer.Append(scope.DateText.AsSpan());
        buffer.Append((byte)'T');
        InvariantText.WriteTime(buffer.GetSpan(6), signedAt);
        buffer.Advance(6);
        buffer.Append(scope.StringToSignText);
        buffer.AppendHex(canonicalRequestHash);
    }
}

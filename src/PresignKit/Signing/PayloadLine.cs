namespace PresignKit;

/// <summary>The last line of a canonical request, for both signers.</summary>
internal static class PayloadLine
{
    public const string Unsigned = "UNSIGNED-PAYLOAD";

    /// <summary>The value of a signed <c>x-amz-content-sha256</c>, which servers take for the payload line; <c>null</c> where it is not signed.</summary>
    public static string? SignedBy(ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        foreach (KeyValuePair<string, string> header in headers)
        {
            if (header.Key.Equals("x-amz-content-sha256", StringComparison.OrdinalIgnoreCase))
            {
                return header.Value?.Trim();
            }
        }

        return null;
    }
}

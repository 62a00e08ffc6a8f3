namespace PresignKit;

/// <summary>The payload line, which is the last line of a canonical request.</summary>
internal static class PayloadLine
{
    /// <summary>The payload line of a request whose body is not signed.</summary>
    public const string Unsigned = "UNSIGNED-PAYLOAD";

    /// <summary>Returns the value of a signed <c>x-amz-content-sha256</c> header, which servers use as the payload line, or <c>null</c> if that header is not signed.</summary>
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

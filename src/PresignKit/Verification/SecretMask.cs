using System.Text;

namespace PresignKit;

/// <summary>Masks what is secret in a canonical request, ours or a store's: the session token and the headers of a customer's encryption key.</summary>
internal static class SecretMask
{
    private const string Mask = "***";
    private const string TokenParameter = "X-Amz-Security-Token=";

    private static readonly string[] SecretHeaders =
    [
        "x-amz-security-token:", "x-amz-server-side-encryption-customer-key", "x-amz-copy-source-server-side-encryption-customer-key",
    ];

    public static string Apply(string canonicalRequest) => string.Join("\n", canonicalRequest.Split('\n').Select(OfLine));

    /// <summary>A line of a canonical request without its secrets.</summary>
    public static string OfLine(string line)
    {
        int colon = line.IndexOf(':');
        if (colon > 0 && Array.Exists(SecretHeaders, name => line.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
        {
            return line[..(colon + 1)] + Mask;
        }

        StringBuilder? masked = null;
        int kept = 0;
        for (int at = line.IndexOf(TokenParameter, StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf(TokenParameter, kept, StringComparison.OrdinalIgnoreCase))
        {
            int value = at + TokenParameter.Length;
            int end = line.IndexOf('&', value);
            (masked ??= new StringBuilder()).Append(line, kept, value - kept).Append(Mask);
            kept = end < 0 ? line.Length : end;
        }

        return masked is null ? line : masked.Append(line, kept, line.Length - kept).ToString();
    }
}

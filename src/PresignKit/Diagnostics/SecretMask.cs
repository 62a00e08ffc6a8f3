using System.Text;

namespace PresignKit;

/// <summary>Masks the secrets in a canonical request: the session token, and the headers with a customer's encryption key.</summary>
internal static class SecretMask
{
    private const string Mask = "***";
    private const string TokenParameter = "X-Amz-Security-Token=";

    private static readonly char[] EndsOfName = [':', ' ', ';', '&'];

    private static readonly string[] SecretHeaders =
    [
        "x-amz-security-token", "x-amz-server-side-encryption-customer-key", "x-amz-copy-source-server-side-encryption-customer-key",
    ];

    /// <summary>Returns a canonical request with its secrets masked.</summary>
    public static string Apply(string canonicalRequest) => string.Join("\n", canonicalRequest.Split('\n').Select(OfLine));

    /// <summary>Returns a line of a canonical request with its secrets masked.</summary>
    public static string OfLine(string line)
    {
        foreach (string name in SecretHeaders)
        {
            line = WithoutValueOf(name, line);
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

    // A store may separate its lines by spaces. In a list of names ('host;name;…'), no secret follows the name.
    private static string WithoutValueOf(string name, string line)
    {
        for (int at = line.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int end = line.IndexOfAny(EndsOfName, at + name.Length);
            if (end >= 0 && line[end] is ':' or ' ')
            {
                return line[..(end + 1)] + Mask;
            }
        }

        return line;
    }
}

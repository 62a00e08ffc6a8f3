using System.Text;

namespace PresignKit;

/// <summary>Masks secrets in canonical requests and in store responses: session tokens, headers with a customer-provided encryption key (SSE-C), and stray signatures.</summary>
internal static class SecretMask
{
    private const string Mask = "***";
    private const string TokenParameter = "X-Amz-Security-Token=";
    private const string SignatureParameter = "X-Amz-Signature=";

    // A secret is recognized by its first characters because a store might truncate it.
    private const int RecognizedLength = 12;

    private static readonly char[] EndsOfName = [':', ' ', ';', '&'];
    private static readonly char[] EndsOfWord = [' ', '\n', '\r', '\t', '\'', '"', '<', '>', ',', ';', ')', '&'];

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

        return WithoutParameter(SignatureParameter, WithoutParameter(TokenParameter, line));
    }

    /// <summary>Determines whether the value of a header is a secret.</summary>
    public static bool IsSecretHeader(string name) => Array.Exists(SecretHeaders, secret => secret.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the secrets in a canonical request, in both encoded and decoded form.</summary>
    public static List<string> SecretsIn(string canonicalRequest)
    {
        List<string> secrets = [];
        foreach (string line in canonicalRequest.Split('\n'))
        {
            int colon = line.IndexOf(':');
            if (colon > 0 && IsSecretHeader(line[..colon]))
            {
                secrets.Add(line[(colon + 1)..]);
            }

            int token = line.IndexOf(TokenParameter, StringComparison.Ordinal);
            if (token >= 0)
            {
                string encoded = line[(token + TokenParameter.Length)..].Split('&')[0];
                secrets.Add(encoded);
                secrets.Add(PercentEncoding.DecodeReceivedComponent(encoded.AsSpan()) ?? encoded);
            }
        }

        return secrets;
    }

    /// <summary>Masks secrets in a store's response: the request's secrets and anything else that looks like a secret.</summary>
    public static string InWords(string words, IReadOnlyCollection<string> secrets)
    {
        foreach (string secret in secrets)
        {
            words = secret.Length == 0 ? words : WithoutSecret(words, secret.Length > RecognizedLength ? secret[..RecognizedLength] : secret);
        }

        return Redaction.Apply(words);
    }

    private static string WithoutSecret(string words, string start)
    {
        StringBuilder? masked = null;
        int kept = 0;
        for (int at = words.IndexOf(start, StringComparison.Ordinal); at >= 0; at = words.IndexOf(start, kept, StringComparison.Ordinal))
        {
            int end = words.IndexOfAny(EndsOfWord, at + start.Length);
            (masked ??= new StringBuilder()).Append(words, kept, at - kept).Append(Mask);
            kept = end < 0 ? words.Length : end;
        }

        return masked is null ? words : masked.Append(words, kept, words.Length - kept).ToString();
    }

    private static string WithoutParameter(string name, string line)
    {
        StringBuilder? masked = null;
        int kept = 0;
        for (int at = line.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf(name, kept, StringComparison.OrdinalIgnoreCase))
        {
            int value = at + name.Length;
            int end = line.IndexOf('&', value);
            (masked ??= new StringBuilder()).Append(line, kept, value - kept).Append(Mask);
            kept = end < 0 ? line.Length : end;
        }

        return masked is null ? line : masked.Append(line, kept, line.Length - kept).ToString();
    }

    // A store may separate lines with spaces, so everything after the name and its separator is masked. In a list of names ('host;name;…'), the name is not followed by a secret.
    private static string WithoutValueOf(string name, string line)
    {
        int end = -1;
        for (int at = line.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf(name, at + name.Length, StringComparison.OrdinalIgnoreCase))
        {
            // The name can occur several times before the next separator, so the search result is reused.
            if (end < at + name.Length && (end = line.IndexOfAny(EndsOfName, at + name.Length)) < 0)
            {
                break;
            }

            if (line[end] is ':' or ' ')
            {
                return line[..(end + 1)] + Mask;
            }
        }

        return line;
    }
}

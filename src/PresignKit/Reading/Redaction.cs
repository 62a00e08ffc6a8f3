using System.Text;

namespace PresignKit;

/// <summary>Masks the secrets of presigned URLs, forms and headers in any text.</summary>
internal static class Redaction
{
    private const string Mask = "***";

    // A name that ends with another one comes before it. X-Amz-Credential keeps its scope, because readers of a log look for date and region.
    private static readonly string[] SecretNames =
    [
        "x-amz-credential", "x-amz-signature", "x-amz-security-token", "awsaccesskeyid", "x-amz-server-side-encryption-customer-key",
        "x-amz-copy-source-server-side-encryption-customer-key", "credential", "signature", "policy",
    ];

    private static readonly string[] EqualsSigns = ["=", ":", "%3D", "%253D", "\\u003D"];

    private static readonly string[] EndingEscapes = ["u0026", "u0022", "u0027", "u003C", "u003E"];

    /// <summary>Replaces each secret in a text with <c>***</c>.</summary>
    public static string Apply(string text)
    {
        StringBuilder? redacted = null;
        int kept = 0;
        for (int i = 0; i < text.Length;)
        {
            int name = NameLength(text, i);
            int value = name == 0 ? -1 : StartOfValue(text, i + name);
            if (value < 0)
            {
                i++;
                continue;
            }

            int end = EndOfValue(text, value, IsCredential(text, i, name));
            if (end > value)
            {
                (redacted ??= new StringBuilder(text.Length)).Append(text, kept, value - kept).Append(Mask);
                kept = end;
            }

            i = end;
        }

        return redacted is null ? text : redacted.Append(text, kept, text.Length - kept).ToString();
    }

    // A short name must be a whole word, so that neither 'bucketpolicy' nor 'bucket-policy' is redacted.
    private static int NameLength(string text, int start)
    {
        if (text[start] is not ('x' or 'X' or 'a' or 'A' or 'c' or 'C' or 's' or 'S' or 'p' or 'P'))
        {
            return 0;
        }

        foreach (string name in SecretNames)
        {
            bool isWord = name.Length > 13 || start == 0 || !(text[start - 1] is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '-' or '_');
            if (isWord && string.Compare(text, start, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return name.Length;
            }
        }

        return 0;
    }

    private static bool IsCredential(string text, int start, int length) => text[start + length - 1] is 'l' or 'L';

    // name=value, name%3Dvalue (escaped twice: %253D), "name":"value", 'name': 'value', name: value, \"name\":\"value\", "name":["value"]
    private static int StartOfValue(string text, int at)
    {
        at = SkipQuoting(text, at);
        foreach (string equals in EqualsSigns)
        {
            if (string.Compare(text, at, equals, 0, equals.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return SkipQuoting(text, at + equals.Length);
            }
        }

        return -1;
    }

    private static int SkipQuoting(string text, int at)
    {
        for (; at < text.Length && (text[at] is '"' or '\'' or '[' or ']' or ' ' or '\t' || (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\'')); at++)
        {
        }

        return at;
    }

    private static int EndOfValue(string text, int at, bool keepsScope)
    {
        char quote = text[at - 1] is '"' or '\'' ? text[at - 1] : '\0';
        for (; at < text.Length; at++)
        {
            char c = text[at];
            bool ends = quote != '\0'
                ? c == quote || (c == '\\' && at + 1 < text.Length && text[at + 1] == quote)
                : c is '&' or '"' or '\'' or '<' or '>' or '#' or ',' or ';' or ')' or ']' or '}' || char.IsWhiteSpace(c) || char.IsControl(c)
                    || IsEscape(text, at, "26") || IsEscape(text, at, "23") || EndsByBackslash(text, at);
            if (ends || (keepsScope && IsScope(text, at)))
            {
                break;
            }
        }

        return at;
    }

    // \" and \n end a value, and so do \u0026 and \u0022, but \u002B and \/ are part of it.
    private static bool EndsByBackslash(string text, int at)
    {
        if (text[at] != '\\' || at + 1 >= text.Length)
        {
            return false;
        }

        return text[at + 1] is '"' or '\'' or 'n' or 'r' or 't'
            || Array.Exists(EndingEscapes, escape => string.Compare(text, at + 1, escape, 0, escape.Length, StringComparison.OrdinalIgnoreCase) == 0);
    }

    // The slash before a credential's date: /yyyyMMdd
    private static bool IsScope(string text, int at)
    {
        int date = text[at] == '/' ? at + 1 : IsEscape(text, at, "2F") ? at + (text[at + 1] == '2' && text[at + 2] == '5' ? 5 : 3) : -1;
        if (date < 0 || date + 8 > text.Length)
        {
            return false;
        }

        for (int i = date; i < date + 8; i++)
        {
            if (text[i] is < '0' or > '9')
            {
                return false;
            }
        }

        return true;
    }

    // %26, or %2526 if it was escaped twice
    private static bool IsEscape(string text, int at, string hex) =>
        text[at] == '%' && (string.Compare(text, at + 1, hex, 0, 2, StringComparison.OrdinalIgnoreCase) == 0
            || string.Compare(text, at + 1, "25" + hex, 0, 4, StringComparison.OrdinalIgnoreCase) == 0);
}

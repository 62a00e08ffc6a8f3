using System.Net;

namespace PresignKit;

/// <summary>Repairs URLs that were damaged when they were copied from HTML, JSON, an email or a sentence.</summary>
/// <remarks>
/// In this library, only code that displays or explains a URL may use the repaired URL. Code that verifies or re-signs a URL may use only the description of the damage.
/// Otherwise, a damaged URL would become valid.
/// </remarks>
internal static class PastedUrl
{
    private const int MaxRounds = 8;

    private static readonly char[] Space = [' ', '\t', '\r', '\n', '\u00A0', '\u200B', '\uFEFF'];
    private static readonly char[] Openers = [.. Space, '<', '>', '"', '\'', '`', '(', '[', '{', '“', '‘', '«'];
    private static readonly char[] Closers = [.. Space, '>', '"', '\'', '`', '”', '’', '»'];
    private static readonly char[] PunctuationAndClosers = [.. Closers, '.', ',', ';', ':', '!', '?', ')', ']', '}', '…'];
    private static readonly string[] EncodedNames = ["X-Amz-Algorithm%", "X-Amz-Credential%", "X-Amz-Signature%", "AWSAccessKeyId%"];

    /// <summary>Restores a URL to the form that it had before it was copied.</summary>
    /// <param name="url">The URL as it was pasted.</param>
    /// <param name="problem">A description of the damage and its remedy, or <c>null</c> if no damage was found.</param>
    public static string Repair(string url, out string? problem)
    {
        List<string> problems = [];
        string? before = null;
        for (int round = 0; round < MaxRounds && before != url && url.Length <= UrlParts.MaxLength; round++)
        {
            before = url;
            url = WithoutQuotedPrintable(url, problems);
            url = WithoutLineBreaks(url, problems);
            url = WithoutBackslashes(url, problems);
            url = WithoutEntities(url, problems);
            url = WithoutEnclosure(url, problems);
            url = url == before ? WithoutSecondEncoding(url, problems) : url;
        }

        problem = problems.Count == 0 ? null : string.Join(" ", problems.Distinct());
        return url;
    }

    private static string WithoutQuotedPrintable(string url, List<string> problems)
    {
        string joined = url.Replace("=\r\n", "").Replace("=\n", "");
        if (!joined.Contains("=3DAWS4-") && !joined.Contains("Expires=3D"))
        {
            return url;
        }

        problems.Add("The URL contains '=3D', so it was copied from the source of an email. Copy it from the displayed email, or decode the email as quoted-printable text.");
        return joined.Replace("=3D", "=");
    }

    private static string WithoutLineBreaks(string url, List<string> problems)
    {
        string trimmed = url.Trim(Space);
        if (trimmed.IndexOfAny(['\r', '\n']) < 0)
        {
            return url;
        }

        problems.Add("The URL contains line breaks, so it was copied from wrapped text. Remove the line breaks and the spaces around them.");
        return string.Concat(trimmed.Split('\r', '\n').Select((line, i) => i == 0 ? line.TrimEnd(' ', '\t', '\\') : line.TrimStart(' ', '\t', '>').TrimEnd(' ', '\t', '\\')));
    }

    // The characters that JSON encoders escape. Escaped characters that can occur in a host are not repaired. System.Uri treats a backslash as a slash, so the original URL and
    // the repaired URL could have different hosts.
    private const string Escaped = "&+<>'\"=?%/`";

    // \u0026, \/ and \& (in a shell)
    private static string WithoutBackslashes(string url, List<string> problems)
    {
        if (!url.Contains('\\'))
        {
            return url;
        }

        System.Text.StringBuilder text = new(url.Length);
        string? first = null;
        for (int at = 0; at < url.Length; at++)
        {
            string? escape = null;
            if (url[at] == '\\' && at + 1 < url.Length)
            {
                char next = url[at + 1];
                if (next == 'u' && at + 5 < url.Length && url.Substring(at + 2, 4).All(Uri.IsHexDigit)
                    && url.Substring(at + 2, 4).Aggregate(0, (code, digit) => code * 16 + Uri.FromHex(digit)) is var code && Escaped.Contains((char)code))
                {
                    escape = url.Substring(at, 6);
                    text.Append((char)code);
                }
                else if (next is '/' or '"' or '\'' or '\\' or '&' or '?' or '=' or '%')
                {
                    escape = url.Substring(at, 2);
                    text.Append(next);
                }
            }

            if (escape is null)
            {
                text.Append(url[at]);
                continue;
            }

            first ??= escape;
            at += escape.Length - 1;
        }

        if (first is not null)
        {
            problems.Add(first[1] == 'u'
                ? $"The URL contains '{first}', so it was copied from JSON. Read the JSON with a parser, or replace '{first}' with '{Printable.Text(text.ToString()[url.IndexOf(first, StringComparison.Ordinal)].ToString())}'."
                : $"The URL contains '{first}', so it was copied from JSON, source code or a shell. Replace it with '{first[1]}'.");
        }

        return text.ToString();
    }

    private static string WithoutEntities(string url, List<string> problems)
    {
        if (!url.Contains("&amp;") && !url.Contains("&#"))
        {
            return url;
        }

        string decoded = WebUtility.HtmlDecode(url);
        if (decoded != url)
        {
            problems.Add(url.Contains("&amp;")
                ? "The URL contains '&amp;', so it was copied from HTML. Replace it with '&'."
                : "The URL contains character references ('&#…;'), so it was copied from HTML. Replace them with the characters.");
        }

        return decoded;
    }

    private static string WithoutEnclosure(string url, List<string> problems)
    {
        string inner = url.TrimStart(Openers);
        inner = StartsWith(inner, "URL:") ? inner["URL:".Length..].TrimStart(Space) : inner;
        inner = StartsWith(inner, "http") ? inner : url;
        inner = inner.TrimEnd(Closers);

        // Trailing punctuation belongs to the surrounding sentence if the characters before it look like the value of a query parameter.
        string withoutPunctuation = inner.TrimEnd(PunctuationAndClosers);
        string value = withoutPunctuation[(withoutPunctuation.LastIndexOf('=') + 1)..];
        bool isValue = withoutPunctuation.Length < inner.Length && withoutPunctuation.Contains('?') && value.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '%' or '-' or '_' or '+' or '/');
        inner = isValue ? withoutPunctuation : inner;
        if (inner.Length < url.Length)
        {
            int start = url.IndexOf(inner, StringComparison.Ordinal);
            problems.Add($"The URL is surrounded by other characters: {Quoted(url[..start])}{(start > 0 && start + inner.Length < url.Length ? " and " : "")}{Quoted(url[(start + inner.Length)..])}. Remove them.");
        }

        return inner;
    }

    private static string Quoted(string text) => text.Length == 0 ? "" : $"'{Printable.Text(text)}'";

    private static string WithoutSecondEncoding(string url, List<string> problems)
    {
        if (StartsWith(url, "https%") || StartsWith(url, "http%"))
        {
            problems.Add("The URL is percent-encoded as a whole, so it was copied from a parameter of another URL. Decode it once.");
            return Uri.UnescapeDataString(url);
        }

        // 'X-Amz-Algorithm%3D' instead of 'X-Amz-Algorithm=', or '%252F' instead of '%2F'
        int query = url.IndexOf('?');
        int encodedMark = url.IndexOf("%3F", StringComparison.OrdinalIgnoreCase);
        string? name = Array.Find(EncodedNames, name => url.Contains(name + "3D", StringComparison.OrdinalIgnoreCase) || url.Contains(name + "253D", StringComparison.OrdinalIgnoreCase));
        if (name is not null && (query >= 0 || encodedMark >= 0))
        {
            problems.Add($"The query is percent-encoded twice: it contains '{name}3D' instead of '{name[..^1]}='. Use the URL as it was before the second encoding.");
            int start = query >= 0 ? query : encodedMark;
            return url[..start] + Uri.UnescapeDataString(url[start..]);
        }

        if (query >= 0 && (HasPercent(url[query..], "X-Amz-Credential=") || HasPercent(url[query..], "&Signature=")))
        {
            problems.Add("The query is percent-encoded twice: it contains '%25' instead of '%'. Use the URL as it was before the second encoding.");
            return url[..query] + url[query..].Replace("%25", "%");
        }

        return url;
    }

    // Neither an access key ID nor base64 contains a percent sign, so a '%25' in either means that the query was encoded twice.
    private static bool HasPercent(string query, string parameter)
    {
        int start = query.IndexOf(parameter, StringComparison.Ordinal);
        if (start < 0)
        {
            return false;
        }

        start += parameter.Length;
        int end = query.IndexOf('&', start);
        return query.IndexOf("%25", start, (end < 0 ? query.Length : end) - start, StringComparison.Ordinal) >= 0;
    }

    private static bool StartsWith(string text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);
}

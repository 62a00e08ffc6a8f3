using System.Text.RegularExpressions;

namespace PresignKit.Tool.Input;

/// <summary>A presigned URL from a pasted text, with a note for each repair.</summary>
/// <param name="Url">The URL. It can be incomplete, which <see cref="PresignedUrlInfo"/> reports.</param>
/// <param name="Notes">The repairs, as sentences.</param>
internal sealed partial record PastedUrl(string Url, IReadOnlyList<string> Notes)
{
    // Each repair reads the whole candidate, and every 'http://' in a text without spaces starts a new one. A limit for the sum of their lengths bounds the time to about a second.
    private const int MaxLength = 1 << 24;

    /// <summary>Finds the presigned URL in a text and repairs it.</summary>
    /// <exception cref="ToolException">The text contains several presigned URLs.</exception>
    public static PastedUrl Parse(string text)
    {
        string trimmed = text.Trim();
        if (IsComplete(trimmed))
        {
            return new PastedUrl(trimmed, []);
        }

        List<PastedUrl> found = Find(trimmed);
        if (found.Count > 1)
        {
            throw ToolException.Usage($"The text contains {found.Count} presigned URLs. Pass one of them.");
        }

        // The first line of a wrapped URL can be complete by itself, if the signature is not the last parameter. A text without words around the URL is therefore repaired as a whole first.
        PastedUrl whole = Repair(trimmed);
        bool isWhole = IsComplete(whole.Url) && trimmed.Split('\n').All(line => line.Trim(' ', '\t', '\r', '>').IndexOfAny([' ', '\t']) < 0);
        return isWhole || found.Count == 0 ? whole : found[0] with { Notes = ["The URL was extracted from a longer text.", .. found[0].Notes] };
    }

    private static List<PastedUrl> Find(string text)
    {
        List<PastedUrl> found = [];
        int length = 0;
        for (Match match = Candidate().Match(text); match.Success && length < MaxLength;)
        {
            if (!match.Value.Contains("Signature", StringComparison.OrdinalIgnoreCase))
            {
                match = match.NextMatch();
                continue;
            }

            length += match.Length;

            // A URL in a parameter of a different URL is percent-encoded, and ends where the parameter ends.
            bool isParameter = match.Value.AsSpan(0, "https%3A".Length).Contains('%');
            PastedUrl url = Repair(isParameter ? match.Value.Split('&')[0] : match.Value, isInText: true);
            bool isComplete = IsComplete(url.Url);
            if (isComplete && !found.Exists(one => one.Url == url.Url))
            {
                found.Add(url);
            }

            match = Candidate().Match(text, match.Index + (isComplete ? match.Length : 1));
        }

        return found;
    }

    // In a longer text, the characters around a URL are not worth a note of their own.
    private static PastedUrl Repair(string text, bool isInText = false)
    {
        string url = PresignedUrlInfo.Repair(text, out string? damage);
        string found = InPastTense(isInText ? Enclosure().Replace(damage ?? "", "") : damage ?? "").Trim();
        return new PastedUrl(url, found.Length == 0 ? [] : ["The URL was repaired. " + found]);
    }

    // The library describes damage in the present tense, followed by a remedy. Here, the damage has already been repaired.
    private static string InPastTense(string damage) => Remedy().Replace(damage, "")
        .Replace("The URL contains ", "The URL contained ", StringComparison.Ordinal)
        .Replace("The URL is ", "The URL was ", StringComparison.Ordinal)
        .Replace("The query is ", "The query was ", StringComparison.Ordinal)
        .Replace(": it contains '", ": it contained '", StringComparison.Ordinal);

    private static bool IsComplete(string url) => PresignedUrlInfo.TryParse(url, endpoint: null, out _, out string? problem) && problem is null;

    [GeneratedRegex(@"The URL is surrounded by other characters: .*?\. Remove them\. ?", RegexOptions.CultureInvariant)]
    private static partial Regex Enclosure();

    [GeneratedRegex(@"(?<=\.) (Copy it from the displayed email, or decode the email as quoted-printable text|Remove the line breaks and the spaces around them|Read the JSON with a parser, or replace '[^.]+' with '[^.]+'|Replace it with '[^.]+'|Replace them with the characters|Remove them|Decode it once|Use the URL as it was before the second encoding)\.", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Remedy();

    // Matches from the scheme, which can be escaped as in JSON (https:\/\/) or percent-encoded, to the next character that cannot be part of a URL.
    [GeneratedRegex("""https?(:|%3A)(\\?/|%2F){2}[^\s"'`<>“”‘’«»\p{C}]+""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Candidate();
}

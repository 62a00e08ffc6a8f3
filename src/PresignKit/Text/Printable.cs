namespace PresignKit;

/// <summary>Formats caller-supplied strings for messages.</summary>
internal static class Printable
{
    private const int MaxLength = 100;
    private const int MaxListed = 10;

    /// <summary>Returns the first characters of a string (at most 100 by default), with control characters and lone surrogates replaced by <c>&lt;U+XXXX&gt;</c>.</summary>
    public static string Text(string text, int maxLength = MaxLength)
    {
        System.Text.StringBuilder printable = new();
        for (int i = 0; i < text.Length && i < maxLength; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                printable.Append(text, i++, 2);
            }
            else if (char.IsControl(text[i]) || char.IsSurrogate(text[i]))
            {
                printable.Append("<U+").Append(((int)text[i]).ToString("X4", System.Globalization.CultureInfo.InvariantCulture)).Append('>');
            }
            else
            {
                printable.Append(text[i]);
            }
        }

        return text.Length <= maxLength ? printable.ToString() : printable.Append('…').ToString();
    }

    /// <summary>Returns the first ten strings in quotation marks, separated by commas and followed by the number of remaining strings.</summary>
    public static string List(IReadOnlyCollection<string> texts) => string.Join(", ", texts.Take(MaxListed).Select(text => $"'{Text(text)}'"))
        + (texts.Count > MaxListed ? FormattableString.Invariant($" and {texts.Count - MaxListed} more") : "");
}

namespace PresignKit;

/// <summary>Shows a caller's text in a message.</summary>
internal static class Printable
{
    private const int MaxLength = 100;

    /// <summary>Returns at most 100 characters of a text, with control characters and lone surrogates as <c>&lt;U+XXXX&gt;</c>.</summary>
    public static string Text(string text)
    {
        System.Text.StringBuilder printable = new();
        for (int i = 0; i < text.Length && i < MaxLength; i++)
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

        return text.Length <= MaxLength ? printable.ToString() : printable.Append('…').ToString();
    }
}

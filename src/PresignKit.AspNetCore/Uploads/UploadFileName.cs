using System.Globalization;
using System.Text;

namespace PresignKit.AspNetCore;

/// <summary>Turns the name that a client specifies into one that is safe in a key, in a header and on the user's disk.</summary>
internal static class UploadFileName
{
    /// <summary>The maximum length of a cleaned name, in UTF-8 bytes. This maximum leaves room for the folder and the random ID within the limit of 1,024 bytes for keys.</summary>
    public const int MaxBytes = 100;

    /// <summary>The maximum length of a name that a client specifies. File systems allow about 255 characters, and normalizing a long sequence of marks takes quadratic time.</summary>
    public const int MaxReceivedLength = 1024;

    private const string Unnamed = "file";

    // [doc] learn.microsoft.com, "Naming Files, Paths, and Namespaces". Windows also reserves these names before an extension, and the superscript digits.
    private static readonly HashSet<string> DeviceNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM\u00B9", "COM\u00B2", "COM\u00B3",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT\u00B9", "LPT\u00B2", "LPT\u00B3",
    };

    /// <summary>Returns the cleaned name, or <c>file</c> if nothing is left of it. A name that has been cleaned does not change again.</summary>
    /// <example><c>C:\Users\me\My photo.PNG</c> becomes <c>My photo.PNG</c>, <c>../../.htaccess</c> becomes <c>htaccess</c>, and <c>con.txt</c> becomes <c>_con.txt</c>.</example>
    public static string Clean(string name)
    {
        StringBuilder clean = new(name.Length);
        foreach (Rune rune in name.AsSpan(name.AsSpan().LastIndexOfAny('/', '\\') + 1).EnumerateRunes())
        {
            if (!IsInvisible(rune))
            {
                clean.Append(rune.Value is '<' or '>' or ':' or '"' or '|' or '?' or '*' || IsNotCharacter(rune) ? "_" : rune.ToString());
            }
        }

        string result = Shorten(clean.ToString().Normalize(NormalizationForm.FormC), MaxBytes);
        int dot = result.IndexOf('.', StringComparison.Ordinal);
        string stem = (dot < 0 ? result : result[..dot]).TrimEnd(' ');
        return result.Length == 0 ? Unnamed : DeviceNames.Contains(stem) ? "_" + Shorten(result, MaxBytes - 1) : result;
    }

    /// <summary>Determines whether a string contains a control character, or a format character that changes how the text around it is displayed.</summary>
    public static bool ContainsInvisible(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsInvisible(rune))
            {
                return true;
            }
        }

        return false;
    }

    // Format characters include the marks that change the direction of text, so that "gpj.exe" looks like "exe.jpg". The two joiners are part of words and emoji.
    private static bool IsInvisible(Rune rune) => rune.Value is not (0x200C or 0x200D) &&
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // Lone surrogates, which are enumerated as the replacement character, and noncharacters cannot be normalized or are not valid in XML.
    private static bool IsNotCharacter(Rune rune) => rune.Value is 0xFFFD or (>= 0xFDD0 and <= 0xFDEF) || (rune.Value & 0xFFFE) == 0xFFFE;

    // Keeps the extension, unless it takes up half of the name. Does not split a visible character.
    private static string Shorten(string name, int limit)
    {
        name = Trim(name);
        if (Encoding.UTF8.GetByteCount(name) <= limit)
        {
            return name;
        }

        int dot = name.LastIndexOf('.');
        string extension = dot > 0 && Encoding.UTF8.GetByteCount(name.AsSpan(dot)) <= limit / 2 ? name[dot..] : "";
        int available = limit - Encoding.UTF8.GetByteCount(extension);
        StringBuilder start = new();
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(name);
        while (elements.MoveNext() && (available -= Encoding.UTF8.GetByteCount(elements.GetTextElement())) >= 0)
        {
            start.Append(elements.GetTextElement());
        }

        return Trim(Trim(start.ToString()) + extension);
    }

    private static string Trim(string name) => name.TrimStart('.', ' ').TrimEnd('.', ' ');
}

using System.Globalization;

namespace PresignKit;

/// <summary>The rules for the parts of credentials. The messages never contain the value.</summary>
internal static class CredentialRules
{
    public static string? FindProblem(string value, string name)
    {
        if (value.Length == 0)
        {
            return $"The {name} is empty. Copy it from the store's console, or check the setting or environment variable that should contain it.";
        }

        if (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]))
        {
            return $"The {name} begins or ends with white space, for example the line break of the file that it was read from. Trim it.";
        }

        foreach (char c in value)
        {
            // Format characters are invisible, such as the byte order mark at the beginning of a file.
            if (char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format)
            {
                return $"The {name} contains the character U+{(int)c:X4}, which cannot be part of it. Copy it again from the store's console.";
            }
        }

        return Utf8.CountBytes(value.AsSpan()) >= 0
            ? null
            : $"The {name} contains a lone surrogate (half of a UTF-16 pair), which has no UTF-8 form. Copy it again from the store's console.";
    }
}

using System.Globalization;

namespace PresignKit;

/// <summary>What is wrong with a part of the credentials. The messages never show its value.</summary>
internal static class CredentialRules
{
    public static string? FindProblem(string value, string name)
    {
        if (value.Length == 0)
        {
            return $"The {name} is empty. Copy it from the store's console, or name the setting or environment variable that holds it.";
        }

        if (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]))
        {
            return $"The {name} begins or ends with white space (a line break, perhaps, from the file it was read from). Trim it.";
        }

        foreach (char c in value)
        {
            // Format characters are invisible, as the byte order mark is that a file may begin with.
            if (char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format)
            {
                return $"The {name} holds the character U+{(int)c:X4}, which is no part of it. Copy it again from the store's console.";
            }
        }

        return Utf8.CountBytes(value.AsSpan()) >= 0
            ? null
            : $"The {name} holds a lone surrogate (half of a UTF-16 pair), which has no UTF-8 form. Copy it again from the store's console.";
    }
}

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
            if (c is <= ' ' or >= (char)0x7F)
            {
                return $"The {name} holds the character U+{(int)c:X4}; only visible ASCII can be part of it. Copy it again from the store's console.";
            }
        }

        return null;
    }
}

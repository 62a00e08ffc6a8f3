namespace PresignKit;

/// <summary>The validation rules for the parts of credentials.</summary>
/// <remarks>No message contains a secret.</remarks>
internal static class CredentialRules
{
    private const string CopyAgain = "Copy it again from the store's console.";

    // Documentation, templates, Compose files, CI systems and shells mark a value that has to be replaced in these ways: <your-key>, ${KEY}, $(key), {{ key }}, %KEY%, [key].
    private static readonly (string Start, string End)[] Placeholders = [("<", ">"), ("${", "}"), ("$(", ")"), ("{{", "}}"), ("%", "%"), ("[", "]")];

    /// <summary>Describes what is wrong with one part, or returns <c>null</c> if a store could have issued the value.</summary>
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
            // Headers and canonical requests can contain visible ASCII only, and no store issues keys with other characters. These include invisible ones, such as a byte
            // order mark.
            if (c is <= ' ' or >= (char)0x7F)
            {
                return $"The {name} contains {(c == ' ' ? "a space" : $"the character U+{(int)c:X4}")}, which cannot be part of it. {CopyAgain}";
            }
        }

        return value[0] is '"' or '\'' or '`' || value[^1] is '"' or '\'' or '`'
                ? $"The {name} begins or ends with a quotation mark, which is not part of it. Remove the quotation marks."
            : IsPlaceholder(value) ? $"The {name} is a placeholder that was not replaced. Set it to the value from the store's console, or check the variable that it refers to."
            : null;
    }

    /// <summary>Describes an access key ID and a secret access key that are probably interchanged, or returns <c>null</c> if they are not.</summary>
    public static string? FindSwap(string accessKeyId, string secretAccessKey) => IsKeyId(secretAccessKey, accessKeyId.Length)
        ? "The secret access key has the format of an access key ID, so the two are probably interchanged, and every URL would contain the secret. Exchange them."
        : null;

    /// <summary>Determines whether the access key ID is one that AWS issues only together with a session token.</summary>
    public static bool IsTemporary(string accessKeyId) => accessKeyId.StartsWith("ASIA", StringComparison.Ordinal) && IsAwsKeyId(accessKeyId);

    /// <summary>Returns the message for temporary credentials of AWS without their session token.</summary>
    public static string MissingToken(string accessKeyId) =>
        $"The access key ID '{accessKeyId}' belongs to temporary credentials of AWS, which are valid only with their session token. Set the session token as well.";

    // Other placeholders are YOUR_ACCESS_KEY and your-secret-key in documentation, $KEY in shells, and **** in consoles.
    private static bool IsPlaceholder(string value)
    {
        foreach ((string start, string end) in Placeholders)
        {
            if (value.Length > start.Length + end.Length && value.StartsWith(start, StringComparison.Ordinal) && value.EndsWith(end, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return (value.StartsWith("your", StringComparison.OrdinalIgnoreCase) && value.Length > 4 && value[4] is '-' or '_')
            || (value[0] == '$' && value.Length > 1 && All(value[1..], c => c is >= 'A' and <= 'Z' or >= '0' and <= '9' or '_'))
            || All(value, c => c == '*');
    }

    // AWS and Google mark their key IDs with a prefix. Those of most other stores (Spaces, Wasabi, Hetzner, Scaleway, Akamai, Vultr, Ceph) have 20 uppercase letters and digits,
    // and secrets of 36 characters or more. Those of Cloudflare R2, Supabase and IBM have 32 hex digits, and secrets of 64 or 48. A secret that people chose themselves,
    // as MinIO and Garage allow, is taken for a key ID only if the given key ID is as long as a secret.
    private static bool IsKeyId(string secret, int idLength) =>
        IsAwsKeyId(secret)
        || (secret.Length is 24 or 61 && secret.StartsWith("GOOG", StringComparison.Ordinal) && All(secret, IsUppercaseOrDigit))
        || (secret.Length == 20 && idLength >= 36 && All(secret, IsUppercaseOrDigit))
        || (secret.Length == 32 && idLength is 48 or 64 && All(secret, c => c is >= '0' and <= '9' or >= 'a' and <= 'f'));

    // Base 32 after the prefix: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
    private static bool IsAwsKeyId(string value) =>
        value.Length == 20 && (value.StartsWith("AKIA", StringComparison.Ordinal) || value.StartsWith("ASIA", StringComparison.Ordinal)) && All(value, IsUppercaseOrDigit);

    private static bool IsUppercaseOrDigit(char c) => c is >= 'A' and <= 'Z' or >= '0' and <= '9';

    private static bool All(string value, Func<char, bool> matches)
    {
        foreach (char c in value)
        {
            if (!matches(c))
            {
                return false;
            }
        }

        return true;
    }
}

namespace PresignKit;

/// <summary>The validation rules for credentials.</summary>
/// <remarks>The messages never contain secrets.</remarks>
internal static class CredentialRules
{
    public const string SessionToken = "session token";

    // The placeholder notations in documentation, templates, Compose files, CI systems and shells: <your-key>, ${KEY}, $(key), {{ key }}, %KEY%, [key].
    private static readonly (string Start, string End)[] Placeholders = [("<", ">"), ("${", "}"), ("$(", ")"), ("{{", "}}"), ("%", "%"), ("[", "]")];

    /// <summary>Describes the problem with one part of the credentials, or returns <c>null</c> if the value is plausible.</summary>
    public static string? FindProblem(string value, string name)
    {
        if (value.Length == 0)
        {
            return $"The {name} is empty. Copy it from {SourceOf(name)}, or check the setting or environment variable that should contain it.";
        }

        if (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]))
        {
            return $"The {name} starts or ends with white space, such as a line break from the file it was read from. Trim the value.";
        }

        foreach (char c in value)
        {
            // Headers and canonical requests can contain only visible ASCII, and no store issues keys with any other characters. This check also catches invisible characters,
            // such as a byte order mark.
            if (c is <= ' ' or >= (char)0x7F)
            {
                return $"The {name} contains {(c == ' ' ? "a space" : $"the character U+{(int)c:X4}")}, which is not valid in {(name[0] == 'a' ? "an" : "a")} {name}. {(name == SessionToken ? "Request new temporary credentials, and use the complete session token." : "Copy it again from the store's console.")}";
            }
        }

        return value[0] is '"' or '\'' or '`' || value[^1] is '"' or '\'' or '`'
                ? $"The {name} starts or ends with a quotation mark, which is not part of it. Remove the quotation marks."
            : IsPlaceholder(value) ? $"The {name} is a placeholder that was not replaced. Set it to the value from {SourceOf(name)}, or check the variable that it refers to."
            : null;
    }

    /// <summary>Describes the problem if the access key ID and the secret access key appear to be swapped. Otherwise, returns <c>null</c>.</summary>
    public static string? FindSwap(string accessKeyId, string secretAccessKey) => IsKeyId(secretAccessKey, accessKeyId.Length)
        ? "The secret access key looks like an access key ID, so the two values are probably swapped, and every URL would expose the secret. Swap the two values."
        : null;

    /// <summary>Determines whether the access key ID has the format that AWS uses for temporary credentials, which require a session token.</summary>
    public static bool IsTemporary(string accessKeyId) => accessKeyId.StartsWith("ASIA", StringComparison.Ordinal) && IsAwsKeyId(accessKeyId);

    /// <summary>Returns the message for temporary AWS credentials without a session token.</summary>
    public static string MissingToken(string accessKeyId) =>
        $"The access key ID '{accessKeyId}' belongs to temporary AWS credentials, which are valid only with their session token. Set the session token as well.";

    // The stores' consoles do not show session tokens.
    private static string SourceOf(string name) => name == SessionToken ? "the temporary credentials" : "the store's console";

    // Recognizes the notations in Placeholders, as well as YOUR_ACCESS_KEY and your-secret-key (from documentation), $KEY (from shells) and **** (from consoles).
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

    // Key IDs from AWS and Google start with a known prefix. Most other stores (Spaces, Wasabi, Hetzner, Scaleway, Akamai, Vultr, Ceph) issue key IDs of 20 uppercase letters and
    // digits, with secrets of at least 36 characters. Cloudflare R2, Supabase and IBM issue key IDs of 32 hex digits, with secrets of 64 or 48 characters. MinIO and Garage let
    // users choose their own secrets, so a secret without a known prefix is treated as a key ID only if the given key ID is as long as a secret.
    private static bool IsKeyId(string secret, int idLength) =>
        IsAwsKeyId(secret)
        || (secret.Length is 24 or 61 && secret.StartsWith("GOOG", StringComparison.Ordinal) && All(secret, IsUppercaseOrDigit))
        || (secret.Length == 20 && idLength >= 36 && All(secret, IsUppercaseOrDigit))
        || (secret.Length == 32 && idLength is 48 or 64 && All(secret, c => c is >= '0' and <= '9' or >= 'a' and <= 'f'));

    // The rest of the key ID is base 32: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
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

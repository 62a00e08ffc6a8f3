using PresignKit.Signing;

namespace PresignKit;

/// <content>The names of fields.</content>
internal static partial class PostFieldRules
{
    // Names that are not the caller's, with what to do instead.
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["key"] = "names the object: use PostPolicy.ForKey, ForKeyPrefix or ForAnyKey",
        ["bucket"] = "is part of the policy: set Bucket",
        ["content-length-range"] = "is a condition and no field: set ContentLength",
        ["file"] = "is the file itself, which comes last; the page adds it",
        ["policy"] = "is made by the presigner: leave it out",
        ["x-amz-algorithm"] = "belongs to the signature, which the presigner makes: leave it out",
        ["x-amz-credential"] = "belongs to the signature, which the presigner makes: leave it out",
        ["x-amz-date"] = "belongs to the signature, which the presigner makes: leave it out",
        ["x-amz-signature"] = "belongs to the signature, which the presigner makes: leave it out",
        ["x-amz-security-token"] = "belongs to the credentials: give them the session token",
        ["awsaccesskeyid"] = "belongs to the older Signature Version 2: leave it out",
        ["signature"] = "belongs to the older Signature Version 2: leave it out",
        ["redirect"] = "is the old name of success_action_redirect: set SuccessRedirect",
        ["x-amz-acl"] = "is named 'acl' in a form: set Acl",
        ["x-amz-tagging"] = "is named 'tagging' in a form, and holds XML: set Tagging",
    };

    private static readonly string[] KnownAmzPrefixes =
    [
        "x-amz-checksum-", "x-amz-meta-", "x-amz-object-lock-", "x-amz-server-side-encryption", "x-amz-storage-class", "x-amz-website-redirect-location",
    ];

    private static string? FindProblemOfName(string? name)
    {
        if (name is not { Length: > 0 })
        {
            return "A field of the form has no name. Give it one, or leave the field out.";
        }

        if (!HeaderName.IsToken(name))
        {
            return $"The field name '{Printable.Text(name)}' holds a character that no field of a form can have here (letters, digits and !#$%&'*+-.^_`|~ only).";
        }

        if (Elsewhere.TryGetValue(name, out string? place))
        {
            return $"The field '{name}' {place}.";
        }

        if (name[0] == '$')
        {
            return $"The field name '{name}' begins with '$', which is added to it in the policy. Write the rest of the name alone.";
        }

        return name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !IsKnownAmzField(name)
            ? $"The field '{Printable.Text(name)}' is none that stores know in a form; they would refuse it, or overlook it. Use the policy's properties, or 'x-amz-meta-…' for metadata."
            : null;
    }

    private static bool IsKnownAmzField(string name)
    {
        foreach (string prefix in KnownAmzPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (name.Length > prefix.Length || prefix[^1] != '-'))
            {
                return true;
            }
        }

        return false;
    }
}

namespace PresignKit;

/// <summary>The rules for the fields of a form, and for the conditions on those that the page fills in.</summary>
internal static class PostFieldRules
{
    private const string IgnoredPrefix = "x-ignore-";

    // Fields that become headers of the object or of the answer, besides those that begin with x-amz-.
    private static readonly HashSet<string> HeaderFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "acl", "cache-control", "content-disposition", "content-encoding", "content-language", "content-md5", "content-type", "expires",
        "success_action_redirect", "success_action_status",
    };

    /// <summary>Whether stores take the field without a condition.</summary>
    public static bool IsIgnored(string name) => name.StartsWith(IgnoredPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Why the field cannot stand in the form, or <c>null</c>. The message never shows the value: it can be an encryption key.</summary>
    public static string? FindProblem(string? name, string? value) =>
        FindProblemOfName(name) ??
        FindProblemOfText(name!, value, isPrefix: false) ??
        (value!.Contains(PostKey.FileName)
            ? $"The value of the field '{name}' holds {PostKey.FileName}, which some stores replace by the name of the file and others do not (Ceph does so in the key only). Let the page fill the field in: PostCondition.StartsWith(\"{name}\", …)."
            : FindProblemOfAction(name!, value));

    /// <summary>Why the page cannot fill in the field so, or <c>null</c>.</summary>
    public static string? FindProblem(PostCondition condition) =>
        FindProblemOfName(condition.Field) ??
        (IsIgnored(condition.Field)
            ? $"The field '{condition.Field}' needs no condition: stores ignore fields that begin with {IgnoredPrefix}. Leave the condition out."
            : FindProblemOfText(condition.Field, condition.Value, condition.IsPrefix) ?? FindProblemOfCondition(condition));

    private static string? FindProblemOfCondition(PostCondition condition)
    {
        if (!condition.IsPrefix)
        {
            return condition.Value.Contains(PostKey.FileName)
                ? $"The condition on '{condition.Field}' asks for {PostKey.FileName}, which a store that replaces it could never meet. Write PostCondition.StartsWith with the text before it."
                : FindProblemOfAction(condition.Field, condition.Value);
        }

        if (condition.Field.Equals("acl", StringComparison.OrdinalIgnoreCase) && condition.Value.Length == 0)
        {
            return "The condition on 'acl' lets the page choose any ACL, public-read-write too. Set Acl, or write PostCondition.Equal.";
        }

        // https://good.example would allow https://good.example.evil.example
        int host = condition.Value.IndexOf("://", StringComparison.Ordinal);
        return condition.Field.Equals("success_action_redirect", StringComparison.OrdinalIgnoreCase) && (host < 0 || condition.Value.IndexOf('/', host + 3) < 0)
            ? $"The condition on 'success_action_redirect' begins with '{Printable.Text(condition.Value)}', which other hosts' names begin with as well. Write scheme, host and a '/' at least."
            : null;
    }

    /// <summary>What no text can begin or end with, as the end of a sentence; or <c>null</c>.</summary>
    public static string? FindProblemOfEdges(string text, bool isPrefix) =>
        text.Length == 0 ? null
        : char.IsWhiteSpace(text[0]) ? "begins with white space, which stores cut off in a form."
        : isPrefix && text[0] == '$' ? "begins with '$', which Ceph takes for the name of a field, and then allows any text."
        : !isPrefix && char.IsWhiteSpace(text[^1]) ? "ends with white space, which stores cut off in a form."
        : null;

    private static string? FindProblemOfText(string name, string? value, bool isPrefix)
    {
        if (value is null)
        {
            return $"The field '{name}' has no value (null). Give it one, or leave the field out.";
        }

        if (FindProblemOfEdges(value, isPrefix) is { } problem)
        {
            return $"The value of the field '{name}' {problem} Write another one.";
        }

        if (Utf8.CountBytes(value.AsSpan()) < 0)
        {
            return $"The value of the field '{name}' holds a lone surrogate (half of a UTF-16 pair), which has no UTF-8 form. Repair the text.";
        }

        bool isAscii = HeaderFields.Contains(name) || name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase);
        foreach (char c in value)
        {
            if (char.IsControl(c))
            {
                return $"The value of the field '{name}' holds the control character U+{(int)c:X4}, which browsers change or leave out in a form. Remove it.";
            }

            if (isAscii && c > (char)0x7F)
            {
                return $"The value of the field '{name}' holds the character U+{(int)c:X4}, and becomes a header, which is ASCII. Percent-encode it, or use the form that the header has for it (RFC 8187, RFC 2047).";
            }
        }

        return null;
    }

    private static string? FindProblemOfAction(string name, string value)
    {
        if (name.Equals("success_action_status", StringComparison.OrdinalIgnoreCase) && value is not ("200" or "201" or "204"))
        {
            return $"The success status '{Printable.Text(value)}' is none that stores answer with (200, 201 or 204). Write one of them; 201 has the key in an XML body.";
        }

        return name.Equals("success_action_redirect", StringComparison.OrdinalIgnoreCase) &&
            !value.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !value.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            ? $"The success redirect '{Printable.Text(value)}' is no URL of a page, and stores overlook it then. Write it whole, with https:// or http://."
            : null;
    }

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

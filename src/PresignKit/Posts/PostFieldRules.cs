namespace PresignKit;

/// <summary>Checks the fields of a form and the conditions on fields that the page fills in.</summary>
internal static class PostFieldRules
{
    private const string IgnoredPrefix = "x-ignore-";

    // Fields that become object or response headers, in addition to fields whose names start with x-amz-.
    private static readonly HashSet<string> HeaderFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "acl", "cache-control", "content-disposition", "content-encoding", "content-language", "content-md5", "content-type", "expires",
        "success_action_redirect", "success_action_status",
    };

    // Field names that callers cannot use, each with the reason and the remedy.
    private static readonly Dictionary<string, string> ReservedFields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["key"] = "is created from PostPolicy.Key. Use that property",
        ["bucket"] = "is created from PostPolicy.Bucket. Use that property",
        ["content-length-range"] = "is a condition, not a field. Use PostPolicy.ContentLength",
        ["file"] = "is the file itself, which the page adds as the last field. Remove it",
        ["policy"] = "is added by the presigner. Remove it",
        ["x-amz-algorithm"] = "is part of the signature, which the presigner adds. Remove it",
        ["x-amz-credential"] = "is part of the signature, which the presigner adds. Remove it",
        ["x-amz-date"] = "is part of the signature, which the presigner adds. Remove it",
        ["x-amz-signature"] = "is part of the signature, which the presigner adds. Remove it",
        ["x-amz-security-token"] = "is part of the credentials. Set their session token instead",
        ["awsaccesskeyid"] = "is part of the older Signature Version 2, which is not supported. Remove it",
        ["signature"] = "is part of the older Signature Version 2, which is not supported. Remove it",
        ["redirect"] = "is the old name of success_action_redirect. Use PostPolicy.SuccessRedirect",
        ["x-amz-acl"] = "is called 'acl' in a form. Use PostPolicy.Acl",
        ["x-amz-tagging"] = "is called 'tagging' in a form and contains XML. Use PostPolicy.Tagging",
    };

    private static readonly string[] KnownAmzPrefixes =
    [
        "x-amz-checksum-", "x-amz-meta-", "x-amz-object-lock-", "x-amz-server-side-encryption", "x-amz-storage-class", "x-amz-website-redirect-location",
    ];

    /// <summary>Determines whether stores accept the field without a condition.</summary>
    public static bool IsIgnored(string name) => name.StartsWith(IgnoredPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns a description of the problem with a field, or <c>null</c> if a form can contain the field.</summary>
    /// <remarks>The description does not quote values that might be encryption keys.</remarks>
    public static string? FindProblem(string? name, string? value) =>
        FindProblemOfName(name) ??
        FindProblemOfText(name!, value, isPrefix: false) ??
        (value!.Contains(PostKey.FileName)
            ? $"The value of the field '{name}' contains {PostKey.FileName}, which some stores replace with the name of the file and others do not (Ceph replaces it in the key only). Let the page fill in the field, with PostCondition.StartsWith(\"{name}\", …)."
            : FindProblemOfAction(name!, value));

    /// <summary>Returns a description of the problem with a condition, or <c>null</c> if a policy can contain the condition.</summary>
    public static string? FindProblem(PostCondition condition) =>
        FindProblemOfName(condition.Field) ??
        (IsIgnored(condition.Field)
            ? $"The field '{condition.Field}' does not need a condition, because stores ignore fields whose names start with {IgnoredPrefix}. Remove the condition."
            : FindProblemOfText(condition.Field, condition.Value, condition.IsPrefix) ?? FindProblemOfCondition(condition));

    /// <summary>Returns a description of the problem that would make AWS reject every upload that uses the form, or <c>null</c> if there is none.</summary>
    public static string? FindProblemOnAws(PostForm form)
    {
        int metadata = 0;
        foreach (KeyValuePair<string, string> field in form.Fields)
        {
            if (field.Key.StartsWith(HeaderRules.MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                metadata += field.Key.Length - HeaderRules.MetadataPrefix.Length + Utf8.CountBytes(field.Value.AsSpan());
            }

            if (!IsIgnored(field.Key) && FindDollarSign(field.Key, field.Value) is { } problem)
            {
                return problem;
            }
        }

        foreach (PostCondition condition in form.FieldsToAdd)
        {
            if (FindDollarSign(condition.Field, condition.Value) is { } problem)
            {
                return problem;
            }
        }

        return AwsRules.FindProblemOfMetadata(metadata);
    }

    /// <summary>Returns the part of a message that describes a first or last character that stores would remove or misread, or <c>null</c> if there is no such character.</summary>
    public static string? FindProblemOfEdges(string text, bool isPrefix) =>
        text.Length == 0 ? null
        : char.IsWhiteSpace(text[0]) ? "starts with white space, which stores remove in a form."
        : isPrefix && text[0] == '$' ? "starts with '$', so Ceph would read it as the name of a field and then allow any text."
        : !isPrefix && char.IsWhiteSpace(text[^1]) ? "ends with white space, which stores remove in a form."
        : null;

    private static string? FindProblemOfCondition(PostCondition condition)
    {
        if (!condition.IsPrefix)
        {
            return condition.Value.Contains(PostKey.FileName)
                ? $"The condition on '{condition.Field}' requires {PostKey.FileName}, so no upload could satisfy it on a store that replaces this text. Use PostCondition.StartsWith with the text before it."
                : FindProblemOfAction(condition.Field, condition.Value);
        }

        // For example, the prefix 'p' matches both private and public-read-write.
        if (condition.Field.Equals("acl", StringComparison.OrdinalIgnoreCase) && !condition.Value.Contains('-') && condition.Value != "private")
        {
            return $"The condition on 'acl' starts with '{Printable.Text(condition.Value)}', which lets the page choose between private and public ACLs. Set PostPolicy.Acl, or use PostCondition.ExactMatch.";
        }

        // For example, the prefix https://good.example also matches https://good.example.evil.example.
        return condition.Field.Equals("success_action_redirect", StringComparison.OrdinalIgnoreCase) && !HasHost(condition.Value, mustEnd: true)
            ? $"The condition on 'success_action_redirect' starts with '{Printable.Text(condition.Value)}', which also matches URLs of other hosts. Specify at least 'https://', the host and the '/' after it."
            : null;
    }

    /// <summary>Returns a description of the problem with a field's value, or <c>null</c> if there is none.</summary>
    public static string? FindProblemOfText(string name, string? value, bool isPrefix)
    {
        if (value is null)
        {
            return $"The field '{name}' does not have a value (null). Specify a value, or remove the field.";
        }

        if (FindProblemOfEdges(value, isPrefix) is { } problem)
        {
            return $"The value of the field '{name}' {problem} Use a different value.";
        }

        if (Utf8.CountBytes(value.AsSpan()) < 0)
        {
            return $"The value of the field '{name}' contains a lone surrogate (half of a UTF-16 pair), which cannot be encoded as UTF-8. Correct the text.";
        }

        // Metadata in a form is UTF-8, unlike metadata in a header: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
        bool isAscii = HeaderFields.Contains(name) ||
            (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !name.StartsWith(HeaderRules.MetadataPrefix, StringComparison.OrdinalIgnoreCase));
        foreach (char c in value)
        {
            if (char.IsControl(c))
            {
                return $"The value of the field '{name}' contains the control character U+{(int)c:X4}, which browsers change or drop in form fields. Remove it.";
            }

            if (isAscii && c > (char)0x7F)
            {
                return $"The value of the field '{name}' contains the character U+{(int)c:X4}, but it becomes the value of a header, which must be ASCII. Percent-encode the value, or use the encoding that the header defines (RFC 8187, RFC 2047).";
            }
        }

        return null;
    }

    private static string? FindProblemOfAction(string name, string value)
    {
        if (name.Equals("success_action_status", StringComparison.OrdinalIgnoreCase) && value is not ("200" or "201" or "204"))
        {
            return $"The success status '{Printable.Text(value)}' is not a status that stores support. Use 200, 201 or 204; with 201, the response contains the key in an XML body.";
        }

        return name.Equals("success_action_redirect", StringComparison.OrdinalIgnoreCase) && !HasHost(value, mustEnd: false)
            ? $"The success redirect '{Printable.Text(value)}' is not an absolute URL with a host, so stores would ignore it. Specify the whole URL, starting with https:// or http://."
            : null;
    }

    // The URLs https:///evil.example, javascript://host/ and https://good.example\.evil.example do not lead to the host that they appear to contain.
    private static bool HasHost(string url, bool mustEnd)
    {
        int start = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8 : url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7 : -1;
        if (start < 0)
        {
            return false;
        }

        int end = start;
        while (end < url.Length && (url[end] is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '.' or ':' or '[' or ']'))
        {
            end++;
        }

        return end > start && (end < url.Length ? url[end] == '/' || (!mustEnd && (url[end] is '?' or '#')) : !mustEnd);
    }

    // AWS reads '$' in a value as the start of a variable. The key may contain ${filename}, because AWS replaces it with the name of the file before it checks the condition.
    private static string? FindDollarSign(string field, string value) => (field == "key" ? value.Replace(PostKey.FileName, "") : value).Contains('$')
        ? $"The field '{field}' contains '$' ('{PostCondition.Mask(field, value)}'), which AWS does not accept in the values of a form. Use a value without '$', or presign a PutObject."
        : null;

    private static string? FindProblemOfName(string? name)
    {
        if (name is not { Length: > 0 })
        {
            return "A field of the form does not have a name. Specify a name, or remove the field.";
        }

        if (!HeaderName.IsToken(name))
        {
            return $"The field name '{Printable.Text(name)}' contains a character that is not allowed. Use only letters, digits and !#$%&'*+-.^_`|~.";
        }

        if (ReservedFields.TryGetValue(name, out string? problem))
        {
            return $"The field '{name}' {problem}.";
        }

        if (name[0] == '$')
        {
            return $"The field name '{name}' starts with '$', which the policy adds. Specify the name without the '$'.";
        }

        return name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !IsKnownAmzField(name)
            ? $"The field '{Printable.Text(name)}' is not supported in a form; stores would reject or ignore it. Use the properties of PostPolicy, or 'x-amz-meta-…' for metadata."
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

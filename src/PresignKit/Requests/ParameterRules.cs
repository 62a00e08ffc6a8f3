namespace PresignKit;

/// <summary>The rules for query parameters of an operation.</summary>
internal static class ParameterRules
{
    // X-Amz-Signature is in the list though it is never signed: a second one beside ours is ambiguous.
    private static readonly HashSet<string> OwnNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Security-Token", "X-Amz-Signature",
    };

    private static readonly string[] HeaderPrefixes =
    [
        "x-amz-acl", "x-amz-checksum-", "x-amz-copy-source", "x-amz-grant-", "x-amz-meta-", "x-amz-object-lock-", "x-amz-server-side-encryption", "x-amz-storage-class",
        "x-amz-tagging",
    ];

    /// <summary>Whether the name is one of the signature's own parameters, in any case of letters.</summary>
    public static bool IsOwn(string name) => IsAmzName(name) && OwnNames.Contains(name);

    /// <summary>Why the parameter cannot be signed beside the others, or <c>null</c>.</summary>
    public static string? FindProblem(string? name, string value, ReadOnlySpan<KeyValuePair<string, string>> others)
    {
        if (name is not { Length: > 0 })
        {
            return "A query parameter has no name. Give it one, or leave the parameter out.";
        }

        if (IsOwn(name))
        {
            return $"The query parameter '{name}' belongs to the signature, which sets it. Leave it out; expiry, credentials and token come from ExpiresIn and the presigner's options.";
        }

        if (FindProblemOfText(name, value) is { } problem)
        {
            return problem;
        }

        foreach (KeyValuePair<string, string> other in others)
        {
            if (string.Equals(other.Key, name, StringComparison.Ordinal))
            {
                return GivenTwice(name);
            }
        }

        return null;
    }

    public static string GivenTwice(string name) =>
        $"The query parameter '{Printable.Text(name)}' is given twice; stores answer 403 to that. Give it once (a property of the operation may have set it already).";

    private static string? FindProblemOfText(string name, string value)
    {
        if (Utf8.IsPrintableAscii(name.AsSpan()) && Utf8.IsPrintableAscii(value.AsSpan()))
        {
            return null;
        }

        if (Utf8.CountBytes(name.AsSpan()) < 0 || Utf8.CountBytes(value.AsSpan()) < 0)
        {
            return $"The query parameter '{Printable.Text(name)}' holds a lone surrogate (half of a UTF-16 pair), which has no UTF-8 form. Repair the text.";
        }

        if (name.Contains('\0') || value.Contains('\0'))
        {
            return $"The query parameter '{Printable.Text(name)}' holds a NUL character, which stores refuse. Remove it.";
        }

        // The store writes these values into its response as they are: a line break would end the header and begin another.
        return name.StartsWith("response-", StringComparison.Ordinal) && HasControlCharacter(value)
            ? $"The response override '{name}' holds a line break or another control character, which would break the response's headers. Remove it."
            : null;
    }

    /// <summary>Why the name belongs among the headers, or <c>null</c>: Ceph ignores such parameters, and an encryption key would stand in the URL.</summary>
    public static string? FindMisplacedHeader(string name)
    {
        foreach (string prefix in IsAmzName(name) ? HeaderPrefixes : [])
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return $"The query parameter '{Printable.Text(name)}' is a header's name; stores ignore it in a URL, and the caller would believe it signed. Put it into Headers, or use the operation's property.";
            }
        }

        return null;
    }

    // All that have this name's start are few: one look at it spares most names a comparison with each of them.
    private static bool IsAmzName(string name) => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase);

    private static bool HasControlCharacter(string value)
    {
        foreach (char c in value)
        {
            if (c is < ' ' or (char)0x7F)
            {
                return true;
            }
        }

        return false;
    }
}

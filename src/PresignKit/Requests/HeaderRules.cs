namespace PresignKit;

/// <summary>The rules for signed headers of an operation.</summary>
internal static class HeaderRules
{
    // Set or changed by HTTP clients and proxies on their way: a signature over them would hold by chance only.
    private static readonly HashSet<string> Unsignable = new(StringComparer.OrdinalIgnoreCase)
    {
        "authorization", "connection", "expect", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
    };

    /// <summary>Why the header cannot be signed beside the others, or <c>null</c>. The message never shows the value.</summary>
    public static string? FindProblem(string? name, string? value, ReadOnlySpan<KeyValuePair<string, string>> others)
    {
        string? problem = FindProblemOfName(name) ?? FindProblemOfValue(name!, value);
        foreach (KeyValuePair<string, string> other in others)
        {
            if (problem is null && string.Equals(other.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                problem = $"The header '{name}' is given twice. Give it once (a property of the operation may have set it already); several values are one, joined by commas.";
            }
        }

        return problem;
    }

    private static string? FindProblemOfName(string? name)
    {
        if (name is not { Length: > 0 })
        {
            return "A header has no name. Give it one, or leave the header out.";
        }

        if (!HeaderName.IsToken(name))
        {
            return $"The header name '{Printable.Text(name)}' holds a character that no header name can have (RFC 9110: letters, digits and !#$%&'*+-.^_`|~).";
        }

        if (name.Equals("host", StringComparison.OrdinalIgnoreCase))
        {
            return "The header 'host' is always signed, from the endpoint. Leave it out; for another host, set the endpoint.";
        }

        if (ParameterRules.IsOwn(name))
        {
            return $"The header '{name}' belongs to the signature, which carries it in the query. Leave it out; a session token goes into the credentials.";
        }

        if (Unsignable.Contains(name) ||
            name.StartsWith("sec-", StringComparison.OrdinalIgnoreCase) ||
            name.StartsWith("proxy-", StringComparison.OrdinalIgnoreCase))
        {
            return $"The header '{name}' cannot be signed: clients and proxies set or change it on the way, and the URL would answer 403. Leave it out.";
        }

        return null;
    }

    private static string? FindProblemOfValue(string name, string? value)
    {
        if (value is null)
        {
            return $"The header '{name}' has no value (null). Give it one, or leave the header out.";
        }

        foreach (char c in value)
        {
            switch (c)
            {
                case '\r' or '\n' or '\0':
                    return $"The value of the header '{name}' holds a line break or NUL (U+{(int)c:X4}), which no header can have. Remove it.";
                case < ' ' and not '\t' or (char)0x7F:
                    return $"The value of the header '{name}' holds the control character U+{(int)c:X4}. Remove it.";
                case > (char)0x7F:
                    return $"The value of the header '{name}' holds the character U+{(int)c:X4}; HTTP clients send ASCII only. Percent-encode it, or use the form that the header has for it (RFC 8187, RFC 2047).";
            }
        }

        return null;
    }
}

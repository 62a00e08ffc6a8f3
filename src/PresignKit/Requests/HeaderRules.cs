namespace PresignKit;

/// <summary>The rules for signed headers.</summary>
internal static class HeaderRules
{
    /// <summary>The name prefix of headers and form fields that contain metadata.</summary>
    public const string MetadataPrefix = "x-amz-meta-";

    // HTTP clients and proxies set or change these headers, so a signature over them would rarely match. System.Net.Http rewrites the URLs in content-location and referer.
    private static readonly HashSet<string> Unsignable = new(StringComparer.OrdinalIgnoreCase)
    {
        "authorization", "connection", "content-location", "expect", "max-forwards", "referer", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "via", "warning",
        "x-amzn-trace-id",
    };

    /// <summary>Replaces the value of a header with the form in which .NET sends it.</summary>
    /// <returns>A description of why the header cannot be signed together with the other headers, or <c>null</c> if it can.</returns>
    /// <remarks>The description contains the value only if it is a date or a length. Other values might be secrets.</remarks>
    public static string? FindProblem(string? name, ref string value, ReadOnlySpan<KeyValuePair<string, string>> others)
    {
        string? problem = FindProblemOfName(name) ?? FindProblemOfValue(name!, value) ?? SentHeaderForm.FindProblem(name!, ref value);
        foreach (KeyValuePair<string, string> other in others)
        {
            if (problem is null && string.Equals(other.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                problem = $"The header '{name}' is specified twice. Remove one of them (a property of the operation may already set it), or join the values with commas.";
            }
        }

        return problem;
    }

    private static string? FindProblemOfName(string? name)
    {
        if (name is not { Length: > 0 })
        {
            return "A header does not have a name. Specify its name, or remove the header.";
        }

        if (name.Length > ParameterRules.MaxLength)
        {
            return FormattableString.Invariant($"A header name has {name.Length} characters, but stores accept at most about 8,000 characters. Shorten it.");
        }

        if (!HeaderName.IsToken(name))
        {
            return $"The header name '{Printable.Text(name)}' contains a character that is not allowed in a header name. Use only letters, digits and !#$%&'*+-.^_`|~ (RFC 9110).";
        }

        if (name.Equals("host", StringComparison.OrdinalIgnoreCase))
        {
            return "The header 'host' is always signed with the host of the endpoint. Remove it, and change the endpoint to sign for a different host.";
        }

        if (ParameterRules.IsOwn(name))
        {
            return $"The header '{name}' belongs to the signature, which is in the query of a presigned URL. Remove it. To sign with a session token, set it in the credentials.";
        }

        if (Unsignable.Contains(name) ||
            name.StartsWith("sec-", StringComparison.OrdinalIgnoreCase) ||
            name.StartsWith("proxy-", StringComparison.OrdinalIgnoreCase))
        {
            return $"The header '{name}' cannot be signed, because clients and proxies set or change it, and stores would then reject the request with 403. Remove it.";
        }

        return null;
    }

    private static string? FindProblemOfValue(string name, string? value)
    {
        if (value is null)
        {
            return $"The value of the header '{name}' is null. Specify a value, or remove the header.";
        }

        if (value.Length > ParameterRules.MaxLength)
        {
            return FormattableString.Invariant($"The value of the header '{name}' has {value.Length} characters, but stores accept at most about 8,000 characters. Shorten it.");
        }

        foreach (char c in value)
        {
            switch (c)
            {
                case '\r' or '\n' or '\0':
                    return $"The value of the header '{name}' contains a line break or NUL (U+{(int)c:X4}), which is not allowed in a header. Remove it.";
                case < ' ' and not '\t' or (char)0x7F:
                    return $"The value of the header '{name}' contains the control character U+{(int)c:X4}, which is not allowed in a header. Remove it.";
                case > (char)0x7F when name.Equals("content-disposition", StringComparison.OrdinalIgnoreCase):
                    return $"The value of the header '{name}' contains the character U+{(int)c:X4}, but HTTP clients send only ASCII. Encode the file name with ContentDisposition.Attachment or ContentDisposition.Inline.";
                case > (char)0x7F:
                    return $"The value of the header '{name}' contains the character U+{(int)c:X4}, but HTTP clients send only ASCII. Percent-encode it, or use the encoding that is defined for this header (RFC 8187 or RFC 2047).";
            }
        }

        return null;
    }
}

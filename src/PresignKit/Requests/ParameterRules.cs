namespace PresignKit;

/// <summary>The rules for signed query parameters.</summary>
internal static class ParameterRules
{
    /// <summary>The maximum length of a parameter or header, in characters.</summary>
    /// <remarks>The limit is far above the lengths that stores accept, but low enough that buffer size calculations cannot overflow.</remarks>
    public const int MaxLength = 1 << 17;

    // X-Amz-Signature is never signed, but a second one in the URL would be ambiguous.
    private static readonly HashSet<string> OwnNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Security-Token", "X-Amz-Signature",
    };

    /// <summary>The name of the header that is signed as a query parameter in GET and HEAD URLs.</summary>
    public const string RequestPayer = "x-amz-request-payer";

    // The names (or prefixes of the names) of S3 request headers.
    private static readonly string[] HeaderPrefixes =
    [
        "x-amz-acl", "x-amz-bucket-", "x-amz-bypass-governance-retention", "x-amz-checksum-", "x-amz-client-token", "x-amz-confirm-", "x-amz-copy-source", "x-amz-create-session-mode",
        "x-amz-decoded-content-length", "x-amz-expected-bucket-owner", "x-amz-grant-", "x-amz-if-match-", "x-amz-max-parts", "x-amz-meta-", "x-amz-metadata-directive", "x-amz-mfa", "x-amz-mp-object-size",
        "x-amz-object-", "x-amz-optional-object-attributes", "x-amz-part-number-marker", "x-amz-rename-source", "x-amz-sdk-checksum-algorithm", "x-amz-server-side-encryption",
        "x-amz-skip-destination-validation", "x-amz-source-expected-bucket-owner", "x-amz-storage-class", "x-amz-tagging", "x-amz-trailer",
        "x-amz-transition-default-minimum-object-size", "x-amz-website-redirect-location", "x-amz-write-offset-bytes",
    ];

    private static readonly HashSet<string> OtherHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "cache-control", "content-disposition", "content-encoding", "content-language", "content-length", "content-md5", "content-type", "if-match", "if-modified-since", "if-none-match",
        "if-range", "if-unmodified-since",
    };

    // If one of these parameters has an empty value, stores respond with 400 or ignore the parameter.
    private static readonly HashSet<string> NeverEmpty = new(StringComparer.OrdinalIgnoreCase) { "continuation-token", "partNumber", "upload-id-marker", "uploadId", "versionId" };

    /// <summary>Determines whether a name matches the name of a SigV4 parameter, ignoring case.</summary>
    public static bool IsOwn(string name) => IsAmzName(name) && OwnNames.Contains(name);

    /// <summary>Describes why the parameter cannot be signed together with the other parameters, or returns <c>null</c> if it can.</summary>
    public static string? FindProblem(string? name, string value, ReadOnlySpan<KeyValuePair<string, string>> others)
    {
        if (name is not { Length: > 0 })
        {
            return "A query parameter does not have a name. Specify its name, or remove the parameter.";
        }

        if ((long)name.Length + value.Length > MaxLength)
        {
            return FormattableString.Invariant($"The query parameter '{Printable.Text(name)}' has {(long)name.Length + value.Length} characters, but stores accept URLs of about 8,000 characters. Shorten it.");
        }

        if (IsOwn(name))
        {
            return $"The query parameter '{name}' is part of the signature. Remove it, and set the expiry in ExpiresIn and the credentials in the presigner's options.";
        }

        if (FindProblemOfText(name, value) is { } problem)
        {
            return problem;
        }

        foreach (KeyValuePair<string, string> other in others)
        {
            if (string.Equals(other.Key, name, StringComparison.Ordinal))
            {
                return $"The query parameter '{Printable.Text(name)}' is specified twice, which stores reject with 403. Remove one of them (a property of the operation may already set it).";
            }
        }

        return null;
    }

    private static string? FindProblemOfText(string name, string value)
    {
        if (Utf8.IsPrintableAscii(name.AsSpan()) && Utf8.IsPrintableAscii(value.AsSpan()))
        {
            return null;
        }

        if (Utf8.CountBytes(name.AsSpan()) < 0 || Utf8.CountBytes(value.AsSpan()) < 0)
        {
            return $"The query parameter '{Printable.Text(name)}' contains a lone surrogate (half of a UTF-16 pair), which cannot be encoded as UTF-8. Correct the text.";
        }

        if (name.Contains('\0') || value.Contains('\0'))
        {
            return $"The query parameter '{Printable.Text(name)}' contains a NUL character, which stores reject. Remove it.";
        }

        // The store copies these values to response headers, where a line break would start a new header.
        return IsOverride(name) && HasControlCharacter(value)
            ? $"The response override '{Printable.Text(name)}' contains a line break or another control character, which would corrupt the headers of the response. Remove it."
            : null;
    }

    private static bool IsOverride(string name) => name.StartsWith("response-", StringComparison.Ordinal);

    // AWS rejects non-ASCII characters with 400, and other stores send them as bytes that clients read as Latin-1.
    private static string? FindProblemOfOverride(string name, string value)
    {
        if (Utf8.IsPrintableAscii(value.AsSpan()))
        {
            return null;
        }

        return $"The response override '{Printable.Text(name)}' is '{Printable.Text(value)}', but header values must be ASCII. AWS rejects other characters with 400, and other stores return garbled text. "
            + (name == "response-content-disposition" ? "Encode the file name with ContentDisposition.Attachment or ContentDisposition.Inline." : "Use only ASCII characters.");
    }

    /// <summary>Describes why a request to S3 cannot contain the parameter, or returns <c>null</c> if it can.</summary>
    /// <remarks>Headers do not belong in a query: Ceph ignores them there, and an encryption key would be visible in the URL. Some parameters must not be empty.</remarks>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="isRead">Whether the method is GET or HEAD. <c>x-amz-request-payer</c> is documented as a query parameter only for these methods.</param>
    public static string? FindProblemInS3(string name, string value, bool isRead)
    {
        if (IsOverride(name) && FindProblemOfOverride(name, value) is { } problem)
        {
            return problem;
        }

        if (value.Length == 0 && (NeverEmpty.Contains(name) || IsOverride(name)))
        {
            return $"The query parameter '{Printable.Text(name)}' has an empty value. Specify a value, or remove the parameter (set the property to null).";
        }

        if (PayloadLine.IsHeader(name))
        {
            return value == PayloadLine.Unsigned ? null
                : $"The query parameter '{name}' does not sign the hash of the body, and stores do not all handle the parameter in the same way. Add 'x-amz-content-sha256' to Headers instead.";
        }

        if (!IsMisplacedHeader(name, isRead))
        {
            return null;
        }

        return $"The query parameter '{Printable.Text(name)}' is the name of a header, which stores ignore in a query. Add it to Headers, or use the property of the operation.";
    }

    private static bool IsMisplacedHeader(string name, bool isRead)
    {
        if (!IsAmzName(name))
        {
            // Most names start with a different letter, so testing the first letter avoids most of the lookups.
            return name[0] is 'c' or 'C' or 'i' or 'I' ? OtherHeaders.Contains(name) : name.Equals("range", StringComparison.OrdinalIgnoreCase);
        }

        foreach (string prefix in HeaderPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return !isRead && name.Equals(RequestPayer, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Returns the name of a subresource if it is <c>null</c> or valid.</summary>
    /// <exception cref="ArgumentException">The name is empty or contains a character that is not a letter, a digit or <c>-</c>.</exception>
    public static string? RequireSubResource(string? name, string paramName)
    {
        if (name is null)
        {
            return null;
        }

        Argument.ThrowIf(name.Length == 0 ? "SubResource is empty. Specify a name such as 'tagging', or null for a request to the bucket or the object itself." : null, paramName);
        bool isValid = true;
        foreach (char c in name)
        {
            isValid &= c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-';
        }

        // Stores ignore unknown parameters, so a DELETE request with the subresource '?tagging' would delete the object instead of its tags.
        return isValid ? name : throw new ArgumentException(
            $"SubResource '{Printable.Text(name)}' contains a character other than letters, digits and '-'. Specify a name such as 'tagging' without '?', and add parameters with a value to Query.",
            paramName);
    }

    // Few names have this prefix, so testing it first avoids most of the comparisons.
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

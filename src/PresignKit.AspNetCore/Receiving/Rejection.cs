namespace PresignKit.AspNetCore;

/// <summary>The reason for the rejection of a request, as it appears in the log.</summary>
/// <param name="Reason">A short name, for filters.</param>
/// <param name="Explanation">A sentence that contains nothing from the request except for host and header names with a limited length and character set.</param>
internal sealed record Rejection(string Reason, string Explanation)
{
    public static readonly Rejection MalformedRequest = new(nameof(PresignedUrlVerificationStatus.Malformed), "The request cannot be parsed.");
    public static readonly Rejection WrongLocation = new(nameof(WrongLocation), "The URL is not below the base path of the endpoint, or it contains a different bucket.");
    public static readonly Rejection MissingKey = new(nameof(MissingKey), "The URL does not contain a key, or the key is not valid UTF-8.");
    public static readonly Rejection UnsafeKey = new(
        nameof(UnsafeKey), "The key contains a '.' or '..' segment, a backslash or a control character, starts with a slash, or exceeds 1,024 bytes.");
    public static readonly Rejection UnknownParameter = new(
        nameof(UnknownParameter), "The URL contains a signed parameter that is not in AllowedParameters. If the endpoint handles the parameter, add it to AllowedParameters.");
    public static readonly Rejection InvalidOverride = new(
        nameof(InvalidOverride), "The URL overrides a response header with a value that is empty or contains a character that is not printable ASCII, or its method is not GET or HEAD.");
    public static readonly Rejection CopyRequest = new(nameof(CopyRequest), "The header x-amz-copy-source asks for a copy, but the endpoint does not copy objects.");

    private static readonly Rejection[] ByStatus = [.. Enum.GetValues<PresignedUrlVerificationStatus>().Select(status => new Rejection(status.ToString(), Explain(status)))];

    public static Rejection Of(PresignedUrlVerificationResult result) => result.UnsignedHeaders.Count == 0
        ? ByStatus[(int)result.Status]
        : new Rejection(result.Status.ToString(), $"These headers must be signed, but are not: {List(result.UnsignedHeaders)}. If a proxy adds them, add them to AllowedUnsignedHeaders.");

    /// <summary>Returns the reason for rejecting a scheme or a host.</summary>
    public static Rejection WrongOrigin(S3Endpoint endpoint, string scheme, string? host) => new(
        nameof(WrongOrigin),
        $"The endpoint is '{endpoint}', but the request was received for '{Shown(scheme)}://{Shown(host)}'. Behind a proxy, use the forwarded headers middleware and configure its known proxies.");

    private static string Explain(PresignedUrlVerificationStatus status) => status switch
    {
        PresignedUrlVerificationStatus.NotPresigned => "The query does not contain a signature.",
        PresignedUrlVerificationStatus.UnsupportedAlgorithm => "The URL is signed with an algorithm other than AWS4-HMAC-SHA256.",
        PresignedUrlVerificationStatus.UnknownAccessKey => "There are no credentials for the access key ID.",
        PresignedUrlVerificationStatus.WrongScope => "The credential scope contains a service other than s3, or a date other than the signing date.",
        PresignedUrlVerificationStatus.NotYetValid => "The signing time is further in the future than ClockSkew allows.",
        PresignedUrlVerificationStatus.Expired => "The URL has expired.",
        PresignedUrlVerificationStatus.ExpiryOutOfRange => "The lifetime of the URL is less than 1 second or exceeds MaxExpiresIn.",
        PresignedUrlVerificationStatus.MissingSignedHeader => "A signed header was not sent.",
        PresignedUrlVerificationStatus.UnsignedHeader => "A header that must be signed is not signed.",
        PresignedUrlVerificationStatus.DuplicateParameter => "A query parameter is repeated, or its name differs from a SigV4 parameter only in letter case.",
        PresignedUrlVerificationStatus.ConflictingAuthorization => "The request has an Authorization header in addition to the signature.",
        PresignedUrlVerificationStatus.WrongSessionToken => "The credentials and the URL have different session tokens, or only one of them has a session token.",
        PresignedUrlVerificationStatus.ExpiredCredentials => "The credentials that signed the URL have expired.",
        PresignedUrlVerificationStatus.SignatureMismatch => "The signature does not match: the method, path, query or a signed header is different, or a different secret access key was used.",
        _ => "The request cannot be parsed.",
    };

    private static string List(IReadOnlyList<string> names)
    {
        const int MaxNames = 10;
        return string.Join(", ", names.Take(MaxNames).Select(Shown)) + (names.Count > MaxNames ? ", …" : "");
    }

    // Hosts, schemes and header names come from the client. Only characters that cannot forge a log entry are shown.
    private static string Shown(string? text)
    {
        const int MaxLength = 100;
        return string.IsNullOrEmpty(text) ? "(none)"
            : text.Length > MaxLength || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or ':' or '[' or ']' or '+') ? "(not shown)"
            : text;
    }
}

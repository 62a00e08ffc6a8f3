namespace PresignKit;

/// <summary>Everything that goes into one signature, as plain text. Nothing here is specific to S3.</summary>
internal ref struct SigningInput
{
    /// <summary>The HTTP method, upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The host.</summary>
    public required SigningHost Host { get; init; }

    /// <summary>The start of the path, already percent-encoded: <c>/</c>, <c>/bucket/</c>, <c>/base/path/bucket</c>, …</summary>
    public string? EncodedPathPrefix { get; init; }

    /// <summary>The rest of the path, not yet encoded. Where both parts are empty the path is <c>/</c>.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// Whether the canonical request has the path encoded a second time, as every service but S3 wants it. The URL has it encoded once.
    /// </summary>
    public bool EncodePathTwice { get; init; }

    /// <summary>Scheme and host of the URL where they are not the signed ones: those of a CDN before the store. <c>null</c> otherwise.</summary>
    public byte[]? EmittedOrigin { get; init; }

    /// <summary>Query parameters that are encoded and in order already, and come after those of the signature; <c>null</c> or empty for none.</summary>
    public string? EncodedQuery { get; init; }

    /// <summary>Query parameters other than <c>X-Amz-…</c> ones of the signature, not encoded, in any order; a <c>null</c> value is an empty one.</summary>
    public ReadOnlySpan<KeyValuePair<string, string>> Query { get; init; }

    /// <summary>
    /// Headers to sign besides <c>host</c>. They are put into canonical order in place. One whose value is <c>null</c> is named among the signed headers
    /// and has no line: it must not be sent.
    /// </summary>
    public Span<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The last line of the canonical request: <c>UNSIGNED-PAYLOAD</c>, or the hex SHA-256 of the body.</summary>
    public required string Payload { get; init; }

    /// <summary>The public part of the credentials.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The token of temporary credentials.</summary>
    public string? SessionToken { get; init; }

    /// <summary>Whether the token is added after signing. AWS IoT alone wants that; everywhere else it is a signed parameter.</summary>
    public bool SessionTokenIsUnsigned { get; init; }

    /// <summary>The instant of signing in UTC, in whole seconds.</summary>
    public required DateTime SignedAt { get; init; }

    /// <summary>Seconds from <see cref="SignedAt"/> on for which the URL holds.</summary>
    public required int ExpiresIn { get; init; }
}

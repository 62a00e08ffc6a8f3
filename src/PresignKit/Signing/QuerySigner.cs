using System.Text;

namespace PresignKit;

/// <summary>
/// Signs a request and leaves its URL in the buffer. Path and query of the URL are the very bytes that were hashed:
/// <code>
///                    GET\n/key\nX-Amz-Algorithm=…\nhost:…\n\nhost\nUNSIGNED-PAYLOAD     canonical request
/// https://host.example/key?X-Amz-Algorithm=…&amp;X-Amz-Signature=…                        URL
/// </code>
/// </summary>
internal static class QuerySigner
{
    /// <summary>Appends to an empty buffer, and returns the index at which the URL starts. The URL is ASCII and ends where the buffer ends.</summary>
    public static int AppendUrl(ref ByteBuffer buffer, in SigningInput input, SigningKey key)
    {
        // Room for the origin, which is written last, right before the path and over the method.
        ReadOnlySpan<byte> origin = input.EmittedOrigin is { } emitted ? emitted : input.Host.Origin;
        _ = buffer.GetSpan(origin.Length);
        buffer.Advance(origin.Length);

        CanonicalRequest.Layout layout = CanonicalRequest.Append(ref buffer, input, key.Scope);
        Span<byte> signature = stackalloc byte[SigningKey.SignatureSize];
        key.SignCanonicalRequest(ref buffer, layout.Start, input.SignedAt, signature);

        buffer.Truncate(layout.QueryEnd);
        buffer.Written[layout.PathEnd] = (byte)'?';
        if (input is { EncodedSessionToken: not null, SessionTokenIsUnsigned: true })
        {
            buffer.Append("&X-Amz-Security-Token="u8);
            buffer.Append(input.EncodedSessionToken);
        }

        buffer.Append("&X-Amz-Signature="u8);
        buffer.AppendHex(signature);

        int pathStart = layout.PathStart +
            (input.EncodePathTwice ? PercentEncoding.UndoSecond(buffer.Written[layout.PathStart..layout.PathEnd]) : 0);
        int urlStart = pathStart - origin.Length;
        origin.CopyTo(buffer.Written[urlStart..]);
        return urlStart;
    }
}

/// <summary>The input of one signature, as plain text. Nothing in it is specific to S3.</summary>
internal ref struct SigningInput
{
    /// <summary>Gets the HTTP method, in uppercase.</summary>
    public required string Method { get; init; }

    public required SigningHost Host { get; init; }

    /// <summary>Gets the start of the path, already percent-encoded: <c>/</c>, <c>/bucket/</c>, <c>/base/path/bucket</c>, …</summary>
    public string? EncodedPathPrefix { get; init; }

    /// <summary>Gets the rest of the path, not yet encoded. If both parts are empty, the path is <c>/</c>.</summary>
    public string? Path { get; init; }

    /// <summary>Gets whether the canonical request encodes the path a second time, as every service but S3 requires. The URL has it encoded once.</summary>
    public bool EncodePathTwice { get; init; }

    /// <summary>Gets the start of the emitted URL if it differs from the signed scheme and host, as ASCII: that of a CDN or proxy in front of the store.</summary>
    public byte[]? EmittedOrigin { get; init; }

    /// <summary>Gets the query parameters other than the signature's own, not encoded, in any order. A <c>null</c> value is an empty one.</summary>
    public ReadOnlySpan<KeyValuePair<string, string>> Query { get; init; }

    /// <summary>
    /// Gets the headers to sign in addition to <c>host</c>. Signing sorts them in place. A header whose value is <c>null</c> is named among the signed headers
    /// but has no line: it must not be sent.
    /// </summary>
    public Span<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>Gets the last line of the canonical request: <c>UNSIGNED-PAYLOAD</c>, or the hex SHA-256 of the body.</summary>
    public required string Payload { get; init; }

    public required string AccessKeyId { get; init; }

    /// <summary>Gets the percent-encoded session token of temporary credentials, or <c>null</c>.</summary>
    public byte[]? EncodedSessionToken { get; init; }

    /// <summary>Gets whether the session token is appended after signing. Only AWS IoT requires that; everywhere else the token is signed.</summary>
    public bool SessionTokenIsUnsigned { get; init; }

    /// <summary>Gets the instant of signing in UTC, in whole seconds.</summary>
    public required DateTime SignedAt { get; init; }

    /// <summary>Gets the lifetime of the URL in seconds.</summary>
    public required int ExpiresIn { get; init; }
}

/// <summary>A host in the forms in which it is signed and emitted, computed once for all requests to it. Immutable and thread-safe.</summary>
/// <param name="schemePrefix">The scheme and <c>://</c>, which are not signed.</param>
/// <param name="name">The <c>host</c> header: lowercase, with a port only if it is not the scheme's default.</param>
internal sealed class SigningHost(string schemePrefix, string name)
{
    private readonly byte[] _origin = Encoding.UTF8.GetBytes(schemePrefix + name);
    private readonly byte[] _canonicalHeaders = Encoding.UTF8.GetBytes($"host:{name}\n\nhost\n");

    public string Name => name;

    /// <summary>Gets the start of a URL: scheme, host and port.</summary>
    public ReadOnlySpan<byte> Origin => _origin;

    /// <summary>Gets the lines of a canonical request between the query and the payload line if no other header is signed.</summary>
    public ReadOnlySpan<byte> CanonicalHeaders => _canonicalHeaders;
}

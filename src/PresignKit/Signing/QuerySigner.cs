using System.Text;

namespace PresignKit;

/// <summary>
/// Signs a request and builds its URL in the same buffer, from the same bytes of the path and query that were hashed:
/// <code>
///                    GET\n/key\nX-Amz-Algorithm=…\nhost:…\n\nhost\nUNSIGNED-PAYLOAD     canonical request
/// https://host.example/key?X-Amz-Algorithm=…&amp;X-Amz-Signature=…                        URL
/// </code>
/// </summary>
internal static class QuerySigner
{
    /// <summary>Appends the URL to an empty buffer and returns the index at which the URL starts.</summary>
    /// <remarks>The URL is ASCII and extends to the end of the buffer.</remarks>
    public static int AppendUrl(ref ByteBuffer buffer, in SigningInput input, SigningKey key)
    {
        // Reserves space for the origin. The origin is written last, directly before the path, where it overwrites the method.
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

/// <summary>The input of one signature, which is not encoded unless a property says so and does not depend on S3.</summary>
internal ref struct SigningInput
{
    /// <summary>Gets the HTTP method, in uppercase.</summary>
    public required string Method { get; init; }

    public required SigningHost Host { get; init; }

    /// <summary>Gets the start of the path, already percent-encoded: <c>/</c>, <c>/bucket/</c>, <c>/base/path/bucket</c>, …</summary>
    public string? EncodedPathPrefix { get; init; }

    /// <summary>Gets the rest of the path, not yet encoded.</summary>
    /// <remarks>If both parts of the path are empty, the path is <c>/</c>.</remarks>
    public string? Path { get; init; }

    /// <summary>Gets a value that indicates whether the path is percent-encoded twice in the canonical request, as every service except S3 requires.</summary>
    /// <remarks>In the URL, the path is encoded once.</remarks>
    public bool EncodePathTwice { get; init; }

    /// <summary>Gets the scheme, host, port and path prefix of the emitted URL, in ASCII, if they differ from those of <see cref="Host"/>, for example for a CDN or proxy in front of the
    /// store.</summary>
    public byte[]? EmittedOrigin { get; init; }

    /// <summary>Gets the query parameters other than the signature's own, not encoded, in any order.</summary>
    /// <remarks>A <c>null</c> value is treated as an empty value.</remarks>
    public ReadOnlySpan<KeyValuePair<string, string>> Query { get; init; }

    /// <summary>Gets the headers to sign in addition to <c>host</c>.</summary>
    /// <remarks>Signing sorts the headers in place. A header whose value is <c>null</c> is in the list of signed headers but does not have a line in the canonical request, so it
    /// must not be sent.</remarks>
    public Span<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>Gets the last line of the canonical request: <c>UNSIGNED-PAYLOAD</c>, or the hex SHA-256 of the body.</summary>
    public required string Payload { get; init; }

    public required string AccessKeyId { get; init; }

    /// <summary>Gets the percent-encoded session token of temporary credentials, or <c>null</c>.</summary>
    public byte[]? EncodedSessionToken { get; init; }

    /// <summary>Gets a value that indicates whether the session token is appended after signing.</summary>
    /// <remarks>Only AWS IoT requires this. For every other service, the token is signed.</remarks>
    public bool SessionTokenIsUnsigned { get; init; }

    /// <summary>Gets the instant of signing in UTC, in whole seconds.</summary>
    public required DateTime SignedAt { get; init; }

    /// <summary>Gets the lifetime of the URL in seconds.</summary>
    public required int ExpiresIn { get; init; }
}

/// <summary>A host in its signed form and its emitted form, which are computed once for all requests to the host.</summary>
/// <remarks>Instances are immutable and thread-safe.</remarks>
/// <param name="schemePrefix">The scheme and <c>://</c>, which are not signed.</param>
/// <param name="name">The <c>host</c> header: lowercase, with a port only if it is not the scheme's default.</param>
internal sealed class SigningHost(string schemePrefix, string name)
{
    private readonly byte[] _origin = Encoding.UTF8.GetBytes(schemePrefix + name);
    private readonly byte[] _canonicalHeaders = Encoding.UTF8.GetBytes($"host:{name}\n\nhost\n");

    public string Name => name;

    /// <summary>Gets the start of a URL: scheme, host and port.</summary>
    public ReadOnlySpan<byte> Origin => _origin;

    /// <summary>Gets the part of a canonical request between the query and the payload line, for requests whose only signed header is <c>host</c>.</summary>
    public ReadOnlySpan<byte> CanonicalHeaders => _canonicalHeaders;
}

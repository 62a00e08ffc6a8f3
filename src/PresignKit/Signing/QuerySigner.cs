using System.Text;

namespace PresignKit;

/// <summary>
/// Signs a request and builds its URL in the same buffer, from the same path and query bytes that were hashed:
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

/// <summary>The input for signing one request to S3 or any other service.</summary>
/// <remarks>Values are not percent-encoded unless the property's description says otherwise.</remarks>
internal ref struct SigningInput
{
    /// <summary>Gets the HTTP method, in uppercase.</summary>
    public required string Method { get; init; }

    public required SigningHost Host { get; init; }

    /// <summary>Gets the percent-encoded start of the path: <c>/</c>, <c>/bucket/</c>, <c>/base/path/bucket</c>, …</summary>
    public string? EncodedPathPrefix { get; init; }

    /// <summary>Gets the rest of the path, unencoded.</summary>
    /// <remarks>If both parts of the path are empty, the path is <c>/</c>.</remarks>
    public string? Path { get; init; }

    /// <summary>Gets a value that indicates whether the path is percent-encoded twice in the canonical request, as every service except S3 requires.</summary>
    /// <remarks>In the URL, the path is encoded once.</remarks>
    public bool EncodePathTwice { get; init; }

    /// <summary>Gets the origin and path prefix of the emitted URL in ASCII, or <c>null</c> to use the origin of <see cref="Host"/>.</summary>
    /// <remarks>For example, the emitted origin differs from the signed host if a CDN or a proxy is in front of the store.</remarks>
    public byte[]? EmittedOrigin { get; init; }

    /// <summary>Gets the unencoded query parameters in any order, excluding the signature's own parameters.</summary>
    /// <remarks>A <c>null</c> value is treated as an empty value.</remarks>
    public ReadOnlySpan<KeyValuePair<string, string>> Query { get; init; }

    /// <summary>Gets the headers to sign in addition to <c>host</c>.</summary>
    /// <remarks>Signing sorts the headers in place. A header whose value is <c>null</c> is listed as signed but does not have a line in the canonical request, so it must
    /// not be sent.</remarks>
    public Span<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>Gets the last line of the canonical request: <c>UNSIGNED-PAYLOAD</c>, or the hex SHA-256 of the body.</summary>
    public required string Payload { get; init; }

    public required string AccessKeyId { get; init; }

    /// <summary>Gets the percent-encoded session token of temporary credentials, or <c>null</c>.</summary>
    public byte[]? EncodedSessionToken { get; init; }

    /// <summary>Gets a value that indicates whether the session token is appended after signing.</summary>
    /// <remarks>Only AWS IoT requires this. For every other service, the token is signed.</remarks>
    public bool SessionTokenIsUnsigned { get; init; }

    /// <summary>Gets the signing time in UTC, in whole seconds.</summary>
    public required DateTime SignedAt { get; init; }

    /// <summary>Gets the lifetime of the URL in seconds.</summary>
    public required int ExpiresIn { get; init; }
}

/// <summary>The signed and emitted forms of a host, computed once for all requests to the host.</summary>
/// <remarks>Instances are immutable and thread-safe.</remarks>
/// <param name="schemePrefix">The scheme and <c>://</c>, which are not signed.</param>
/// <param name="name">The value of the <c>host</c> header: the lowercase host, with a port only if it is not the scheme's default port.</param>
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

using System.Text;
using PresignKit.Signing;

namespace PresignKit;

/// <summary>
/// A presigned request that arrived, read as a store reads it: everything is decoded and encoded again, so that two ways to write one request have one canonical form.
/// </summary>
internal sealed class PresignedRequest
{
    private PresignedRequest(string accessKeyId, CredentialScope scope, DateTimeOffset signedAt, int expiresIn, SigV4Parameters parameters)
    {
        AccessKeyId = accessKeyId;
        Scope = scope;
        SignedAt = signedAt;
        ExpiresIn = expiresIn;
        SessionToken = parameters.SessionToken;
        Signature = parameters.Signature!;
    }

    public string AccessKeyId { get; }

    public CredentialScope Scope { get; }

    public DateTimeOffset SignedAt { get; }

    /// <summary>Seconds, as the URL says them: they can be out of range.</summary>
    public int ExpiresIn { get; }

    public string? SessionToken { get; }

    public string Signature { get; }

    /// <summary>Whether a signed header was not sent. It has no line in the canonical request then.</summary>
    public bool LacksSignedHeader { get; private init; }

    public byte[] CanonicalRequest { get; private init; } = [];

    /// <summary>Reads a request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="url">Its URL; one that begins with its path is for the host of the <c>Host</c> header.</param>
    /// <param name="headers">Its headers.</param>
    /// <param name="failure">Why there is no result.</param>
    public static PresignedRequest? TryRead(
        HttpMethod method, ReadOnlySpan<char> url, IEnumerable<KeyValuePair<string, string>>? headers, out PresignVerification failure)
    {
        failure = PresignVerification.Malformed;

        // No client sends a fragment. One that does adds parameters behind the signature: web servers go on reading the query after a '#'.
        if (url.IndexOf('#') >= 0 || !UrlParts.TryCut(url, out UrlParts parts))
        {
            return null;
        }

        ReceivedQuery query = default;
        ByteBuffer buffer = new(2048);
        try
        {
            return ReceivedQuery.TryRead(parts.Query, out query) ? TryRead(method, parts, ref query, headers, ref buffer, out failure) : null;
        }
        finally
        {
            query.Dispose();
            buffer.Dispose();
        }
    }

    /// <summary>Whether the signature is the key's, compared in constant time.</summary>
    public bool IsSignedWith(SigningKey key)
    {
        ByteBuffer buffer = new(256);
        Span<byte> hash = stackalloc byte[HashPool.Sha256Size];
        try
        {
            HashPool.Sha256(CanonicalRequest, hash);
            StringToSign.Append(ref buffer, SignedAt.UtcDateTime, Scope, hash);
            key.Sign(buffer.Written, hash);
            buffer.Truncate(0);
            buffer.AppendHex(hash);
            return ConstantTimeEquals(buffer.Written, Signature);
        }
        finally
        {
            buffer.Dispose();
        }
    }

    /// <summary>Whether the URL and the credentials have the same session token, or both none; compared in constant time.</summary>
    public bool HasTokenOf(S3Credentials credentials)
    {
        if (credentials.SessionToken is null || SessionToken is null)
        {
            return credentials.SessionToken == SessionToken;
        }

        return ConstantTimeEquals(Encoding.UTF8.GetBytes(credentials.SessionToken), SessionToken);
    }

    private static bool ConstantTimeEquals(ReadOnlySpan<byte> expected, string received) =>
        Platform.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(received));

    private static PresignedRequest? TryRead(
        HttpMethod method,
        UrlParts parts,
        ref ReceivedQuery query,
        IEnumerable<KeyValuePair<string, string>>? sent,
        ref ByteBuffer buffer,
        out PresignVerification failure)
    {
        SigV4Parameters parameters = SigV4Parameters.Of(query);
        failure = FindFailure(ref query, parameters);
        if (failure != PresignVerification.Valid)
        {
            return null;
        }

        failure = PresignVerification.Malformed;
        ReceivedHeaders? headers = ReceivedHeaders.Read(parameters.SignedHeadersText ?? "", sent);
        bool isReadable = parameters.TryGetCredential(out string accessKeyId, out string date, out string region, out string service)
            & parameters.TryGetSignedAt(out DateTimeOffset signedAt)
            & parameters.TryGetExpiresIn(out int expiresIn);
        if (!isReadable || parameters.Signature is null || headers is null or { IsMalformed: true } || FindHost(parts, headers) is not { } host)
        {
            return null;
        }

        failure = date != parameters.DateText![..date.Length] ? PresignVerification.WrongScope
            : headers.HasAuthorization ? PresignVerification.ConflictingAuthorization
            : headers.HasUnsigned ? PresignVerification.UnsignedHeader
            : PresignVerification.Malformed;
        if (failure != PresignVerification.Malformed || !TryAppendCanonical(ref buffer, method, parts.Path, query, headers.ToSign(), host))
        {
            return null;
        }

        return new PresignedRequest(accessKeyId, new CredentialScope(signedAt.UtcDateTime.Date, region, service), signedAt, expiresIn, parameters)
        {
            LacksSignedHeader = headers.LacksSigned,
            CanonicalRequest = buffer.Written.ToArray(),
        };
    }

    private static PresignVerification FindFailure(ref ReceivedQuery query, SigV4Parameters parameters)
    {
        if (!parameters.IsPresigned)
        {
            return query.IndexOf("Signature"u8) >= 0 && query.IndexOf("AWSAccessKeyId"u8) >= 0
                ? PresignVerification.UnsupportedAlgorithm
                : PresignVerification.NotPresigned;
        }

        return query.SortAndFindDuplicate() || HasOtherCase(query) ? PresignVerification.DuplicateParameter
            : !parameters.AreText || parameters.AlgorithmText is null ? PresignVerification.Malformed
            : parameters.AlgorithmText != SigV4Parameters.Algorithm ? PresignVerification.UnsupportedAlgorithm
            : PresignVerification.Valid;
    }

    // Stores go by the exact name, frameworks do not: one that is x-amz-expires would be read as X-Amz-Expires there.
    private static bool HasOtherCase(in ReceivedQuery query)
    {
        for (int i = 0; i < query.Count; i++)
        {
            ReadOnlySpan<byte> name = query.Name(i);
            if (name.Length > 6 && (name[0] | 0x20) == 'x' && !SigV4Parameters.IsName(name) && ParameterRules.IsOwn(Platform.AsciiToString(name)))
            {
                return true;
            }
        }

        return false;
    }

    private static string? FindHost(UrlParts parts, ReceivedHeaders headers)
    {
        if (parts.Authority.IsEmpty)
        {
            return headers.Host?.ToLowerInvariant();
        }

        string host = UrlParts.SignedForm(parts.Authority, parts.IsTls);
        return headers.Host is null || UrlParts.SignedForm(headers.Host.AsSpan(), parts.IsTls) == host ? host : null;
    }

    private static bool TryAppendCanonical(
        ref ByteBuffer buffer, HttpMethod method, ReadOnlySpan<char> path, in ReceivedQuery query, KeyValuePair<string, string>[] headers, string host)
    {
        buffer.Append(S3Request.InUpperCase(method).Method.AsSpan());
        buffer.Append((byte)'\n');
        if (!PercentEncoding.TryAppendReceivedPath(ref buffer, path.IsEmpty ? "/".AsSpan() : path))
        {
            return false;
        }

        buffer.Append((byte)'\n');
        query.AppendCanonical(ref buffer);
        buffer.Append((byte)'\n');
        Signing.CanonicalRequest.AppendHeaders(ref buffer, headers, host.AsSpan());
        buffer.Append((PayloadLine.SignedBy(headers) ?? PayloadLine.Unsigned).AsSpan());
        return true;
    }
}

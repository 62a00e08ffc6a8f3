using PresignKit.Signing;

namespace PresignKit;

/// <content>From the parts of a received URL to what its signer signed.</content>
internal sealed partial class PresignedRequest
{
    private static PresignedRequest? TryRead(
        HttpMethod method,
        UrlParts parts,
        ref ReceivedQuery query,
        IEnumerable<KeyValuePair<string, string>>? sent,
        ref ByteBuffer buffer,
        out PresignVerification failure)
    {
        SigV4Parameters parameters = new(query);
        failure = FindFailure(query, parameters);
        if (failure != PresignVerification.Valid)
        {
            return null;
        }

        failure = PresignVerification.Malformed;
        ReceivedHeaders? headers = ReceivedHeaders.Read(parameters.SignedHeadersText, sent);
        bool isReadable = parameters.TryGetCredential(isForAllRegions: false, out string accessKeyId, out ReadOnlySpan<byte> date, out string region, out string service)
            & parameters.TryGetSignedAt(out DateTimeOffset signedAt)
            & parameters.TryGetExpiresIn(out int expiresIn);
        if (!isReadable || !parameters.HasSignature || headers is null or { IsMalformed: true } || FindHost(parts, headers) is not { } host)
        {
            return null;
        }

        failure = !parameters.Date.StartsWith(date) ? PresignVerification.WrongScope
            : headers.HasAuthorization ? PresignVerification.ConflictingAuthorization
            : headers.HasUnsigned ? PresignVerification.UnsignedHeader
            : PresignVerification.Malformed;
        if (failure != PresignVerification.Malformed || !TryAppendCanonical(ref buffer, method, parts.Path, query, headers.ToSign(), host))
        {
            return null;
        }

        return new PresignedRequest(ref buffer, parameters)
        {
            AccessKeyId = accessKeyId,
            Region = region,
            Service = service,
            SignedAt = signedAt,
            ExpiresIn = expiresIn,
            LacksSignedHeader = headers.LacksSigned,
        };
    }

    private static PresignVerification FindFailure(in ReceivedQuery query, in SigV4Parameters parameters)
    {
        if (!parameters.IsPresigned)
        {
            return query.IndexOf("Signature"u8) >= 0 && query.IndexOf("AWSAccessKeyId"u8) >= 0
                ? PresignVerification.UnsupportedAlgorithm
                : PresignVerification.NotPresigned;
        }

        return query.SortAndFindDuplicate() || parameters.HasOtherCase ? PresignVerification.DuplicateParameter
            : !parameters.AreText || !parameters.HasAlgorithm ? PresignVerification.Malformed
            : !parameters.IsHmac ? PresignVerification.UnsupportedAlgorithm
            : PresignVerification.Valid;
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

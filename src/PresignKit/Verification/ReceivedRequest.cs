namespace PresignKit;

/// <summary>
/// A presigned request that arrived, read as a store reads it: everything is decoded and encoded again, so that two ways to write one request have one canonical form.
/// </summary>
internal sealed class ReceivedRequest : IDisposable
{
    // The canonical request, the signature, and the session token as the query has it.
    private readonly int _signatureStart;
    private readonly int _tokenStart;
    private readonly bool _hasToken;
    private ByteBuffer _text;

    /// <summary>Makes a request of its canonical form, whose buffer is the request's from then on.</summary>
    private ReceivedRequest(ref ByteBuffer canonicalRequest, SigV4Parameters parameters)
    {
        _text = canonicalRequest;
        canonicalRequest = default;
        _signatureStart = _text.Length;
        _text.Append(parameters.Signature);
        _tokenStart = _text.Length;
        _text.Append(parameters.SessionToken);
        _hasToken = parameters.HasSessionToken;
    }

    public required string AccessKeyId { get; init; }

    /// <summary>The region in the credential scope.</summary>
    public required string Region { get; init; }

    /// <summary>The service in the credential scope.</summary>
    public required string Service { get; init; }

    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>Seconds, as the URL says them: they can be out of range.</summary>
    public required int ExpiresIn { get; init; }

    /// <summary>Whether a signed header was not sent. It has no line in the canonical request then.</summary>
    public required bool LacksSignedHeader { get; init; }

    public ReadOnlySpan<byte> CanonicalRequest => _text.Written[.._signatureStart];

    /// <summary>Reads a request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="url">Its URL; one that begins with its path is for the host of the <c>Host</c> header.</param>
    /// <param name="headers">Its headers.</param>
    /// <param name="failure">Why there is no result.</param>
    public static ReceivedRequest? TryRead(
        HttpMethod method, ReadOnlySpan<char> url, IEnumerable<KeyValuePair<string, string>>? headers, out PresignVerification failure)
    {
        failure = PresignVerification.Malformed;

        // No client sends a fragment. One that does adds parameters behind the signature: web servers go on reading the query after a '#'.
        if (!UrlParts.TryCut(url, out UrlParts parts) || parts.HadFragment)
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

    /// <summary>Whether the signature is that of the key, which is for the scope of the request, compared in constant time.</summary>
    public bool IsSignedWith(SigningKey key)
    {
        Span<byte> ours = stackalloc byte[Signer.SignatureSize];
        Span<byte> theirs = stackalloc byte[Signer.SignatureSize];
        Signer signer = key.Rent();
        signer.Sign(SignedAt.UtcDateTime, CanonicalRequest, ours);
        key.Return(signer);
        return TryReadHex(_text.Written[_signatureStart.._tokenStart], theirs) && Platform.FixedTimeEquals(ours, theirs);
    }

    /// <summary>Whether the URL and the credentials have the same session token, or both none; compared in constant time.</summary>
    public bool HasTokenOf(S3Credentials credentials)
    {
        if (credentials.SessionToken is null || !_hasToken)
        {
            return credentials.SessionToken is null && !_hasToken;
        }

        ByteBuffer token = new(2048);
        try
        {
            PercentEncoding.AppendComponent(ref token, credentials.SessionToken.AsSpan());
            return Platform.FixedTimeEquals(token.Written, _text.Written[_tokenStart..]);
        }
        finally
        {
            token.Dispose();
        }
    }

    // Bytes, not digits, are compared: the platform's comparison of 64 takes as long as a hash. What is no digit of ours is written back as another one.
    private static bool TryReadHex(ReadOnlySpan<byte> digits, Span<byte> values)
    {
        Span<byte> again = stackalloc byte[2 * Signer.SignatureSize];
        if (digits.Length != again.Length)
        {
            return false;
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (byte)(Value(digits[2 * i]) << 4 | Value(digits[2 * i + 1]));
        }

        Hex.Write(values, again);
        return again.SequenceEqual(digits);

        // '0' is 0x30, 'a' is 0x61.
        static int Value(byte digit) => (digit & 15) + 9 * (digit >> 6);
    }

    /// <summary>Returns the buffer of the signed text to the pool, zeroed: a session token can stand in it.</summary>
    public void Dispose() => _text.Dispose();

    private static ReceivedRequest? TryRead(
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

        return new ReceivedRequest(ref buffer, parameters)
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
        buffer.Append(UppercaseMethod.Of(method).Method.AsSpan());
        buffer.Append((byte)'\n');
        if (!PercentEncoding.TryAppendReceivedPath(ref buffer, path.IsEmpty ? "/".AsSpan() : path))
        {
            return false;
        }

        buffer.Append((byte)'\n');
        query.AppendCanonical(ref buffer);
        buffer.Append((byte)'\n');
        PresignKit.CanonicalRequest.AppendHeaders(ref buffer, headers, host.AsSpan());
        buffer.Append((PayloadLine.SignedBy(headers) ?? PayloadLine.Unsigned).AsSpan());
        return true;
    }
}

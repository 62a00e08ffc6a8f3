namespace PresignKit;

/// <summary>A presigned request as a server receives it.</summary>
/// <remarks>
/// The request is parsed once. Its parts are decoded and re-encoded so that equivalent requests have the same canonical form. Verification, re-signing and explanations all start
/// with an instance of this class.
/// </remarks>
internal sealed class ReceivedRequest : IDisposable
{
    private readonly int _signature;
    private readonly int _sessionToken;
    private ReceivedQuery _query;
    private ByteBuffer _canonicalRequest;

    // Takes ownership of the two buffers.
    private ReceivedRequest(ref ReceivedQuery query, ref ByteBuffer canonicalRequest)
    {
        _query = query;
        query = default;
        _canonicalRequest = canonicalRequest;
        canonicalRequest = default;
        _signature = _query.IndexOf("X-Amz-Signature"u8);
        _sessionToken = _query.IndexOf("X-Amz-Security-Token"u8);
    }

    /// <summary>Gets the parsed contents of the URL.</summary>
    public required PresignedUrlInfo Url { get; init; }

    /// <summary>Gets a value that indicates whether a signed header was not sent.</summary>
    /// <remarks>A header that was not sent does not have a line in the canonical request.</remarks>
    public required bool LacksSignedHeader { get; init; }

    /// <summary>Gets the accepted parameters that were appended after signing.</summary>
    /// <remarks>These parameters are not part of the canonical request.</remarks>
    public required IReadOnlyList<KeyValuePair<string, string>> Appended { get; init; }

    public ReadOnlySpan<byte> CanonicalRequest => _canonicalRequest.Written;

    /// <summary>Parses a request.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="url">The request's URL. If the URL starts with its path, the host is taken from the <c>Host</c> header.</param>
    /// <param name="headers">The request's headers.</param>
    /// <param name="options">The options for the parser.</param>
    /// <param name="failure">The reason for the rejection if the result is <c>null</c>, otherwise <see cref="PresignedUrlVerificationStatus.Valid"/>.</param>
    /// <param name="unsignedHeaders">The names of headers that must be signed but are not.</param>
    public static ReceivedRequest? Parse(
        HttpMethod method,
        string? url,
        IEnumerable<KeyValuePair<string, string>>? headers,
        in ParseOptions options,
        out PresignedUrlVerificationStatus failure,
        out IReadOnlyList<string> unsignedHeaders)
    {
        failure = PresignedUrlVerificationStatus.Malformed;
        unsignedHeaders = [];

        // Clients do not send fragments. A fragment could add parameters after the signature because web servers do not end the query at a '#'.
        if (!UrlParts.TrySplit(url, out UrlParts parts) || (parts.HasFragment && !options.AllowFragment))
        {
            return null;
        }

        ReceivedQuery query = default;
        ByteBuffer buffer = new(2048);
        try
        {
            return ReceivedQuery.TryRead(parts.Query, out query)
                ? Parse(method, parts, ref query, headers, options, ref buffer, out failure, out unsignedHeaders)
                : null;
        }
        finally
        {
            query.Dispose();
            buffer.Dispose();
        }
    }

    /// <summary>Performs the checks that do not require credentials.</summary>
    /// <remarks>If a request fails these checks, its credentials are not looked up.</remarks>
    public PresignedUrlVerificationStatus CheckScopeAndTime(VerificationRules rules, DateTimeOffset now)
    {
        TimeSpan age = now.UtcDateTime - Url.SignedAtUtc;
        return Url.Seconds < 1 || Url.Seconds > rules.MaxExpiresIn ? PresignedUrlVerificationStatus.ExpiryOutOfRange
            : Url.Service != rules.Service || (rules.Region is not null && Url.Region != rules.Region) ? PresignedUrlVerificationStatus.WrongScope
            : -age > rules.ClockSkew ? PresignedUrlVerificationStatus.NotYetValid
            : !rules.AcceptsExpired && age >= TimeSpan.FromSeconds(Url.Seconds) ? PresignedUrlVerificationStatus.Expired
            : PresignedUrlVerificationStatus.Valid;
    }

    /// <summary>Checks the session token, the signature and the credentials' expiry.</summary>
    public PresignedUrlVerificationStatus CheckSignature(S3Credentials? credentials, SigningKeyCache keys, DateTimeOffset now)
    {
        if (credentials is null)
        {
            return PresignedUrlVerificationStatus.UnknownAccessKey;
        }

        if (!HasTokenOf(credentials))
        {
            return PresignedUrlVerificationStatus.WrongSessionToken;
        }

        return !keys.IsSigned(credentials, Url.Region!, Url.SignedAtUtc, this, static (request, key) => request.IsSignedWith(key))
            ? (LacksSignedHeader ? PresignedUrlVerificationStatus.MissingSignedHeader : PresignedUrlVerificationStatus.SignatureMismatch)
            : credentials.ExpiresAt is { } end && end <= now ? PresignedUrlVerificationStatus.ExpiredCredentials
            : PresignedUrlVerificationStatus.Valid;
    }

    /// <summary>Returns the bytes of the signature, or <c>null</c> if the signature does not consist of 64 lowercase hexadecimal digits.</summary>
    public byte[]? ReadSignature()
    {
        byte[] signature = new byte[SigningKey.SignatureSize];
        return HexSignature.TryRead(_query.Value(_signature), signature) ? signature : null;
    }

    /// <summary>Returns the encoded names of the parameters that follow the signature, in their original order.</summary>
    public List<string> NamesAfterSignature() => _query.NamesAfter(_signature);

    /// <summary>Decodes the parameters that do not belong to the signature, in canonical order.</summary>
    public List<KeyValuePair<string, string>> ReadParameters()
    {
        List<KeyValuePair<string, string>> parameters = [];
        for (int i = 0; i < _query.Count; i++)
        {
            if (!SigV4Parameters.IsName(_query.Name(i)))
            {
                parameters.Add(new KeyValuePair<string, string>(PercentEncoding.Decode(_query.Name(i))!, PercentEncoding.Decode(_query.Value(i))!));
            }
        }

        return parameters;
    }

    /// <summary>Zeroes the buffers, which can contain a session token, and returns them to their pools.</summary>
    public void Dispose()
    {
        _query.Dispose();
        _canonicalRequest.Dispose();
    }

    private static ReceivedRequest? Parse(
        HttpMethod method,
        UrlParts parts,
        ref ReceivedQuery query,
        IEnumerable<KeyValuePair<string, string>>? sent,
        in ParseOptions options,
        ref ByteBuffer buffer,
        out PresignedUrlVerificationStatus failure,
        out IReadOnlyList<string> unsignedHeaders)
    {
        unsignedHeaders = [];
        List<KeyValuePair<string, string>>? appended = query.TakeAppended(options.AcceptAppended);
        SigV4Parameters parameters = new(query);

        // The parameters are reported in their original order, so this call must precede FindFailure, which sorts the query.
        RequestParameters? others = RequestParameters.Read(query, SigV4Parameters.IsName);
        failure = FindFailure(query, parameters);
        if (failure != PresignedUrlVerificationStatus.Valid)
        {
            return null;
        }

        failure = PresignedUrlVerificationStatus.Malformed;
        if (others is null || !parameters.HasSignature
            || !ReceivedHeaders.TryRead(parameters.SignedHeadersText, sent, options.AllowedUnsignedHeaders, out ReceivedHeaders headers) || headers.IsMalformed
            || !parameters.TryReadCredential(isForAllRegions: false, options.KnownRegion, out Credential credential)
            || FindHost(parts, headers) is not { } host)
        {
            return null;
        }

        failure = credential.ScopeDate != credential.SignedAt.Date ? PresignedUrlVerificationStatus.WrongScope
            : headers.HasAuthorization ? PresignedUrlVerificationStatus.ConflictingAuthorization
            : headers.HasUnsigned ? PresignedUrlVerificationStatus.UnsignedHeader
            : PresignedUrlVerificationStatus.Malformed;
        if (failure != PresignedUrlVerificationStatus.Malformed)
        {
            unsignedHeaders = failure == PresignedUrlVerificationStatus.UnsignedHeader ? headers.Unsigned : [];
            return null;
        }

        if (!TryAppendCanonicalRequest(ref buffer, method, parts.Path, query, headers.ToSign(), host))
        {
            return null;
        }

        failure = PresignedUrlVerificationStatus.Valid;
        PresignedUrlInfo url = PresignedUrlInfo.Create(parts, host, parameters, credential, others.Value, options.Endpoint, options.IsEndpointRequired);
        return new ReceivedRequest(ref query, ref buffer)
        {
            Url = url,
            LacksSignedHeader = headers.LacksSigned,
            Appended = appended ?? (IReadOnlyList<KeyValuePair<string, string>>)[],
        };
    }

    private static PresignedUrlVerificationStatus FindFailure(in ReceivedQuery query, in SigV4Parameters parameters)
    {
        if (!parameters.IsPresigned)
        {
            return query.IndexOf("Signature"u8) >= 0 && query.IndexOf("AWSAccessKeyId"u8) >= 0
                ? PresignedUrlVerificationStatus.UnsupportedAlgorithm
                : PresignedUrlVerificationStatus.NotPresigned;
        }

        query.Sort();
        return query.HasDuplicate() || parameters.HasOtherCase ? PresignedUrlVerificationStatus.DuplicateParameter
            : !parameters.AreText || !parameters.HasAlgorithm ? PresignedUrlVerificationStatus.Malformed
            : !parameters.IsHmac ? parameters.Algorithm.IndexOf((byte)'%') >= 0 ? PresignedUrlVerificationStatus.Malformed : PresignedUrlVerificationStatus.UnsupportedAlgorithm
            : PresignedUrlVerificationStatus.Valid;
    }

    private static string? FindHost(UrlParts parts, in ReceivedHeaders headers)
    {
        if (parts.Authority.IsEmpty)
        {
            return headers.Host?.ToLowerInvariant();
        }

        string host = UrlParts.SignedHost(parts.Authority, parts.IsTls);
        return headers.Host is null || UrlParts.SignedHost(headers.Host.AsSpan(), parts.IsTls) == host ? host : null;
    }

    private static bool TryAppendCanonicalRequest(
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
        CanonicalHeaders.Append(ref buffer, headers, host.AsSpan());
        buffer.Append((PayloadLine.SignedBy(headers) ?? PayloadLine.Unsigned).AsSpan());
        return true;
    }

    private bool IsSignedWith(SigningKey key)
    {
        Span<byte> expected = stackalloc byte[SigningKey.SignatureSize];
        Span<byte> received = stackalloc byte[SigningKey.SignatureSize];
        key.SignCanonicalRequest(ref _canonicalRequest, 0, Url.SignedAtUtc, expected);
        return HexSignature.TryRead(_query.Value(_signature), received) && Platform.FixedTimeEquals(expected, received);
    }

    private bool HasTokenOf(S3Credentials credentials) => credentials.EncodedSessionToken is null || _sessionToken < 0
        ? credentials.EncodedSessionToken is null && _sessionToken < 0
        : Platform.FixedTimeEquals(credentials.EncodedSessionToken, _query.Value(_sessionToken));

    /// <summary>The options for the parser.</summary>
    /// <remarks>The defaults accept the same requests as a strict store.</remarks>
    internal readonly struct ParseOptions()
    {
        /// <summary>Gets the names of <c>x-amz-*</c> headers that need not be signed.</summary>
        public string[] AllowedUnsignedHeaders { get; init; } = [];

        /// <summary>Gets the names of parameters that may follow the signature.</summary>
        public IReadOnlyCollection<string> AcceptAppended { get; init; } = [];

        /// <summary>Gets a value that indicates whether a fragment is ignored rather than rejected.</summary>
        public bool AllowFragment { get; init; }

        /// <summary>Gets the endpoint that determines the bucket and the key.</summary>
        public S3Endpoint? Endpoint { get; init; }

        /// <summary>Gets a value that indicates whether the bucket and the key are determined only for URLs that belong to the endpoint.</summary>
        public bool IsEndpointRequired { get; init; }

        /// <summary>Gets the region that most URLs are expected to contain.</summary>
        /// <remarks>The string is reused, which avoids an allocation for each URL.</remarks>
        public string? KnownRegion { get; init; }
    }
}

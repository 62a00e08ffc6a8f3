namespace PresignKit;

/// <summary>The request that a client sent, which is compared with the presigned URL.</summary>
/// <param name="method">The method that was sent.</param>
/// <param name="url">The URL that was sent.</param>
/// <param name="headers">The headers that were sent.</param>
internal sealed class SentRequest(HttpMethod method, string url, IEnumerable<KeyValuePair<string, string>> headers)
{
    private const string SignatureName = "X-Amz-Signature";

    private static readonly char[] WhiteSpace = [' ', '\t', '\r', '\n'];

    private readonly Dictionary<string, string> _headers = Joined(headers);

    /// <exception cref="ArgumentException">The request URI is missing or relative.</exception>
    public static SentRequest From(HttpRequestMessage sent)
    {
        if (sent.RequestUri is not { IsAbsoluteUri: true } uri)
        {
            throw new ArgumentException(
                $"RequestUri is {(sent.RequestUri?.OriginalString is { } address ? $"'{Printable.Text(PresignedUrl.WithoutQuery(address))}', which is not an absolute URL" : "null")}, so the request has not been sent yet. "
                + "Call this method after the request was sent, or in a DelegatingHandler.",
                nameof(sent));
        }

        IEnumerable<KeyValuePair<string, string>> headers = Platform.UnparsedHeaders(sent.Headers);
        if (sent.Content is { } content)
        {
            // System.Net.Http may not have added the Content-Length header yet, but the ContentLength property computes the length that will be sent.
            long? length = content.Headers.ContentLength;
            headers = headers.Concat(Platform.UnparsedHeaders(content.Headers).Where(header => !IsContentLength(header.Key)));
            headers = length is null ? headers : headers.Append(new KeyValuePair<string, string>("Content-Length", InvariantText.Number(length)!));
        }

        // The URL is composed the way System.Net.Http sends it. The result can differ from Uri.AbsoluteUri.
        string host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        string port = uri.IsDefaultPort ? "" : FormattableString.Invariant($":{uri.Port}");
        return new SentRequest(sent.Method, $"{uri.Scheme}://{host}{port}{uri.PathAndQuery}", headers);
    }

    /// <summary>Returns the first difference from the signed request.</summary>
    public SignatureComparison CompareWith(PresignedUrl presigned)
    {
        if (!UrlParts.TrySplit(presigned.Url, out UrlParts signed) || !UrlParts.TrySplit(url, out UrlParts sent))
        {
            return new SignatureComparison(SignatureDifference.Unknown, "One of the two URLs cannot be read, because it is not an http or https URL. Pass the URL as it was created, and the URL as it was sent.");
        }

        return CompareAuthorization()
            ?? CompareMethod(presigned.Method)
            ?? CompareHost(signed, sent)
            ?? ComparePath(signed, sent, isExact: false)
            ?? CompareQuery(signed, sent)
            ?? CompareHeaders(presigned, signed)
            ?? FindUnsignedHeader(presigned)
            ?? ComparePath(signed, sent, isExact: true)
            ?? Same(presigned);
    }

    private SignatureComparison? CompareAuthorization() => !_headers.ContainsKey("authorization") ? null : new SignatureComparison(
        SignatureDifference.UnsignedHeader,
        "The request has an Authorization header in addition to the signature in the URL, which stores reject with 400 or 403. Use an HttpClient without that default header.");

    private SignatureComparison? CompareMethod(HttpMethod signed)
    {
        (string ours, string theirs) = (UppercaseMethod.Of(signed).Method, UppercaseMethod.Of(method).Method);
        return ours == theirs ? null : Different(SignatureDiagnosis.OfMethod(ours, theirs, Observer.Client), ours, theirs);
    }

    private SignatureComparison? CompareHost(UrlParts signed, UrlParts sent)
    {
        string ours = UrlParts.SignedHost(signed.Authority, signed.IsTls);
        ReadOnlySpan<char> authority = _headers.TryGetValue("host", out string? header) ? header.AsSpan().Trim() : sent.Authority;
        string theirs = UrlParts.SignedHost(authority, sent.Authority.IsEmpty ? signed.IsTls : sent.IsTls);
        return theirs.Length == 0 || ours == theirs ? null : Different(SignatureDiagnosis.OfHost(Observer.Client), ours, theirs);
    }

    // Stores decode a path and encode it again, so a different encoding is the least likely cause and is checked last.
    private static SignatureComparison? ComparePath(UrlParts signed, UrlParts sent, bool isExact)
    {
        (string ours, string theirs) = (PathOf(signed), PathOf(sent));
        return ours == theirs || (!isExact && UrlLocation.EncodedPath(ours.AsSpan()) is { } path && path == UrlLocation.EncodedPath(theirs.AsSpan()))
            ? null
            : Different(SignatureDiagnosis.OfPath(ours, theirs, Observer.Client), ours, theirs);
    }

    private static SignatureComparison? CompareQuery(UrlParts signed, UrlParts sent)
    {
        (string ours, string? ourSignature, _) = Read(signed.Query);
        (string theirs, string? theirSignature, bool isValid) = Read(sent.Query);
        if (!isValid)
        {
            return new SignatureComparison(SignatureDifference.Encoding, "The query that was sent contains a broken escape, or a character that cannot be part of a URL. Send the URL unchanged.");
        }

        if (ours != theirs)
        {
            return Different(QueryDiagnosis.Explain(ours, theirs, Observer.Client), SecretMask.OfLine(ours), SecretMask.OfLine(theirs));
        }

        return ourSignature == theirSignature ? null
            : theirSignature is null ? new SignatureComparison(SignatureDifference.MissingParameter, $"The client did not send the parameter '{SignatureName}'. Pass on the whole URL. A log or a link may have truncated it.")
            : new SignatureComparison(SignatureDifference.ParameterValue, $"The parameter '{SignatureName}' has a different value than in the presigned URL. Pass on the whole URL, and check that it is not from an earlier Presign call.");
    }

    private SignatureComparison? CompareHeaders(PresignedUrl presigned, UrlParts signed)
    {
        foreach (KeyValuePair<string, string> header in presigned.RequiredHeaders)
        {
            string line = SecretMask.OfLine($"{header.Key}: {header.Value}");
            if (!_headers.TryGetValue(header.Key, out string? sent))
            {
                return IsContentLength(header.Key)
                    ? Different((SignatureDifference.MissingHeader, "The length of the body is unknown, so it is sent in chunks without the signed Content-Length. Send content whose length is known."), line, theirs: null)
                    : Different((SignatureDifference.MissingHeader, HeaderDiagnosis.Missing(header.Key, Observer.Client, proxyHeader: null)), line, theirs: null);
            }

            if (Collapsed(header.Value) != Collapsed(sent))
            {
                string cause = HeaderDiagnosis.Changed(header.Key, header.Value, sent, Observer.Client, proxyHeader: null);
                return Different((SignatureDifference.HeaderValue, cause), line, SecretMask.OfLine($"{header.Key}: {sent}"));
            }
        }

        // Even if the URL was stored without its headers, X-Amz-SignedHeaders still contains their names. Locked headers are skipped because they must not be sent.
        string? missing = SignedNames(signed.Query).FirstOrDefault(name => name != "host" && !_headers.ContainsKey(name) && !presigned.RequiredHeaders.ContainsKey(name) && !RequestBuilder.IsLocked(name));
        return missing is null ? null : new SignatureComparison(SignatureDifference.MissingHeader, HeaderDiagnosis.Missing(missing, Observer.Client, proxyHeader: null));
    }

    private SignatureComparison? FindUnsignedHeader(PresignedUrl presigned)
    {
        HashSet<string> signed = new(UrlParts.TrySplit(presigned.Url, out UrlParts parts) ? SignedNames(parts.Query).Where(name => !RequestBuilder.IsLocked(name)) : [], StringComparer.OrdinalIgnoreCase);
        string[] unsigned =
        [
            .. _headers.Keys.Where(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !signed.Contains(name) && !presigned.RequiredHeaders.ContainsKey(name)),
        ];
        return unsigned.Length == 0 ? null : new SignatureComparison(
            SignatureDifference.UnsignedHeader,
            $"The client sent {Printable.List(unsigned)}, which the URL does not sign, so stores reject the request with 403. Presign the operation with {(unsigned.Length == 1 ? "this header" : "these headers")}, or do not send {(unsigned.Length == 1 ? "it" : "them")}.");
    }

    private SignatureComparison Same(PresignedUrl presigned)
    {
        string type = _headers.ContainsKey("content-type") && !presigned.RequiredHeaders.ContainsKey("content-type")
            ? "Content-Type is sent but not signed. Ceph rejects this as of versions 19.2.6 and 20.2.4, so sign the header. "
            : "";
        return new SignatureComparison(
            SignatureDifference.None,
            FormattableString.Invariant($"The request matches the signed request, and the URL is valid until {presigned.ExpiresAt.UtcDateTime:u}. {type}")
            + "Check the clock, the secret access key and its permissions, and whether a proxy changes the host, the path or a header.");
    }

    private static SignatureComparison Different((SignatureDifference Difference, string Cause) found, string ours, string? theirs) => new(found.Difference, found.Cause, line: null, ours, theirs);

    private static string PathOf(UrlParts parts) => parts.Path.IsEmpty ? "/" : parts.Path.ToString();

    // Returns the canonical query (without the signature) and the signature.
    private static (string Query, string? Signature, bool IsValid) Read(ReadOnlySpan<char> text)
    {
        ReceivedQuery query = default;
        ByteBuffer canonical = new(1024);
        try
        {
            if (!ReceivedQuery.TryRead(text, out query))
            {
                return ("", null, false);
            }

            int signature = query.IndexOf("X-Amz-Signature"u8);
            string? value = signature < 0 ? null : Platform.AsciiToString(query.Value(signature));
            query.Sort();
            query.AppendCanonical(ref canonical);
            return (Platform.AsciiToString(canonical.Written), value, true);
        }
        finally
        {
            query.Dispose();
            canonical.Dispose();
        }
    }

    private static string[] SignedNames(ReadOnlySpan<char> text)
    {
        ReceivedQuery query = default;
        try
        {
            return ReceivedQuery.TryRead(text, out query) && query.IndexOf("X-Amz-SignedHeaders"u8) is >= 0 and int index
                ? (PercentEncoding.Decode(query.Value(index)) ?? "").Split(';')
                : [];
        }
        finally
        {
            query.Dispose();
        }
    }

    private static Dictionary<string, string> Joined(IEnumerable<KeyValuePair<string, string>> headers) => headers
        .GroupBy(header => header.Key ?? "", header => header.Value ?? "", StringComparer.OrdinalIgnoreCase)
        .ToDictionary(header => header.Key, header => string.Join(",", header), StringComparer.OrdinalIgnoreCase);

    private static string Collapsed(string value) => string.Join(" ", value.Split(WhiteSpace, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsContentLength(string name) => name.Equals("content-length", StringComparison.OrdinalIgnoreCase);
}

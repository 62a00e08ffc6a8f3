namespace PresignKit;

/// <summary>Verifies presigned requests in place of a store, for example in a gateway, a local store or a test.</summary>
/// <remarks>
/// <para>Create one verifier and reuse it. A verifier is thread-safe and does not perform any I/O itself.</para>
/// <para>A verifier is stricter than some stores. It rejects an unsigned <c>x-amz-*</c> header, a repeated parameter, a wrong region or service, an expiry that is out of range,
/// and a signing time in the future.</para>
/// <para>Equivalent requests produce the same result. The following differences are ignored:</para>
/// <list type="bullet">
/// <item><description>the letter case of the method, the host, header names and <c>%xx</c></description></item>
/// <item><description>the escaping of characters (a <c>%2F</c> in the path is treated as a slash)</description></item>
/// <item><description>the encoding of a space in the query (<c>+</c> or <c>%20</c>)</description></item>
/// <item><description>the order of parameters and headers</description></item>
/// <item><description>the presence of empty parameters (<c>&amp;&amp;</c>)</description></item>
/// <item><description>the presence of the scheme's default port</description></item>
/// <item><description>white space around and within header values</description></item>
/// </list>
/// <para>The signature does not cover the body unless <c>x-amz-content-sha256</c> is signed. If it is signed, compare the hash of the body with the header's value.</para>
/// <para>A URL that starts with its path does not have a scheme, so a default port in the <c>Host</c> header is not removed.</para>
/// <para>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">Authenticating Requests: Using Query Parameters</see>.</para>
/// </remarks>
/// <example><code>
/// PresignedUrlVerifier verifier = new(id => keys.Find(id), new() { Endpoint = S3Endpoint.Create("https://files.example.com", "us-east-1") });
/// // In ASP.NET Core: the target as the client sent it, because Request.Path is decoded.
/// string target = context.Features.Get&lt;IHttpRequestFeature&gt;()!.RawTarget;
/// var headers = request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()));
/// PresignedUrlVerificationResult result = verifier.Verify(new HttpMethod(request.Method), target, headers);
/// return result.IsValid ? Open(result.Url.Bucket, result.Url.Key) : Results.StatusCode(403);
/// </code></example>
public sealed class PresignedUrlVerifier
{
    // One result per status, so rejecting a request does not allocate a result.
    private static readonly PresignedUrlVerificationResult[] Rejections =
        [.. Enumerable.Range(0, (int)PresignedUrlVerificationStatus.SignatureMismatch + 1).Select(status => new PresignedUrlVerificationResult((PresignedUrlVerificationStatus)status, url: null, []))];

    private readonly Func<string, CancellationToken, ValueTask<S3Credentials?>> _findCredentials;
    private readonly VerificationRules _rules;
    private readonly TimeProvider _timeProvider;
    private readonly SigningKeyCache _keys;

    /// <summary>Initializes a verifier with credentials that are available synchronously.</summary>
    /// <param name="findCredentials">A function that returns the credentials for an access key ID, or <c>null</c> if there are none. It can be called from multiple threads
    /// concurrently.</param>
    /// <param name="options">The options, or <c>null</c> for the defaults. Later changes to the options have no effect.</param>
    /// <param name="timeProvider">The clock, or <c>null</c> for the system clock.</param>
    /// <exception cref="ArgumentNullException"><paramref name="findCredentials"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">An option is not valid. The message identifies the option.</exception>
    public PresignedUrlVerifier(
        Func<string, S3Credentials?> findCredentials, PresignedUrlVerifierOptions? options = null, TimeProvider? timeProvider = null)
        : this(Wrap(findCredentials), options, timeProvider)
    {
    }

    /// <summary>Initializes a verifier with credentials that are fetched asynchronously, for example from a database.</summary>
    /// <inheritdoc cref="PresignedUrlVerifier(Func{string, S3Credentials}, PresignedUrlVerifierOptions, TimeProvider)"/>
    public PresignedUrlVerifier(
        Func<string, CancellationToken, ValueTask<S3Credentials?>> findCredentials,
        PresignedUrlVerifierOptions? options = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(findCredentials);
        _findCredentials = findCredentials;
        _rules = VerificationRules.From(options ?? new PresignedUrlVerifierOptions());
        _timeProvider = timeProvider ?? TimeProvider.System;
        _keys = new SigningKeyCache(_rules.Service);
    }

    /// <summary>Gets the signing key cache. Used only by tests.</summary>
    internal SigningKeyCache Keys => _keys;

    /// <summary>Verifies a request with credentials that are available synchronously.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="url">The URL exactly as it was received, neither decoded nor normalized. It can be an absolute URL (<c>https://host/path?query</c>) or the target in the
    /// request line (<c>/path?query</c>). For a request target, the host is taken from the <c>Host</c> header.</param>
    /// <param name="headers">All headers of the request. A repeated header can appear several times, or once with its values joined by commas.</param>
    /// <returns>The status and, if the request is valid, the parsed contents of the URL. A malformed request does not cause an exception.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> is <c>null</c>.</exception>
    /// <exception cref="InvalidOperationException">The credentials are not available synchronously. Use <see cref="VerifyAsync"/> instead.</exception>
    public PresignedUrlVerificationResult Verify(HttpMethod method, string? url, IEnumerable<KeyValuePair<string, string>>? headers)
    {
        ArgumentNullException.ThrowIfNull(method);
        using ReceivedRequest? request = Parse(method, url, headers, out PresignedUrlVerificationResult? rejection);
        if (request is null)
        {
            return rejection!;
        }

        ValueTask<S3Credentials?> pending = _findCredentials(request.Url.AccessKeyId, CancellationToken.None);
        if (pending.IsCompleted)
        {
            return Decide(request, pending.GetAwaiter().GetResult());
        }

        PendingTasks.Abandon(pending.AsTask());
        throw new InvalidOperationException("The credentials have to be fetched first, but Verify never waits. Use VerifyAsync.");
    }

    /// <summary>Verifies a request and waits for the credentials if necessary.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="url">The URL exactly as it was received, neither decoded nor normalized. It can be an absolute URL (<c>https://host/path?query</c>) or the target in the
    /// request line (<c>/path?query</c>). For a request target, the host is taken from the <c>Host</c> header.</param>
    /// <param name="headers">All headers of the request.</param>
    /// <param name="cancellationToken">A token that cancels the wait for the credentials.</param>
    /// <returns>The status and, if the request is valid, the parsed contents of the URL.</returns>
    /// <remarks>The credentials are fetched only after all checks that do not require them have succeeded.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> is <c>null</c>.</exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public ValueTask<PresignedUrlVerificationResult> VerifyAsync(
        HttpMethod method, string? url, IEnumerable<KeyValuePair<string, string>>? headers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        return VerifyAsync();

        async ValueTask<PresignedUrlVerificationResult> VerifyAsync()
        {
            using ReceivedRequest? request = Parse(method, url, headers, out PresignedUrlVerificationResult? rejection);
            return request is null
                ? rejection!
                : Decide(request, await PendingTasks.WaitAsync(_findCredentials(request.Url.AccessKeyId, cancellationToken), cancellationToken).ConfigureAwait(false));
        }
    }

    private static Func<string, CancellationToken, ValueTask<S3Credentials?>> Wrap(Func<string, S3Credentials?> findCredentials)
    {
        ArgumentNullException.ThrowIfNull(findCredentials);
        return (accessKeyId, _) => new ValueTask<S3Credentials?>(findCredentials(accessKeyId));
    }

    private ReceivedRequest? Parse(
        HttpMethod method, string? url, IEnumerable<KeyValuePair<string, string>>? headers, out PresignedUrlVerificationResult? rejection)
    {
        ReceivedRequest? request = ReceivedRequest.Parse(
            method,
            url,
            headers,
            new ReceivedRequest.ParseOptions
            {
                AllowedUnsignedHeaders = _rules.AllowedUnsignedHeaders,
                Endpoint = _rules.Endpoint,
                IsEndpointRequired = _rules.Endpoint is not null,
                KnownRegion = _rules.Region ?? _rules.Endpoint?.Region,
            },
            out PresignedUrlVerificationStatus status,
            out IReadOnlyList<string> unsignedHeaders);
        if (request is not null)
        {
            status = request.CheckScopeAndTime(_rules, _timeProvider.GetUtcNow());
        }

        if (status == PresignedUrlVerificationStatus.Valid)
        {
            rejection = null;
            return request;
        }

        request?.Dispose();
        rejection = unsignedHeaders.Count == 0 ? Rejections[(int)status] : new PresignedUrlVerificationResult(status, url: null, unsignedHeaders);
        return null;
    }

    private PresignedUrlVerificationResult Decide(ReceivedRequest request, S3Credentials? credentials)
    {
        PresignedUrlVerificationStatus status = request.CheckSignature(credentials, _keys, _timeProvider.GetUtcNow());
        return status == PresignedUrlVerificationStatus.Valid ? new PresignedUrlVerificationResult(status, request.Url, []) : Rejections[(int)status];
    }
}

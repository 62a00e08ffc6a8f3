namespace PresignKit;

/// <summary>
/// Says whether a presigned request holds: for whoever stands where a store stands (a gateway, a local store, a test). Make one and keep it. Thread-safe; does no I/O of its own.
/// </summary>
/// <remarks>
/// It is strict where stores are lax: an unsigned <c>x-amz-*</c> header, a repeated parameter, another region or service, an expiry out of range and a URL from the future are refused.
/// Requests that mean the same hold alike: letter case of method, host, header names and <c>%xx</c>, characters escaped without need or not escaped (a <c>%2F</c> in the path is a
/// slash), a <c>+</c> for a space in the query, order of parameters and headers, empty parameters (<c>&amp;&amp;</c>), the port that is the scheme's own, white space around a
/// header's value and runs of it inside.
/// The signature does not cover the body, unless <c>x-amz-content-sha256</c> is signed: then compare the body's hash with that header.
/// A URL that begins with its path has no scheme: the <c>Host</c> header counts as it stands there, port and all.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">Authenticating Requests: Using Query Parameters</see>.
/// </remarks>
/// <example><code>
/// PresignedUrlVerifier verifier = new(id => keys.Find(id), new() { Region = "nyc3" });
/// // In ASP.NET Core: the target as the client wrote it, not Request.Path, which is decoded.
/// string target = context.Features.Get&lt;IHttpRequestFeature&gt;()!.RawTarget;
/// var headers = request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()));
/// bool isValid = verifier.Verify(new HttpMethod(request.Method), target, headers) == PresignVerification.Valid;
/// </code></example>
public sealed class PresignedUrlVerifier
{
    private readonly Func<string, CancellationToken, ValueTask<S3Credentials?>> _findCredentials;
    private readonly PresignedUrlVerifierOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly int _maxExpiresIn;

    /// <summary>Makes a verifier with credentials at hand.</summary>
    /// <param name="findCredentials">Finds the credentials of an access key id; <c>null</c> where there are none. Called on several threads at once.</param>
    /// <param name="options">What is expected; <c>null</c> for the defaults.</param>
    /// <param name="timeProvider">The clock; <c>null</c> for the system's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="findCredentials"/> is <c>null</c>.</exception>
    public PresignedUrlVerifier(
        Func<string, S3Credentials?> findCredentials, PresignedUrlVerifierOptions? options = null, TimeProvider? timeProvider = null)
        : this(Require(findCredentials), options, timeProvider)
    {
    }

    /// <summary>Makes a verifier with credentials that have to be fetched, from a database for example.</summary>
    /// <inheritdoc cref="PresignedUrlVerifier(Func{string, S3Credentials}, PresignedUrlVerifierOptions, TimeProvider)"/>
    public PresignedUrlVerifier(
        Func<string, CancellationToken, ValueTask<S3Credentials?>> findCredentials,
        PresignedUrlVerifierOptions? options = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(findCredentials);
        _findCredentials = findCredentials;
        _options = options ?? new PresignedUrlVerifierOptions();
        _timeProvider = timeProvider ?? TimeProvider.System;
        _ = Expiry.TryGetSeconds(_options.MaxExpiresIn, S3Provider.SigV4MaxExpirySeconds, out _maxExpiresIn);
    }

    /// <summary>The signing keys that were right before: the verifier's own, or those that it shares.</summary>
    internal RecentKeys Keys { get => field ??= new RecentKeys(_options.Service); init; }

    /// <summary>Verifies a request with credentials that are at hand. Never blocks.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="url">The URL as it was received, neither decoded nor normalised: <c>https://host/path?query</c>, or from the path on (<c>/path?query</c>),
    /// for the host of the <c>Host</c> header.</param>
    /// <param name="headers">The request's headers, all of them. A header that came several times stands here several times, or once with its values joined by commas.</param>
    /// <returns><see cref="PresignVerification.Valid"/>, or the first reason against it. No text of a request, whatever it holds, leads to an exception.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> is <c>null</c>.</exception>
    /// <exception cref="InvalidOperationException">The credentials have to be fetched first: use <see cref="VerifyAsync"/>.</exception>
    public PresignVerification Verify(HttpMethod method, string? url, IEnumerable<KeyValuePair<string, string>>? headers)
    {
        using ReceivedRequest? request = TryRead(method, url, headers, out PresignVerification failure);
        if (failure != PresignVerification.Valid)
        {
            return failure;
        }

        ValueTask<S3Credentials?> pending = _findCredentials(request!.AccessKeyId, CancellationToken.None);
        return pending.IsCompleted ? Judge(request, pending.GetAwaiter().GetResult()) : throw new InvalidOperationException(
            "The credentials have to be fetched first, and Verify never blocks. Use VerifyAsync.");
    }

    /// <summary>Verifies a request, and waits for its credentials where they have to be fetched. They are asked for only where everything else is in order.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="url">The URL as it was received, neither decoded nor normalised: <c>https://host/path?query</c>, or from the path on (<c>/path?query</c>),
    /// for the host of the <c>Host</c> header.</param>
    /// <param name="headers">The request's headers, all of them.</param>
    /// <param name="cancellationToken">Ends the wait for the credentials.</param>
    /// <returns><see cref="PresignVerification.Valid"/>, or the first reason against it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> is <c>null</c>.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async ValueTask<PresignVerification> VerifyAsync(
        HttpMethod method, string? url, IEnumerable<KeyValuePair<string, string>>? headers, CancellationToken cancellationToken = default)
    {
        using ReceivedRequest? request = TryRead(method, url, headers, out PresignVerification failure);
        return failure != PresignVerification.Valid ? failure : Judge(request!, await _findCredentials(request!.AccessKeyId, cancellationToken).ConfigureAwait(false));
    }

    private static Func<string, CancellationToken, ValueTask<S3Credentials?>> Require(Func<string, S3Credentials?> findCredentials)
    {
        ArgumentNullException.ThrowIfNull(findCredentials);
        return (accessKeyId, _) => new ValueTask<S3Credentials?>(findCredentials(accessKeyId));
    }

    // All that needs no credentials: nobody looks a key up for a request that fails anyway.
    private ReceivedRequest? TryRead(
        HttpMethod method, string? url, IEnumerable<KeyValuePair<string, string>>? headers, out PresignVerification failure)
    {
        ArgumentNullException.ThrowIfNull(method);
        ReceivedRequest? request = ReceivedRequest.TryRead(method, url.AsSpan(), headers, out failure);
        if (request is null)
        {
            return null;
        }

        DateTimeOffset now = _timeProvider.GetUtcNow();
        failure = request.ExpiresIn < 1 || request.ExpiresIn > _maxExpiresIn ? PresignVerification.ExpiryOutOfRange
            : request.Service != _options.Service || (_options.Region is not null && request.Region != _options.Region) ? PresignVerification.WrongScope
            : request.SignedAt - now > _options.ClockSkew ? PresignVerification.NotYetValid
            : !_options.AcceptsExpired && now - request.SignedAt >= TimeSpan.FromSeconds(request.ExpiresIn) ? PresignVerification.Expired
            : PresignVerification.Valid;
        return request;
    }

    private PresignVerification Judge(ReceivedRequest request, S3Credentials? credentials)
    {
        if (credentials is null)
        {
            return PresignVerification.UnknownAccessKey;
        }

        if (!request.HasTokenOf(credentials))
        {
            return PresignVerification.WrongSessionToken;
        }

        DateTime signedAt = request.SignedAt.UtcDateTime;
        SigningKey? kept = Keys.Find(credentials, request.Region, signedAt);
        SigningKey key = kept ?? Keys.Derive(credentials, request.Region, signedAt);
        if (!request.IsSignedWith(key))
        {
            return request.LacksSignedHeader ? PresignVerification.MissingSignedHeader : PresignVerification.SignatureMismatch;
        }

        if (kept is null)
        {
            Keys.Keep(credentials, key);
        }

        return credentials.ExpiresAt is { } end && end <= _timeProvider.GetUtcNow() ? PresignVerification.ExpiredCredentials : PresignVerification.Valid;
    }
}

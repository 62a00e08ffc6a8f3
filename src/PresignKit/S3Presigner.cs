namespace PresignKit;

/// <summary>Makes presigned URLs and forms for a store. Make one and keep it: it holds the signing key of the day. Thread-safe.</summary>
/// <example><code>
/// PresignerOptions options = new() { Bucket = "my-space", AccessKeyId = "…", SecretAccessKey = "…" };
/// options.UseDigitalOceanSpaces("nyc3");
/// S3Presigner presigner = new(options);
/// string link = presigner.Presign(new GetObject("reports/2026.pdf")).Url;
/// </code></example>
public sealed class S3Presigner : IPresigner
{
    private const int UsualSize = 2048;

    private readonly TimeProvider _timeProvider;

    // Read once for every URL, so that none is signed half with the old options and half with the new.
    private volatile PresignerState _state;

    /// <summary>Makes a presigner of what the options say now; later changes to them have no effect.</summary>
    /// <param name="options">The store, the credentials and the defaults.</param>
    /// <param name="timeProvider">The clock; <c>null</c> for the system's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <c>null</c>.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The options are not valid; the message says all that is wrong with them.</exception>
    public S3Presigner(PresignerOptions options, TimeProvider? timeProvider = null)
        : this(PresignerOptionsValidator.Require(options), timeProvider)
    {
    }

    internal S3Presigner(PresignerSettings settings, TimeProvider? timeProvider)
    {
        _state = new PresignerState(settings);
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public PresignedUrl Presign(S3Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        PresignerState state = _state;
        return Presign(operation, state, CurrentCredentials(state.Settings));
    }

    /// <inheritdoc/>
    public async ValueTask<PresignedUrl> PresignAsync(S3Operation operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        cancellationToken.ThrowIfCancellationRequested();
        PresignerState state = _state;
        return Presign(operation, state, await FetchCredentialsAsync(state.Settings, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Takes other settings from now on. What has begun ends with the old ones.</summary>
    internal void Use(PresignerSettings settings) => _state = new PresignerState(settings);

    private PresignedUrl Presign(S3Operation operation, PresignerState state, S3Credentials credentials) =>
        Presign(operation, state, state.Settings.Validity, credentials);

    private PresignedUrl Presign(S3Operation operation, PresignerState state, ValidityRules rules, S3Credentials credentials)
    {
        RequestBuilder request = RequestBuilder.Rent();
        ByteBuffer buffer = new(UsualSize);
        try
        {
            Describe(operation, state.Settings, request);
            Validity validity = Validity.Of(operation.ExpiresIn, rules, credentials, _timeProvider, nameof(operation));
            string url = Platform.AsciiToString(AppendUrl(ref buffer, operation, request, state, credentials, validity));
            return new PresignedUrl(url, request.Method, validity.SignedAt, validity.ExpiresAt, PresignedUrl.HeadersToSend(request.Headers));
        }
        finally
        {
            buffer.Dispose();
            request.Return();
        }
    }

    private static void Describe(S3Operation operation, PresignerSettings settings, RequestBuilder request)
    {
        operation.Describe(request);
        if (settings.LocksHeaders && request.Target == OperationTarget.Object && (request.Method == HttpMethod.Put || request.Method == HttpMethod.Post))
        {
            request.LockUnsignedHeaders();
        }
    }

    private static S3Credentials CurrentCredentials(PresignerSettings settings)
    {
        if (settings.Credentials is not null)
        {
            return settings.Credentials;
        }

        ValueTask<S3Credentials> pending = settings.CredentialsProvider!.GetCredentialsAsync();
        if (pending.IsCompleted)
        {
            return RequireCredentials(pending.GetAwaiter().GetResult());
        }

        // Nobody waits for this one: its failure must not turn up as an unobserved exception.
        _ = pending.AsTask().ContinueWith(
            static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        throw new InvalidOperationException(
            "The provider of the credentials has to fetch them first, and Presign never blocks. Use PresignAsync (PresignPostAsync for a form), or a provider that keeps current ones.");
    }

    private static async ValueTask<S3Credentials> FetchCredentialsAsync(PresignerSettings settings, CancellationToken cancellationToken) => settings.Credentials
        ?? RequireCredentials(await settings.CredentialsProvider!.GetCredentialsAsync(cancellationToken).ConfigureAwait(false));

    private static S3Credentials RequireCredentials(S3Credentials? credentials) =>
        credentials ?? throw new InvalidOperationException("The provider of the credentials returned null. It has to return credentials or throw.");

    /// <summary>Signs into the buffer; the result is the part of it that is the URL.</summary>
    private static ReadOnlySpan<byte> AppendUrl(
        ref ByteBuffer buffer, S3Operation operation, RequestBuilder description, PresignerState state, S3Credentials credentials, Validity validity)
    {
        string? bucket = description.Target == OperationTarget.Service ? RefuseBucket(operation) : BucketOf(operation.Bucket, state.Settings, nameof(operation));
        BucketAddress address = state.AddressOf(bucket, nameof(operation));
        DateTime signedAt = validity.SignedAt.UtcDateTime;
        SigningInput request = new()
        {
            Method = description.Method.Method,
            Host = address.Host,
            EncodedPathPrefix = description.Target == OperationTarget.Object ? address.KeyPrefix : address.BucketPath,
            Path = description.Key,
            EncodedQuery = description.EncodedQuery,
            Query = description.Query,
            EmittedOrigin = EmittedOrigin(operation, description, state.Settings),
            Headers = description.Headers,
            Payload = PayloadLine.SignedBy(description.Headers) ?? PayloadLine.Unsigned,
            AccessKeyId = credentials.AccessKeyId,
            SessionToken = credentials.SessionToken,
            SignedAt = signedAt,
            ExpiresIn = validity.Seconds,
        };
        int start = QuerySigner.AppendUrl(ref buffer, request, state.KeyFor(credentials, address.Region, signedAt));
        return buffer.Written[start..];
    }

    private static byte[]? EmittedOrigin(S3Operation operation, RequestBuilder description, PresignerSettings settings)
    {
        // Only plain downloads: a CDN need not pass headers on, and must not see a customer's encryption key.
        if (settings.EmittedOrigin is null || operation is not GetObject || !description.Headers.IsEmpty)
        {
            return null;
        }

        return operation.Bucket is null || operation.Bucket == settings.Bucket ? settings.EmittedOrigin : throw new ArgumentException(
            $"The bucket '{Printable.Text(operation.Bucket)}' is not the one that the CDN '{settings.PublicOrigin}' stands before ('{settings.Bucket}'). Use a presigner without PublicUrl for it.",
            nameof(operation));
    }

    private static string? RefuseBucket(S3Operation operation) => operation.Bucket is null ? null : throw new ArgumentException(
        $"A request for the store itself has no bucket, and names '{Printable.Text(operation.Bucket)}'. Leave it out, or use S3Request.ForBucket.", nameof(operation));

    private static string BucketOf(string? bucket, PresignerSettings settings, string paramName) => bucket ?? settings.Bucket
        ?? throw new ArgumentException($"The {paramName} names no bucket, and the options have none. Set Bucket in either.", paramName);

    /// <summary>Presigns an operation that needs no headers but <c>host</c>, into memory of the caller's. Allocates nothing on .NET 8 and later
    /// (but for the text of a date or a number that the operation holds, for response overrides that are used a second time, and for a bucket that is none of the last 60 or so).</summary>
    /// <param name="operation">What the URL allows.</param>
    /// <param name="destination">Where the URL goes.</param>
    /// <param name="charsWritten">The length of the URL; 0 where it did not fit.</param>
    /// <returns>Whether <paramref name="destination"/> was long enough.</returns>
    /// <inheritdoc cref="IPresigner.Presign" path="/exception"/>
    /// <exception cref="ArgumentException">The operation signs headers, which the URL alone does not tell: use <see cref="Presign(S3Operation)"/>.</exception>
    public bool TryPresign(S3Operation operation, Span<char> destination, out int charsWritten)
    {
        ByteBuffer buffer = new(UsualSize);
        try
        {
            ReadOnlySpan<byte> url = AppendBareUrl(ref buffer, operation);
            charsWritten = url.Length <= destination.Length ? url.Length : 0;
            Platform.AsciiToChars(url[..charsWritten], destination);
            return charsWritten > 0;
        }
        finally
        {
            buffer.Dispose();
        }
    }

    /// <summary>Presigns an operation that needs no headers but <c>host</c>, as UTF-8 (a URL is ASCII): for an <c>IBufferWriter&lt;byte&gt;</c>, or a <c>Utf8JsonWriter</c>.
    /// Allocates nothing on .NET 8 and later (but for the text of a date or a number that the operation holds, for response overrides that are used a second time, and for a bucket that is none of the last 60 or so).</summary>
    /// <param name="operation">What the URL allows.</param>
    /// <param name="utf8Destination">Where the URL goes.</param>
    /// <param name="bytesWritten">The length of the URL; 0 where it did not fit.</param>
    /// <returns>Whether <paramref name="utf8Destination"/> was long enough.</returns>
    /// <example><code>
    /// Span&lt;byte&gt; url = stackalloc byte[2048];
    /// if (presigner.TryPresign(new GetObject(key), url, out int length))
    /// {
    ///     json.WriteString("url"u8, url[..length]);      // Utf8JsonWriter
    /// }
    /// </code></example>
    /// <inheritdoc cref="TryPresign(S3Operation, Span{char}, out int)" path="/exception"/>
    public bool TryPresign(S3Operation operation, Span<byte> utf8Destination, out int bytesWritten)
    {
        ByteBuffer buffer = new(UsualSize);
        try
        {
            ReadOnlySpan<byte> url = AppendBareUrl(ref buffer, operation);
            bytesWritten = url.TryCopyTo(utf8Destination) ? url.Length : 0;
            return bytesWritten > 0;
        }
        finally
        {
            buffer.Dispose();
        }
    }

    /// <summary>Signs into the buffer; the result is the part of it that is the URL.</summary>
    private ReadOnlySpan<byte> AppendBareUrl(ref ByteBuffer buffer, S3Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        PresignerState state = _state;
        S3Credentials credentials = CurrentCredentials(state.Settings);
        RequestBuilder request = RequestBuilder.Rent();
        try
        {
            Describe(operation, state.Settings, request);
            RefuseHeaders(request, nameof(operation));
            Validity validity = Validity.Of(operation.ExpiresIn, state.Settings.Validity, credentials, _timeProvider, nameof(operation));
            return AppendUrl(ref buffer, operation, request, state, credentials, validity);
        }
        finally
        {
            request.Return();
        }
    }

    private static void RefuseHeaders(RequestBuilder request, string paramName)
    {
        foreach (KeyValuePair<string, string> header in request.Headers)
        {
            if (header.Value is not null)
            {
                throw new ArgumentException(
                    $"The operation signs the header '{header.Key}', which must be sent with the URL. Use Presign, whose result holds it.", paramName);
            }
        }
    }

    /// <inheritdoc/>
    public PresignedPost PresignPost(PostPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        PresignerState state = _state;
        return PresignPost(policy, state, CurrentCredentials(state.Settings));
    }

    /// <inheritdoc/>
    public async ValueTask<PresignedPost> PresignPostAsync(PostPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        cancellationToken.ThrowIfCancellationRequested();
        PresignerState state = _state;
        return PresignPost(policy, state, await FetchCredentialsAsync(state.Settings, cancellationToken).ConfigureAwait(false));
    }

    private PresignedPost PresignPost(PostPolicy policy, PresignerState state, S3Credentials credentials)
    {
        PresignerSettings settings = state.Settings;
        if (settings.Endpoint.FindPostProblem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(policy));
        }

        string bucket = BucketOf(policy.Bucket, settings, nameof(policy));
        BucketAddress address = state.AddressOf(bucket, nameof(policy));
        using PostForm form = new();
        policy.Describe(form, bucket);
        Validity validity = Validity.Of(policy.ExpiresIn, settings.Validity, credentials, _timeProvider, nameof(policy));
        SigningKey key = state.KeyFor(credentials, address.Region, validity.SignedAt.UtcDateTime);
        Sign(form, key, credentials, validity);
        return new PresignedPost(form, address.BucketUrl, validity.ExpiresAt);
    }

    private static void Sign(PostForm form, SigningKey key, S3Credentials credentials, Validity validity)
    {
        ByteBuffer buffer = new(UsualSize);
        try
        {
            Signer signer = key.Rent();
            form.AddUnchecked("x-amz-algorithm", StringToSign.Algorithm);
            form.AddUnchecked("x-amz-credential", signer.ParametersOf(credentials.AccessKeyId, credentials.SessionToken).Credential);
            form.AddUnchecked("x-amz-date", key.Scope.Timestamp(validity.SignedAt.UtcDateTime));
            if (credentials.SessionToken is not null)
            {
                form.AddUnchecked("x-amz-security-token", credentials.SessionToken);
            }

            ReadOnlySpan<byte> base64 = PolicyDocument.AppendBase64(ref buffer, form, validity.ExpiresAt.UtcDateTime);
            string policy = Platform.AsciiToString(base64);
            Span<byte> signature = stackalloc byte[Signer.SignatureSize];
            signer.Sign(base64, signature);
            key.Return(signer);
            buffer.Truncate(0);
            buffer.AppendHex(signature);
            form.Finish(policy, Platform.AsciiToString(buffer.Written));
        }
        finally
        {
            buffer.Dispose();
        }
    }

    /// <summary>Signs a presigned URL of this presigner's again, with query parameters added, replaced or removed, or for another time: the form of appending that keeps working.</summary>
    /// <param name="url">The URL. Its signature is verified first, with this presigner's credentials: Resign signs nothing that was not signed before.</param>
    /// <param name="method">The method that it is signed for: a URL does not hold it.</param>
    /// <param name="changes">What becomes different; <c>null</c> for nothing.</param>
    /// <returns>The new URL, and what was kept, set and removed. Without <see cref="ResignChanges.ExpiresIn"/> it ends when the old one does.</returns>
    /// <remarks>The access key, bucket and host have to be this presigner's. A session token has to be the present one: after credentials were renewed, presign anew.</remarks>
    /// <example><code>
    /// presigner.Resign(url, HttpMethod.Get, new() { SetQuery = [new("response-content-type", "text/plain")] }).Url
    /// </code></example>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> or <paramref name="method"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The URL is not this presigner's, has expired, or its signature does not fit; or a change is none that can be signed. The message says which.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The new lifetime is below 1 second, above 7 days, or past the end of the credentials.</exception>
    /// <exception cref="InvalidOperationException">The credentials have expired, or their provider has to fetch them first: use <see cref="ResignAsync"/>.</exception>
    public ResignedUrl Resign(string url, HttpMethod method, ResignChanges? changes = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(method);
        PresignerState state = _state;
        return SignAgain(url, method, changes ?? new ResignChanges(), state, CurrentCredentials(state.Settings));
    }

    /// <summary>Signs a presigned URL again, and waits for the provider of the credentials where it has to fetch them.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="method">The method that it is signed for.</param>
    /// <param name="changes">What becomes different; <c>null</c> for nothing.</param>
    /// <param name="cancellationToken">Ends the wait for the credentials.</param>
    /// <returns>The new URL, and what was kept, set and removed.</returns>
    /// <remarks><inheritdoc cref="Resign" path="/remarks"/></remarks>
    /// <inheritdoc cref="Resign" path="/exception"/>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async ValueTask<ResignedUrl> ResignAsync(
        string url, HttpMethod method, ResignChanges? changes = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(method);
        cancellationToken.ThrowIfCancellationRequested();
        PresignerState state = _state;
        S3Credentials credentials = await FetchCredentialsAsync(state.Settings, cancellationToken).ConfigureAwait(false);
        return SignAgain(url, method, changes ?? new ResignChanges(), state, credentials);
    }

    private ResignedUrl SignAgain(string url, HttpMethod method, ResignChanges changes, PresignerState state, S3Credentials credentials)
    {
        SignedPart old = SignedPart.Of(AtStore(url, state.Settings, out bool isAtCdn), changes.AcceptAppended);
        ThrowIf(isAtCdn && UppercaseMethod.Of(method) != HttpMethod.Get ? "A URL at the CDN's host is for GET only. Give the URL at the store's own host." : null, nameof(method));
        PresignedUrlVerifierOptions options = new() { AcceptsExpired = changes.AcceptExpired };
        PresignedUrlVerifier verifier = new(id => id == credentials.AccessKeyId ? credentials : null, options, _timeProvider) { Keys = state.OtherKeys };
        PresignVerification verification = verifier.Verify(method, old.Url, changes.Headers);
        if (verification != PresignVerification.Valid || !PresignedUrlInfo.TryParse(old.Url, state.Settings.Endpoint, out PresignedUrlInfo? info))
        {
            throw new ArgumentException(ResignRefusal.Because(verification, old, credentials), nameof(url));
        }

        ThrowIf(ResignRefusal.FindOtherBucket(info, state.Settings), nameof(url));
        TimeSpan remaining = info.Remaining(Validity.Floor(_timeProvider.GetUtcNow(), seconds: 1));
        ThrowIf(changes.ExpiresIn is null ? ResignRefusal.FindNoTimeLeft(remaining) : null, nameof(changes));

        ResignQuery query = ResignQuery.Of(old.Parameters, old.Appended, changes);
        S3Operation operation = OperationFor(info, method, isAtCdn) with
        {
            ExpiresIn = changes.ExpiresIn ?? remaining,
            Query = query.Parameters,
            Headers = changes.Headers,
        };

        // What is left is left: neither a window nor credentials that end sooner are a reason to refuse it or to make it longer.
        ValidityRules rules = changes.ExpiresIn is null
            ? state.Settings.Validity with { Window = 0, CredentialExpiry = CredentialExpiry.Clamp }
            : state.Settings.Validity;
        PresignedUrl presigned = Presign(operation, state, rules, credentials);
        ThrowIf(ResignRefusal.FindOtherPlace(AtStore(presigned.Url, state.Settings, out _), info, state.Settings.Endpoint), nameof(url));
        return query.Report(presigned);
    }

    /// <summary>The URL as the store sees it, where a CDN stands before the store.</summary>
    private static string AtStore(string url, PresignerSettings settings, out bool isAtCdn)
    {
        isAtCdn = settings.PublicOrigin is { } origin && url.StartsWith(origin + "/", StringComparison.OrdinalIgnoreCase);
        return isAtCdn ? $"{settings.Endpoint.SchemePrefix}{settings.Bucket}.{settings.Endpoint.Authority}{url[settings.PublicOrigin!.Length..]}" : url;
    }

    private static S3Operation OperationFor(PresignedUrlInfo info, HttpMethod method, bool isAtCdn) =>
        info.Bucket is null ? S3Request.ForService(method)
        : info.Key is null ? S3Request.ForBucket(method, info.Bucket)
        : isAtCdn ? new GetObject(info.Bucket, info.Key)
        : new S3Request(method, info.Bucket, info.Key);

    private static void ThrowIf(string? problem, string paramName)
    {
        if (problem is not null)
        {
            throw new ArgumentException(problem, paramName);
        }
    }

    /// <summary>Presigns an operation and tells what was signed, for a look at a <c>403 SignatureDoesNotMatch</c>.</summary>
    /// <param name="operation">What the URL allows.</param>
    /// <returns>Canonical request, string to sign and signed headers; without the key, the session token and SSE-C headers masked.</returns>
    /// <inheritdoc cref="IPresigner.Presign" path="/exception"/>
    public SignatureExplanation Explain(S3Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        PresignerState state = _state;
        PresignedUrl presigned = Presign(operation, state, CurrentCredentials(state.Settings));
        return SignatureExplanation.Of(presigned.Method, AtStore(presigned.Url, state.Settings, out _), presigned.RequiredHeaders, isSignedNow: true);
    }
}

namespace PresignKit;

/// <content>From a URL to a URL: the same object, with other parameters or another lifetime.</content>
public sealed partial class S3Presigner
{
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
        ThrowIf(isAtCdn && S3Request.InUpperCase(method) != HttpMethod.Get ? "A URL at the CDN's host is for GET only. Give the URL at the store's own host." : null, nameof(method));
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
        isAtCdn = settings.CdnOrigin is { } origin && url.StartsWith(origin + "/", StringComparison.OrdinalIgnoreCase);
        return isAtCdn ? $"{settings.Endpoint.SchemePrefix}{settings.Bucket}.{settings.Endpoint.Authority}{url[settings.CdnOrigin!.Length..]}" : url;
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
}

namespace PresignKit;

/// <summary>
/// Signs a presigned URL again:
/// <code>
/// URL → ReceivedRequest (parsed once) → verified → same bucket, key and signed headers, changed query → PresigningPipeline → URL
/// </code>
/// </summary>
internal static class Resigner
{
    /// <exception cref="ArgumentException">The presigner cannot sign the URL again, or a change cannot be signed.</exception>
    public static ResignedUrl Resign(string url, HttpMethod method, ResignChanges changes, PresigningPipeline pipeline, S3Credentials credentials)
    {
        string storeUrl = pipeline.AtStore(url, out bool isPublic);
        bool isAtCdn = isPublic && pipeline.Settings.PublicUrl!.IsForDownloadsOnly;
        Argument.ThrowIf(isAtCdn && UppercaseMethod.Of(method) != HttpMethod.Get ? "URLs with the host of PublicUrl support only GET. For other methods, use a URL with the store's own host." : null, nameof(method));
        using ReceivedRequest request = Verify(storeUrl, method, changes, pipeline, credentials);
        PresignedUrlInfo old = request.Url;
        string? bucket = BucketOf(old, pipeline.Settings);
        Argument.ThrowIf(pipeline.Settings.Bucket is { } own && bucket != own ? ResignProblem.OtherBucket(old, own) : null, nameof(url));
        bool isSamePlace = old.IsLocated && LeadsTo(old, bucket, pipeline);
        Argument.ThrowIf(isSamePlace ? null : ResignProblem.OtherPlace(old, pipeline.Settings.Endpoint), nameof(url));
        string region = pipeline.AddressOf(bucket, nameof(url)).Region;
        bool isSameRegion = old.Region == region || pipeline.Settings.Endpoint.Provider is { TakesAnyRegion: true } || old.Region == pipeline.Settings.Endpoint.Provider?.ScopeRegionAlias;
        Argument.ThrowIf(isSameRegion ? null : ResignProblem.OtherRegion(old, region), nameof(url));
        Argument.ThrowIf(FindUnlockedHeader(old, method, changes, pipeline) is { } name ? ResignProblem.UnlockedHeader(name) : null, nameof(url));

        // If the signer's clock is ahead of this machine's clock, the remaining lifetime can exceed the maximum.
        TimeSpan remaining = old.Remaining(Validity.Floor(pipeline.TimeProvider.GetUtcNow(), seconds: 1));
        TimeSpan max = TimeSpan.FromSeconds(pipeline.Settings.Endpoint.MaxExpirySeconds);
        remaining = remaining < max ? remaining : max;
        Argument.ThrowIf(changes.ExpiresIn is null && remaining < TimeSpan.FromSeconds(1) ? ResignProblem.NoTimeLeft : null, nameof(changes));

        ResignedQuery query = ResignedQuery.Apply(method, request.ReadParameters(), request.Appended, changes);
        S3Operation operation = OperationFor(bucket, old.Key, method, isAtCdn) with
        {
            ExpiresIn = changes.ExpiresIn ?? remaining,
            Query = query.Parameters,
            IsResigned = true,
            Headers = changes.Headers,
        };

        // A signing window must not extend the remaining lifetime. Credentials that expire earlier shorten the lifetime instead of causing an exception.
        ValidityRules rules = changes.ExpiresIn is null
            ? pipeline.Settings.Validity with { Window = 0, CredentialExpiry = CredentialExpiry.Clamp }
            : pipeline.Settings.Validity;
        return query.ToResult(pipeline.Presign(operation, credentials, rules));
    }

    private static ReceivedRequest Verify(string url, HttpMethod method, ResignChanges changes, PresigningPipeline pipeline, S3Credentials credentials)
    {
        ReceivedRequest? request = ReceivedRequest.Parse(
            method,
            url,
            changes.Headers,
            new ReceivedRequest.ParseOptions { AcceptAppended = changes.AcceptAppended, AllowFragment = true, Endpoint = pipeline.Settings.Endpoint, KnownRegion = pipeline.Settings.Endpoint.Region },
            out PresignedUrlVerificationStatus status,
            out _);
        if (request is not null)
        {
            VerificationRules rules = new() { MaxExpiresIn = pipeline.Settings.Endpoint.MaxExpirySeconds, AcceptsExpired = changes.AcceptExpired };
            DateTimeOffset now = pipeline.TimeProvider.GetUtcNow();
            status = request.CheckScopeAndTime(rules, now);
            if (status == PresignedUrlVerificationStatus.Valid)
            {
                status = request.CheckSignature(request.Url.AccessKeyId == credentials.AccessKeyId ? credentials : null, pipeline.Keys, now);
            }
        }

        if (status == PresignedUrlVerificationStatus.Valid)
        {
            return request!;
        }

        request?.Dispose();
        throw new ArgumentException(ResignProblem.Of(status, url, changes.AcceptAppended, credentials), nameof(url));
    }

    // If the host is bound to one bucket, the URL does not contain the bucket.
    private static string? BucketOf(PresignedUrlInfo old, PresignerSettings settings) =>
        settings.Endpoint.UrlStyle == UrlStyle.BucketBoundHostname && old.Host == settings.Endpoint.Authority ? settings.Bucket : old.Bucket;

    // Determines whether the new URL addresses the same resource. Either both URLs have the same host and path, or both belong to the endpoint and have the same bucket and key,
    // regardless of the URL style. Comparing only the bucket and the key is not enough: https://host//key does not contain a bucket and would be signed again as a request to the
    // store itself.
    private static bool LeadsTo(PresignedUrlInfo old, string? bucket, PresigningPipeline pipeline)
    {
        S3Endpoint endpoint = pipeline.Settings.Endpoint;
        BucketAddress address = pipeline.AddressOf(bucket, "url");
        string path = old.Key is null ? address.BucketPath : address.KeyPrefix + PercentEncoding.Path(old.Key);
        return (old.Host == address.Host.Name && (UrlLocation.EncodedPath(old.Path) is { Length: > 0 } oldPath ? oldPath : "/") == path)
            || (old.Bucket is not null
                && UrlLocation.At(endpoint, old.Host, old.Path) is not null
                && UrlLocation.At(endpoint, address.Host.Name, path.AsSpan()) == new UrlLocation(old.Bucket, old.Key));
    }

    // Returns the name of a header that the old URL locks but the new URL would not lock, or null if there is none. A locked header is signed but must not be sent.
    private static string? FindUnlockedHeader(PresignedUrlInfo old, HttpMethod method, ResignChanges changes, PresigningPipeline pipeline)
    {
        if (old.SignedHeaders.Count == 1)
        {
            return null;
        }

        bool locks = pipeline.Locks(UppercaseMethod.Of(method), old.Key is not null);
        HashSet<string> given = new(changes.Headers.Select(header => header.Key), StringComparer.OrdinalIgnoreCase);
        return old.SignedHeaders.FirstOrDefault(name => name != "host"
            && !given.Contains(name)
            && !(locks && RequestBuilder.IsLocked(name)));
    }

    private static S3Operation OperationFor(string? bucket, string? key, HttpMethod method, bool isAtCdn) =>
        bucket is null ? new S3ServiceRequest(method)
        : key is null ? new S3BucketRequest(method) { Bucket = bucket }
        : isAtCdn ? new GetObject(key) { Bucket = bucket }
        : new S3Request(method, key) { Bucket = bucket };
}

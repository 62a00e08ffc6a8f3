namespace PresignKit;

/// <summary>The rules for <see cref="PresignerOptions.PublicUrl"/>: the scheme and host that download URLs show instead of the store's.</summary>
/// <remarks>The signature is for the store's host, which the CDN uses when it forwards a request.</remarks>
internal static class PublicUrl
{
    /// <summary>Returns the origin, scheme and authority, or the problem with the URL.</summary>
    public static string? FindOrigin(string publicUrl, S3Endpoint endpoint, string? bucket, out string? problem)
    {
        EndpointUrl? parsed = EndpointUrl.Parse(publicUrl, out problem);
        problem ??= FindProblem(parsed!, endpoint, bucket);
        return problem is null ? parsed!.SchemePrefix + parsed.Authority : null;
    }

    private static string? FindProblem(EndpointUrl url, S3Endpoint endpoint, string? bucket)
    {
        if (endpoint.Provider is { Cdn: null } provider)
        {
            return $"{provider.Name} verifies signatures on its own hosts only, so that a presigned URL cannot use the host '{url.Host}'. Remove PublicUrl, or serve public objects from that host without a signature.";
        }

        if (url.BasePath.Length > 0)
        {
            return $"'{url}' has a path, which the store would receive although it is not signed. Set scheme and host only: '{url.SchemePrefix}{url.Authority}'.";
        }

        if (bucket is null)
        {
            return $"'{url.Host}' is the host of one bucket, but no bucket is set. Set Bucket.";
        }

        if (endpoint.StyleFor(bucket, out string? problem) == UrlStyle.Path || problem is not null)
        {
            return problem ?? $"The bucket '{bucket}' is in the path of the URLs of {endpoint}, so that a CDN in front of the bucket would receive it twice. Use virtual-hosted style, and a bucket without dots in its name.";
        }

        return FindContradiction(url, endpoint, bucket);
    }

    // A host of the store's own provider contains the bucket and the region.
    private static string? FindContradiction(EndpointUrl url, S3Endpoint endpoint, string bucket)
    {
        if (S3Provider.Recognize(url.Host) is not { } known)
        {
            return null;
        }

        if (!known.IsCdn)
        {
            return $"The host '{url.Host}' is a storage host of {known.Provider.Name}, not a CDN. Set the host of the CDN, or remove PublicUrl.";
        }

        if (known.Bucket != bucket)
        {
            return $"The host '{url.Host}' is the CDN of the bucket '{known.Bucket}', but Bucket is '{bucket}'. Use the same bucket in both.";
        }

        string? region = S3Provider.Recognize(endpoint.Host)?.Region;
        return known.Region == region
            ? null
            : $"The host '{url.Host}' is the CDN of the region '{known.Region}', but the store is in the region '{region}'. Use the same region in both.";
    }
}

namespace PresignKit;

/// <summary>
/// The scheme and host that download URLs show instead of the store's: those of a CDN before one bucket. The signature is for the store's host, which the
/// CDN puts into the request that it passes on.
/// </summary>
internal static class CdnOrigin
{
    /// <summary>The origin that <see cref="PresignerOptions.CdnUrl"/> stands for; otherwise says what is wrong with it.</summary>
    public static string? Resolve(string cdnUrl, S3Endpoint endpoint, string? bucket, out string? problem)
    {
        EndpointUrl? parsed = EndpointUrl.Parse(cdnUrl, out problem);
        problem ??= FindProblem(parsed!, endpoint, bucket);
        return problem is null ? parsed!.SchemePrefix + parsed.Authority : null;
    }

    private static string? FindProblem(EndpointUrl cdn, S3Endpoint endpoint, string? bucket)
    {
        if (endpoint.Provider is { Cdn: null } provider)
        {
            return $"{provider.Name} checks signatures on its own hosts only; a presigned URL cannot go through '{cdn.Host}'. Leave CdnUrl out, or serve public objects there without a signature.";
        }

        if (cdn.BasePath.Length > 0)
        {
            return $"'{cdn}' has a path, which the store would see and the signature does not cover. Write scheme and host only: '{cdn.SchemePrefix}{cdn.Authority}'.";
        }

        if (bucket is null)
        {
            return $"The CDN '{cdn.Host}' stands before one bucket, and the options name none. Set Bucket.";
        }

        if (endpoint.StyleFor(bucket, out string? problem) == UrlStyle.Path || problem is not null)
        {
            return problem ?? $"The bucket '{bucket}' stands in the path of {endpoint}, and a CDN before the bucket would name it twice. Use virtual-hosted style, and a bucket without dots.";
        }

        return FindContradiction(cdn, endpoint, bucket);
    }

    // A host of the store's own provider says which bucket and region it is for.
    private static string? FindContradiction(EndpointUrl cdn, S3Endpoint endpoint, string bucket)
    {
        if (S3Provider.Recognize(cdn.Host) is not { } known)
        {
            return null;
        }

        if (!known.IsCdn)
        {
            return $"The host '{cdn.Host}' is a store of {known.Provider.Name} and no CDN. Write the CDN's host, or leave CdnUrl out.";
        }

        if (known.Bucket != bucket)
        {
            return $"The host '{cdn.Host}' is the CDN of the bucket '{known.Bucket}', and the options name '{bucket}'. Write the same bucket in both.";
        }

        string? region = S3Provider.Recognize(endpoint.Host)?.Region;
        return known.Region == region
            ? null
            : $"The host '{cdn.Host}' is the CDN of the region '{known.Region}', and the store is in '{region}'. Write the same region in both.";
    }
}

namespace PresignKit;

/// <content>The store: endpoint, bucket and CDN, which have to agree.</content>
internal sealed partial class PresignerSettings
{
    private static string? ResolveCdn(PresignerOptions options, S3Endpoint? endpoint, string? bucket, List<string> problems)
    {
        if (options.CdnUrl is null || endpoint is null)
        {
            return null;
        }

        string? origin = PresignKit.CdnOrigin.Resolve(options.CdnUrl, endpoint, bucket, out string? problem);
        if (problem is not null)
        {
            problems.Add($"CdnUrl: {problem}");
        }

        return origin;
    }

    private static S3Endpoint? ResolveEndpoint(PresignerOptions options, out string? bucketInHost, List<string> problems)
    {
        bucketInHost = null;
        S3Endpoint? endpoint = null;
        string? problem = null;
        string? regionProblem = options.Region is { } region ? RegionRules.FindProblem(region) : null;
        if (options.UsedEndpoint is { } used)
        {
            endpoint = regionProblem is null ? used.WithRegion(options.Region ?? used.Region, out regionProblem) : null;
        }
        else if (options.Endpoint is null)
        {
            problem = "not set. Write the URL of the store, like 'https://nyc3.digitaloceanspaces.com', or call UseDigitalOceanSpaces, UseAws or UseEndpoint.";
        }
        else if (regionProblem is not null)
        {
            _ = EndpointUrl.Parse(options.Endpoint, out problem);
        }
        else
        {
            endpoint = S3Endpoint.TryCreate(options.Endpoint, options.Region, UrlStyle.Auto, out bucketInHost, out problem);
        }

        if (regionProblem is not null)
        {
            problems.Add($"Region: {regionProblem}");
        }

        if (options.UrlStyle is < UrlStyle.Auto or > UrlStyle.Path)
        {
            problems.Add(FormattableString.Invariant($"UrlStyle: {(int)options.UrlStyle} is no style. Write Auto, VirtualHosted or Path."));
        }

        if (problem is not null)
        {
            problems.Add($"Endpoint: {problem}");
            return null;
        }

        if (endpoint?.FindStyleProblem(options.UrlStyle) is { } styleProblem)
        {
            problems.Add($"UrlStyle: {styleProblem}");
        }

        return options.UrlStyle == UrlStyle.Auto ? endpoint : endpoint?.WithStyle(options.UrlStyle);
    }

    private static string? ResolveBucket(PresignerOptions options, S3Endpoint? endpoint, string? bucketInHost, List<string> problems)
    {
        string? bucket = options.Bucket ?? bucketInHost;
        if (bucket is null)
        {
            return null;
        }

        string? problem = BucketName.FindProblem(bucket);
        if (problem is null && bucketInHost is not null && bucketInHost != bucket)
        {
            problem = $"'{bucket}' is not the bucket '{bucketInHost}' that the endpoint's {S3Endpoint.PlaceOf(options.Endpoint!, bucketInHost)}. Write the endpoint as '{endpoint}', or the same bucket.";
        }

        if (problem is null)
        {
            _ = endpoint?.Locate(bucket, out problem);
        }

        if (problem is not null)
        {
            problems.Add($"Bucket: {problem}");
        }

        return bucket;
    }
}

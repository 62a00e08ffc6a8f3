namespace PresignKit;

public sealed partial class S3Endpoint
{
    /// <summary>Any store, by its URL.</summary>
    /// <param name="url">Scheme, host, and where the store has them port and base path: <c>http://[::1]:9000</c>, <c>https://ref.supabase.co/storage/v1/s3</c>.
    /// Host and port are signed: give them as the client that uses the URL sees them.</param>
    /// <param name="region">The region in the credential scope. Stores without regions mostly expect <c>us-east-1</c>.</param>
    /// <param name="style">Where the bucket goes.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The URL has no scheme, has a query, fragment or user name, or names a bucket beside a known provider's
    /// host; the region is no region's name, or not the one in a known provider's host; or the provider does not take the style.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="style"/> is none of the styles.</exception>
    public static S3Endpoint Create(string url, string region, UrlStyle style = UrlStyle.Auto)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(region);
        if (RegionRules.FindProblem(region) is { } regionProblem)
        {
            throw new ArgumentException(regionProblem, nameof(region));
        }

        if (style is < UrlStyle.Auto or > UrlStyle.Path)
        {
            throw new ArgumentOutOfRangeException(nameof(style), style, FormattableString.Invariant($"{(int)style} is no style. Write Auto, VirtualHosted or Path."));
        }

        return WithoutBucket(url, TryCreate(url, region, style, out string? bucket, out string? problem), bucket, problem);
    }

    /// <summary>A known provider's endpoint, by its URL, which tells the region.</summary>
    /// <param name="url">Like <c>https://nyc3.digitaloceanspaces.com</c> or <c>https://s3.eu-west-1.amazonaws.com</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The URL is none, names a bucket (<see cref="Parse(string, out string)"/> takes it out), or its host is not a known
    /// provider's or does not tell the region: then <see cref="Create"/> takes the region beside it.</exception>
    public static S3Endpoint Parse(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return WithoutBucket(url, TryCreate(url, region: null, UrlStyle.Auto, out string? bucket, out string? problem), bucket, problem);
    }

    /// <summary>A known provider's endpoint, by a URL that may name a bucket as well, in its host or as its path, as consoles show it.</summary>
    /// <param name="url">Like <c>https://my-space.nyc3.digitaloceanspaces.com</c> or <c>https://s3.eu-west-1.amazonaws.com/my-bucket</c>.</param>
    /// <param name="bucket">The bucket; an ARN where the host is an access point's; <c>null</c> where the URL names none.</param>
    /// <returns>The endpoint, without the bucket.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The URL is none, or its host is not a known provider's or does not tell the region.</exception>
    public static S3Endpoint Parse(string url, out string? bucket)
    {
        ArgumentNullException.ThrowIfNull(url);
        return TryCreate(url, region: null, UrlStyle.Auto, out bucket, out string? problem) ?? throw new ArgumentException(problem, nameof(url));
    }

    /// <summary>Takes a URL apart, beside a region that is one; a bucket beside a known provider's host is taken out of it.</summary>
    internal static S3Endpoint? TryCreate(string url, string? region, UrlStyle style, out string? bucket, out string? problem)
    {
        bucket = null;
        EndpointUrl? parsed = EndpointUrl.Parse(url, out problem);
        problem ??= AwsHosts.FindProblem(parsed!.Host) ?? (region is null ? null : RegionRules.FindProblem(region));
        if (problem is not null)
        {
            return null;
        }

        parsed = WithoutAccessPoint(parsed!, out string? accessPoint, out problem);
        if (problem is null && S3Provider.Recognize(parsed.Host) is { } known)
        {
            return Of(known, parsed, region, style, accessPoint, out bucket, out problem);
        }

        problem ??= region is null
            ? $"The region is missing, and the host '{parsed.Host}' does not tell it. Set Region; stores without regions (MinIO, Ceph) mostly expect 'us-east-1'."
            : null;
        return problem is null ? new S3Endpoint(parsed, region!, style) : null;
    }

    /// <summary>Where in the URL the bucket stands, for messages.</summary>
    internal static string PlaceOf(string url, string bucket) =>
        url.TrimEnd('/').EndsWith("/" + bucket, StringComparison.Ordinal) ? "path is" : "host begins with";

    private static S3Endpoint? Of(
        RecognizedHost known, EndpointUrl url, string? region, UrlStyle style, string? accessPoint, out string? bucket, out string? problem)
    {
        S3Provider provider = known.Provider;
        bucket = accessPoint ?? known.Bucket;
        problem = RegionRules.FindContradiction(known, url.Host, region);
        if (problem is null && provider.NeedsTls && !url.IsTls)
        {
            problem = $"{provider.Name} answers over HTTPS only. Write the endpoint as 'https://{url.Host}'.";
        }

        if (known.Bucket is not null)
        {
            url = url with { Host = url.Host[(known.Bucket.Length + 1)..] };
        }

        if (url.BasePath != provider.BasePath)
        {
            string expected = url.SchemePrefix + url.Authority + provider.BasePath;
            string rest = url.BasePath.StartsWith(provider.BasePath, StringComparison.Ordinal) ? url.BasePath[provider.BasePath.Length..] : "";
            bool isBucket = bucket is null && rest.Length > 1 && rest[0] == '/' && rest.LastIndexOf('/') == 0;
            problem ??= isBucket ? null : $"The endpoint's path '{url.BasePath}' is not where the API of {provider.Name} stands. Write '{expected}', and bucket and key apart from it.";
            bucket = isBucket ? rest[1..] : bucket;
            url = url with { BasePath = provider.BasePath };
        }

        S3Endpoint endpoint = new(url, region ?? known.Region ?? "", style, provider, known.Form, known.Account);
        problem ??= endpoint.FindStyleProblem(style);
        return problem is null ? endpoint : null;
    }

    // name-account.s3-accesspoint.region… is the region's host with an ARN as the bucket.
    private static EndpointUrl WithoutAccessPoint(EndpointUrl url, out string? arn, out string? problem)
    {
        arn = null;
        problem = null;
        foreach (HostForm form in AwsHosts.AccessPoints)
        {
            if (form.Matches(url.Host, out string? region, out string? label))
            {
                arn = label is null ? null : AccessPointArn.FromHostLabel(label, region!)?.ToString();
                problem = arn is not null ? null :
                    $"The host '{url.Host}' is that of access points, and names none. Write the region's endpoint, and the access point's ARN as the bucket.";
                return url with { Host = S3Provider.Aws.FormFor(region!, form.Variant)!.Write(region!, null) };
            }
        }

        return url;
    }

    private static S3Endpoint WithoutBucket(string url, S3Endpoint? endpoint, string? bucket, string? problem)
    {
        if (problem is null && bucket is not null)
        {
            problem = $"The endpoint's {PlaceOf(url, bucket)} the bucket '{bucket}', and every URL would name it twice. Write '{endpoint}', and '{bucket}' as the bucket.";
        }

        return problem is null ? endpoint! : throw new ArgumentException(problem, nameof(url));
    }
}

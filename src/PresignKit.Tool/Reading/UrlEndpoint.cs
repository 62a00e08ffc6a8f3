namespace PresignKit.Tool.Reading;

/// <summary>Finds the store of a presigned URL by its host.</summary>
internal static class UrlEndpoint
{
    private const string SpacesCdn = ".cdn.digitaloceanspaces.com";

    // The paths of the providers' S3 APIs, which are empty except for Supabase.
    private static readonly string[] BasePaths =
        [.. S3Provider.All.Select(provider => provider.EndpointPattern.IndexOf('/', "https://".Length) is > 0 and int path ? provider.EndpointPattern[path..] : "").Distinct()];

    /// <summary>Returns the endpoint of the known provider to which the host belongs, or <c>null</c> if no known provider has such a host.</summary>
    /// <param name="info">The content of the URL.</param>
    /// <param name="scheme">The scheme of the URL.</param>
    public static S3Endpoint? FindKnown(PresignedUrlInfo info, string scheme)
    {
        if (info is { Bucket: ['a', 'r', 'n', ':', ..], Region: { } arnRegion } && TryCreate(() => S3Endpoint.Aws(arnRegion)) is { } aws)
        {
            return aws;
        }

        // The bucket precedes the host of the endpoint, and it can contain dots.
        string? host = OriginOf(info.Host) ?? info.Host;
        while (host is not null)
        {
            foreach (string basePath in BasePaths)
            {
                string url = $"{scheme}://{host}{basePath}";
                S3Endpoint? endpoint = TryCreate(() => S3Endpoint.Parse(url)) ?? (info.Region is { } region ? TryCreate(() => S3Endpoint.Create(url, region)) : null);
                if (endpoint?.Provider is not null)
                {
                    return endpoint;
                }
            }

            host = host.IndexOf('.', StringComparison.Ordinal) is >= 0 and int dot ? host[(dot + 1)..] : null;
        }

        return null;
    }

    /// <summary>Returns the scheme of a URL, <c>https</c> or <c>http</c>.</summary>
    public static string SchemeOf(string url) => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? "https" : "http";

    /// <summary>Returns the URL for which the signature of a CDN's URL was created, or the URL itself if the host is not a known CDN that forwards signatures.</summary>
    public static string AtOrigin(string url, PresignedUrlInfo info)
    {
        int host = url.IndexOf("://", StringComparison.Ordinal) + 3;
        return OriginOf(info.Host) is { } origin && host > 2 && url.AsSpan(host).StartsWith(info.Host, StringComparison.OrdinalIgnoreCase)
            ? $"{url[..host]}{origin}{url[(host + info.Host.Length)..]}"
            : url;
    }

    private static string? OriginOf(string host) =>
        host.EndsWith(SpacesCdn, StringComparison.Ordinal) ? host[..^SpacesCdn.Length] + ".digitaloceanspaces.com" : null;

    private static S3Endpoint? TryCreate(Func<S3Endpoint> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

namespace PresignKit;

/// <summary>Whose URL it is, and which object it leads to.</summary>
/// <param name="Bucket">The bucket; an ARN where the host is an access point's; <c>null</c> where the URL names none, and where nothing tells.</param>
/// <param name="Key">The key, decoded; <c>null</c> where the URL names none.</param>
internal sealed record UrlLocation(string? Bucket, string? Key)
{
    private static readonly UrlLocation Unknown = new(Bucket: null, Key: null);

    /// <summary>Finds bucket and key by an endpoint, by a host that a known provider has, or by an IP address, before which no bucket can stand.</summary>
    public static UrlLocation Find(string host, bool isTls, ReadOnlySpan<char> rawPath, string? region, S3Endpoint? endpoint)
    {
        string? path = EncodedPath(rawPath);
        if (path is null)
        {
            return Unknown;
        }

        return (endpoint is null ? null : In(endpoint, host, path)) ?? OfKnownProvider(host, isTls, path, region) ?? (IsAddress(host) ? Split(path, basePath: "") : null) ?? Unknown;
    }

    /// <summary>Finds bucket and key in a URL of the endpoint's; <c>null</c> where it is another's.</summary>
    public static UrlLocation? In(S3Endpoint endpoint, string host, string path)
    {
        if (host == endpoint.Authority)
        {
            return endpoint.UrlStyle == UrlStyle.BucketBoundHostname ? Behind(bucket: null, path, endpoint.BasePath) : Split(path, endpoint.BasePath);
        }

        int bucket = host.Length - endpoint.Authority.Length - 1;
        return bucket > 0 && host[bucket] == '.' && host.EndsWith(endpoint.Authority, StringComparison.Ordinal)
            ? Behind(host[..bucket], path, endpoint.BasePath)
            : null;
    }

    /// <summary>The path in our way of encoding; <c>null</c> where it is no path.</summary>
    public static string? EncodedPath(ReadOnlySpan<char> rawPath)
    {
        ByteBuffer buffer = new(256);
        try
        {
            return PercentEncoding.TryAppendReceivedPath(ref buffer, rawPath) ? Platform.AsciiToString(buffer.Written) : null;
        }
        finally
        {
            buffer.Dispose();
        }
    }

    /// <summary>Whether it is a path that has an encoded form.</summary>
    public static bool IsPath(ReadOnlySpan<char> rawPath)
    {
        ByteBuffer buffer = new(256);
        try
        {
            return PercentEncoding.TryAppendReceivedPath(ref buffer, rawPath);
        }
        finally
        {
            buffer.Dispose();
        }
    }

    private static UrlLocation? OfKnownProvider(string host, bool isTls, string path, string? region)
    {
        RecognizedHost? known = S3Provider.Recognize(host);
        if (known is { IsCdn: true })
        {
            return Behind(known.Bucket, path, known.Provider.BasePath);
        }

        // Hosts that serve several regions (acceleration, Supabase) name their bucket whatever the region in the URL is.
        if (known is { Region: null })
        {
            return known.Bucket is null ? Split(path, known.Provider.BasePath) : Behind(known.Bucket, path, known.Provider.BasePath);
        }

        // The host's own region first: the URL's may be wrong, and still it is that host's URL.
        string url = (isTls ? "https://" : "http://") + host + known?.Provider.BasePath;
        S3Endpoint? endpoint = S3Endpoint.TryCreate(url, region: null, UrlStyle.Auto, out string? bucket, out _)
            ?? (region is null ? null : S3Endpoint.TryCreate(url, region, UrlStyle.Auto, out bucket, out _));
        return endpoint?.Provider is null ? null : bucket is null ? Split(path, endpoint.BasePath) : Behind(bucket, path, endpoint.BasePath);
    }

    private static UrlLocation? Split(string path, string basePath)
    {
        if (Rest(path, basePath) is not { } rest)
        {
            return null;
        }

        int slash = rest.IndexOf('/');
        string bucket = slash < 0 ? rest : rest[..slash];
        string? decoded = Decode(bucket);
        return bucket.Length > 0 && decoded is null ? Unknown : WithKey(decoded, slash < 0 ? "" : rest[(slash + 1)..]);
    }

    private static UrlLocation? Behind(string? bucket, string path, string basePath) =>
        Rest(path, basePath) is { } rest ? WithKey(bucket, rest) : null;

    // Bytes that are no UTF-8 are no key that we can name, and not the lack of one.
    private static UrlLocation WithKey(string? bucket, string encodedKey)
    {
        string? key = Decode(encodedKey);
        return encodedKey.Length > 0 && key is null ? Unknown : new UrlLocation(bucket, key);
    }

    // What comes after the base path and its slash.
    private static string? Rest(string path, string basePath) =>
        !path.StartsWith(basePath, StringComparison.Ordinal) ? null
        : path.Length == basePath.Length ? ""
        : path[basePath.Length] == '/' ? path[(basePath.Length + 1)..]
        : null;

    private static string? Decode(string encoded)
    {
        if (encoded.Length == 0)
        {
            return null;
        }

        ByteBuffer ascii = new(encoded.Length);
        try
        {
            ascii.Append(encoded.AsSpan());
            return PercentEncoding.Decode(ascii.Written);
        }
        finally
        {
            ascii.Dispose();
        }
    }

    private static bool IsAddress(string host)
    {
        int port = host.LastIndexOf(':');
        string name = port < 0 || host[^1] == ']' ? host : host[..port];
        return name == "localhost" || Uri.CheckHostName(name) is UriHostNameType.IPv4 or UriHostNameType.IPv6;
    }
}

namespace PresignKit;

/// <summary>The bucket and the key in a received URL.</summary>
/// <param name="Bucket">The bucket, or an ARN if the host belongs to an access point. The value is <c>null</c> if the URL does not contain a bucket or if the bucket cannot be
/// identified.</param>
/// <param name="Key">The decoded key, or <c>null</c> if the URL does not contain a key.</param>
internal sealed record UrlLocation(string? Bucket, string? Key)
{
    /// <summary>The location of a URL whose bucket and key cannot be identified.</summary>
    public static readonly UrlLocation Unknown = new(Bucket: null, Key: null);

    /// <summary>Finds the bucket and the key in a URL.</summary>
    /// <remarks>If the URL belongs to the endpoint, the endpoint determines the result. Otherwise, if the host belongs to a known provider, that provider's rules apply. For an
    /// IP address or <c>localhost</c>, only the path is used.</remarks>
    public static UrlLocation Find(string host, bool isTls, ReadOnlySpan<char> rawPath, string? region, S3Endpoint? endpoint)
    {
        if (endpoint is not null && At(endpoint, host, rawPath) is { } location)
        {
            return location;
        }

        ByteBuffer path = new(256);
        try
        {
            return !PercentEncoding.TryAppendReceivedPath(ref path, rawPath) ? Unknown
                : AtKnownProvider(host, isTls, path.Written, region) ?? (IsAddress(host) ? Split(path.Written, basePath: "") : null) ?? Unknown;
        }
        finally
        {
            path.Dispose();
        }
    }

    /// <summary>Finds the bucket and the key in a URL by using only the endpoint, or returns <c>null</c> if the host or the base path does not match the endpoint.</summary>
    public static UrlLocation? At(S3Endpoint endpoint, string host, ReadOnlySpan<char> rawPath)
    {
        string authority = endpoint.Authority;
        int bucket = host.Length - authority.Length - 1;
        bool isOwnHost = host == authority;
        bool isBound = endpoint.UrlStyle == UrlStyle.BucketBoundHostname;
        if (!isOwnHost && !(!isBound && bucket > 0 && host[bucket] == '.' && host.EndsWith(authority, StringComparison.Ordinal)))
        {
            return null;
        }

        ByteBuffer path = new(256);
        try
        {
            return !PercentEncoding.TryAppendReceivedPath(ref path, rawPath) ? Unknown
                : isBound ? After(bucket: null, path.Written, endpoint.BasePath)
                : isOwnHost ? Split(path.Written, endpoint.BasePath)
                : After(host[..bucket], path.Written, endpoint.BasePath);
        }
        finally
        {
            path.Dispose();
        }
    }

    /// <summary>Re-encodes a path in canonical form, or returns <c>null</c> if the path is not valid.</summary>
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

    private static UrlLocation? AtKnownProvider(string host, bool isTls, ReadOnlySpan<byte> path, string? region)
    {
        RecognizedHost? known = S3Provider.Recognize(host);
        if (known is { IsCdn: true })
        {
            return After(known.Bucket, path, known.Provider.BasePath);
        }

        // If a host serves several regions (acceleration, Supabase), the region in the URL is not needed to find the bucket.
        if (known is { Region: null })
        {
            return known.Bucket is null ? Split(path, known.Provider.BasePath) : After(known.Bucket, path, known.Provider.BasePath);
        }

        // The first attempt ignores the region in the URL because that region might be wrong. Most hosts contain their region anyway.
        string url = (isTls ? "https://" : "http://") + host + known?.Provider.BasePath;
        S3Endpoint? endpoint = S3Endpoint.TryCreate(url, region: null, UrlStyle.Auto, out string? bucket, out _)
            ?? (region is null ? null : S3Endpoint.TryCreate(url, region, UrlStyle.Auto, out bucket, out _));
        return endpoint?.Provider is null ? null : bucket is null ? Split(path, endpoint.BasePath) : After(bucket, path, endpoint.BasePath);
    }

    // /base/path/bucket/key
    private static UrlLocation? Split(ReadOnlySpan<byte> path, string basePath)
    {
        if (!TryCutBasePath(ref path, basePath))
        {
            return null;
        }

        int slash = path.IndexOf((byte)'/');
        ReadOnlySpan<byte> bucket = slash < 0 ? path : path[..slash];
        string? decoded = PercentEncoding.Decode(bucket);
        return decoded is null ? Unknown : WithKey(bucket.IsEmpty ? null : decoded, slash < 0 ? default : path[(slash + 1)..]);
    }

    // /base/path/key, for a host that identifies the bucket
    private static UrlLocation? After(string? bucket, ReadOnlySpan<byte> path, string basePath) =>
        TryCutBasePath(ref path, basePath) ? WithKey(bucket, path) : null;

    // A key that is not valid UTF-8 cannot be represented as a string. The result is Unknown rather than a location without a key because the URL does contain a key.
    private static UrlLocation WithKey(string? bucket, ReadOnlySpan<byte> encodedKey) =>
        encodedKey.IsEmpty ? new UrlLocation(bucket, Key: null)
        : PercentEncoding.Decode(encodedKey) is { } key ? new UrlLocation(bucket, key)
        : Unknown;

    // Removes the base path and the slash that follows it.
    private static bool TryCutBasePath(ref ReadOnlySpan<byte> path, string basePath)
    {
        if (path.Length < basePath.Length || !Platform.EqualsAscii(path[..basePath.Length], basePath.AsSpan()))
        {
            return false;
        }

        path = path[basePath.Length..];
        if (path.IsEmpty)
        {
            return true;
        }

        bool isSegment = path[0] == (byte)'/';
        path = path[1..];
        return isSegment;
    }

    private static bool IsAddress(string host)
    {
        int port = host.LastIndexOf(':');
        string name = port < 0 || host[^1] == ']' ? host : host[..port];
        return name == "localhost" || Uri.CheckHostName(name) is UriHostNameType.IPv4 or UriHostNameType.IPv6;
    }
}

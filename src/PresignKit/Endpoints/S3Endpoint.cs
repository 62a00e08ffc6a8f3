namespace PresignKit;

/// <summary>
/// Where a store answers, and under which region its signatures are made. Immutable and thread-safe.
/// </summary>
/// <example><code>
/// S3Endpoint.DigitalOceanSpaces("nyc3")
/// S3Endpoint.Aws("eu-west-1")
/// S3Endpoint.Create("http://127.0.0.1:9000", "us-east-1")
/// </code></example>
public sealed class S3Endpoint
{
    private readonly EndpointUrl _url;

    private S3Endpoint(EndpointUrl url, string region, UrlStyle style, S3Provider? provider)
    {
        _url = url;
        Region = region;
        Style = style;
        Provider = provider;
        Authority = url.Authority;
    }

    /// <summary>The scheme: <c>https</c> or <c>http</c>.</summary>
    public string Scheme => _url.IsTls ? "https" : "http";

    /// <summary>The host in lower case: a name (international ones as <c>xn--…</c>), an IPv4 address, or an IPv6 address in brackets.</summary>
    public string Host => _url.Host;

    /// <summary>The port, 1 to 65535; the scheme's default where none was given. As the <em>client</em> sees it: behind a proxy, the proxy's.</summary>
    public int Port => _url.Port;

    /// <summary>The percent-encoded path under which the store's API stands, without a slash at its end; empty for most stores.</summary>
    public string BasePath => _url.BasePath;

    /// <summary>The region in the credential scope.</summary>
    public string Region { get; }

    /// <summary>Where the bucket goes.</summary>
    public UrlStyle Style { get; }

    internal S3Provider? Provider { get; }

    internal string Authority { get; }

    internal string SchemePrefix => _url.SchemePrefix;

    /// <summary>DigitalOcean Spaces: <c>https://{region}.digitaloceanspaces.com</c>.</summary>
    /// <param name="region">The slug of the datacenter, like <c>nyc3</c>, <c>ams3</c>, <c>fra1</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="region"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="region"/> is empty or no region's name.</exception>
    public static S3Endpoint DigitalOceanSpaces(string region) => Of(S3Provider.DigitalOceanSpaces, region);

    /// <summary>AWS S3, by its regional host: <c>https://s3.{region}.amazonaws.com</c>, or that of the region's partition (China, GovCloud, …).</summary>
    /// <param name="region">The region, like <c>eu-west-1</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="region"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="region"/> is empty or no region's name.</exception>
    public static S3Endpoint Aws(string region) => Of(S3Provider.Aws, region);

    /// <summary>Any store, by its URL.</summary>
    /// <param name="url">Scheme, host, and where the store has them port and base path: <c>http://[::1]:9000</c>, <c>https://ref.supabase.co/storage/v1/s3</c>.
    /// Host and port are signed: give them as the client that uses the URL sees them.</param>
    /// <param name="region">The region in the credential scope. Stores without regions mostly expect <c>us-east-1</c>.</param>
    /// <param name="style">Where the bucket goes.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The URL has no scheme, has a query, fragment or user name, or names a bucket in a known provider's
    /// host; or the region is no region's name, or not the one in a known provider's host.</exception>
    public static S3Endpoint Create(string url, string region, UrlStyle style = UrlStyle.Auto)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(region);
        return WithoutBucket(TryCreate(url, region, style, out string? bucket, out string? problem), bucket, problem, nameof(url));
    }

    /// <summary>A known provider's endpoint, by its URL, which tells the region.</summary>
    /// <param name="url">Like <c>https://nyc3.digitaloceanspaces.com</c> or <c>https://s3.eu-west-1.amazonaws.com</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The URL is none, names a bucket in its host, or its host is not a known provider's:
    /// then <see cref="Create"/> takes the region beside it.</exception>
    public static S3Endpoint Parse(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return WithoutBucket(TryCreate(url, region: null, UrlStyle.Auto, out string? bucket, out string? problem), bucket, problem, nameof(url));
    }

    /// <summary>Scheme, host, port and base path.</summary>
    public override string ToString() => _url.ToString();

    /// <summary>Takes a URL apart; a bucket in a known provider's host is taken out of it.</summary>
    internal static S3Endpoint? TryCreate(string url, string? region, UrlStyle style, out string? bucket, out string? problem)
    {
        bucket = null;
        EndpointUrl? parsed = EndpointUrl.Parse(url, out problem);
        if (parsed is null)
        {
            return null;
        }

        S3Provider? provider = S3Provider.Recognize(parsed.Host, out string hostRegion, out bucket);
        problem = region is null && provider is null
            ? $"The region is missing, and the host '{parsed.Host}' does not tell it. Set Region; stores without regions (MinIO, Ceph) mostly expect 'us-east-1'."
            : region is null ? null : RegionRules.FindProblem(region);
        if (provider is not null && problem is null)
        {
            problem = RegionRules.FindContradiction(provider, parsed.Host, hostRegion, bucket, region);
        }

        if (problem is not null)
        {
            return null;
        }

        if (bucket is not null)
        {
            parsed = parsed with { Host = parsed.Host[(bucket.Length + 1)..] };
        }

        return new S3Endpoint(parsed, region ?? hostRegion, style, provider);
    }

    /// <summary>The same store in another region: a known provider's host follows, another's stays.</summary>
    internal S3Endpoint WithRegion(string region)
    {
        if (region == Region)
        {
            return this;
        }

        return Provider is null || region == Provider.ScopeRegionAlias
            ? new S3Endpoint(_url, region, Style, Provider)
            : new S3Endpoint(_url with { Host = Provider.HostFor(region) }, region, Style, Provider);
    }

    internal S3Endpoint WithStyle(UrlStyle style) => style == Style ? this : new S3Endpoint(_url, Region, style, Provider);

    /// <summary>Whether the bucket goes into the host name; and what is wrong where it has to and cannot, or is there already.</summary>
    internal bool PutsInHost(string bucket, out string? problem)
    {
        problem = null;
        bool fits = _url.IsName && BucketName.FitsHostName(bucket, _url.IsTls);
        if (Style == UrlStyle.VirtualHosted && !fits)
        {
            problem =
                $"The bucket '{bucket}' cannot be part of the host name of {this} (lower-case letters, digits and '-' only, 63 characters at most, " +
                "dots only without TLS, and an endpoint that is a name). Use UrlStyle.Path or UrlStyle.Auto.";
        }

        if (Style != UrlStyle.Auto || Provider is not null)
        {
            return fits && Style != UrlStyle.Path;
        }

        if (!_url.IsName || _url.BasePath.Length > 0 || !_url.Host.Contains('.'))
        {
            return false;
        }

        if (HostBeginsWith(bucket))
        {
            problem =
                $"The host of {this} begins with the bucket '{bucket}' already, and the URL would name it twice. Write the endpoint as " +
                $"'{SchemePrefix}{Authority[(bucket.Length + 1)..]}'; or set UrlStyle to VirtualHosted or Path where the host is meant as it stands.";
        }

        return fits;
    }

    /// <summary>Writes the host header for a bucket (<c>null</c>: the endpoint's own); returns its length.</summary>
    internal int WriteHost(string? bucketInHost, Span<char> destination)
    {
        int length = 0;
        if (bucketInHost is not null)
        {
            bucketInHost.AsSpan().CopyTo(destination);
            destination[bucketInHost.Length] = '.';
            length = bucketInHost.Length + 1;
        }

        Authority.AsSpan().CopyTo(destination[length..]);
        return length + Authority.Length;
    }

    /// <summary>Writes the start of the path, before the key: base path, and the bucket unless it is <c>null</c>; returns its length.</summary>
    internal int WritePathPrefix(string? bucketInPath, bool beforeKey, Span<char> destination)
    {
        BasePath.AsSpan().CopyTo(destination);
        int length = BasePath.Length;
        destination[length++] = '/';
        if (bucketInPath is not null)
        {
            bucketInPath.AsSpan().CopyTo(destination[length..]);
            length += bucketInPath.Length;
            if (beforeKey)
            {
                destination[length++] = '/';
            }
        }

        return length;
    }

    private bool HostBeginsWith(string bucket) =>
        _url.Host.Length > bucket.Length && _url.Host[bucket.Length] == '.' && _url.Host.StartsWith(bucket, StringComparison.Ordinal);

    private static S3Endpoint Of(S3Provider provider, string region)
    {
        ArgumentNullException.ThrowIfNull(region);
        string? problem = RegionRules.FindProblem(region);
        return problem is null
            ? new S3Endpoint(new EndpointUrl(IsTls: true, provider.HostFor(region), IsName: true, 443, ""), region, UrlStyle.Auto, provider)
            : throw new ArgumentException(problem, nameof(region));
    }

    private static S3Endpoint WithoutBucket(S3Endpoint? endpoint, string? bucket, string? problem, string paramName)
    {
        if (problem is null && bucket is not null)
        {
            problem = $"The endpoint's host begins with the bucket '{bucket}', and every URL would name it twice. Write '{endpoint}', and '{bucket}' as the bucket.";
        }

        return problem is null ? endpoint! : throw new ArgumentException(problem, paramName);
    }
}

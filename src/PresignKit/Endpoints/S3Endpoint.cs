namespace PresignKit;

/// <summary>
/// Where a store answers, and under which region its signatures are made. Immutable and thread-safe.
/// </summary>
/// <example><code>
/// S3Endpoint.DigitalOceanSpaces("nyc3")
/// S3Endpoint.Aws("eu-west-1")
/// S3Endpoint.Create("http://127.0.0.1:9000", "us-east-1")
/// </code></example>
public sealed partial class S3Endpoint
{
    private readonly EndpointUrl _url;
    private readonly HostForm? _form;
    private readonly string? _account;

    private S3Endpoint(EndpointUrl url, string region, UrlStyle style, S3Provider? provider = null, HostForm? form = null, string? account = null)
    {
        _url = url;
        _form = form;
        _account = account;
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

    /// <summary>How long a URL for the store may hold, in seconds.</summary>
    internal int MaxExpirySeconds => Provider?.MaxExpirySeconds ?? S3Provider.SigV4MaxExpirySeconds;

    /// <summary>Scheme, host, port and base path.</summary>
    public override string ToString() => _url.ToString();

    /// <summary>The same store in another region: a known provider's host follows, another's stays. <c>null</c> where the provider has none for it.</summary>
    internal S3Endpoint? WithRegion(string region, out string? problem)
    {
        problem = null;
        if (region == Region)
        {
            return this;
        }

        if (Provider is null || _form is null || region == Provider.ScopeRegionAlias)
        {
            problem = RegionRules.FindProblem(region);
            return problem is null ? new S3Endpoint(_url, region, Style, Provider, _form, _account) : null;
        }

        problem = RegionRules.FindProblem(region, Provider, _form.Variant);
        if (problem is not null)
        {
            return null;
        }

        HostForm form = Provider.FormFor(region, _form.Variant)!;
        return new S3Endpoint(_url with { Host = form.Write(region, _account) }, region, Style, Provider, form, _account);
    }

    internal S3Endpoint WithStyle(UrlStyle style) => style == Style ? this : new S3Endpoint(_url, Region, style, Provider, _form, _account);

    /// <summary>What is wrong with a style that the store does not take.</summary>
    internal string? FindStyleProblem(UrlStyle style)
    {
        UrlStyle? only = _form is { IsVirtualOnly: true } ? UrlStyle.VirtualHosted : Provider is { IsStyleFixed: true } ? Provider.Style : null;
        return style is UrlStyle.Auto || only is null || style == only
            ? null
            : $"{Provider!.Name} at '{Host}' takes the bucket in the {(only == UrlStyle.Path ? "path" : "host name")} only. Use UrlStyle.{only} or UrlStyle.Auto.";
    }

    /// <summary>What is wrong with POST forms for the store; <c>null</c> where it takes them.</summary>
    internal string? FindPostProblem() => Provider is null or { TakesPostForms: true } ? null :
        $"{Provider.Name} takes no POST forms. Presign a PutObject instead; an exact content-length that is signed with it caps the size.";

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

    /// <summary>Where requests for a bucket go (<c>null</c>: for the store itself); <c>null</c> where they cannot go anywhere, and then what is wrong.</summary>
    internal BucketAddress? Locate(string? bucket, out string? problem)
    {
        if (bucket is null)
        {
            problem = _form is { IsVirtualOnly: true }
                ? $"The host '{Host}' takes requests for buckets and objects only. Use the region's own endpoint, without acceleration, for the list of buckets."
                : null;
            return problem is null ? new BucketAddress(bucket: null, this, bucketInHost: null, bucketInPath: null) : null;
        }

        string name = bucket;
        S3Endpoint endpoint = ForBucket(ref name, out problem);
        if (problem is not null)
        {
            return null;
        }

        bool inHost = endpoint.PutsInHost(name, out problem);
        return problem is null ? new BucketAddress(bucket, endpoint, inHost ? name : null, inHost ? null : name) : null;
    }

    /// <summary>Whether the bucket goes into the host name; and what is wrong where it has to and cannot, or is there already.</summary>
    internal bool PutsInHost(string bucket, out string? problem)
    {
        bool isAccelerated = _form is { IsVirtualOnly: true };
        bool isVirtualOnly = isAccelerated || Provider is { IsStyleFixed: true, Style: UrlStyle.VirtualHosted };
        bool fits = _url.IsName && BucketName.FitsHostName(bucket, _url.IsTls) && !(isAccelerated && bucket.Contains('.'));
        UrlStyle style = Style == UrlStyle.Auto && Provider is not null ? Provider.Style : Style;
        problem = fits || !(isVirtualOnly || Style == UrlStyle.VirtualHosted) ? null :
            $"The bucket '{bucket}' cannot be part of the host name of {this} (lower-case letters, digits and '-' only, 63 characters at most, " +
            $"dots only without TLS, and an endpoint that is a name). {RemedyForHostName(isAccelerated, isVirtualOnly)}";
        if (style != UrlStyle.Auto)
        {
            return fits && style == UrlStyle.VirtualHosted;
        }

        if (_url.IsName && HostBeginsWith(bucket))
        {
            problem =
                $"The host of {this} begins with the bucket '{bucket}' already, and the URL would name it twice. Write the endpoint as " +
                $"'{SchemePrefix}{Authority[(bucket.Length + 1)..]}'; or set UrlStyle to VirtualHosted or Path where the host is meant as it stands.";
        }

        return fits && _url.BasePath.Length == 0 && _url.Host.Contains('.');
    }

    private static string RemedyForHostName(bool isAccelerated, bool isVirtualOnly) =>
        isAccelerated ? "Transfer acceleration has no other place for it, and takes no dots. Use the endpoint without Accelerate."
        : isVirtualOnly ? "The store has no other place for it. Use a bucket whose name fits."
        : "Use UrlStyle.Path or UrlStyle.Auto.";

    private bool HostBeginsWith(string bucket) =>
        _url.Host.Length > bucket.Length && _url.Host[bucket.Length] == '.' && _url.Host.StartsWith(bucket, StringComparison.Ordinal);

    /// <summary>
    /// Where requests for the bucket go, and what stands for it there: this endpoint and the bucket, or for the ARN of an access point a host of its own.
    /// </summary>
    private S3Endpoint ForBucket(ref string bucket, out string? problem)
    {
        problem = null;
        if (!AccessPointArn.IsArn(bucket))
        {
            problem = Provider == S3Provider.Aws ? FindProblemOfDirectory(bucket) : null;
            return this;
        }

        AccessPointArn? arn = Resolve(bucket, out problem);
        if (arn is null)
        {
            return this;
        }

        bucket = arn.HostLabel;
        return AccessPointHost(arn.Region);
    }

    private static string? FindProblemOfDirectory(string bucket) =>
        bucket.EndsWith("--x-s3", StringComparison.Ordinal) || bucket.EndsWith("--xa-s3", StringComparison.Ordinal)
            ? $"The bucket '{bucket}' is a directory bucket (S3 Express), whose requests are signed with session credentials for the service s3express, which is not supported."
        : bucket.EndsWith("--op-s3", StringComparison.Ordinal)
            ? $"The bucket '{bucket}' is on Outposts, whose requests are signed for the service s3-outposts, which is not supported."
        : null;

    private AccessPointArn? Resolve(string bucket, out string? problem)
    {
        AccessPointArn? arn = AccessPointArn.Parse(bucket, out problem);
        if (arn is null)
        {
            return null;
        }

        if (Provider != S3Provider.Aws || _form is null)
        {
            problem = $"The bucket '{bucket}' is an access point of AWS S3, and '{this}' is none of its hosts. Use S3Endpoint.Aws(\"{arn.Region}\").";
        }
        else if (_form.IsVirtualOnly)
        {
            problem = $"The bucket '{bucket}' is an access point, which has no transfer acceleration. Use the endpoint without Accelerate.";
        }
        else if (Style == UrlStyle.Path)
        {
            problem = $"The bucket '{bucket}' is an access point, which goes into the host name only. Use UrlStyle.VirtualHosted or UrlStyle.Auto.";
        }
        else if (arn.Partition != AwsPartition.Of(Region).Id || arn.Partition != AwsPartition.Of(arn.Region).Id)
        {
            problem = $"The bucket '{bucket}' is in the partition '{arn.Partition}' and the endpoint '{this}' in '{AwsPartition.Of(Region).Id}'. Use S3Endpoint.Aws(\"{arn.Region}\"), and the ARN as AWS shows it.";
        }

        return problem is null ? arn : null;
    }

    private S3Endpoint AccessPointHost(string region)
    {
        HostForm form = Array.Find(
            AwsHosts.AccessPoints, one => one.Variant == _form!.Variant && one.RegionPrefix == AwsPartition.Of(region).RegionPrefix)!;
        return new S3Endpoint(_url with { Host = form.Write(region, null) }, region, UrlStyle.VirtualHosted, Provider, form);
    }
}

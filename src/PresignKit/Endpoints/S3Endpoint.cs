using System.Diagnostics.CodeAnalysis;

namespace PresignKit;

/// <summary>
/// An S3-compatible store: the URL of its API, the region that requests are signed for, and the style of its URLs.
/// </summary>
/// <remarks>Instances are immutable and thread-safe.</remarks>
/// <example><code>
/// S3Endpoint.DigitalOceanSpaces("nyc3")
/// S3Endpoint.Aws("eu-west-1")
/// S3Endpoint.Create("http://127.0.0.1:9000", "us-east-1")
/// </code></example>
public sealed partial class S3Endpoint
{
    /// <summary>The remedy in messages about undefined styles.</summary>
    internal const string StyleRemedy = "Use Auto, VirtualHosted, Path or BucketBoundHostname.";

    private readonly EndpointUrl _url;

    // Null if the host does not belong to a known provider. The Bucket property of this value is always null.
    private readonly RecognizedHost? _known;

    private S3Endpoint(EndpointUrl url, string region, UrlStyle style, RecognizedHost? known)
    {
        _url = url;
        _known = known;
        Region = region;
        UrlStyle = style;
        Authority = url.Authority;
    }

    /// <summary>Gets the scheme, <c>https</c> or <c>http</c>.</summary>
    public string Scheme => _url.IsTls ? "https" : "http";

    /// <summary>Gets the host in lowercase: a name (in punycode if it is not ASCII), an IPv4 address, or an IPv6 address in brackets.</summary>
    public string Host => _url.Host;

    /// <summary>Gets the port that clients connect to.</summary>
    /// <value>From 1 to 65535. If the URL does not contain a port, this is the default port of the scheme.</value>
    public int Port => _url.Port;

    /// <summary>Gets the percent-encoded path of the store's API, without a trailing slash.</summary>
    /// <value>An empty string for most stores.</value>
    public string BasePath => _url.BasePath;

    /// <summary>Gets the region in the credential scope.</summary>
    public string Region { get; }

    /// <summary>Gets a value that specifies where the bucket appears in URLs.</summary>
    /// <value>The default is <see cref="UrlStyle.Auto"/>.</value>
    public UrlStyle UrlStyle { get; }

    /// <summary>Gets the known provider to which the host belongs.</summary>
    /// <value><c>null</c> for self-hosted stores, custom domains and unknown providers.</value>
    public S3Provider? Provider => _known?.Provider;

    /// <summary>Gets the value of the <c>host</c> header, excluding any bucket.</summary>
    internal string Authority { get; }

    internal string SchemePrefix => _url.SchemePrefix;

    /// <summary>Gets the longest lifetime that the store accepts for a URL, in seconds.</summary>
    internal int MaxExpirySeconds => Provider?.MaxExpirySeconds ?? S3Provider.SigV4MaxExpirySeconds;

    /// <summary>Gets a value that indicates whether URLs contain the bucket in the path even if the bucket name could be part of the host name.</summary>
    internal bool IsPathStyleByDefault => UsualStyle == UrlStyle.Path;

    private UrlStyle UsualStyle => UrlStyle != UrlStyle.Auto ? UrlStyle : Provider?.Style ?? UrlStyle.Path;

    private bool IsAccelerated => _known is { Form.IsVirtualOnly: true };

    /// <summary>Creates an endpoint for any store from its URL and region.</summary>
    /// <param name="url">The scheme and host, with the port and base path if necessary, such as <c>http://[::1]:9000</c> or <c>https://ref.supabase.co/storage/v1/s3</c>.
    /// The host and port are signed, so they must be the host and port that clients connect to.</param>
    /// <param name="region">The region in the credential scope. Most stores without regions expect <c>us-east-1</c>.</param>
    /// <param name="style">A value that specifies where the bucket appears in URLs. The default is <see cref="UrlStyle.Auto"/>.</param>
    /// <returns>An endpoint. If the host belongs to a known provider, the endpoint has that provider's capabilities and limits.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> or <paramref name="region"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="url"/> is not a valid endpoint URL. For example, it does not have a scheme, it contains a query, a
    /// fragment or a user name, or it has a known provider's host and also contains a bucket. This exception is also thrown if <paramref name="region"/> is not valid or conflicts
    /// with the host, or if the store does not support <paramref name="style"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="style"/> is not a defined style.</exception>
    public static S3Endpoint Create(string url, string region, UrlStyle style = UrlStyle.Auto)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(region);
        if (RegionRules.FindProblem(region) is { } regionProblem)
        {
            throw new ArgumentException(regionProblem, nameof(region));
        }

        if (FindUndefined(style) is { } styleProblem)
        {
            throw new ArgumentOutOfRangeException(nameof(style), style, styleProblem);
        }

        return TryCreateWithoutBucket(url, region, style, out string? problem) ?? throw new ArgumentException(problem, nameof(url));
    }

    /// <summary>Parses the URL of a known provider's endpoint and derives the region from the host.</summary>
    /// <param name="url">The URL, such as <c>https://nyc3.digitaloceanspaces.com</c> or <c>https://s3.eu-west-1.amazonaws.com</c>.</param>
    /// <returns>An endpoint that is equivalent to the result of the provider's factory method, such as <see cref="DigitalOceanSpaces"/>.</returns>
    /// <remarks>Unlike this method, <see cref="PresignerOptions.Endpoint"/> accepts URLs that contain a bucket. Some providers' consoles show such URLs.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="url"/> is not a valid endpoint URL, contains a bucket, or has a host that does not identify the region. In the last case,
    /// use <see cref="Create"/>.</exception>
    public static S3Endpoint Parse(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return TryCreateWithoutBucket(url, region: null, UrlStyle.Auto, out string? problem) ?? throw new ArgumentException(problem, nameof(url));
    }

    /// <summary>Tries to parse the URL of a known provider's endpoint and to derive the region from the host.</summary>
    /// <param name="url">The URL, such as <c>https://nyc3.digitaloceanspaces.com</c> or <c>https://s3.eu-west-1.amazonaws.com</c>.</param>
    /// <param name="endpoint">The endpoint, or <c>null</c> if the method returns <c>false</c>.</param>
    /// <returns><c>true</c> if <see cref="Parse"/> would return an endpoint, and <c>false</c> if it would throw.</returns>
    public static bool TryParse([NotNullWhen(true)] string? url, [NotNullWhen(true)] out S3Endpoint? endpoint)
    {
        endpoint = url is null ? null : TryCreateWithoutBucket(url, region: null, UrlStyle.Auto, out _);
        return endpoint is not null;
    }

    /// <summary>Returns the URL, which consists of the scheme, host, port and base path.</summary>
    /// <returns>The URL, without the default port of the scheme and without a trailing slash.</returns>
    public override string ToString() => _url.ToString();

    /// <summary>Describes the problem with an undefined style, or returns <c>null</c> if the style is defined.</summary>
    internal static string? FindUndefined(UrlStyle style) => style is >= UrlStyle.Auto and <= UrlStyle.BucketBoundHostname
        ? null
        : FormattableString.Invariant($"{(int)style} is not a URL style. {StyleRemedy}");

    /// <summary>Creates an endpoint, or returns <c>null</c> and describes the problem.</summary>
    /// <remarks>A known provider's URL may contain a bucket, which is removed from the endpoint.</remarks>
    /// <param name="url">The URL.</param>
    /// <param name="region">The region, or <c>null</c> to derive it from the host name.</param>
    /// <param name="style">The style.</param>
    /// <param name="bucket">The bucket in the URL (an ARN if the host belongs to an access point), or <c>null</c> if there is none.</param>
    /// <param name="problem">The exception message, or <c>null</c> if the method succeeds.</param>
    internal static S3Endpoint? TryCreate(string url, string? region, UrlStyle style, out string? bucket, out string? problem)
    {
        bucket = null;
        EndpointUrl? parsed = EndpointUrl.Parse(url, out problem);
        problem ??= region is null ? null : RegionRules.FindProblem(region);
        if (problem is not null)
        {
            return null;
        }

        parsed = ReplaceAccessPoint(parsed!, out string? accessPoint, out problem);
        if (problem is not null)
        {
            return null;
        }

        if (S3Provider.Recognize(parsed.Host) is { } known)
        {
            return TryCreate(parsed, known, accessPoint, region, style, out bucket, out problem);
        }

        problem = S3Provider.FindNonEndpoint(parsed.Host);
        if (problem is not null)
        {
            return null;
        }

        if (region is null)
        {
            problem = $"The region is missing, and the host '{parsed.Host}' does not determine it. Set Region; most stores without regions (MinIO, Ceph) expect 'us-east-1'.";
            return null;
        }

        S3Endpoint endpoint = new(parsed, region, style, known: null);
        problem = endpoint.FindStyleProblem(style);
        return problem is null ? endpoint : null;
    }

    /// <summary>Returns the word that messages use for the part of the URL that contains the bucket: <c>host</c> or <c>path</c>.</summary>
    internal static string PlaceOf(string url, string bucket) => url.TrimEnd('/').EndsWith("/" + bucket, StringComparison.Ordinal) ? "path" : "host";

    /// <summary>Returns an endpoint for the same store in a different region, or returns <c>null</c> and describes the problem if the store does not have that region.</summary>
    /// <remarks>A known provider's host is replaced with the new region's host, unless the region is the provider's <see cref="S3Provider.ScopeRegionAlias"/>.
    /// Any other host remains unchanged.</remarks>
    internal S3Endpoint? WithRegion(string region, out string? problem)
    {
        problem = null;
        if (region == Region)
        {
            return this;
        }

        if (_known is null || region == _known.Provider.ScopeRegionAlias)
        {
            problem = RegionRules.FindProblem(region);
            return problem is null ? new S3Endpoint(_url, region, UrlStyle, _known) : null;
        }

        problem = RegionRules.FindProblem(region, _known.Provider, _known.Form.Variant);
        if (problem is not null)
        {
            return null;
        }

        HostForm form = _known.Provider.FormFor(region, _known.Form.Variant)!;
        return new S3Endpoint(_url with { Host = form.Write(region, _known.Account) }, region, UrlStyle, _known with { Form = form, Region = region });
    }

    internal S3Endpoint WithStyle(UrlStyle style) => new(_url, Region, style, _known);

    /// <summary>Describes why the store does not support a style, or returns <c>null</c> if the store supports it.</summary>
    internal string? FindStyleProblem(UrlStyle style)
    {
        if (style == UrlStyle.BucketBoundHostname)
        {
            // With this style, a store derives the bucket from the host name. For example, Ceph never interprets an IP address as a bucket name (rgw_rest.cc).
            return Provider is not null
                ? $"The host '{Host}' is not bound to one bucket: it serves all buckets of {Provider.Name}. Use UrlStyle.Auto, or set the endpoint to the custom domain of the bucket."
                : _url.IsName ? null
                : $"The IP address '{Host}' cannot be bound to a bucket. Use a host name as the endpoint, or UrlStyle.Path.";
        }

        UrlStyle? only = IsAccelerated ? UrlStyle.VirtualHosted : Provider is { IsStyleFixed: true } ? Provider.Style : null;
        return style is UrlStyle.Auto || only is null || style == only
            ? null
            : $"The host '{Host}' of {Provider!.Name} supports {(only == UrlStyle.Path ? "path style" : "virtual-hosted style")} only. Use UrlStyle.{only} or UrlStyle.Auto.";
    }

    /// <summary>Describes why the store does not accept POST forms, or returns <c>null</c> if the store accepts them.</summary>
    internal string? FindPostProblem() => Provider is null or { AcceptsPostForms: true } ? null :
        $"{Provider.Name} does not accept POST forms. Presign a PutObject instead, and sign its content-length to limit the size of the upload.";

    /// <summary>Computes the address of a bucket, or returns <c>null</c> and describes the problem.</summary>
    /// <remarks>If <paramref name="bucket"/> is <c>null</c>, this is the address of the store itself.</remarks>
    internal BucketAddress? Locate(string? bucket, out string? problem)
    {
        problem = null;
        if (bucket is null)
        {
            problem = IsAccelerated ? $"The host '{Host}' accepts requests for buckets and objects only. Use the region's own endpoint, without acceleration, to list buckets."
                : UrlStyle == UrlStyle.BucketBoundHostname ? $"The host '{Host}' is bound to one bucket and cannot list buckets. Use the store's own endpoint for this request."
                : null;
            return problem is null ? new BucketAddress(bucket: null, this, bucketInHost: null, bucketInPath: null) : null;
        }

        if (AccessPointArn.IsArn(bucket))
        {
            AccessPointArn? arn = FindAccessPoint(bucket, out problem);
            return arn is null ? null : new BucketAddress(bucket, EndpointOf(arn), bucketInHost: arn.HostLabel, bucketInPath: null);
        }

        UrlStyle style = StyleFor(bucket, out problem);
        return problem is not null ? null : new BucketAddress(
            bucket,
            this,
            bucketInHost: style == UrlStyle.VirtualHosted ? bucket : null,
            bucketInPath: style == UrlStyle.Path ? PercentEncoding.Path(bucket) : null);
    }

    /// <summary>Resolves <see cref="UrlStyle.Auto"/> for a bucket and describes the problem if the bucket cannot be addressed in the resulting style.</summary>
    internal UrlStyle StyleFor(string bucket, out string? problem)
    {
        problem = Provider == S3Provider.Aws ? FindUnsupportedBucket(bucket) : null;
        if (Provider is not null && BucketName.TenantLength(bucket) > 0)
        {
            problem = $"The bucket '{bucket}' contains a tenant, which only self-hosted Ceph supports. For {Provider.Name}, specify only the bucket name.";
        }

        if (problem is not null || UrlStyle == UrlStyle.BucketBoundHostname)
        {
            return UrlStyle;
        }

        // Path style is the default for unknown hosts, because S3-compatible servers generally support it. Virtual-hosted style needs wildcard DNS, which an unknown host may not
        // have.
        UrlStyle style = UsualStyle;
        problem = FindBucketInEndpoint(bucket, isCopySource: false);
        if (problem is not null)
        {
            return style;
        }

        if (style == UrlStyle.VirtualHosted && !FitsHost(bucket))
        {
            problem = FindProblemOfVirtualHosting(bucket);
            return UrlStyle.Path;
        }

        return style;
    }

    /// <summary>Describes why an object cannot be copied from a bucket, or returns <c>null</c> if it can be copied.</summary>
    internal string? FindCopySourceProblem(string bucket) => UrlStyle == UrlStyle.BucketBoundHostname
        ? null
        : FindBucketInEndpoint(bucket, isCopySource: true);

    private static string Duplicate(string bucket, bool isCopySource) => isCopySource
        ? $"'{bucket}', the bucket of the copy source, so the object would be copied within that bucket to the wrong key"
        : $"the bucket '{bucket}', so the URL would contain the bucket twice";

    private static S3Endpoint? TryCreateWithoutBucket(string url, string? region, UrlStyle style, out string? problem)
    {
        S3Endpoint? endpoint = TryCreate(url, region, style, out string? bucket, out problem);
        if (endpoint is not null && bucket is not null)
        {
            problem = $"The {PlaceOf(url, bucket)} of the endpoint contains the bucket '{bucket}', so every URL would contain it twice. Use '{endpoint}' as the endpoint, and '{bucket}' as the bucket.";
            return null;
        }

        return endpoint;
    }

    private static S3Endpoint? TryCreate(
        EndpointUrl url, RecognizedHost known, string? accessPoint, string? region, UrlStyle style, out string? bucket, out string? problem)
    {
        S3Provider provider = known.Provider;
        bucket = accessPoint ?? known.Bucket;
        problem = RegionRules.FindContradiction(known, url.Host, region);
        if (problem is null && provider.NeedsTls && !url.IsTls)
        {
            problem = $"{provider.Name} is available over HTTPS only. Use the endpoint 'https://{url.Host}'.";
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
            problem ??= isBucket ? null : $"The path '{url.BasePath}' of the endpoint is not the path of the {provider.Name} API. Use '{expected}' as the endpoint, and specify bucket and key separately.";
            bucket = isBucket ? rest[1..] : bucket;
            url = url with { BasePath = provider.BasePath };
        }

        S3Endpoint endpoint = new(url, region ?? known.Region ?? "", style, known with { Bucket = null });
        problem ??= endpoint.FindStyleProblem(style);
        return problem is null ? endpoint : null;
    }

    // The host name-account.s3-accesspoint.region… is equivalent to the region's host with the access point's ARN as the bucket.
    private static EndpointUrl ReplaceAccessPoint(EndpointUrl url, out string? arn, out string? problem)
    {
        arn = null;
        problem = null;
        foreach (HostForm form in AwsHosts.AccessPoints)
        {
            if (form.Matches(url.Host, out string? region, out string? label))
            {
                arn = label is null ? null : AccessPointArn.FromHostLabel(label, region!)?.ToString();
                problem = arn is not null ? null :
                    $"The host '{url.Host}' is for access points, but does not contain the name of one. Use the region's endpoint, and the ARN of the access point as the bucket.";
                return url with { Host = S3Provider.Aws.FormFor(region!, form.Variant)!.Write(region!, null) };
            }
        }

        return url;
    }

    private static string? FindUnsupportedBucket(string bucket) =>
        bucket.EndsWith("--x-s3", StringComparison.Ordinal) ? $"The bucket '{bucket}' is {AwsHosts.DirectoryBucket}"
        : bucket.EndsWith("--xa-s3", StringComparison.Ordinal) ? $"The bucket '{bucket}' {AwsHosts.Express}"
        : bucket.EndsWith("--op-s3", StringComparison.Ordinal) ? $"The bucket '{bucket}' {AwsHosts.Outposts}"
        : null;

    private bool FitsHost(string bucket) => _url.IsName && BucketName.FitsHostName(bucket, _url.IsTls) && !(IsAccelerated && bucket.Contains('.'));

    // If a URL contains the bucket twice, the store treats the second occurrence as part of the key: a PUT to /my-bucket/my-bucket/key returns 200 and creates the object
    // my-bucket/key.
    private string? FindBucketInEndpoint(string bucket, bool isCopySource)
    {
        if (Provider is not null)
        {
            return null;
        }

        string path = "/" + bucket;
        if (BasePath.EndsWith(path, StringComparison.Ordinal))
        {
            return $"The path of {this} ends with {Duplicate(bucket, isCopySource)}. " +
                $"Use the endpoint '{SchemePrefix}{Authority}{BasePath[..^path.Length]}'.";
        }

        // A host such as media.example.com might serve a bucket named 'media' in path style. Path style must be set explicitly in this case, because the host is more likely to
        // be the bucket's own host, pasted by mistake.
        if (!_url.IsName || UrlStyle == UrlStyle.Path)
        {
            return null;
        }

        const string Alternatives = "set UrlStyle to BucketBoundHostname if the host serves this bucket only, or to Path if it serves others as well.";
        return Host == bucket && bucket.Contains('.')
                ? $"The host of {this} is {Duplicate(bucket, isCopySource)}. Use the store's own endpoint, or {Alternatives}"
            : Host.StartsWith(bucket + ".", StringComparison.Ordinal)
                ? $"The host of {this} starts with {Duplicate(bucket, isCopySource)}. " +
                    $"Use the endpoint '{SchemePrefix}{Authority[(bucket.Length + 1)..]}', or {Alternatives}"
            : null;
    }

    // Returns null if path style can be used instead.
    private string? FindProblemOfVirtualHosting(string bucket)
    {
        string? remedy =
            IsAccelerated ? "Use the endpoint without Accelerate, because transfer acceleration does not support path style."
            : Provider is { IsStyleFixed: true } ? "Use a bucket name of at most 63 lowercase letters, digits and hyphens, because the store does not support path style."
            : UrlStyle == UrlStyle.VirtualHosted ? "Use UrlStyle.Path or UrlStyle.Auto."
            : null;
        return remedy is null ? null :
            !_url.IsName ? $"The host '{Host}' is an IP address, which does not support virtual-hosted style. {remedy}"
            : bucket.Contains('.') && IsAccelerated ? $"The bucket '{bucket}' contains a dot, which transfer acceleration does not support. {remedy}"
            : bucket.Contains('.') && _url.IsTls ? $"The bucket '{bucket}' contains a dot, so the host name would not match the TLS certificate of {this} in virtual-hosted style. {remedy}"
            : bucket.Contains("-.") || bucket.Contains(".-") ? $"The bucket '{bucket}' contains a hyphen next to a dot, which is not valid in the host name of {this} in virtual-hosted style. {remedy}"
            : bucket.Length > BucketName.MaxLengthInHost
                ? FormattableString.Invariant($"The bucket '{bucket}' has {bucket.Length} characters, but at most {BucketName.MaxLengthInHost} fit into the host name of {this} in virtual-hosted style. {remedy}")
            : $"The bucket '{bucket}' contains a character other than lowercase letters, digits{(_url.IsTls ? "" : ", dots")} and hyphens, which is not valid in the host name of {this} in virtual-hosted style. {remedy}";
    }

    private AccessPointArn? FindAccessPoint(string bucket, out string? problem)
    {
        AccessPointArn? arn = AccessPointArn.Parse(bucket, out problem);
        if (arn is null)
        {
            return null;
        }

        if (Provider != S3Provider.Aws)
        {
            problem = $"The bucket '{bucket}' is an access point of AWS S3, but '{this}' is not an endpoint of AWS S3. Use S3Endpoint.Aws(\"{arn.Region}\").";
        }
        else if (IsAccelerated)
        {
            problem = $"The bucket '{bucket}' is an access point, which does not support transfer acceleration. Use the endpoint without Accelerate.";
        }
        else if (UrlStyle == UrlStyle.Path)
        {
            problem = $"The bucket '{bucket}' is an access point, which does not support path style. Use UrlStyle.VirtualHosted or UrlStyle.Auto.";
        }
        else if (arn.Partition != AwsPartition.Of(arn.Region).Id)
        {
            problem = $"The access point ARN '{bucket}' has the partition '{arn.Partition}', but its region '{arn.Region}' is in the partition '{AwsPartition.Of(arn.Region).Id}'. " +
                "Copy the ARN from the AWS console.";
        }
        else if (arn.Partition != AwsPartition.Of(Region).Id)
        {
            problem = $"The bucket '{bucket}' is in the partition '{arn.Partition}', but the endpoint '{this}' is in '{AwsPartition.Of(Region).Id}'. " +
                $"Use S3Endpoint.Aws(\"{arn.Region}\").";
        }

        return problem is null ? arn : null;
    }

    private S3Endpoint EndpointOf(AccessPointArn arn)
    {
        HostForm form = Array.Find(
            AwsHosts.AccessPoints, one => one.Variant == _known!.Form.Variant && one.RegionPrefix == AwsPartition.Of(arn.Region).RegionPrefix)!;
        return new S3Endpoint(_url with { Host = form.Write(arn.Region, null) }, arn.Region, UrlStyle.VirtualHosted, _known! with { Form = form, Region = arn.Region });
    }
}

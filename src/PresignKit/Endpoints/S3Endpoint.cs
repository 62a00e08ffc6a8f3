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
    internal int MaxExpirySeconds => Provider?.MaxExpirySeconds ?? Expiry.MaxSeconds;

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
}

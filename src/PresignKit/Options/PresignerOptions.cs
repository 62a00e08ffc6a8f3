using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>Represents the settings of a presigner: the store, the credentials and the defaults.</summary>
/// <remarks>
/// <para>The options are mutable, so that configuration can be bound to them. An <see cref="S3Presigner"/> takes a snapshot when it is created. A presigner registered with
/// <c>AddPresigner</c> takes a new snapshot each time its configuration is reloaded. Instances are not thread-safe.</para>
/// <para>Set the store with <see cref="Endpoint"/> or a <c>Use…</c> method. If you use both, the last one takes effect. For string settings,
/// an empty string is equivalent to <c>null</c>.</para>
/// <para>Serializers that honor <see cref="JsonIgnoreAttribute"/> or <see cref="IgnoreDataMemberAttribute"/>, such as System.Text.Json and Newtonsoft.Json, omit the secret
/// access key and the session token.</para>
/// </remarks>
[DebuggerDisplay("Endpoint = {EndpointForDisplay,nq}, Region = {Region}, Bucket = {Bucket}, PublicUrl = {PublicUrlForDisplay,nq}")]
public sealed partial class PresignerOptions
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private string? _endpointUrl;
    private string? _region;

    /// <summary>Gets or sets the URL of the store, such as <c>https://nyc3.digitaloceanspaces.com</c> or <c>http://127.0.0.1:9000</c>.</summary>
    /// <value>An absolute <c>https</c> or <c>http</c> URL. The default is <c>null</c>, in which case you must set the store with a <c>Use…</c> method.</value>
    /// <remarks>The URL may contain the bucket in the host (DigitalOcean Spaces) or in the path (Cloudflare R2), as URLs in these providers' consoles do. In this case, the
    /// bucket is removed from the endpoint and used as <see cref="Bucket"/>.</remarks>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Endpoint
    {
        get => _endpointUrl ?? UsedEndpoint?.ToString();
        set
        {
            // Microsoft's configuration binder reads every property and, if the section does not contain the setting, writes the value back.
            // Writing it back must not replace an endpoint from a Use… method, because the endpoint contains more information than its URL.
            if (UsedEndpoint is null || value != UsedEndpoint.ToString())
            {
                _endpointUrl = NullIfEmpty(value);
                UsedEndpoint = null;
            }
        }
    }

    /// <summary>Gets or sets the region that URLs are signed for.</summary>
    /// <value>The default is <c>null</c>, in which case the region is derived from the endpoint's host. This is possible only for known providers.</value>
    /// <remarks>If a <c>Use…</c> method has set the provider, setting a different region changes the endpoint to that region's host.</remarks>
    public string? Region
    {
        get => _region ?? UsedEndpoint?.Region;
        set => _region = value == UsedEndpoint?.Region ? null : NullIfEmpty(value);
    }

    /// <summary>Gets or sets the default bucket, which is used if an operation does not set <see cref="S3Operation.Bucket"/>.</summary>
    /// <value>A bucket name, an access point ARN (on AWS), or <c>tenant:bucket</c> (on a Ceph cluster). The default is <c>null</c>, in which case every operation must set its
    /// bucket.</value>
    public string? Bucket
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>Gets or sets the access key ID.</summary>
    /// <value>The default is <c>null</c>, in which case the credentials come from <see cref="UseCredentials"/> or from a registered <see cref="IS3CredentialsProvider"/>.</value>
    /// <remarks>The access key ID and <see cref="SecretAccessKey"/> take precedence over a credentials provider.</remarks>
    public string? AccessKeyId
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>Gets or sets the secret access key.</summary>
    /// <value>The default is <c>null</c>.</value>
    /// <remarks>Do not store the key in files that are committed to source control. Use user secrets, environment variables or a secret store instead.</remarks>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    [IgnoreDataMember]
    public string? SecretAccessKey
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>Gets or sets the session token of temporary credentials.</summary>
    /// <value>The default is <c>null</c>, which means that the credentials are not temporary.</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    [IgnoreDataMember]
    public string? SessionToken
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>Gets or sets a value that specifies where the bucket appears in a URL.</summary>
    /// <value>The default is <see cref="UrlStyle.Auto"/>.</value>
    public UrlStyle UrlStyle { get; set; }

    /// <summary>Gets or sets the default lifetime of URLs, which is used if an operation does not set <see cref="S3Operation.ExpiresIn"/>.</summary>
    /// <value>From 1 second to the store's maximum, inclusive (7 days, or 90 days for Tigris). Fractions of a second are discarded. The default is 1 hour.</value>
    public TimeSpan DefaultExpiresIn { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets the CDN or reverse proxy URL that replaces the store's URL in presigned URLs and forms.</summary>
    /// <value>The scheme and the host, followed by the path that the proxy removes, if any. Examples are <c>https://my-space.nyc3.cdn.digitaloceanspaces.com</c>,
    /// <c>https://files.example.com</c> and <c>https://example.com/s3</c>. The default is <c>null</c>, in which case URLs contain the store's host.</value>
    /// <remarks>
    /// <para>URLs are still signed for the store's host, so the CDN or proxy must send that host in the <c>Host</c> header of its requests to the store. If a proxy forwards the
    /// client's <c>Host</c> header instead, set <see cref="Endpoint"/> to the proxy's URL, and set this property only if the proxy removes a path.</para>
    /// <para>For path-style URLs, this URL is used for all buckets. Otherwise, it is used only for <see cref="Bucket"/>. The DigitalOcean Spaces CDN forwards only downloads, so
    /// its URL is used only for <see cref="GetObject"/> without signed headers. For Spaces, a custom domain is treated as the CDN, unless <see cref="UrlStyle"/> is
    /// <see cref="UrlStyle.Path"/>. In that case, the custom domain is treated as a proxy.</para>
    /// </remarks>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? PublicUrl
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>Gets or sets a value that indicates whether upload URLs are locked, so that their holders cannot add unsigned headers.</summary>
    /// <value><c>true</c> to lock URLs for PUT and POST requests that target an object. The default is <c>false</c>.</value>
    /// <remarks>
    /// Ceph versions before 19.2.6 and 20.2.4 honor <c>x-amz-acl</c>, <c>x-amz-grant-…</c> and <c>x-amz-copy-source</c> even if they are not signed. The holder of an upload URL
    /// can use these headers to make the object public or to copy any object that the signer can read. A locked URL lists these headers as signed, so the store rejects any request
    /// that contains one of them. Set this property for stores that run Ceph, such as DigitalOcean Spaces or your own cluster. For known providers that do not run Ceph, the
    /// property must be <c>false</c>. They already reject unsigned headers and would respond to a locked URL with 403.
    /// </remarks>
    public bool LockUnsignedHeaders { get; set; }

    /// <summary>Gets or sets the length of the time window in which presigning the same operation always returns the same URL.</summary>
    /// <value>A whole number of seconds from 1 second to 1 day, inclusive. The default is <c>null</c>, which disables the window.</value>
    /// <remarks>Identical URLs let browsers and proxies cache the response. A URL is signed as of the start of the current window. Windows are counted from midnight UTC on
    /// January 1, 0001. The lifetime of the URL is extended by the length of the window, so that it is never shorter than requested. The extended lifetime must not exceed the
    /// store's maximum.</remarks>
    public TimeSpan? SigningWindow { get; set; }

    /// <summary>Gets or sets a value that specifies what happens if temporary credentials expire before the URL would.</summary>
    /// <value>The default is <see cref="CredentialExpiry.Auto"/>.</value>
    public CredentialExpiry CredentialExpiry { get; set; }

    internal S3Endpoint? UsedEndpoint { get; private set; }

    internal IS3CredentialsProvider? CredentialsProvider { get; private set; }

    /// <summary>Gets or sets the path of the most recently bound configuration section, or <c>null</c> if none was bound.</summary>
    internal string? ConfigurationPath { get; set; }

    /// <summary>Gets the configuration path of each bound setting, keyed by property name.</summary>
    internal Dictionary<string, string> ConfiguredPaths { get; } = [];

    /// <summary>Gets the problems that were found while binding configuration.</summary>
    internal List<OptionsProblem> ConfigurationProblems { get; } = [];

    // A URL that has not been validated yet might contain a password.
    private string? EndpointForDisplay => Endpoint is null ? null : EndpointUrl.Shown(Endpoint);
    private string? PublicUrlForDisplay => PublicUrl is null ? null : EndpointUrl.Shown(PublicUrl);

    /// <summary>Sets the store and resets <see cref="Region"/> to the store's region.</summary>
    /// <param name="endpoint">The store.</param>
    /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> is <c>null</c>.</exception>
    public void UseEndpoint(S3Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        _endpointUrl = null;
        UsedEndpoint = endpoint;
        _region = null;
    }

    /// <summary>Sets the credentials provider.</summary>
    /// <param name="provider">The provider. An <see cref="S3Credentials"/> instance is itself a provider.</param>
    /// <remarks><see cref="AccessKeyId"/> and <see cref="SecretAccessKey"/> take precedence if they are set. The options are created again each time their configuration is
    /// reloaded. If a provider caches credentials, create it only once, outside the callback that calls this method, or register it as a singleton
    /// <see cref="IS3CredentialsProvider"/>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="provider"/> is <c>null</c>.</exception>
    public void UseCredentials(IS3CredentialsProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        CredentialsProvider = provider;
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}

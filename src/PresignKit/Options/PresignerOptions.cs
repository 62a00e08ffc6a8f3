using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>Represents the settings of a presigner: the store, the credentials and the defaults.</summary>
/// <remarks>
/// <para>The options are mutable, so that configuration can be bound to them. An <see cref="S3Presigner"/> takes a snapshot when it is created; a presigner that was
/// registered with <c>AddPresigner</c> takes a new one each time its configuration is reloaded. Instances are not thread-safe.</para>
/// <para>The store is set by <see cref="Endpoint"/> or by a <c>Use…</c> method, whichever is called last. For every text setting, an empty string means the same as
/// <c>null</c>.</para>
/// <para>Serializers that honor <see cref="JsonIgnoreAttribute"/> or <see cref="IgnoreDataMemberAttribute"/>, such as System.Text.Json and Newtonsoft.Json, omit the secret
/// access key and the session token.</para>
/// </remarks>
[DebuggerDisplay("Endpoint = {EndpointForDisplay,nq}, Region = {Region}, Bucket = {Bucket}, PublicUrl = {PublicUrlForDisplay,nq}")]
public sealed partial class PresignerOptions
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private string? _endpointUrl;
    private string? _region;

    /// <summary>Gets or sets the URL of the store, for example <c>https://nyc3.digitaloceanspaces.com</c> or <c>http://127.0.0.1:9000</c>.</summary>
    /// <value>An absolute URL with the scheme <c>https</c> or <c>http</c>. The default is <c>null</c>; the store must then be set by a <c>Use…</c> method.</value>
    /// <remarks>The bucket may be part of the URL, as the consoles of some providers show it: in the host (DigitalOcean Spaces) or as the path (Cloudflare R2). The
    /// bucket is then removed from the endpoint and used as <see cref="Bucket"/>.</remarks>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Endpoint
    {
        get => _endpointUrl ?? UsedEndpoint?.ToString();
        set
        {
            // Microsoft's configuration binder reads every property and writes the value back if the section does not contain the setting.
            // Writing back the URL must not replace the endpoint of a Use… method, which contains more information than its URL.
            if (UsedEndpoint is null || value != UsedEndpoint.ToString())
            {
                _endpointUrl = NullIfEmpty(value);
                UsedEndpoint = null;
            }
        }
    }

    /// <summary>Gets or sets the region for which URLs are signed.</summary>
    /// <value>The default is <c>null</c>: the region is taken from the endpoint's host, which is possible for known providers.</value>
    /// <remarks>After a <c>Use…</c> method for a provider, setting a different region changes the endpoint to the host of that region.</remarks>
    public string? Region
    {
        get => _region ?? UsedEndpoint?.Region;
        set => _region = value == UsedEndpoint?.Region ? null : NullIfEmpty(value);
    }

    /// <summary>Gets or sets the bucket of operations that do not set <see cref="S3Operation.Bucket"/>.</summary>
    /// <value>A bucket name, an access point ARN (on AWS), or <c>tenant:bucket</c> (on a Ceph cluster). The default is <c>null</c>: every operation must set its bucket.</value>
    public string? Bucket
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>Gets or sets the access key ID.</summary>
    /// <value>The default is <c>null</c>: the credentials come from <see cref="UseCredentials"/> or from a registered <see cref="IS3CredentialsProvider"/>.</value>
    /// <remarks>The access key ID and <see cref="SecretAccessKey"/> take precedence over a credentials provider.</remarks>
    public string? AccessKeyId
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>Gets or sets the secret access key.</summary>
    /// <value>The default is <c>null</c>.</value>
    /// <remarks>Keep the key out of files that are committed to source control. User secrets, environment variables and secret stores are better places.</remarks>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    [IgnoreDataMember]
    public string? SecretAccessKey
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>Gets or sets the session token of temporary credentials.</summary>
    /// <value>The default is <c>null</c>: the credentials are not temporary.</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [JsonIgnore]
    [IgnoreDataMember]
    public string? SessionToken
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>Gets or sets a value that specifies where a URL contains its bucket.</summary>
    /// <value>The default is <see cref="UrlStyle.Auto"/>.</value>
    public UrlStyle UrlStyle { get; set; }

    /// <summary>Gets or sets the lifetime of URLs whose operation does not set <see cref="S3Operation.ExpiresIn"/>.</summary>
    /// <value>From 1 second to the store's maximum, inclusive: 7 days, or 90 days for Tigris. Fractions of a second are discarded. The default is 1 hour.</value>
    public TimeSpan DefaultExpiresIn { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets the URL of a CDN or reverse proxy that presigned URLs and forms show instead of the store's.</summary>
    /// <value>Scheme, host, and the path that the proxy removes, if any: <c>https://my-space.nyc3.cdn.digitaloceanspaces.com</c>, <c>https://files.example.com</c> or
    /// <c>https://example.com/s3</c>. The default is <c>null</c>: URLs show the store's host.</value>
    /// <remarks>
    /// <para>URLs are still signed for the store's host, so the CDN or proxy must send that host to the store. If a proxy forwards the client's <c>Host</c> header instead, set
    /// <see cref="Endpoint"/> to the proxy, and this property only if the proxy removes a path.</para>
    /// <para>In path style, the URL is for all buckets; otherwise, it is for <see cref="Bucket"/> only. The CDN of DigitalOcean Spaces forwards downloads only, so it appears in the
    /// URLs of <see cref="GetObject"/> without signed headers, unless <see cref="UrlStyle"/> is <see cref="UrlStyle.Path"/>.</para>
    /// </remarks>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? PublicUrl
    {
        get;
        set => field = NullIfEmpty(value);
    }

    /// <summary>Gets or sets a value that indicates whether upload URLs are locked against unsigned headers that their holder adds.</summary>
    /// <value><c>true</c> to lock the URLs of PUT and POST requests for an object. The default is <c>false</c>.</value>
    /// <remarks>
    /// Ceph before 19.2.6 and 20.2.4 obeys <c>x-amz-acl</c>, <c>x-amz-grant-…</c> and <c>x-amz-copy-source</c> even if they are not signed. The holder of an upload URL can
    /// thus publish the object, or copy any object that the signer may read. A locked URL lists these headers as signed, so that the store rejects a request that contains
    /// one of them. Use the option with stores that run Ceph, such as DigitalOcean Spaces or your own cluster. The option is rejected for known providers that do not run
    /// Ceph, because they already reject unsigned headers and would respond with 403 to a locked URL.
    /// </remarks>
    public bool LockUnsignedHeaders { get; set; }

    /// <summary>Gets or sets the length of the window within which the same operation results in the same URL, so that browsers and proxies can cache the response.</summary>
    /// <value>A whole number of seconds from 1 second to 1 day, inclusive. The default is <c>null</c>: no window.</value>
    /// <remarks>A URL is signed as of the start of the current window, counted from midnight UTC on January 1, 0001. Its lifetime is extended by the window, so that it is never
    /// shorter than requested. The sum must not exceed the store's maximum.</remarks>
    public TimeSpan? SigningWindow { get; set; }

    /// <summary>Gets or sets a value that specifies what happens if temporary credentials expire before the URL would.</summary>
    /// <value>The default is <see cref="CredentialExpiry.Auto"/>.</value>
    public CredentialExpiry CredentialExpiry { get; set; }

    internal S3Endpoint? UsedEndpoint { get; private set; }

    internal IS3CredentialsProvider? CredentialsProvider { get; private set; }

    /// <summary>Gets or sets the path of the configuration section that was bound last, or <c>null</c>.</summary>
    internal string? ConfigurationPath { get; set; }

    /// <summary>Gets the configuration paths of the settings that were bound, by property.</summary>
    internal Dictionary<string, string> ConfiguredPaths { get; } = [];

    /// <summary>Gets the problems that were found while configuration was bound.</summary>
    internal List<OptionsProblem> ConfigurationProblems { get; } = [];

    // A URL that has not been validated yet may contain a password.
    private string? EndpointForDisplay => Endpoint is null ? null : EndpointUrl.Shown(Endpoint);
    private string? PublicUrlForDisplay => PublicUrl is null ? null : EndpointUrl.Shown(PublicUrl);

    /// <summary>Sets the store, and sets <see cref="Region"/> to the region of the store.</summary>
    /// <param name="endpoint">The store.</param>
    /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> is <c>null</c>.</exception>
    public void UseEndpoint(S3Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        _endpointUrl = null;
        UsedEndpoint = endpoint;
        _region = null;
    }

    /// <summary>Sets the provider of the credentials.</summary>
    /// <param name="provider">The provider. An <see cref="S3Credentials"/> instance is itself a provider.</param>
    /// <remarks><see cref="AccessKeyId"/> and <see cref="SecretAccessKey"/> take precedence if they are set. The options are created again each time their configuration is
    /// reloaded. A provider that caches credentials must therefore be created once, outside the callback that calls this method, or registered as a singleton
    /// <see cref="IS3CredentialsProvider"/>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="provider"/> is <c>null</c>.</exception>
    public void UseCredentials(IS3CredentialsProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        CredentialsProvider = provider;
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}

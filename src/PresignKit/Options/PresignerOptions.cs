using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace PresignKit;

/// <summary>
/// What a presigner needs to know: the store, the credentials, and defaults. Mutable, so that configuration can be bound to it; a presigner
/// reads it once, when it is made (and that of <c>AddPresigner</c>, when its configuration is reloaded). Not thread-safe.
/// </summary>
/// <remarks>The store comes from <see cref="Endpoint"/> or from a <c>Use…</c> method; the later of the two counts.</remarks>
[DebuggerDisplay("Endpoint = {ShownEndpoint,nq}, Region = {Region}, Bucket = {Bucket}, CdnUrl = {ShownCdnUrl,nq}")]
public sealed partial class PresignerOptions
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private string? _endpointUrl;
    private string? _region;

    /// <summary>
    /// The URL of the store: <c>https://nyc3.digitaloceanspaces.com</c>, <c>http://127.0.0.1:9000</c>. A bucket in the host of a known provider
    /// (Spaces' console shows it so) or as its path (R2's does) is taken out of it.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Endpoint
    {
        get => _endpointUrl ?? UsedEndpoint?.ToString();
        set
        {
            // The configuration binder reads every property and sets it again where configuration says nothing: that is no other endpoint.
            if (UsedEndpoint is null || value != UsedEndpoint.ToString())
            {
                _endpointUrl = value;
                UsedEndpoint = null;
            }
        }
    }

    /// <summary>
    /// The region. Where the endpoint is a known provider's, its host tells the region, and this may stay <c>null</c>. After a <c>Use…</c> method, another region
    /// here moves the host there.
    /// </summary>
    public string? Region
    {
        get => _region ?? UsedEndpoint?.Region;
        set => _region = value == UsedEndpoint?.Region ? null : value;
    }

    /// <summary>The bucket of operations that name none; <c>null</c> where each names its own.</summary>
    public string? Bucket { get; set; }

    /// <summary>The access key id; with <see cref="SecretAccessKey"/>, in place of <see cref="UseCredentials"/>.</summary>
    public string? AccessKeyId { get; set; }

    /// <summary>The secret access key. Keep it out of files that are checked in: user secrets, the environment, or a secret store can hold it.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? SecretAccessKey { get; set; }

    /// <summary>The session token of temporary credentials, or <c>null</c>.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? SessionToken { get; set; }

    /// <summary>Where a URL names its bucket. Default: <see cref="UrlStyle.Auto"/>.</summary>
    public UrlStyle UrlStyle { get; set; }

    /// <summary>How long URLs hold that do not say it themselves: 1 second to the store's maximum (7 days; 90 days for Tigris), cut down to
    /// whole seconds. Default: one hour.</summary>
    public TimeSpan DefaultExpiresIn { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Scheme and host of a CDN before <see cref="Bucket"/>, like <c>https://my-space.nyc3.cdn.digitaloceanspaces.com</c> or a host of your own: URLs that
    /// download an object (<see cref="GetObject"/>, without signed headers) show it, and are signed for the store's own host. Other URLs lead to the store. <c>null</c> (the default) for none.
    /// Refused where the provider's CDN passes no signatures on.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? CdnUrl { get; set; }

    /// <summary>
    /// Locks upload URLs (PUT and POST of an object) against headers that their holder adds unsigned: <c>x-amz-acl</c>, <c>x-amz-grant-…</c> and
    /// <c>x-amz-copy-source</c>, by which Ceph before 19.2.6 and 20.2.4 lets the holder publish the object, or copy any object that the signer may read. They are
    /// named among the signed headers and must not be sent. For stores that run Ceph (DigitalOcean Spaces, and any endpoint of your own): known others
    /// check this themselves, and the option is refused there. A store that is not Ceph answers 403 to locked URLs. Default: <c>false</c>.
    /// </summary>
    public bool LockUnsignedHeaders { get; set; }

    /// <summary>
    /// Makes URLs the same text for a while, so that browsers and proxies can cache what they lead to: the instant of signing is the start of the window
    /// (counted from midnight UTC of 1 January 0001), and the URL holds for its own duration and the window; together they are at most what the store takes.
    /// A whole number of seconds, 1 second to 1 day; <c>null</c> (the default) for none.
    /// </summary>
    public TimeSpan? SigningWindow { get; set; }

    /// <summary>What happens where temporary credentials end before the URL would. Default: <see cref="CredentialExpiry.Auto"/>.</summary>
    public CredentialExpiry CredentialExpiry { get; set; }

    // For debuggers: the URLs as configuration has them can hold a password, until they are refused.
    private string? ShownEndpoint => Endpoint is null ? null : EndpointUrl.Shown(Endpoint);
    private string? ShownCdnUrl => CdnUrl is null ? null : EndpointUrl.Shown(CdnUrl);

    internal S3Endpoint? UsedEndpoint { get; private set; }

    internal IS3CredentialsProvider? CredentialsProvider { get; private set; }

    internal Action<OptionsValidationException>? InvalidReload { get; private set; }

    /// <summary>The section of configuration that was bound last; <c>null</c> for none.</summary>
    internal string? ConfigurationPath { get; set; }

    /// <summary>Where the properties that configuration has set stand in it.</summary>
    internal Dictionary<string, string> ConfiguredPaths { get; } = [];

    /// <summary>What could not be read from configuration.</summary>
    internal List<string> ConfigurationProblems { get; } = [];

    /// <summary>Takes a store, and sets <see cref="Region"/> to its region.</summary>
    /// <param name="endpoint">The store.</param>
    /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> is <c>null</c>.</exception>
    public void UseEndpoint(S3Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        _endpointUrl = null;
        UsedEndpoint = endpoint;
        _region = null;
    }

    /// <summary>Takes the credentials from a provider. <see cref="AccessKeyId"/> and <see cref="SecretAccessKey"/>, where they are set, come first.</summary>
    /// <remarks>Options are made anew whenever their configuration is reloaded: a provider that keeps credentials is made once, outside of the action that calls this,
    /// or registered as a singleton <see cref="IS3CredentialsProvider"/>.</remarks>
    /// <param name="provider">The provider; an <see cref="S3Credentials"/> is one of itself.</param>
    /// <exception cref="ArgumentNullException"><paramref name="provider"/> is <c>null</c>.</exception>
    public void UseCredentials(IS3CredentialsProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        CredentialsProvider = provider;
    }

    /// <summary>
    /// Says what happens when the configuration is reloaded (<c>AddPresigner</c>) and the new options are not valid. The presigner keeps the last valid ones; their action is
    /// called, with one message for each fault. Without one, the exception goes to whoever triggered the reload, as that of the options monitor itself always does.
    /// </summary>
    /// <param name="report">What to do, once for each reload; it writes to a log, say. Where this method is called again, both are done.</param>
    /// <exception cref="ArgumentNullException"><paramref name="report"/> is <c>null</c>.</exception>
    /// <example><code>
    /// builder.Services.AddPresigner().BindConfiguration("Spaces")
    ///     .Configure&lt;ILogger&lt;Program&gt;&gt;((o, log) =&gt; o.OnInvalidReload(e =&gt; log.LogError(e, "The presigner keeps its last valid options.")));
    /// </code></example>
    public void OnInvalidReload(Action<OptionsValidationException> report)
    {
        ArgumentNullException.ThrowIfNull(report);
        InvalidReload += report;
    }
}

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace PresignKit;

/// <summary>An S3-compatible storage provider that PresignKit recognizes, with its hosts, limits and supported features.</summary>
/// <remarks>
/// <para>Self-hosted stores (MinIO, Ceph, Garage) are not providers. Use <see cref="S3Endpoint.Create"/> for these stores.</para>
/// <para>Instances are immutable and thread-safe. There is one instance per provider, so providers can be compared with <c>==</c>.</para>
/// </remarks>
/// <example><code>
/// if (S3Provider.TryFind(name, out S3Provider? provider))
/// {
///     options.UseEndpoint(provider.CreateEndpoint(region));
/// }
/// </code></example>
[DebuggerDisplay("{Name,nq}")]
public sealed partial class S3Provider
{
    /// <summary>The longest URL lifetime that SigV4 allows: seven days, in seconds.</summary>
    internal const int SigV4MaxExpirySeconds = 604_800;

    private S3Provider()
    {
    }

    /// <summary>Gets the provider's short name, which is used in configuration and on command lines.</summary>
    /// <value>A string of lowercase letters and digits, such as <c>spaces</c>, <c>aws</c> or <c>r2</c>.</value>
    public string Id { get; private init; } = "";

    /// <summary>Gets the name of the provider, such as <c>DigitalOcean Spaces</c>.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Gets the URL of the provider's usual endpoint, with placeholders.</summary>
    /// <value>A URL such as <c>https://{region}.digitaloceanspaces.com</c> or <c>https://{account}.r2.cloudflarestorage.com</c>.</value>
    public string EndpointPattern => $"https://{UsualForm.Pattern}{BasePath}";

    /// <summary>Gets one of the provider's regions, as an example.</summary>
    public string RegionExample { get; private init; } = "";

    /// <summary>Gets a value that indicates whether <see cref="CreateEndpoint"/> requires a region.</summary>
    /// <value><c>false</c> if the provider has only one region.</value>
    public bool RequiresRegion => UsualForm.Region is null;

    /// <summary>Gets a value that indicates whether <see cref="CreateEndpoint"/> requires an account ID or, for Supabase, a project reference.</summary>
    public bool RequiresAccountId => UsualForm.HasAccount;

    /// <summary>Gets the longest lifetime that the provider accepts for a presigned URL.</summary>
    /// <value>7 days (604,800 seconds), or 90 days for Tigris.</value>
    public TimeSpan MaxExpiresIn => TimeSpan.FromSeconds(MaxExpirySeconds);

    /// <summary>Gets the patterns of the provider's host names.</summary>
    /// <value>URLs use the first pattern that applies to the region and the variant. The other patterns are used only to recognize hosts.</value>
    internal HostForm[] Hosts { get; init; } = [];

    /// <summary>Gets the method that describes why a region is not valid for this provider, or <c>null</c> if every valid host label is accepted as a region.</summary>
    internal Func<string, string?>? FindRegionProblem { get; init; }

    /// <summary>Gets a region that all of the provider's hosts accept in the credential scope, or <c>null</c> if there is none.</summary>
    internal string? ScopeRegionAlias { get; init; }

    /// <summary>Gets a value that indicates whether the store ignores the region in the credential scope.</summary>
    internal bool TakesAnyRegion { get; init; }

    /// <summary>Gets the style that <see cref="UrlStyle.Auto"/> selects if the bucket can be addressed in that style.</summary>
    internal UrlStyle Style { get; init; } = UrlStyle.VirtualHosted;

    /// <summary>Gets a value that indicates whether the store supports only the style in <see cref="Style"/>.</summary>
    internal bool IsStyleFixed { get; init; }

    /// <summary>Gets the path of the S3 API, without a trailing slash.</summary>
    internal string BasePath { get; init; } = "";

    /// <summary>Gets the longest lifetime that the provider accepts for a URL, in seconds.</summary>
    internal int MaxExpirySeconds { get; init; } = SigV4MaxExpirySeconds;

    /// <summary>Gets a value that indicates whether the store runs Ceph.</summary>
    /// <remarks>Older Ceph versions honor unsigned headers that the holder of an upload URL adds. <see cref="PresignerOptions.LockUnsignedHeaders"/> prevents this.</remarks>
    public bool IsCeph { get; private init; }

    /// <summary>Gets a value that indicates whether the store accepts POST forms.</summary>
    public bool AcceptsPostForms { get; private init; } = true;

    /// <summary>Gets a value that indicates whether the provider's documentation says that the store enforces <c>If-None-Match: *</c> for uploads.</summary>
    /// <remarks>Other stores can ignore the header, which would replace an existing object, or reject the upload.</remarks>
    public bool SupportsConditionalWrites { get; private init; }

    /// <summary>Gets a value that indicates whether the store is reachable only over HTTPS.</summary>
    internal bool NeedsTls { get; init; }

    /// <summary>Gets the host pattern of the provider's CDN, or <c>null</c> if the provider does not have a CDN that forwards signatures.</summary>
    /// <remarks>The pattern does not include the bucket that precedes the host. URLs are signed for the origin, not for the CDN.</remarks>
    internal HostForm? Cdn { get; init; }

    /// <summary>Gets the term that messages use for the account in the provider's host names.</summary>
    internal string AccountTerm { get; init; } = "";

    /// <summary>Gets the account that messages use as an example.</summary>
    internal string AccountExample { get; init; } = "";

    /// <summary>Gets the provider's hosts that are easily mistaken for S3 endpoints.</summary>
    internal NonEndpoint[] NonEndpoints { get; init; } = [];

    /// <summary>Finds a provider by its <see cref="Id"/>.</summary>
    /// <param name="id">The ID. The comparison is not case-sensitive.</param>
    /// <param name="provider">The provider, or <c>null</c> if there is no provider with this ID.</param>
    /// <returns><c>true</c> if the provider was found; otherwise, <c>false</c>.</returns>
    public static bool TryFind(string? id, [NotNullWhen(true)] out S3Provider? provider)
    {
        provider = Array.Find(Rows, row => row.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
        return provider is not null;
    }

    /// <summary>Creates an endpoint for this provider and the specified region.</summary>
    /// <param name="region">The region, or <c>null</c> if <see cref="RequiresRegion"/> is <c>false</c>.</param>
    /// <param name="accountId">The account ID or project reference, or <c>null</c> if <see cref="RequiresAccountId"/> is <c>false</c>.</param>
    /// <returns>An endpoint that is equivalent to the result of the provider's factory method, such as <see cref="S3Endpoint.DigitalOceanSpaces"/>.</returns>
    /// <exception cref="ArgumentException">The region or the account ID is missing, is not valid, or is not used by the provider.</exception>
    public S3Endpoint CreateEndpoint(string? region = null, string? accountId = null)
    {
        if (RequiresRegion && region is null)
        {
            throw new ArgumentException($"{Name} requires a region. Specify one, such as '{RegionExample}'.", nameof(region));
        }

        if (RequiresAccountId != accountId is not null)
        {
            throw new ArgumentException(
                RequiresAccountId ? $"The {AccountTerm}, which is part of the endpoint {EndpointPattern}, is missing. Specify it, for example '{AccountExample}'."
                : $"{Name} does not use an account ID, but '{Printable.Text(accountId!)}' is specified. Remove it.", nameof(accountId));
        }

        if (!RequiresRegion && region is not null && region != RegionExample && !TakesAnyRegion)
        {
            throw new ArgumentException($"{Name} has only one region, '{RegionExample}'. Specify this region instead of '{Printable.Text(region)}', or none.", nameof(region));
        }

        if (accountId is not null)
        {
            S3Endpoint.ThrowIfNotAccount(this, accountId, nameof(accountId));
        }

        return S3Endpoint.Of(this, RequiresRegion ? region! : RegionExample, account: accountId);
    }

    /// <summary>Returns <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    /// <summary>Describes why an unrecognized host is not an S3 endpoint, or returns <c>null</c> if the host might be an endpoint.</summary>
    internal static string? FindNonEndpoint(string host)
    {
        if (NonEndpointOf(host) is not var (provider, found))
        {
            return null;
        }

        HostForm form = provider.FormFor(provider.RegionExample)!;
        string endpoint = $"https://{form.Write(provider.RegionExample, "<account>")}{provider.BasePath}";
        return $"The host '{host}' {found.Reason.Replace("{endpoint}", endpoint)}";
    }

    /// <summary>Describes why a host cannot forward presigned URLs to a store, or returns <c>null</c> if the host might be a CDN or a proxy.</summary>
    /// <remarks>For example, a provider's web console responds to requests itself instead of forwarding them.</remarks>
    internal static string? FindPublicHost(string host) => NonEndpointOf(host) is { NonEndpoint.IsCdn: false } found
        ? $"The host '{host}' belongs to {found.Provider.Name} and does not check signatures. Set the host of a CDN or proxy that forwards requests to the store, or remove PublicUrl."
        : null;

    /// <summary>Determines the provider, region, account and bucket from a host, or returns <c>null</c> if the host does not belong to a known provider.</summary>
    internal static RecognizedHost? Recognize(string host)
    {
        foreach (S3Provider provider in Rows)
        {
            // The CDN comes first. Otherwise, the label 'cdn' in its host would match as a region.
            if (provider.Cdn is { } cdn && cdn.Matches(host, out string? origin, out string? bucket))
            {
                return new RecognizedHost(provider, cdn, origin, Account: null, bucket);
            }

            foreach (HostForm form in provider.Hosts)
            {
                if (form.Matches(host, out string? value, out bucket))
                {
                    return new RecognizedHost(provider, form, form.HasRegion ? value : form.Region, form.HasAccount ? value : null, bucket);
                }
            }
        }

        return null;
    }

    /// <summary>Finds the host pattern for a region, or returns <c>null</c> if the provider does not have one.</summary>
    internal HostForm? FormFor(string region, string variant = "")
    {
        string prefix = LongestPrefixOf(region);
        foreach (HostForm form in Hosts)
        {
            bool fits = form.Region is null ? form.RegionPrefix == prefix : form.Region == region || TakesAnyRegion;
            if (fits && form.Variant == variant && !form.IsLegacy)
            {
                return form;
            }
        }

        return null;
    }

    // The host for RegionExample is the usual host. Some regions have a different host (Wasabi) or domain (OVHcloud).
    private HostForm UsualForm => FormFor(RegionExample)!;

    private static (S3Provider Provider, NonEndpoint NonEndpoint)? NonEndpointOf(string host)
    {
        foreach (S3Provider provider in Rows)
        {
            if (Array.Find(provider.NonEndpoints, one => one.Matches(host)) is { } found)
            {
                return (provider, found);
            }
        }

        return null;
    }

    // Only the hosts with the longest matching prefix apply to a region. For example, a variant that China does not have must not fall back to a global host.
    private string LongestPrefixOf(string region)
    {
        string longest = "";
        foreach (HostForm form in Hosts)
        {
            if (form.RegionPrefix.Length > longest.Length && region.StartsWith(form.RegionPrefix, StringComparison.Ordinal))
            {
                longest = form.RegionPrefix;
            }
        }

        return longest;
    }
}

namespace PresignKit;

/// <summary>The characteristics of one provider, which is a row of the table in S3Provider.Table.cs.</summary>
internal sealed partial record S3Provider
{
    /// <summary>The longest URL lifetime that SigV4 allows: seven days, in seconds.</summary>
    public const int SigV4MaxExpirySeconds = 604_800;

    /// <summary>Gets the name of the provider in messages.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the patterns of the host names.</summary>
    /// <value>The first pattern for a region and a variant is used in URLs, and the others are only recognized.</value>
    public required HostForm[] Hosts { get; init; }

    /// <summary>Gets an example of a region, for messages.</summary>
    public required string RegionExample { get; init; }

    /// <summary>Gets the method that describes what is wrong with a region of this provider, or <c>null</c> if any host label can be a region.</summary>
    public Func<string, string?>? FindRegionProblem { get; init; }

    /// <summary>Gets a region that the store accepts in the credential scope on every host, or <c>null</c> for none.</summary>
    public string? ScopeRegionAlias { get; init; }

    /// <summary>Gets a value that indicates whether the store ignores the region in the credential scope.</summary>
    public bool TakesAnyRegion { get; init; }

    /// <summary>Gets the style that <see cref="UrlStyle.Auto"/> selects if the bucket fits.</summary>
    public UrlStyle Style { get; init; } = UrlStyle.VirtualHosted;

    /// <summary>Gets a value that indicates whether the store accepts <see cref="Style"/> only.</summary>
    public bool IsStyleFixed { get; init; }

    /// <summary>Gets the path of the S3 API, without a trailing slash.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>Gets the longest lifetime of a URL, in seconds.</summary>
    public int MaxExpirySeconds { get; init; } = SigV4MaxExpirySeconds;

    /// <summary>Gets a value that indicates whether the store runs Ceph, where the holder of an upload URL can add unsigned headers unless they are locked.</summary>
    public bool IsCeph { get; init; }

    /// <summary>Gets a value that indicates whether the store accepts POST forms.</summary>
    public bool TakesPostForms { get; init; } = true;

    /// <summary>Gets a value that indicates whether the store is reachable over HTTPS only.</summary>
    public bool NeedsTls { get; init; }

    /// <summary>Gets the host of the provider's CDN, without the bucket that precedes it, or <c>null</c> if the provider does not have a CDN that forwards signatures.</summary>
    /// <remarks>URLs are signed for the origin.</remarks>
    public HostForm? Cdn { get; init; }

    /// <summary>Gets the hosts of the provider that are easily mistaken for S3 endpoints.</summary>
    public NonEndpoint[] NonEndpoints { get; init; } = [];

    /// <summary>Describes why an unrecognized host is not an S3 endpoint, or returns <c>null</c> if the host may be an endpoint.</summary>
    public static string? FindNonEndpoint(string host)
    {
        if (NonEndpointOf(host) is not var (provider, found))
        {
            return null;
        }

        HostForm form = provider.FormFor(provider.RegionExample)!;
        string endpoint = $"https://{form.Write(provider.RegionExample, "<account>")}{provider.BasePath}";
        return $"The host '{host}' {found.Reason.Replace("{endpoint}", endpoint)}";
    }

    /// <summary>Describes why a host cannot forward presigned URLs to a store, because the provider itself responds, or returns <c>null</c> if the host may be a CDN or a proxy.</summary>
    public static string? FindPublicHost(string host) => NonEndpointOf(host) is { NonEndpoint.IsCdn: false } found
        ? $"The host '{host}' belongs to {found.Provider.Name} and does not check signatures. Set the host of a CDN or proxy that forwards requests to the store, or remove PublicUrl."
        : null;

    /// <summary>Finds the provider of a host, and the region, account and bucket in the host name, or returns <c>null</c> if no known provider has such a host.</summary>
    public static RecognizedHost? Recognize(string host)
    {
        foreach (S3Provider provider in All)
        {
            // The CDN comes first, because its label would otherwise match as a region.
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
    public HostForm? FormFor(string region, string variant = "")
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

    private static (S3Provider Provider, NonEndpoint NonEndpoint)? NonEndpointOf(string host)
    {
        foreach (S3Provider provider in All)
        {
            if (Array.Find(provider.NonEndpoints, one => one.Matches(host)) is { } found)
            {
                return (provider, found);
            }
        }

        return null;
    }

    // A region uses only the hosts with its longest matching prefix. China, for example, must not fall back to the global hosts for variants that it does not have.
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

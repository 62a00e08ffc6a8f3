namespace PresignKit;

/// <summary>
/// What is particular to one provider, as data. The rows stand in S3Provider.Table.cs; a row is all that a provider needs.
/// </summary>
internal sealed partial record S3Provider
{
    /// <summary>Seven days: the maximum lifetime that SigV4's query form allows, in seconds.</summary>
    public const int SigV4MaxExpirySeconds = 604_800;

    public required string Name { get; init; }

    /// <summary>Its host names. Of those for a region and a variant the first is written; the others are recognised only.</summary>
    public required HostForm[] Hosts { get; init; }

    public required string RegionExample { get; init; }

    /// <summary>A region that the store takes in the credential scope whatever the host's region is.</summary>
    public string? ScopeRegionAlias { get; init; }

    /// <summary>Whether the region in the credential scope is not looked at.</summary>
    public bool TakesAnyRegion { get; init; }

    /// <summary>Where the bucket goes if it can: what <see cref="UrlStyle.Auto"/> stands for.</summary>
    public UrlStyle Style { get; init; } = UrlStyle.VirtualHosted;

    /// <summary>Whether the other style is refused by the store.</summary>
    public bool IsStyleFixed { get; init; }

    /// <summary>The path under which the API stands, without a slash at its end.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>How long a URL may hold, in seconds; 7 days is what SigV4's query form takes.</summary>
    public int MaxExpirySeconds { get; init; } = S3Provider.SigV4MaxExpirySeconds;

    /// <summary>Whether the store runs Ceph, whose gateway lets the holder of an upload URL add headers, and can be locked against it.</summary>
    public bool IsCeph { get; init; }

    /// <summary>Whether the store takes POST forms.</summary>
    public bool TakesPostForms { get; init; } = true;

    /// <summary>Whether the store answers over HTTPS only.</summary>
    public bool NeedsTls { get; init; }

    /// <summary>The host of the provider's CDN, before which the bucket stands: sign for the origin, then swap the host, GET only. <c>null</c> for none.</summary>
    public HostForm? Cdn { get; init; }

    /// <summary>The form of the host of a region; <c>null</c> where the provider has none for it.</summary>
    public HostForm? FormFor(string region, string variant = "")
    {
        string prefix = PrefixOf(region);
        foreach (HostForm form in Hosts)
        {
            bool fits = form.Region is null ? form.RegionPrefix == prefix : form.Region == region || TakesAnyRegion;
            if (fits && form.Variant == variant)
            {
                return form;
            }
        }

        return null;
    }

    // The longest that fits: China has hosts of its own or none, and not those of other regions.
    private string PrefixOf(string region)
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

    /// <summary>Finds the provider of a host name, with what the name tells of region, account and bucket.</summary>
    public static RecognizedHost? Recognize(string host)
    {
        foreach (S3Provider provider in All)
        {
            // The CDN first: its label would pass for a region.
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
}

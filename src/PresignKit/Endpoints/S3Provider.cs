namespace PresignKit;

/// <summary>
/// What is particular to one provider, as data. A row of this table is all that a provider needs: hosts by region, style, and the region
/// names that its signatures may carry.
/// </summary>
internal sealed record S3Provider
{
    private const string RegionMark = "{region}";

    public static S3Provider DigitalOceanSpaces { get; } = new()
    {
        Name = "DigitalOcean Spaces",
        Hosts = [("", "{region}.digitaloceanspaces.com")],
        RegionExample = "nyc3",
        // Documented by DigitalOcean for tools that know no other region.
        ScopeRegionAlias = "us-east-1",
        CdnLabel = "cdn",
    };

    public static S3Provider Aws { get; } = new()
    {
        Name = "AWS S3",
        Hosts =
        [
            ("cn-", "s3.{region}.amazonaws.com.cn"),
            ("eusc-", "s3.{region}.amazonaws.eu"),
            ("us-iso-", "s3.{region}.c2s.ic.gov"),
            ("us-isob-", "s3.{region}.sc2s.sgov.gov"),
            ("us-isof-", "s3.{region}.csp.hci.ic.gov"),
            ("eu-isoe-", "s3.{region}.cloud.adc-e.uk"),
            ("", "s3.{region}.amazonaws.com"),
        ],
        RegionExample = "eu-west-1",
    };

    private static readonly S3Provider[] All = [DigitalOceanSpaces, Aws];

    public required string Name { get; init; }

    /// <summary>Host names by the start of the region's name; the first that fits counts.</summary>
    public required (string RegionPrefix, string Pattern)[] Hosts { get; init; }

    public required string RegionExample { get; init; }

    /// <summary>A region that the store takes in the credential scope whatever the host's region is.</summary>
    public string? ScopeRegionAlias { get; init; }

    /// <summary>The label that stands in place of the region in the host names of the provider's CDN.</summary>
    public string? CdnLabel { get; init; }

    public string HostFor(string region)
    {
        foreach ((string regionPrefix, string pattern) in Hosts)
        {
            if (region.StartsWith(regionPrefix, StringComparison.Ordinal))
            {
                return pattern.Replace(RegionMark, region);
            }
        }

        throw new InvalidOperationException($"The table of providers has no host for '{region}'.");
    }

    /// <summary>Finds the provider of a host name, and the region and the bucket in it.</summary>
    public static S3Provider? Recognize(string host, out string region, out string? bucket)
    {
        foreach (S3Provider provider in All)
        {
            foreach ((string regionPrefix, string pattern) in provider.Hosts)
            {
                if (Matches(host, pattern, out region, out bucket) && region.StartsWith(regionPrefix, StringComparison.Ordinal))
                {
                    return provider;
                }
            }
        }

        region = "";
        bucket = null;
        return null;
    }

    // [bucket.]start + region + end, where the region is one label.
    private static bool Matches(string host, string pattern, out string region, out string? bucket)
    {
        region = "";
        bucket = null;
        int mark = pattern.IndexOf(RegionMark, StringComparison.Ordinal);
        string start = pattern[..mark];
        string end = pattern[(mark + RegionMark.Length)..];
        if (!host.EndsWith(end, StringComparison.Ordinal))
        {
            return false;
        }

        string rest = host[..^end.Length];
        int dot = rest.LastIndexOf('.');
        region = rest[(dot + 1)..];
        string beforeRegion = rest[..(dot + 1)];
        if (region.Length == 0 || !beforeRegion.EndsWith(start, StringComparison.Ordinal))
        {
            return false;
        }

        string beforeStart = beforeRegion[..^start.Length];
        if (beforeStart.Length == 0)
        {
            return true;
        }

        if (beforeStart[^1] != '.' || beforeStart.Length == 1)
        {
            return false;
        }

        bucket = beforeStart[..^1];
        return true;
    }
}

namespace PresignKit;

/// <summary>What is wrong with a region, by itself and beside a host.</summary>
internal static class RegionRules
{
    private const int MaxLabelLength = 63;

    public static string? FindProblem(string region)
    {
        if (region.Length == 0)
        {
            return "The region is empty. Write the store's region, like 'nyc3' or 'eu-west-1'; stores without regions mostly expect 'us-east-1'.";
        }

        foreach (char c in region)
        {
            if (c is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_'))
            {
                return $"The region '{Printable.Text(region)}' holds a character other than letters, digits, '-' and '_'. Write the region's code, like 'nyc3' or 'eu-west-1', not its display name or host.";
            }
        }

        return null;
    }

    /// <summary>What is wrong with the region as a part of the provider's host names, which are signed in lower case.</summary>
    public static string? FindProblem(string region, S3Provider provider)
    {
        if (FindProblem(region) is { } problem)
        {
            return problem;
        }

        if (region == provider.CdnLabel)
        {
            return $"The region '{region}' is the label of the CDN of {provider.Name}, which checks no signatures of its own. Write the origin's region, like '{provider.RegionExample}'.";
        }

        string lower = region.ToLowerInvariant();
        return region.Length <= MaxLabelLength && region == lower && !region.Contains('_') && region[0] != '-' && region[^1] != '-'
            ? null
            : $"The region '{Printable.Text(region)}' cannot be part of a host name of {provider.Name}. Write it like '{(region.Equals(lower, StringComparison.Ordinal) ? provider.RegionExample : lower)}'.";
    }

    /// <summary>What a known provider's host says against the region beside it.</summary>
    public static string? FindContradiction(S3Provider provider, string host, string hostRegion, string? bucket, string? region)
    {
        if (hostRegion == provider.CdnLabel)
        {
            // Below the CDN's label stands [bucket.]region.
            string originRegion = bucket?[(bucket.LastIndexOf('.') + 1)..] ?? provider.RegionExample;
            return $"The host '{host}' is the CDN of {provider.Name}, which checks no signatures of its own. Write the origin as the endpoint: 'https://{provider.HostFor(originRegion)}'.";
        }

        if (region is null || region == hostRegion || region == provider.ScopeRegionAlias)
        {
            return null;
        }

        string orElse = FindProblem(region, provider) is null ? $", or write the endpoint as 'https://{provider.HostFor(region)}'" : "";
        return $"The region '{region}' is not the one in the host '{host}' of {provider.Name}. Set Region to '{hostRegion}' (or leave it out){orElse}.";
    }
}

namespace PresignKit;

/// <summary>What is wrong with a region, by itself and beside a host.</summary>
internal static class RegionRules
{
    private const int MaxLabelLength = 63;
    private const int MaxLength = 128;

    public static string? FindProblem(string region)
    {
        if (region.Length == 0)
        {
            return "The region is empty. Write the store's region, like 'nyc3' or 'eu-west-1'; stores without regions mostly expect 'us-east-1'.";
        }

        if (region.Length > MaxLength)
        {
            return $"The region '{Printable.Text(region)}' has {region.Length} characters; {MaxLength} at most make sense. Write the region's code, like 'nyc3' or 'eu-west-1'.";
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

    /// <summary>What is wrong with the region as a part of the provider's host names, which are signed in lower case; or where the provider has no host for it.</summary>
    public static string? FindProblem(string region, S3Provider provider, string variant = "")
    {
        if (FindProblem(region) is { } problem)
        {
            return problem;
        }

        if (provider.FormFor(region, variant) is not { } form)
        {
            return region == provider.ScopeRegionAlias ? null : provider.FormFor(region) is not null
                ? $"The region '{region}' has no '{variant}' hosts of {provider.Name}. Write the endpoint without it."
                : $"The region '{region}' is none of {provider.Name}'s. Write '{provider.RegionExample}', or leave it out.";
        }

        if (!form.HasRegion)
        {
            return null;
        }

        if (provider.Cdn?.Pattern.Contains($".{region}.") == true)
        {
            return $"The region '{region}' is the label of the CDN of {provider.Name}, which checks no signatures of its own. Write the origin's region, like '{provider.RegionExample}'.";
        }

        if (region == provider.ScopeRegionAlias || region.EndsWith("-global", StringComparison.Ordinal))
        {
            return $"The region '{region}' is a name that {provider.Name} has for signatures, and no host has it. Write the region that holds the bucket, like '{provider.RegionExample}'.";
        }

        string lower = region.ToLowerInvariant();
        return region.Length <= MaxLabelLength && region == lower && !region.Contains('_') && region[0] != '-' && region[^1] != '-'
            ? null
            : $"The region '{region}' cannot be part of a host name of {provider.Name}. Write it like '{(region == lower ? provider.RegionExample : lower)}'.";
    }

    /// <summary>What a known provider's host says against the region beside it; <c>null</c> for the host's own.</summary>
    public static string? FindContradiction(RecognizedHost known, string host, string? region)
    {
        S3Provider provider = known.Provider;
        if (known.IsCdn)
        {
            return $"The host '{host}' is the CDN of {provider.Name}, which checks no signatures of its own. Write the origin as the endpoint: 'https://{HostOf(known, known.Region!, "")}'.";
        }

        if (known.Form.HasRegion && provider.FormFor(known.Region!, known.Form.Variant) is { HasRegion: true } right && right.Pattern != known.Form.Pattern)
        {
            return $"The host '{host}' is not the one of {provider.Name} in the region '{known.Region}'. Write the endpoint as 'https://{right.Write(known.Region!, known.Account)}'.";
        }

        if (region is null)
        {
            return known.Region is null
                ? $"The region is missing, and the host '{host}' of {provider.Name} does not tell it. Set Region, like '{provider.RegionExample}'."
                : known.Form.HasRegion ? FindProblem(known.Region, provider, known.Form.Variant) : null;
        }

        if (known.Region is null)
        {
            string? problem = FindProblem(region, provider, known.Form.Variant);
            return problem is null && HostOf(known, region, known.Form.Variant) is var own && own != known.Form.Write(region, known.Account)
                ? $"The host '{host}' is not the one of {provider.Name} in the region '{region}'. Write the endpoint as 'https://{own}'."
                : problem;
        }

        if (region == known.Region || region == provider.ScopeRegionAlias || provider.TakesAnyRegion)
        {
            return null;
        }

        string orElse = FindProblem(region, provider, known.Form.Variant) is null ? $", or write the endpoint as 'https://{HostOf(known, region, known.Form.Variant)}'" : "";
        return $"The region '{region}' is not the one in the host '{host}' of {provider.Name}. Set Region to '{known.Region}' (or leave it out){orElse}.";
    }

    private static string HostOf(RecognizedHost known, string region, string variant) =>
        known.Provider.FormFor(region, variant)?.Write(region, known.Account) ?? known.Form.Write(region, known.Account);
}

namespace PresignKit;

/// <summary>The rules for regions: their format, their use in a provider's host names, and conflicts with a host.</summary>
internal static class RegionRules
{
    private const int MaxLabelLength = 63;
    private const int MaxLength = 128;

    /// <summary>Describes the problem with a region that no store would accept, or returns <c>null</c> if the format of the region is valid.</summary>
    public static string? FindProblem(string region)
    {
        if (region.Length == 0)
        {
            return "The region is empty. Set the region of the store, such as 'nyc3' or 'eu-west-1'; most stores without regions expect 'us-east-1'.";
        }

        if (region.Length > MaxLength)
        {
            return $"The region '{Printable.Text(region)}' has {region.Length} characters, and at most {MaxLength} are allowed. Use the region code, such as 'nyc3' or 'eu-west-1'.";
        }

        foreach (char c in region)
        {
            if (c is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_'))
            {
                return $"The region '{Printable.Text(region)}' contains a character other than letters, digits, '-' and '_'. " +
                    "Use the region code, such as 'nyc3' or 'eu-west-1', not a display name or a host.";
            }
        }

        return null;
    }

    /// <summary>Describes why a provider does not have a host for a region, or returns <c>null</c> if it has one.</summary>
    /// <remarks>A region in a host name must be lowercase, because host names are signed in lowercase.</remarks>
    public static string? FindProblem(string region, S3Provider provider, string variant = "")
    {
        if ((FindProblem(region) ?? provider.FindRegionProblem?.Invoke(region)) is { } problem)
        {
            return problem;
        }

        if (provider.FormFor(region, variant) is not { } form)
        {
            return region == provider.ScopeRegionAlias ? null : provider.FormFor(region) is not null
                ? $"{provider.Name} does not have '{variant}' hosts in the region '{region}'. Use the endpoint without this option."
                : $"The region '{region}' is not a region of {provider.Name}. Use '{provider.RegionExample}', or do not set the region.";
        }

        if (!form.HasRegion)
        {
            return null;
        }

        if (provider.Cdn?.Pattern.Contains($".{region}.") == true)
        {
            return $"'{region}' is not a region of {provider.Name}. It is part of the host name of the provider's CDN, which does not check signatures. Use the region of the bucket, such as '{provider.RegionExample}'.";
        }

        if (region == provider.ScopeRegionAlias)
        {
            return $"{provider.Name} uses the region '{region}' only in signatures, not in host names. Use the region of the bucket, such as '{provider.RegionExample}'.";
        }

        string lower = region.ToLowerInvariant();
        return region.Length <= MaxLabelLength && region == lower && !region.Contains('_') && region[0] != '-' && region[^1] != '-'
            ? null
            : $"The region '{region}' cannot be part of a host name of {provider.Name}. Use a region such as '{(region == lower ? provider.RegionExample : lower)}'.";
    }

    /// <summary>Describes the conflict between a known provider's host and a region, or returns <c>null</c> if there is none.</summary>
    /// <remarks>If <paramref name="region"/> is <c>null</c>, the host must identify the region.</remarks>
    public static string? FindContradiction(RecognizedHost known, string host, string? region)
    {
        S3Provider provider = known.Provider;
        if (known.IsCdn)
        {
            return $"The host '{host}' is the CDN of {provider.Name}, which does not check signatures. Use the origin 'https://{HostOf(known, known.Region!, "")}' as the endpoint.";
        }

        if (known.Form is { HasRegion: true, IsLegacy: false } && provider.FormFor(known.Region!, known.Form.Variant) is { HasRegion: true } right && right.Pattern != known.Form.Pattern)
        {
            return $"The host '{host}' is not the host of {provider.Name} in the region '{known.Region}'. Use the endpoint 'https://{right.Write(known.Region!, known.Account)}'.";
        }

        if (region is null)
        {
            return known.Region is null
                ? $"The region is missing, and the host '{host}' of {provider.Name} does not determine it. Set Region, for example to '{provider.RegionExample}'."
                : known.Form.HasRegion ? FindProblem(known.Region, provider, known.Form.Variant) : null;
        }

        if (known.Region is null)
        {
            string? problem = FindProblem(region, provider, known.Form.Variant);
            return problem is null && HostOf(known, region, known.Form.Variant) is var own && own != known.Form.Write(region, known.Account)
                ? $"The host '{host}' is not the host of {provider.Name} in the region '{region}'. Use the endpoint 'https://{own}'."
                : problem;
        }

        if (region == known.Region || region == provider.ScopeRegionAlias || provider.TakesAnyRegion)
        {
            return null;
        }

        string orElse = FindProblem(region, provider, known.Form.Variant) is null ? $", or use the endpoint 'https://{HostOf(known, region, known.Form.Variant)}'" : "";
        return $"The region '{region}' conflicts with the host '{host}' of {provider.Name}. Set Region to '{known.Region}' or leave it unset{orElse}.";
    }

    private static string HostOf(RecognizedHost known, string region, string variant) =>
        known.Provider.FormFor(region, variant)?.Write(region, known.Account) ?? known.Form.Write(region, known.Account);
}

using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Store;

/// <summary>Selects the store and the region from the options, the environment and the profile.</summary>
internal sealed class EndpointSelection(StoreSettings settings, ToolContext context, AwsFiles files, SelectedProfile? profile)
{
    private const string ArnSource = "the ARN of the access point";
    private const string EndpointOption = "--endpoint-url";
    private const string ProviderOption = "--provider";
    private const string RegionOption = "--region";

    /// <summary>Selects the store. If nothing selects one, it is AWS S3 in the configured region.</summary>
    /// <exception cref="ToolException">The selection is not valid, or neither a store nor a region is configured.</exception>
    public SelectedEndpoint Require() => Find() ?? AwsOf(
        FindRegion() ?? (settings.RegionOfArn is { } region ? new Resolved<string>(region, ArnSource) : null) ?? throw ToolException.Setup(
            $"No store is selected. Use {EndpointOption} or {ProviderOption}, or for AWS S3 {RegionOption}; or set AWS_ENDPOINT_URL_S3 or AWS_REGION."),
        SelectedEndpoint.DefaultSource);

    /// <summary>Selects the store, or returns <c>null</c> if nothing selects one.</summary>
    /// <exception cref="ToolException">The selection is not valid.</exception>
    public SelectedEndpoint? Find()
    {
        if (settings.EndpointUrl is not null && settings.Provider is not null)
        {
            throw ToolException.Usage($"{EndpointOption} and {ProviderOption} cannot be combined. Use one of them.");
        }

        if (settings.Account is not null && settings.Provider is null)
        {
            throw ToolException.Usage($"--account has an effect only with {ProviderOption}. Add {ProviderOption}, or remove --account.");
        }

        return settings.EndpointUrl is { } url ? OfUrl(new Resolved<string>(url, EndpointOption))
            : settings.Provider is { } id ? OfProvider(id)
            : FindConfiguredUrl() is { } configured ? OfUrl(configured)
            : null;
    }

    /// <summary>Finds the region for a store whose host does not determine the region.</summary>
    public Resolved<string>? FindRegion() => settings.Region is { } option ? new Resolved<string>(option, RegionOption) : ConfiguredRegion.Find(context, profile?.Profile);

    private Resolved<string>? FindConfiguredUrl()
    {
        string? ignore = context.Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") ?? profile?.Profile.Find("ignore_configured_endpoint_urls");
        if (IsTrue(ignore))
        {
            return null;
        }

        if (Array.Find(["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"], name => context.Variable(name) is not null) is { } variable)
        {
            return new Resolved<string>(context.Variable(variable)!, variable);
        }

        return profile is null ? null
            : files.FindServices(profile.Profile)?.Find("s3", "endpoint_url") is { } ofService ? new Resolved<string>(ofService, profile.Profile.SourceOf("services"))
            : profile.Profile.Find("endpoint_url") is { } url ? new Resolved<string>(url, profile.Profile.SourceOf("endpoint_url"))
            : null;
    }

    private SelectedEndpoint OfUrl(Resolved<string> url)
    {
        // The region in a host takes precedence over regions that were configured for other stores. Only --region must not contradict it.
        bool hostHasRegion = S3Endpoint.TryParse(url.Value, out S3Endpoint? endpoint);
        if (hostHasRegion && settings.Region is null)
        {
            return Checked(new SelectedEndpoint(endpoint!, url.Source, SelectedEndpoint.HostOfEndpoint));
        }

        Resolved<string>? region = FindRegion();
        bool isKnownWithoutRegion = !hostHasRegion && region is null && IsKnown(url.Value);
        try
        {
            endpoint = isKnownWithoutRegion ? S3Endpoint.Parse(url.Value) : S3Endpoint.Create(url.Value, region?.Value ?? ConfiguredRegion.Default);
        }
        catch (ArgumentException e)
        {
            // If the URL is valid without the region, or the library rejects the region alone, then the region is the problem.
            string source = region is not null && (hostHasRegion || e.ParamName == "region") ? region.Source : url.Source;
            throw Invalid(source, e);
        }

        return Checked(new SelectedEndpoint(endpoint, url.Source, region?.Source ?? SelectedEndpoint.DefaultSource));
    }

    private SelectedEndpoint OfProvider(string id)
    {
        if (!S3Provider.TryFind(id, out S3Provider? provider))
        {
            throw ToolException.Usage($"{ProviderOption}: '{Shown.Text(id)}' is not a known provider. Use one of {string.Join(", ", S3Provider.All.Select(one => one.Id))}; for other stores, use {EndpointOption}.");
        }

        // A region in the environment or in the profile 'default' belongs to AWS. A profile that was selected for this command can belong to any store.
        bool isAws = provider.Id == "aws";
        Resolved<string>? region = isAws ? FindRegion()
            : settings.Region is { } option ? new Resolved<string>(option, RegionOption)
            : provider.RequiresRegion && profile is { IsExplicit: true } ? ConfiguredRegion.OfProfile(profile.Profile)
            : null;
        if (provider.RequiresRegion && region is null)
        {
            throw ToolException.Usage($"{ProviderOption} {provider.Id} requires a region. Add {RegionOption}, for example '{RegionOption} {provider.RegionExample}'.");
        }

        if (provider.RequiresAccountId && settings.Account is null)
        {
            throw ToolException.Usage($"{ProviderOption} {provider.Id} requires --account, because the account is part of the endpoint {provider.EndpointPattern}. Add --account.");
        }

        if (isAws && settings.Account is null)
        {
            return AwsOf(region!, ProviderOption);
        }

        try
        {
            return new SelectedEndpoint(provider.CreateEndpoint(region?.Value, settings.Account), ProviderOption, region?.Source ?? ProviderOption);
        }
        catch (ArgumentException e)
        {
            throw Invalid(e.ParamName == "region" ? region?.Source ?? ProviderOption : "--account", e);
        }
    }

    private SelectedEndpoint AwsOf(Resolved<string> region, string source)
    {
        AwsEndpointOptions options = new()
        {
            Fips = IsTrue(context.Variable("AWS_USE_FIPS_ENDPOINT") ?? profile?.Profile.Find("use_fips_endpoint")),
            DualStack = IsTrue(context.Variable("AWS_USE_DUALSTACK_ENDPOINT") ?? profile?.Profile.Find("use_dualstack_endpoint")),
        };
        try
        {
            return new SelectedEndpoint(S3Endpoint.Aws(region.Value, options), source, region.Source);
        }
        catch (ArgumentException e)
        {
            throw Invalid(region.Source, e);
        }
    }

    // Warns about plain HTTP, which is common and harmless only for a store on the same machine.
    private SelectedEndpoint Checked(SelectedEndpoint selected)
    {
        S3Endpoint endpoint = selected.Endpoint;
        if (endpoint.Scheme == "http" && !IsLoopback(endpoint.Host))
        {
            context.Note($"The endpoint {endpoint} does not use TLS, so anyone on the network path can read and use the URL.", settings.IsVerbose);
        }

        return selected;
    }

    private static bool IsLoopback(string host) => host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal)
        || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out System.Net.IPAddress? address) && System.Net.IPAddress.IsLoopback(address));

    private static bool IsKnown(string url)
    {
        try
        {
            return S3Endpoint.Create(url, ConfiguredRegion.Default).Provider is not null;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    // A wrong option or ARN is a usage error; a wrong variable or profile is a wrong setup.
    private static ToolException Invalid(string source, ArgumentException e) =>
        new(source == ArnSource || source.StartsWith("--", StringComparison.Ordinal) ? ExitCode.Usage : ExitCode.Setup, $"{source}: {Messages.ToFlags(Messages.WithoutSuffix(e))}", e);
}

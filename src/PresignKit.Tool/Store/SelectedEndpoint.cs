namespace PresignKit.Tool.Store;

/// <summary>The endpoint of the store.</summary>
/// <param name="Endpoint">The endpoint, without a URL style.</param>
/// <param name="Source">The option, variable or profile that determines the store.</param>
/// <param name="RegionSource">The option, variable, profile or host that determines the region.</param>
internal sealed record SelectedEndpoint(S3Endpoint Endpoint, string Source, string RegionSource)
{
    /// <summary>The value of <see cref="Source"/> if nothing selects a store, so that it is AWS S3.</summary>
    public const string DefaultSource = "default";

    public const string HostOfEndpoint = "host of the endpoint";

    public bool IsDefault => Source == DefaultSource;
}

namespace PresignKit.Tool.Store;

/// <summary>The values of the options that select the store and the credentials. <c>null</c> means that the option is not specified.</summary>
internal sealed record StoreSettings
{
    public string? EndpointUrl { get; init; }

    public string? Provider { get; init; }

    public string? Account { get; init; }

    public string? Region { get; init; }

    /// <summary>Gets the region in the ARN of an access point, which applies if nothing else selects a store or a region.</summary>
    public string? RegionOfArn { get; init; }

    public UrlStyle? UrlStyle { get; init; }

    public string? CdnUrl { get; init; }

    public string? Profile { get; init; }

    public bool Ask { get; init; }

    public bool IsVerbose { get; init; }
}

namespace PresignKit.Tool.Store;

/// <summary>The store, the credentials and the style that a command uses, each with its source.</summary>
internal sealed record ResolvedStore
{
    public required Resolved<S3Endpoint> Endpoint { get; init; }

    public required Resolved<S3Credentials> Credentials { get; init; }

    public required Resolved<UrlStyle> Style { get; init; }

    public string? CdnUrl { get; init; }

    /// <summary>Returns new options of a presigner for one bucket.</summary>
    public PresignerOptions ToOptions(string? bucket)
    {
        PresignerOptions options = new() { Bucket = bucket, PublicUrl = CdnUrl };
        options.UseEndpoint(Endpoint.Value);
        options.UrlStyle = Style.Value;
        options.UseCredentials(Credentials.Value);
        return options;
    }
}

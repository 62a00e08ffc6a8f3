namespace WebApi;

/// <summary>The allowed uploads, from configuration.</summary>
internal sealed class UploadRules
{
    public long MaxBytes { get; set; } = 10 << 20;

    public List<string> ContentTypes { get; set; } = [];

    public bool Allows(string? contentType) => contentType is not null && ContentTypes.Contains(contentType);
}

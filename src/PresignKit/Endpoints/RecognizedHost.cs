namespace PresignKit;

/// <summary>A known provider's host and the values extracted from its name.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Form">The pattern that the host matches.</param>
/// <param name="Region">The region, or <c>null</c> if the host does not identify the region.</param>
/// <param name="Account">The account or project, if the pattern contains it.</param>
/// <param name="Bucket">The bucket, if the host name contains it.</param>
internal sealed record RecognizedHost(S3Provider Provider, HostForm Form, string? Region, string? Account, string? Bucket)
{
    public bool IsCdn => ReferenceEquals(Form, Provider.Cdn);
}

namespace PresignKit;

/// <summary>A host name of a known provider, and the values that the host name contains.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Form">The pattern that the host matches.</param>
/// <param name="Region">The region, or <c>null</c> if the host does not determine the region.</param>
/// <param name="Account">The account or project, if the pattern has one.</param>
/// <param name="Bucket">The bucket, if it precedes the host.</param>
internal sealed record RecognizedHost(S3Provider Provider, HostForm Form, string? Region, string? Account, string? Bucket)
{
    public bool IsCdn => ReferenceEquals(Form, Provider.Cdn);
}

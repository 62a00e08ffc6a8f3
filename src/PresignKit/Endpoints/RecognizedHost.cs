namespace PresignKit;

/// <summary>A host name of a known provider, and what can be read from it.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Form">The pattern that the host matches.</param>
/// <param name="Region">The region; <c>null</c> if the host does not determine it.</param>
/// <param name="Account">The account or project, if the pattern has one.</param>
/// <param name="Bucket">The bucket, if it precedes the host.</param>
internal sealed record RecognizedHost(S3Provider Provider, HostForm Form, string? Region, string? Account, string? Bucket)
{
    public bool IsCdn => ReferenceEquals(Form, Provider.Cdn);
}

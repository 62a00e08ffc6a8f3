namespace PresignKit;

/// <summary>What the name of a known provider's host tells.</summary>
/// <param name="Provider">Whose host it is.</param>
/// <param name="Form">The form that it has.</param>
/// <param name="Region">The region; <c>null</c> where the host does not tell it.</param>
/// <param name="Account">The account or project in the name, where the form has one.</param>
/// <param name="Bucket">What stands before the host: the bucket, where one was pasted with it.</param>
internal sealed record RecognizedHost(S3Provider Provider, HostForm Form, string? Region, string? Account, string? Bucket)
{
    public bool IsCdn => ReferenceEquals(Form, Provider.Cdn);
}

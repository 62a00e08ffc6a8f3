namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>A form that a program presigns.</summary>
internal sealed record PeerForm(string Bucket, string Key, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<object> Conditions)
{
    public int ExpiresIn { get; init; } = PeerCase.ExpiresIn;

    public bool IsVirtualHosted { get; init; }
}

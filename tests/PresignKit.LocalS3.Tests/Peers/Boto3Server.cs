namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>A server, and the URLs and forms of boto3 for it.</summary>
public sealed class Boto3Server : SigningServer
{
    internal override IReadOnlyList<PeerCase> Cases => PeerCases.All;

    internal override Task<PeerResult> SignAsync(PeerJob job) => PeerPrograms.SignWithBoto3Async(job);
}

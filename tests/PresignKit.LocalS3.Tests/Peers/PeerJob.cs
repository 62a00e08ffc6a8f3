namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>What a program signs for a server.</summary>
internal sealed record PeerJob(
    string Endpoint, string Localhost, string Region, string AccessKeyId, string SecretAccessKey, IReadOnlyList<PeerRequest> Requests, IReadOnlyList<PeerForm> Forms)
{
    public static PeerJob For(PeerServer s3, IReadOnlyList<PeerRequest> requests, IReadOnlyList<PeerForm> forms) =>
        new(s3.Server.Endpoint, s3.Localhost, s3.Server.Region, s3.Server.AccessKeyId, s3.Server.SecretAccessKey, requests, forms);
}

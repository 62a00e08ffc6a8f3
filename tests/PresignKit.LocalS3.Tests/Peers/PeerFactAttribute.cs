namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>A test that needs a program outside .NET.</summary>
internal sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute(Peer peer) => Skip = PeerPrograms.Problem(peer);
}

namespace PresignKit.LocalS3.Tests.Peers;

/// <inheritdoc cref="PeerFactAttribute"/>
internal sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute(Peer peer) => Skip = PeerPrograms.Problem(peer);
}

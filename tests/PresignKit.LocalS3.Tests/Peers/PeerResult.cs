namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>The URLs and forms that a program wrote.</summary>
internal sealed record PeerResult(IReadOnlyList<string> Urls, IReadOnlyList<SignedForm> Forms);

namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>A response that JavaScript received.</summary>
internal sealed record FetchResponse(int Status, string Text);

namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>A request that JavaScript sends. With fields, it is a form with the body as its file.</summary>
internal sealed record FetchRequest(string Method, string Url, IReadOnlyDictionary<string, string>? Headers = null, string? Body = null, IReadOnlyDictionary<string, string>? Fields = null);

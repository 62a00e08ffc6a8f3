namespace PresignKit.Tool.Tests.EndToEnd;

/// <summary>A client of botocore, and the requests that it signs.</summary>
internal sealed record BotocoreJob(string Endpoint, string Region, string Style, string AccessKeyId, string SecretAccessKey, string? SessionToken, IReadOnlyList<BotocoreRequest> Requests);

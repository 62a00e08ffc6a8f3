namespace PresignKit.Tool.Tests.EndToEnd;

/// <summary>A request that botocore signs.</summary>
/// <param name="Url">The URL of <c>presign</c> for the same request, which contains the time.</param>
/// <param name="Operation">The name of the operation in botocore.</param>
/// <param name="Parameters">The parameters of the operation in botocore.</param>
/// <param name="ExpiresIn">The lifetime in seconds.</param>
internal sealed record BotocoreRequest(string Url, string Operation, IReadOnlyDictionary<string, object> Parameters, int ExpiresIn);

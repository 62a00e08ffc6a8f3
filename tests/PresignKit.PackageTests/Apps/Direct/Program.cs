using System.Text.Json;
using System.Text.Json.Serialization;
using PresignKit;
using PresignKit.PackageTests;

Console.Out.Write(PresignedLines.All());

// Generated code in this assembly reads and writes the results, which requires their converters to be public.
PresignedUrl url = new("https://a.example/b?X-Amz-Date=20260314T150926Z", HttpMethod.Put, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, [new("x-amz-acl", "private")]);
PresignedPost post = new("https://a.example/", [new("key", "k")], DateTimeOffset.UtcNow, [PostCondition.StartsWith("Content-Type", "image/")]);
string urlJson = JsonSerializer.Serialize(url, ResultsJson.Default.PresignedUrl);
string postJson = JsonSerializer.Serialize(post, ResultsJson.Default.PresignedPost);
bool isSame = urlJson == JsonSerializer.Serialize(JsonSerializer.Deserialize(urlJson, ResultsJson.Default.PresignedUrl)!)
    && postJson == JsonSerializer.Serialize(JsonSerializer.Deserialize(postJson, ResultsJson.Default.PresignedPost)!);
return isSame ? 0 : throw new InvalidOperationException($"The generated code writes different JSON: {urlJson} {postJson}");

[JsonSerializable(typeof(PresignedUrl))]
[JsonSerializable(typeof(PresignedPost))]
internal sealed partial class ResultsJson : JsonSerializerContext;

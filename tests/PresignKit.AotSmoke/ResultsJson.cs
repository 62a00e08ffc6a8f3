using System.Text.Json.Serialization;

namespace PresignKit.AotSmoke;

[JsonSerializable(typeof(PresignedUrl))]
[JsonSerializable(typeof(PresignedPost))]
internal sealed partial class ResultsJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using PresignKit;

namespace QuickStart;

/// <summary>The JSON of the results without reflection: it works in native AOT, too.</summary>
[JsonSerializable(typeof(PresignedUrl[]))]
[JsonSourceGenerationOptions(WriteIndented = true)]
internal sealed partial class ResultsJson : JsonSerializerContext;

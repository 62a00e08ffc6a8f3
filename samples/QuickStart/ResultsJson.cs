using System.Text.Json.Serialization;
using PresignKit;

namespace QuickStart;

/// <summary>Serializes the results as JSON without reflection, so it also works with native AOT.</summary>
[JsonSerializable(typeof(PresignedUrl[]))]
[JsonSourceGenerationOptions(WriteIndented = true)]
internal sealed partial class ResultsJson : JsonSerializerContext;

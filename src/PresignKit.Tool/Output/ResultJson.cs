using System.Text.Encodings.Web;
using System.Text.Json;

namespace PresignKit.Tool.Output;

/// <summary>Writes JSON results in one line.</summary>
internal static class ResultJson
{
    // The default encoder writes every '&' as \u0026, so a URL could not be copied from the JSON.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The converters do not use the options.
    private static readonly JsonSerializerOptions NoOptions = new();

    public static void WriteLine(ToolContext context, Action<Utf8JsonWriter> write)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            write(json);
        }

        buffer.WriteByte((byte)'\n');
        context.Output.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    public static void WriteArray(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    public static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    public static void Write(Utf8JsonWriter json, PresignedUrl url) => new PresignedUrlJsonConverter().Write(json, url, NoOptions);

    public static void Write(Utf8JsonWriter json, PresignedPost post) => new PresignedPostJsonConverter().Write(json, post, NoOptions);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>
/// The JSON form of <see cref="PresignedPost"/>: <c>{"url": "https://…", "fields": {"key": "…", …}, "expiresAt": "2026-11-23T21:00:00+00:00"}</c>, and
/// <c>"fieldsToAdd": {"Content-Type": {"startsWith": "image/"}}</c> (or <c>"equals"</c>) where there are any. The fields keep their order.
/// It is used by itself (the type names it), also in native AOT. Thread-safe.
/// </summary>
public sealed class PresignedPostJsonConverter : JsonConverter<PresignedPost>
{
    /// <inheritdoc/>
    /// <remarks>Names are matched without regard to case, those of fields excepted.</remarks>
    public override PresignedPost Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Read(ref reader);
        }
        catch (JsonException e) when (e.GetType() != typeof(JsonException))
        {
            // The reader's own message repeats the text that it cannot read, and the signature with it.
            throw new JsonException("The JSON of a presigned form is broken off or no JSON.", path: null, e.LineNumber, e.BytePositionInLine);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PresignedPost value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartObject();
        writer.WriteString("url"u8, value.Url);
        writer.WriteStartObject("fields"u8);
        foreach (KeyValuePair<string, string> field in value.Fields)
        {
            writer.WriteString(field.Key, field.Value);
        }

        writer.WriteEndObject();
        if (value.FieldsToAdd.Count > 0)
        {
            writer.WriteStartObject("fieldsToAdd"u8);
            foreach (PostCondition condition in value.FieldsToAdd)
            {
                writer.WriteStartObject(condition.Field);
                writer.WriteString(condition.IsPrefix ? "startsWith"u8 : "equals"u8, condition.Value);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteString("expiresAt"u8, value.ExpiresAt);
        writer.WriteEndObject();
    }

    private static PresignedPost Read(ref Utf8JsonReader reader)
    {
        RequireObject(reader, "A presigned form is a JSON object with url, fields and expiresAt.");
        string? url = null;
        DateTimeOffset? expiresAt = null;
        List<KeyValuePair<string, string>>? fields = null;
        List<PostCondition> fieldsToAdd = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name.ToLowerInvariant())
            {
                case "url":
                    url = reader.GetString();
                    break;
                case "expiresat":
                    expiresAt = reader.GetDateTimeOffset();
                    break;
                case "fields":
                    fields = ReadFields(ref reader);
                    break;
                case "fieldstoadd":
                    fieldsToAdd = ReadFieldsToAdd(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (url is null || fields is null || expiresAt is null)
        {
            throw new JsonException($"A presigned form has no '{(url is null ? "url" : fields is null ? "fields" : "expiresAt")}' in this JSON.");
        }

        try
        {
            return new PresignedPost(url, fields, expiresAt.Value, fieldsToAdd);
        }
        catch (ArgumentException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    private static List<KeyValuePair<string, string>> ReadFields(ref Utf8JsonReader reader)
    {
        RequireObject(reader, "The fields of a presigned form are a JSON object of names and texts.");
        List<KeyValuePair<string, string>> fields = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            fields.Add(new KeyValuePair<string, string>(name, reader.GetString()!));
        }

        return fields;
    }

    private static List<PostCondition> ReadFieldsToAdd(ref Utf8JsonReader reader)
    {
        const string Form = "The fieldsToAdd of a presigned form are a JSON object of names, each with {\"startsWith\": \"…\"} or {\"equals\": \"…\"}.";
        List<PostCondition> conditions = [];
        RequireObject(reader, Form);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            foreach (KeyValuePair<string, string> one in ReadFields(ref reader))
            {
                conditions.Add(one.Key switch
                {
                    "startsWith" when one.Value is not null => PostCondition.StartsWith(name, one.Value),
                    "equals" when one.Value is not null => PostCondition.Equal(name, one.Value),
                    _ => throw new JsonException(Form),
                });
            }
        }

        return conditions;
    }

    private static void RequireObject(in Utf8JsonReader reader, string problem)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException(problem);
        }
    }
}

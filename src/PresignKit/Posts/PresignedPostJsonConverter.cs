using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>Converts a <see cref="PresignedPost"/> to and from JSON.</summary>
/// <remarks>
/// <para>The JSON is <c>{"url": "https://…", "fields": {"key": "…", …}, "expiresAt": "2026-11-23T21:00:00+00:00"}</c>, with
/// <c>"fieldsToAdd": {"Content-Type": {"startsWith": "image/"}}</c> (or <c>"equals"</c>) if there are fields to add. The order of the fields is preserved.</para>
/// <para><see cref="PresignedPost"/> specifies this converter in an attribute, so System.Text.Json uses it automatically. The class is public because the System.Text.Json source
/// generator requires a public converter. Instances are thread-safe.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PresignedPostJsonConverter : JsonConverter<PresignedPost>
{
    /// <inheritdoc/>
    /// <remarks>Property names are matched case-insensitively; field names are read unchanged.</remarks>
    public override PresignedPost Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Read(ref reader);
        }
        catch (JsonException e) when (e.GetType() != typeof(JsonException))
        {
            // The reader's own message would quote the invalid input, which might contain the signature.
            throw new JsonException("The JSON of the presigned form is truncated or malformed. Pass the complete JSON that was serialized from a PresignedPost.", path: null, e.LineNumber, e.BytePositionInLine);
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
        RequireObject(reader, "A presigned form must be a JSON object with url, fields and expiresAt.");
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
            throw new JsonException($"The JSON of the presigned form does not contain '{(url is null ? "url" : fields is null ? "fields" : "expiresAt")}'. A presigned form requires url, fields and expiresAt.");
        }

        // This check precedes the constructor call, because the constructor's exception message would end with a parameter name.
        return PresignedPost.FindProblem(fields) is { } problem
            ? throw new JsonException(problem)
            : new PresignedPost(url, fields, expiresAt.Value, fieldsToAdd);
    }

    private static List<KeyValuePair<string, string>> ReadFields(ref Utf8JsonReader reader)
    {
        RequireObject(reader, "The fields of a presigned form must be a JSON object of strings.");
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
        const string Problem = "The fieldsToAdd of a presigned form must be a JSON object of names, each with {\"startsWith\": \"…\"} or {\"equals\": \"…\"}.";
        List<PostCondition> conditions = [];
        RequireObject(reader, Problem);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            foreach (KeyValuePair<string, string> one in ReadFields(ref reader))
            {
                conditions.Add(one.Key switch
                {
                    "startsWith" when one.Value is not null => PostCondition.StartsWith(name, one.Value),
                    "equals" when one.Value is not null => PostCondition.ExactMatch(name, one.Value),
                    _ => throw new JsonException(Problem),
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

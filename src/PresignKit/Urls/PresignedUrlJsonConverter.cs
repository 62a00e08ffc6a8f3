using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>Converts a <see cref="PresignedUrl"/> to and from JSON.</summary>
/// <remarks>
/// <para>The JSON is <c>{"url": "https://…", "method": "PUT", "headers": {"content-type": "image/jpeg"}, "expiresAt": "2026-11-23T21:00:00+00:00"}</c>.</para>
/// <para><see cref="PresignedUrl"/> specifies this converter in an attribute, so System.Text.Json uses it automatically. The class is public because the System.Text.Json
/// source generator requires a public converter. Instances are thread-safe.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PresignedUrlJsonConverter : JsonConverter<PresignedUrl>
{
    /// <inheritdoc/>
    /// <remarks><see cref="PresignedUrl.SignedAt"/> is read from the <c>X-Amz-Date</c> parameter of the URL. Property names are matched case-insensitively.</remarks>
    public override PresignedUrl Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Read(ref reader);
        }
        catch (JsonException e) when (e.GetType() != typeof(JsonException))
        {
            // The reader's own message would quote the invalid input, which might contain the signature.
            throw new JsonException("The JSON of the presigned URL is truncated or malformed. Pass the complete JSON that was serialized from a PresignedUrl.", path: null, e.LineNumber, e.BytePositionInLine);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PresignedUrl value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartObject();
        writer.WriteString("url"u8, value.Url);
        writer.WriteString("method"u8, value.Method.Method);
        writer.WriteStartObject("headers"u8);
        foreach (KeyValuePair<string, string> header in value.RequiredHeaders)
        {
            writer.WriteString(header.Key, header.Value);
        }

        writer.WriteEndObject();
        writer.WriteString("expiresAt"u8, value.ExpiresAt);
        writer.WriteEndObject();
    }

    private static PresignedUrl Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A presigned URL must be a JSON object with url, method, headers and expiresAt.");
        }

        string? url = null;
        string? method = null;
        DateTimeOffset? expiresAt = null;
        Dictionary<string, string>? headers = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name.ToLowerInvariant())
            {
                case "url":
                    url = reader.GetString();
                    break;
                case "method":
                    method = reader.GetString();
                    break;
                case "expiresat":
                    expiresAt = reader.GetDateTimeOffset();
                    break;
                case "headers":
                    headers = ReadHeaders(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return url is null || method is null || expiresAt is null
            ? throw new JsonException($"The JSON of the presigned URL does not contain '{(url is null ? "url" : method is null ? "method" : "expiresAt")}'. A presigned URL requires url, method and expiresAt.")
            : new PresignedUrl(url, MethodOf(method), SignedAtOf(url) ?? expiresAt.Value, expiresAt.Value, headers);
    }

    private static Dictionary<string, string>? ReadHeaders(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The headers of a presigned URL must be a JSON object of strings.");
        }

        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            headers[name] = reader.GetString() ?? "";
        }

        return headers;
    }

    private static HttpMethod MethodOf(string method)
    {
        try
        {
            return new HttpMethod(method);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new JsonException($"The method '{Printable.Text(method)}' of the presigned URL is not a valid HTTP method. Use the method that was serialized, such as 'PUT'.", e);
        }
    }

    private static DateTimeOffset? SignedAtOf(string url)
    {
        const string Name = "X-Amz-Date=";
        const int Length = 16;
        int at = url.IndexOf(Name, StringComparison.Ordinal);
        return at >= 0 && at + Name.Length + Length <= url.Length && DateTimeOffset.TryParseExact(
            url.Substring(at + Name.Length, Length),
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset signedAt)
            ? signedAt
            : null;
    }
}

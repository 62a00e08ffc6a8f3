using System.Globalization;
using System.Text.Json;

namespace PresignKit.Tool.Store;

/// <summary>Parses the JSON with temporary credentials that container services and a <c>credential_process</c> return.</summary>
internal static class IssuedCredentials
{
    /// <summary>Parses the credentials.</summary>
    /// <param name="json">The JSON in UTF-8.</param>
    /// <param name="tokenName">The name of the property with the session token.</param>
    /// <param name="hasVersion">Whether the JSON must contain <c>"Version": 1</c>.</param>
    /// <param name="source">The source of the credentials, for messages.</param>
    /// <param name="problem">The problem with the JSON as the end of a sentence, or <c>null</c>. It does not contain any part of the JSON, which may be a secret.</param>
    /// <param name="exception">The exception of the JSON parser, or <c>null</c>.</param>
    /// <returns>The credentials, or <c>null</c> if there is a problem.</returns>
    /// <exception cref="ToolException">The access key is not valid.</exception>
    public static S3Credentials? Parse(ReadOnlyMemory<byte> json, string tokenName, bool hasVersion, string source, out string? problem, out Exception? exception)
    {
        problem = null;
        exception = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            if (hasVersion && !IsVersion1(root))
            {
                problem = "does not contain \"Version\": 1";
                return null;
            }

            if (Find(root, "AccessKeyId") is not { } id || Find(root, "SecretAccessKey") is not { } secret)
            {
                problem = "does not contain AccessKeyId and SecretAccessKey";
                return null;
            }

            if (!TryReadExpiration(root, out DateTimeOffset? expiresAt))
            {
                problem = "contains an Expiration that is not a valid instant with an offset, such as '2030-01-02T03:04:05Z'";
                return null;
            }

            return AccessKey.Create(id, secret, Find(root, tokenName), expiresAt, source);
        }
        catch (JsonException e)
        {
            problem = "is not JSON";
            exception = e;
            return null;
        }
    }

    private static bool IsVersion1(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("Version", out JsonElement value)
        && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int version) && version == 1;

    // The AWS CLI also rejects an instant without an offset, because it would depend on the time zone of the machine. A missing value and null mean that the credentials do not expire.
    private static bool TryReadExpiration(JsonElement root, out DateTimeOffset? expiresAt)
    {
        expiresAt = null;
        if (!root.TryGetProperty("Expiration", out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.String
            || !DateTime.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime instant) || instant.Kind == DateTimeKind.Unspecified)
        {
            return false;
        }

        expiresAt = new DateTimeOffset(instant.ToUniversalTime());
        return true;
    }

    private static string? Find(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}

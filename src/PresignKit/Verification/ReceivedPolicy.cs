using System.Globalization;
using System.Text.Json;

namespace PresignKit;

/// <summary>The policy of a received POST form.</summary>
/// <remarks>Only correctly signed policies are parsed. Source:
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html">POST policy</see>.</remarks>
internal sealed class ReceivedPolicy
{
    // {"expiration": …, "conditions": [["eq", …], …]}: an object that contains a list of conditions.
    private const int MaxDepth = 3;

    private static readonly string[] InstantFormats = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"];

    private ReceivedPolicy(DateTimeOffset expiresAt, IReadOnlyList<PolicyCondition> conditions)
    {
        ExpiresAt = expiresAt;
        Conditions = conditions;
    }

    public DateTimeOffset ExpiresAt { get; }

    public IReadOnlyList<PolicyCondition> Conditions { get; }

    /// <summary>Parses a policy, or describes the problem with it.</summary>
    /// <param name="base64">The base64-encoded policy.</param>
    /// <param name="problem">A description that does not quote the policy, or <c>null</c> if the policy was parsed.</param>
    public static ReceivedPolicy? Parse(string base64, out string? problem)
    {
        byte[] json;
        try
        {
            json = Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            problem = "The policy is not valid base64.";
            return null;
        }

        try
        {
            problem = "The policy is not valid UTF-8.";
            return Utf8.ToText(json) is null ? null : Parse(json, out problem);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // JsonElement throws an InvalidOperationException for an escaped lone surrogate, such as "\uD800".
            problem = "The policy is not valid JSON, or it contains nested objects or lists that do not belong to a policy.";
            return null;
        }
        finally
        {
            // The policy might contain a session token or an encryption key.
            Array.Clear(json, 0, json.Length);
        }
    }

    private static ReceivedPolicy? Parse(ReadOnlyMemory<byte> json, out string? problem)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
        JsonElement expiration = default, conditions = default;
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            problem = "The policy is not a JSON object.";
            return null;
        }

        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            bool isExpiration = property.NameEquals("expiration"u8);
            ref JsonElement element = ref isExpiration ? ref expiration : ref conditions;
            if ((!isExpiration && !property.NameEquals("conditions"u8)) || element.ValueKind != JsonValueKind.Undefined)
            {
                problem = "The policy contains a repeated property, or a property other than 'expiration' and 'conditions'.";
                return null;
            }

            element = property.Value;
        }

        if (expiration.ValueKind != JsonValueKind.String
            || !DateTimeOffset.TryParseExact(
                expiration.GetString(), InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset expiresAt))
        {
            problem = "The policy's 'expiration' is missing, or it is not an instant in UTC such as \"2026-03-14T15:09:26.000Z\".";
            return null;
        }

        return ReadConditions(conditions, out problem) is { } read ? new ReceivedPolicy(expiresAt, read) : null;
    }

    private static List<PolicyCondition>? ReadConditions(JsonElement conditions, out string? problem)
    {
        if (conditions.ValueKind != JsonValueKind.Array)
        {
            problem = "The policy's 'conditions' are missing, or they are not a list.";
            return null;
        }

        problem = null;
        List<PolicyCondition> read = [];
        foreach (JsonElement element in conditions.EnumerateArray())
        {
            if (PolicyCondition.Read(element, out problem) is not { } condition)
            {
                problem = FormattableString.Invariant($"Condition {read.Count + 1} of the policy {problem}");
                return null;
            }

            read.Add(condition);
        }

        return read;
    }
}

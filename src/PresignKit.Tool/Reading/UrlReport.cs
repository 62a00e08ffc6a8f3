using System.Globalization;
using System.Text;
using System.Text.Json;
using PresignKit.Tool.Input;
using PresignKit.Tool.Output;

namespace PresignKit.Tool.Reading;

/// <summary>The content of a presigned URL for people and as JSON, without its signature and its session token.</summary>
/// <param name="Info">The content of the URL.</param>
/// <param name="Verdict">Whether the URL is valid.</param>
/// <param name="Check">The check of the signature.</param>
/// <param name="Provider">The provider, or <c>null</c> if it is not known.</param>
/// <param name="Cdn">The URL of the CDN or proxy in front of the store, or <c>null</c> if the URL does not belong to one.</param>
/// <param name="Notes">The repairs of the pasted URL.</param>
internal sealed record UrlReport(PresignedUrlInfo Info, UrlVerdict Verdict, SignatureCheck Check, S3Provider? Provider, string? Cdn, IReadOnlyList<string> Notes)
{
    private const int LabelWidth = 18;

    private bool IsSigV2 => Info.SignedAt is null;

    /// <summary>Returns the verdict, and a line for each part of the URL.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(Shown.Whole(Verdict.Text)).Append('\n');
        AppendLine(text, "object", Object());
        AppendLine(text, "host", Provider is null ? Info.Host : $"{Info.Host} ({Provider.Name})");
        if (Cdn is not null)
        {
            AppendLine(text, "CDN URL", Cdn);
        }

        AppendLine(text, "signed", Signed());
        AppendLine(text, "access key", Info.AccessKeyId + (Info.HasSessionToken ? " (temporary: the URL stops working when its session expires)" : ""));
        AppendLine(text, "expires", Shown.Time(Info.ExpiresAt) + (Info.ExpiresIn > TimeSpan.Zero ? $" ({Shown.Exactly(Info.ExpiresIn.Value)} after it was signed)" : ""));
        AppendLine(text, "headers to send", IsSigV2 ? "not known, because SigV2 does not list the headers that it signs" : HeadersToSend() is { Length: > 0 } names ? string.Join(", ", names) : "none");
        if (Check.LockedHeaders.Count > 0)
        {
            AppendLine(text, "locked headers", string.Join(", ", Check.LockedHeaders) + " (must not be sent)");
        }

        foreach ((string name, string value) in ResponseHeaders())
        {
            AppendLine(text, "response header", $"{name}: {value}");
        }

        foreach ((string name, string value) in Info.OtherParameters)
        {
            AppendLine(text, "parameter", value.Length == 0 ? name : $"{name}={SecretParameter.Mask(name, value)}");
        }

        AppendLine(text, "signature", Describe(Check));
        return text.ToString();
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("status", Verdict.Status);
        json.WriteString("message", Verdict.Text);
        ResultJson.WriteOptional(json, "bucket", Info.Bucket);
        ResultJson.WriteOptional(json, "key", Info.Key);
        json.WriteString("host", Info.Host);
        ResultJson.WriteOptional(json, "provider", Provider?.Name);
        ResultJson.WriteOptional(json, "cdnUrl", Cdn);
        json.WriteString("algorithm", Info.Algorithm);
        json.WriteString("accessKeyId", Info.AccessKeyId);
        json.WriteBoolean("isTemporary", Info.HasSessionToken);
        ResultJson.WriteOptional(json, "region", Info.Region);
        ResultJson.WriteOptional(json, "service", Info.Service);
        ResultJson.WriteOptional(json, "signedAt", Info.SignedAt?.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("expiresAt", Info.ExpiresAt.ToString("O", CultureInfo.InvariantCulture));
        if (Info.ExpiresIn is { } lifetime)
        {
            json.WriteNumber("expiresIn", (long)lifetime.TotalSeconds);
        }

        ResultJson.WriteArray(json, "headersToSend", HeadersToSend());
        ResultJson.WriteArray(json, "lockedHeaders", Check.LockedHeaders);
        json.WriteStartObject("responseHeaders");
        foreach ((string name, string value) in ResponseHeaders())
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("parameters");
        foreach ((string name, string value) in Info.OtherParameters)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value", SecretParameter.Mask(name, value));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("signature");
        WriteSignature(json, Check);
        ResultJson.WriteArray(json, "notes", Notes);
        json.WriteEndObject();
    }

    /// <summary>Writes the result of a check as an object.</summary>
    public static void WriteSignature(Utf8JsonWriter json, SignatureCheck check)
    {
        json.WriteStartObject();
        json.WriteString("status", check.State switch
        {
            SignatureState.Correct => "correct",
            SignatureState.Wrong => "wrong",
            SignatureState.Rejected => "rejected",
            SignatureState.Uncheckable => "uncheckable",
            _ => "unchecked",
        });
        ResultJson.WriteOptional(json, "method", check.Method?.Method);
        ResultJson.WriteOptional(json, "reason", check.Reason);
        ResultJson.WriteOptional(json, "credentials", check.Source);
        json.WriteEndObject();
    }

    /// <summary>Describes the result of a check for people.</summary>
    public static string Describe(SignatureCheck check) => check.State switch
    {
        SignatureState.Correct => $"correct for {check.Method} (checked with {check.Source})",
        SignatureState.Wrong => $"wrong (checked with {check.Source}): {check.Reason}",
        SignatureState.Uncheckable => $"cannot be checked: {check.Reason}",
        SignatureState.Rejected => $"not checked, because stores reject the URL: {check.Reason}",
        _ => $"not checked: {check.Reason}",
    };

    private string Object() => (Info.Bucket, Info.Key) switch
    {
        (null, null) => "not known, because the host does not show which part of the URL is the bucket. Specify --endpoint-url",
        (null, { } key) => $"{key} (the URL does not contain the bucket)",
        ({ } bucket, null) => $"s3://{bucket} (the bucket itself)",
        ({ } bucket, { } key) => $"s3://{bucket}/{key}",
    };

    private string Signed()
    {
        string algorithm = SignatureAlgorithm.NameOf(Info.Algorithm);
        if (IsSigV2)
        {
            return $"with {algorithm}, which many stores reject and which does not protect the URL against appended parameters";
        }

        string place = Info.Algorithm == SignatureAlgorithm.SigV4a ? $"for the regions {Info.Region}" : $"for the region {Info.Region}";
        return $"{Shown.Time(Info.SignedAt!.Value)} with {algorithm} {place}{(Info.Service == "s3" ? "" : $" and the service {Info.Service}")}";
    }

    private string[] HeadersToSend() => [.. Info.SignedHeaders.Where(name => name != "host" && !Check.LockedHeaders.Contains(name))];

    private IEnumerable<(string Name, string Value)> ResponseHeaders()
    {
        (string Name, string? Value)[] headers =
        [
            ("Content-Type", Info.ResponseHeaders.ContentType),
            ("Content-Disposition", Info.ResponseHeaders.ContentDisposition),
            ("Content-Encoding", Info.ResponseHeaders.ContentEncoding),
            ("Content-Language", Info.ResponseHeaders.ContentLanguage),
            ("Cache-Control", Info.ResponseHeaders.CacheControl),
            ("Expires", Info.ResponseHeaders.Expires?.ToString("R", CultureInfo.InvariantCulture)),
        ];
        return headers.Where(header => header.Value is not null).Select(header => (header.Name, header.Value!));
    }

    private static void AppendLine(StringBuilder text, string label, string value) => text.Append("  ").Append(label.PadRight(LabelWidth)).Append(Shown.Whole(value)).Append('\n');
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.Reading;

/// <summary>The settings that are in use, for people and as JSON, without secrets.</summary>
internal sealed class ConfigReport
{
    private const int LabelWidth = 12;
    private const int MaxValueWidth = 50;

    private readonly List<Row> _rows = [];

    /// <summary>Gets a value that indicates whether a URL could be signed.</summary>
    public bool CanSign => _rows.All(row => row.Problem is null);

    /// <summary>Adds a setting.</summary>
    /// <param name="label">The label for people.</param>
    /// <param name="name">The name in JSON.</param>
    /// <param name="value">The value, or <c>null</c> if the setting is not set.</param>
    /// <param name="source">The source of the value.</param>
    public void Add(string label, string name, string? value, string source) => _rows.Add(new Row(label, name, value, value is null ? "" : source, Problem: null));

    /// <summary>Adds the access key, without its secret.</summary>
    public void Add(Resolved<S3Credentials> credentials, DateTimeOffset now)
    {
        Add("access key", "accessKeyId", credentials.Value.AccessKeyId, credentials.Source);
        if (credentials.Value.ExpiresAt is { } expiresAt)
        {
            string left = expiresAt > now ? $"in {Shown.Duration(expiresAt - now)}" : "expired";
            _rows.Add(new Row("expires", "expiresAt", Shown.Time(expiresAt), left, Problem: null) { JsonValue = expiresAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) });
        }
        else
        {
            _rows.Add(new Row("expires", "expiresAt", null, "", Problem: null) { NoValue = credentials.Value.SessionToken is null ? "never" : "unknown (temporary access key)" });
        }
    }

    /// <summary>Determines a value, or adds the reason why it is not available.</summary>
    public bool Try<T>(string label, string name, Func<T> determine, out T? value)
    {
        try
        {
            value = determine();
            return true;
        }
        catch (Exception e) when (e is ToolException or ArgumentException or OptionsValidationException)
        {
            AddProblem(label, name, e);
            value = default;
            return false;
        }
    }

    /// <inheritdoc cref="Try"/>
    public async Task<T?> TryAsync<T>(string label, string name, Task<T> determine)
        where T : class
    {
        try
        {
            return await determine;
        }
        catch (ToolException e)
        {
            AddProblem(label, name, e);
            return null;
        }
    }

    public override string ToString()
    {
        int valueWidth = Math.Min(MaxValueWidth, _rows.Where(row => row.Source.Length > 0).Select(row => row.Text.Length).DefaultIfEmpty().Max());
        StringBuilder text = new();
        foreach (Row row in _rows)
        {
            string value = row.Source.Length == 0 ? row.Text : $"{row.Text.PadRight(valueWidth)}  {row.Source}";
            text.Append(row.Label.PadRight(LabelWidth)).Append(Shown.Whole(value)).Append('\n');
        }

        return text.ToString();
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("canSign", CanSign);
        foreach (Row row in _rows)
        {
            json.WritePropertyName(row.Name);
            if (row.Value is null && row.Problem is null)
            {
                json.WriteNullValue();
                continue;
            }

            json.WriteStartObject();
            if (row.Problem is null)
            {
                json.WriteString("value", row.JsonValue ?? row.Value);
                json.WriteString("source", row.Source);
            }
            else
            {
                json.WriteString("problem", row.Problem);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void AddProblem(string label, string name, Exception exception) => _rows.Add(new Row(label, name, null, "", Messages.Describe(exception)!.Message));

    private sealed record Row(string Label, string Name, string? Value, string Source, string? Problem)
    {
        public string? JsonValue { get; init; }

        public string NoValue { get; init; } = "none";

        public string Text => Problem is not null ? $"not available: {Problem}" : Value ?? NoValue;
    }
}

using System.CommandLine;
using System.Text.Json;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Verbs;

namespace PresignKit.Tool.Input;

/// <summary>Reads lines of JSON, each of which corresponds to the command line of one verb: <c>{"key": "a.png", "method": "put", "contentType": "image/png"}</c>.</summary>
/// <param name="verbs">The verbs, whose names are the methods.</param>
/// <param name="defaultMethod">The method of lines that do not contain one.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="endpoint">The store.</param>
internal sealed class BatchRequest(IReadOnlyList<PresignVerb> verbs, string defaultMethod, string bucket, S3Endpoint endpoint)
{
    // The form of the output and the settings of the presigner are the same for all lines.
    private static readonly string[] OptionsOfBatch = ["--window", "--lock", "--json", "--curl", "--powershell"];

    /// <summary>Creates the operation of a line.</summary>
    /// <exception cref="ToolException">The line is not valid.</exception>
    public S3ObjectOperation Parse(ReadOnlyMemory<byte> line)
    {
        using JsonDocument document = Read(line);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw ToolException.Usage("The line is not a JSON object. Use a form such as {\"key\": \"a.png\"}.");
        }

        string? key = null;
        string method = defaultMethod;
        List<string> options = [];
        try
        {
            ReadProperties(document.RootElement, ref key, ref method, options);
        }
        catch (InvalidOperationException)
        {
            throw ToolException.Usage("The line contains bytes that are not valid UTF-8, or half of a UTF-16 pair such as \\ud83d. Correct the text.");
        }

        if (string.IsNullOrEmpty(key))
        {
            throw ToolException.Usage("The key is missing. Use a form such as {\"key\": \"a.png\"}.");
        }

        PresignVerb verb = verbs.FirstOrDefault(one => one.Name.Equals(method, StringComparison.OrdinalIgnoreCase))
            ?? throw ToolException.Usage($"The method '{Shown.Text(method)}' is not supported. Use {string.Join(", ", verbs.Select(one => one.Name))}.");
        RejectOptions(verb, options);
        ParseResult parsed = verb.Parse([$"s3://{bucket}/{key}", .. options]);
        return ParseProblem.Find(parsed) is { } problem ? throw ToolException.Usage(problem)
            : (S3ObjectOperation)verb.AdaptTo(endpoint, parsed, verb.ReadOperation(parsed, new ObjectAddress(bucket, key)));
    }

    private static JsonDocument Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException e)
        {
            throw ToolException.Usage(FormattableString.Invariant($"The line is not valid JSON at byte {e.BytePositionInLine + 1}. Write each request in one line, such as {{\"key\": \"a.png\"}}."));
        }
    }

    private static void ReadProperties(JsonElement request, ref string? key, ref string method, List<string> options)
    {
        foreach (JsonProperty property in request.EnumerateObject())
        {
            switch (property.Name)
            {
                case "key":
                    key = Text(property);
                    break;
                case "method":
                    method = Text(property);
                    break;
                default:
                    AddOption(property, options);
                    break;
            }
        }
    }

    private static string Text(JsonProperty property) => property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()!
        : throw ToolException.Usage($"The value of '{Shown.Text(property.Name)}' is not a string. Put it in quotation marks.");

    private static void AddOption(JsonProperty property, List<string> options)
    {
        string name = "--" + KebabCase(property.Name);
        if (Array.IndexOf(OptionsOfBatch, name) >= 0)
        {
            throw ToolException.Usage($"The property '{property.Name}' is not supported in a line, because it would apply to the whole batch. {(name == "--window" ? "Use --window on the command line." : "Remove it.")}");
        }

        switch (property.Value.ValueKind)
        {
            case JsonValueKind.True:
                options.Add(name);
                break;
            case JsonValueKind.False or JsonValueKind.Null:
                break;
            case JsonValueKind.Array:
                foreach (JsonElement element in property.Value.EnumerateArray())
                {
                    options.Add($"{name}={(element.ValueKind == JsonValueKind.String ? element.GetString() : element.GetRawText())}");
                }

                break;
            case JsonValueKind.Object:
                throw ToolException.Usage($"The value of '{Shown.Text(property.Name)}' is an object. Use a string, as after {Shown.Text(name)} on the command line.");
            default:
                options.Add($"{name}={(property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : property.Value.GetRawText())}");
                break;
        }
    }

    private static void RejectOptions(PresignVerb verb, List<string> options)
    {
        foreach (string text in options)
        {
            string name = text.Split('=')[0];
            Option? option = verb.Options.FirstOrDefault(one => one.Name == name)
                ?? throw ToolException.Usage($"The property '{Shown.Text(CamelCase(name))}' does not exist for the method '{verb.Name}'."
                    + (ParseProblem.Suggestion(CamelCase(name), verb.Options.Where(one => !one.Hidden).Select(one => CamelCase(one.Name))) is { Length: > 0 } suggestion ? suggestion : $" 'presign {verb.Name} --help' lists the options, whose names are in camel case here."));
            if (text.Contains('=') && option.Arity.MaximumNumberOfValues == 0)
            {
                throw ToolException.Usage($"The value of '{CamelCase(name)}' is not true or false. Use one of them without quotation marks.");
            }
        }
    }

    // --content-type → contentType
    private static string CamelCase(string option) =>
        string.Concat(option.TrimStart('-').Split('-').Select((word, i) => i == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    // contentType → content-type
    private static string KebabCase(string name) => string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? "-" + char.ToLowerInvariant(c) : c.ToString()));
}

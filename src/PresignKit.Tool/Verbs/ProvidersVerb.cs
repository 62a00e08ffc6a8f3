using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Output;

namespace PresignKit.Tool.Verbs;

/// <summary>Lists the known providers, with the values that <c>--provider</c> accepts.</summary>
internal sealed class ProvidersVerb : Verb
{
    private static readonly string[] Headings = ["NAME", "PROVIDER", "LONGEST URL", "POST", "OPTIONS", "ENDPOINT"];

    private readonly Option<bool> _json = Flags.Switch("--json", "Print JSON");

    public ProvidersVerb(ToolContext context)
        : base(context, "providers", "List the known providers and their limits")
    {
        Add("Providers", _json);
    }

    public override IReadOnlyList<(string Line, string Comment)> Examples => [("presign providers", "Shows the names for --provider, and the options that each provider requires")];

    public override bool UsesStore => false;

    protected override Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        if (result.GetValue(_json))
        {
            ResultJson.WriteLine(Context, WriteTo);
        }
        else
        {
            Context.Write(Table());
        }

        return Task.FromResult(ExitCode.Success);
    }

    private string Table()
    {
        List<string[]> rows = [Headings, .. S3Provider.All.Select(Row)];
        int[] widths = [.. Enumerable.Range(0, Headings.Length).Select(column => rows.Max(row => row[column].Length))];

        // One line per provider is easy to parse in scripts. In a narrow terminal, the endpoint is on its own line, so that lines are not broken within a value.
        bool isWide = !Context.IsOutputTerminal || widths.Sum() + (2 * widths.Length) <= Context.Width;
        StringBuilder text = new();
        foreach (string[] row in rows)
        {
            string[] cells = [.. row[..^1].Select((cell, column) => cell.PadRight(widths[column]))];
            text.Append(isWide ? string.Join("  ", cells) + "  " + row[^1] : string.Join("  ", cells).TrimEnd() + "\n" + new string(' ', widths[0] + 2) + row[^1]).Append('\n');
        }

        return text.ToString();
    }

    private static string[] Row(S3Provider provider) =>
    [
        provider.Id,
        provider.Name,
        string.Create(CultureInfo.InvariantCulture, $"{provider.MaxExpiresIn.Days}d"),
        provider.AcceptsPostForms ? "yes" : "no",
        Requirements(provider),
        provider.EndpointPattern,
    ];

    private static string Requirements(S3Provider provider) => (provider.RequiresRegion, provider.RequiresAccountId) switch
    {
        (true, true) => $"--region {provider.RegionExample} --account ID",
        (true, false) => $"--region {provider.RegionExample}",
        (false, true) => "--account ID",
        _ => "",
    };

    private static void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (S3Provider provider in S3Provider.All)
        {
            json.WriteStartObject();
            json.WriteString("id", provider.Id);
            json.WriteString("name", provider.Name);
            json.WriteString("endpoint", provider.EndpointPattern);
            json.WriteNumber("maxExpiresIn", (long)provider.MaxExpiresIn.TotalSeconds);
            json.WriteBoolean("acceptsPostForms", provider.AcceptsPostForms);
            json.WriteBoolean("requiresRegion", provider.RequiresRegion);
            json.WriteString("regionExample", provider.RegionExample);
            json.WriteBoolean("requiresAccount", provider.RequiresAccountId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

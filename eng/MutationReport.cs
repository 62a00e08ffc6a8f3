// Merges a Stryker report into the results of earlier runs, adds up the mutants per folder, and lists the survivors with their reasons.
// dotnet run eng/MutationReport.cs -- REPORT ALL PAGE      the files in REPORT replace the same files in ALL; PAGE is the Markdown page to write
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

const double LeastScore = 95;
const int LongestText = 160;

if (args is not [var report, var all, var page])
{
    Console.Error.WriteLine("Usage: MutationReport REPORT ALL PAGE");
    return 2;
}

Merge(report, all);

// The columns are file, original, mutant, number of survivors, and reason. They do not include line numbers, so that a row still matches when its code moves within the file.
string[][] reasons = [.. File.ReadLines("tests/mutants/survivors.tsv").Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'))];

StringBuilder scores = new(), survivors = new();
var failed = false;
List<Mutant> found = Read(all);
foreach (var folder in new[] { "Endpoints", "Posts", "Reading", "Signing", "Verification" })
{
    var mutants = found.Where(mutant => mutant.File.StartsWith(folder + "/", StringComparison.Ordinal) && mutant.Status is not ("Ignored" or "CompileError")).ToList();
    if (mutants.Count == 0)
    {
        // A folder that was not run on this machine keeps its lines.
        string[] earlier = File.ReadAllLines(page);
        scores.AppendJoin("", earlier.Where(line => line.StartsWith($"| {folder} |", StringComparison.Ordinal)).Select(line => line + "\n"));
        survivors.AppendJoin("", earlier.Where(line => line.StartsWith($"| {folder}/", StringComparison.Ordinal)).Select(line => line + "\n"));
        continue;
    }

    var count = mutants.CountBy(mutant => mutant.Status).ToDictionary();
    int Of(string status) => count.GetValueOrDefault(status);
    int noticed = Of("Killed") + Of("Timeout"), lost = Of("Survived") + Of("NoCoverage");
    var score = 100.0 * noticed / Math.Max(1, noticed + lost);
    failed |= score < LeastScore;
    Append(scores, $"| {folder} | {score:0.0} % | {noticed + lost} | {Of("Killed")} | {Of("Timeout")} | {Of("Survived")} | {Of("NoCoverage")} |");

    HashSet<string[]> used = [];
    List<(string File, int Line, string Text)> lines = [];
    foreach (var same in mutants.Where(mutant => mutant.Status is "Survived" or "NoCoverage").GroupBy(mutant => (mutant.File, mutant.Original, mutant.Mutated)))
    {
        var reason = Array.Find(reasons, row => (row[0], row[1], row[2]) == same.Key);
        if (reason != null) used.Add(reason);

        // A row gives the reason for a certain number of survivors, so that it does not excuse the same code in a new place.
        if (reason?[3] != same.Count().ToString(CultureInfo.InvariantCulture))
        {
            failed = true;
            Console.WriteLine($"{same.Key.File}:{string.Join(", ", same.Select(mutant => mutant.Line))}: {same.Count()} mutants survive, and survivors.tsv has a reason for {reason?[3] ?? "0"}\t{same.Key.Original}\t{same.Key.Mutated}");
        }
        lines.AddRange(same.Select(mutant => (mutant.File, mutant.Line, $"| {mutant.File}:{mutant.Line} | {Code(mutant.Original)} | {Code(mutant.Mutated)} | {reason?[4] ?? "**no reason given**"} |\n")));
    }
    survivors.AppendJoin("", lines.OrderBy(line => line.File, StringComparer.Ordinal).ThenBy(line => line.Line).Select(line => line.Text));
    foreach (var row in reasons.Except(used).Where(row => mutants.Any(mutant => mutant.File == row[0])))
        Console.WriteLine($"{row[0]}: survivors.tsv has a reason for a mutant that does not survive: {row[1]} -> {row[2]}");
}

Console.Write(scores);
File.WriteAllText(page, $"""
    # Mutation report

    Stryker changes the library in one place at a time and runs the unit tests that reach this place, on net10.0. A mutant survives if no test fails. `eng/mutants` writes
    this page, with the reasons from `tests/mutants/survivors.tsv`. CI does not run it.

    The score is the share of killed and timed-out mutants (endless loops) among all mutants that compile. `eng/stryker.json` selects the tests: all unit tests except fuzzers,
    property tests, load tests and tests with very large inputs, which are slow or kill mutants by chance.

    | folder | score | mutants | killed | timeout | survived | not covered |
    | --- | ---: | ---: | ---: | ---: | ---: | ---: |
    {scores}
    ## Survivors

    | place | original | mutant | reason |
    | --- | --- | --- | --- |
    {survivors}
    """.TrimEnd() + "\n");
return failed ? 1 : 0;

static void Merge(string report, string all)
{
    JsonNode newer = JsonNode.Parse(File.ReadAllBytes(report))!, older = File.Exists(all) ? JsonNode.Parse(File.ReadAllBytes(all))! : newer.DeepClone();
    foreach (var (name, source) in newer["files"]!.AsObject())
    {
        if (source!["mutants"]!.AsArray().Any(mutant => mutant!["status"]!.GetValue<string>() is not ("Ignored" or "CompileError")))
        {
            older["files"]![name] = source.DeepClone();
        }
    }

    File.WriteAllText(all, older.ToJsonString());
}

static List<Mutant> Read(string file)
{
    using var document = JsonDocument.Parse(File.ReadAllBytes(file));
    List<Mutant> found = [];
    foreach (var source in document.RootElement.GetProperty("files").EnumerateObject())
    {
        var lines = source.Value.GetProperty("source").GetString()!.Split('\n');
        foreach (var mutant in source.Value.GetProperty("mutants").EnumerateArray())
        {
            JsonElement start = mutant.GetProperty("location").GetProperty("start"), end = mutant.GetProperty("location").GetProperty("end");
            int first = start.GetProperty("line").GetInt32() - 1, last = end.GetProperty("line").GetInt32() - 1;
            int from = start.GetProperty("column").GetInt32() - 1, to = end.GetProperty("column").GetInt32() - 1;
            var original = first == last ? lines[first][from..to] : string.Join(' ', [lines[first][from..], .. lines[(first + 1)..last], lines[last][..to]]);
            var name = source.Name.Replace('\\', '/');
            found.Add(new(name[(name.IndexOf("src/PresignKit/", StringComparison.Ordinal) + "src/PresignKit/".Length)..], first + 1,
                OneLine(original), OneLine(mutant.GetProperty("replacement").GetString()!), mutant.GetProperty("status").GetString()!));
        }
    }
    return [.. found.OrderBy(mutant => mutant.File, StringComparer.Ordinal).ThenBy(mutant => mutant.Line)];
}

// Shortens the code to one line without tabs, which is the key in the table of reasons.
static string OneLine(string code)
{
    var text = string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    return text.Length > LongestText ? text[..LongestText] + "…" : text;
}

static string Code(string text) => text.Length == 0 ? "" : text.Contains('`') ? $"`` {text.Replace("|", "\\|")} ``" : $"`{text.Replace("|", "\\|")}`";

static void Append(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');

internal sealed record Mutant(string File, int Line, string Original, string Mutated, string Status);

using PresignKit.ArchitectureTests;

namespace PresignKit.DocsTests;

/// <summary>Reads the tables of a page.</summary>
internal static class Page
{
    /// <summary>Returns the cells of all rows of its tables, except for the header rows.</summary>
    public static IReadOnlyList<string[]> Rows(string path)
    {
        string[] lines = Repository.Read(path).Split('\n');
        return [.. lines.Where((line, i) => IsRow(line) && !IsRule(line) && !(i + 1 < lines.Length && IsRule(lines[i + 1])))
            .Select(line => line[1..^1].Split('|').Select(cell => cell.Trim()).ToArray())];
    }

    private static bool IsRow(string line) => line.StartsWith('|') && line.EndsWith('|');

    private static bool IsRule(string line) => line.StartsWith("| -", StringComparison.Ordinal);
}

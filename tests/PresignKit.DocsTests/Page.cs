using PresignKit.ArchitectureTests;

namespace PresignKit.DocsTests;

/// <summary>The tables of a page.</summary>
internal static class Page
{
    /// <summary>The rows of all its tables, cell by cell; those of the heads are not among them.</summary>
    public static IReadOnlyList<string[]> Rows(string path)
    {
        string[] lines = Repository.Read(path).Split('\n');
        return [.. lines.Where((line, i) => IsRow(line) && !IsRule(line) && !(i + 1 < lines.Length && IsRule(lines[i + 1])))
            .Select(line => line[1..^1].Split('|').Select(cell => cell.Trim()).ToArray())];
    }

    private static bool IsRow(string line) => line.StartsWith('|') && line.EndsWith('|');

    private static bool IsRule(string line) => line.StartsWith("| -", StringComparison.Ordinal);
}

namespace PresignKit.HouseTests.Pledge;

/// <summary>The tables of docs/pledge.md.</summary>
internal static class Page
{
    private static readonly string Text = Repository.Read("docs/pledge.md");

    /// <summary>What is tested: the first column, and the number in the second.</summary>
    public static Dictionary<string, int> Counts { get; } =
        Rows("## What is tested").ToDictionary(row => row[0], row => int.Parse(row[1].Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture));

    public static string[][] Refusals { get; } = Rows("## What is refused, and why");

    public static int Words => Text.Split([' ', '\n', '|'], StringSplitOptions.RemoveEmptyEntries).Count(word => word != "---");

    private static string[][] Rows(string heading)
    {
        int start = Text.IndexOf(heading, StringComparison.Ordinal);
        int end = Text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return [.. Text[start..(end < 0 ? Text.Length : end)].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line[2..^2].Split(" | "))
            .Where(cells => cells[0] is not ("what" or "refused") && !cells[0].StartsWith("---", StringComparison.Ordinal))];
    }
}

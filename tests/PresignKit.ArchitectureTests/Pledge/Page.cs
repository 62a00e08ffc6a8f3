namespace PresignKit.ArchitectureTests.Pledge;

/// <summary>The tables of docs/pledge.md.</summary>
internal static class Page
{
    private static readonly string Text = Repository.Read("docs/pledge.md");

    public static string[][] Refusals { get; } = Rows("## What is refused, and why");

    private static string[][] Rows(string heading)
    {
        int start = Text.IndexOf(heading, StringComparison.Ordinal);
        int end = Text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return [.. Text[start..(end < 0 ? Text.Length : end)].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line[2..^2].Split(" | "))
            .Where(cells => cells[0] != "refused" && !cells[0].StartsWith("---", StringComparison.Ordinal))];
    }
}

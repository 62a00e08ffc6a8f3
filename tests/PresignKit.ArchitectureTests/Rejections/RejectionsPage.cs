namespace PresignKit.ArchitectureTests.Rejections;

/// <summary>The tables of docs/rejections.md.</summary>
internal static class RejectionsPage
{
    private static readonly string Text = Repository.Read("docs/rejections.md");

    public static string[][] Rows { get; } = [.. Text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Select(line => line[2..^2].Split(" | "))
        .Where(cells => cells[0] != "rejected" && !cells[0].StartsWith("---", StringComparison.Ordinal))];
}

namespace PresignKit.ArchitectureTests.Documents;

/// <summary>Lines of text without the indentation that they share: a block of a page and the same lines deep in a class are then the same.</summary>
internal static class Lines
{
    public static string Dedent(string text) => string.Join('\n', Dedent(text.TrimEnd('\n').Split('\n')));

    /// <summary>The number of the line from which on the block stands in the source, or -1.</summary>
    public static int Find(string[] block, string[] source)
    {
        for (int start = 0; start + block.Length <= source.Length; start++)
        {
            if (source[start].AsSpan().Trim().SequenceEqual(block[0].AsSpan().Trim()) && Dedent(source[start..(start + block.Length)]).SequenceEqual(block))
            {
                return start;
            }
        }

        return -1;
    }

    private static string[] Dedent(string[] lines)
    {
        int shared = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart(' ').Length).DefaultIfEmpty(0).Min();
        return [.. lines.Select(line => line.Length <= shared ? line.TrimStart(' ') : line[shared..].TrimEnd())];
    }
}

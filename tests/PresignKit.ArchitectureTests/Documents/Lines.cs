namespace PresignKit.ArchitectureTests.Documents;

/// <summary>Removes the common indentation of lines, so that a block of a page equals the same lines in an indented class.</summary>
internal static class Lines
{
    public static string Dedent(string text) => string.Join('\n', Dedent(text.TrimEnd('\n').Split('\n')));

    /// <summary>Returns the index of the line at which the block starts in the source, or -1.</summary>
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

using System.Text.RegularExpressions;
using PresignKit.Tool.CommandLine;

namespace PresignKit.Tool.Tests.CommandLine;

public partial class ReadingMessagesTests
{
    [Fact]
    public void Rows_EveryPhrase_IsPartOfAMessageOfTheLibrary()
    {
        string source = string.Concat(Directory.EnumerateFiles(Path.Combine(FindRoot(), "src", "PresignKit"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText));
        source = JoinedLiterals().Replace(source, "");

        ReadingMessages.Rows.Where(row => !source.Contains(row.Phrase, StringComparison.Ordinal)).Select(row => row.Phrase).Should().BeEmpty("because a phrase that the library no longer uses has no effect");
    }

    [Fact]
    public void Rows_NoPhrase_IsHiddenByAnEarlierOne()
    {
        for (int i = 0; i < ReadingMessages.Rows.Count; i++)
        {
            string phrase = ReadingMessages.Rows[i].Phrase;
            ReadingMessages.Rows.Take(i).Should().NotContain(earlier => phrase.Contains(earlier.Phrase, StringComparison.Ordinal), "of {0}", phrase);
        }
    }

    // "…" + "…" and "…" + $"…" over two lines
    [GeneratedRegex("\"\\s*\\+ \\$?\"", RegexOptions.CultureInvariant)]
    private static partial Regex JoinedLiterals();

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "PresignKit.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException("The tests do not run in the repository.");
    }
}

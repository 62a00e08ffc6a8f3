using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using PresignKit.Tool.CommandLine;

namespace PresignKit.Tool.Tests.CommandLine;

/// <summary>The library's messages in the words of the command line.</summary>
public partial class MessagesTests
{
    public static TheoryData<string> Tables => ["reading", "signing"];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Rows_EveryPhrase_IsPartOfAMessageOfTheLibrary(string table)
    {
        string source = string.Concat(Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src", "PresignKit"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText));
        source = JoinedLiterals().Replace(source, "");

        RowsOf(table).Where(row => !source.Contains(row.Phrase, StringComparison.Ordinal)).Select(row => row.Phrase)
            .Should().BeEmpty("because a phrase that the library no longer uses has no effect");
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Rows_NoPhrase_IsHiddenByAnEarlierOne(string table)
    {
        IReadOnlyList<(string Phrase, string Replacement)> rows = RowsOf(table);
        for (int i = 0; i < rows.Count; i++)
        {
            string phrase = rows[i].Phrase;
            rows.Take(i).Should().NotContain(earlier => phrase.Contains(earlier.Phrase, StringComparison.Ordinal), "of {0}", phrase);
        }
    }

    [Theory]
    [InlineData("ExpiresIn is 8.00:00:00, but must be from 1 second", "--expires-in is 8d, but must be from 1 second")]
    [InlineData("SigningWindow is 00:00:30, but it is 2026-03-14 16:09:26Z", "--window is 30s, but it is 2026-03-14 16:09:26Z")]
    [InlineData("The key 'a/ExpiresIn 01:00:00' exceeds the store's ExpiresIn", "The key 'a/ExpiresIn 01:00:00' exceeds the store's --expires-in")]
    [InlineData("PresignerOptions.Endpoint: Endpoint is empty", "--endpoint-url: --endpoint-url is empty")]
    [InlineData("Use UrlStyle.Path or UrlStyle.Auto.", "Use --url-style path or --url-style auto.")]
    [InlineData("Use S3Endpoint.Aws(\"us-west-2\").", "Use --provider aws --region us-west-2.")]
    public void ToFlags_Message_NamesOptionsButKeepsValues(string message, string expected) => Messages.ToFlags(message).Should().Be(expected);

    [Fact]
    public void Describe_Exceptions_HaveTheirExitCode()
    {
        Messages.Describe(new OptionsValidationException("", typeof(PresignerOptions), ["PresignerOptions.SigningWindow: SigningWindow is 2.00:00:00."]))
            .Should().BeEquivalentTo(new { Code = 2, Message = "--window is 2d." });
        Messages.Describe(new ArgumentOutOfRangeException("operation", TimeSpan.FromDays(8), "ExpiresIn is too long.")).Should().BeEquivalentTo(new { Code = 2, Message = "--expires-in is too long." });
        Messages.Describe(new ArgumentException("The MD5 hash is wrong.", "ContentMD5")).Should().BeEquivalentTo(new { Code = 2, Message = "--content-md5: The MD5 hash is wrong." });
        Messages.Describe(new ArgumentException("ContentMD5 is wrong.", "ContentMD5")).Should().BeEquivalentTo(new { Code = 2, Message = "--content-md5 is wrong." });
        Messages.Describe(new InvalidOperationException("The credentials expired.")).Should().BeEquivalentTo(new { Code = 3, Message = "The credentials expired." });
        Messages.Describe(new OperationCanceledException()).Should().BeNull();
        Messages.Describe(new NotImplementedException()).Should().BeNull("because a defect must not look like an error of the user");
    }

    private static IReadOnlyList<(string Phrase, string Replacement)> RowsOf(string table) => table == "reading" ? ReadingMessages.Rows : SigningMessages.Rows;

    // "…" + "…" and "…" + $"…" over two lines
    [GeneratedRegex("\"\\s*\\+ \\$?\"", RegexOptions.CultureInvariant)]
    private static partial Regex JoinedLiterals();
}

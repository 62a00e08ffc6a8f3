using System.Text.RegularExpressions;

namespace PresignKit.ArchitectureTests.Architecture;

public partial class FolderTableTests
{
    [Fact]
    public void Cycles_Library_AreEmpty() => FolderTable.Library.Cycles().Should().BeEmpty();

    [Fact]
    public void Cycles_ThroughTwoFolders_AreFound() =>
        Table(("A", ["B"]), ("B", ["C"]), ("C", ["A"]), ("D", ["A"])).Cycles().Should().BeEquivalentTo("A", "B", "C");

    [Fact]
    public void Cycles_FolderThatNamesItself_IsFound() => Table(("A", ["A"])).Cycles().Should().Equal("A");

    [Theory]
    [InlineData("A", "A", true)]
    [InlineData("A", "B", true)]
    [InlineData("A", "C", true)]
    [InlineData("B", "A", false)]
    [InlineData("A", "D", false)]
    [InlineData("E", "A", false)]
    public void Allows_Folder_IsTransitive(string from, string to, bool expected) =>
        Table(("A", ["B"]), ("B", ["C"]), ("C", []), ("D", [])).Allows(from, to).Should().Be(expected);

    [Fact]
    public void Allows_RootOfTheProject_UsesEveryFolderButDependencyInjection() =>
        FolderTable.Library.Uses.Keys.Where(folder => !FolderTable.Library.Allows(".", folder)).Should().Equal("DependencyInjection");

    [Fact]
    public void Uses_Names_AreFoldersOfTheTable() => FolderTable.Library.Uses.Values.SelectMany(names => names).Should().BeSubsetOf(FolderTable.Library.Uses.Keys);

    [Fact]
    public void Contributing_Table_IsTheSame()
    {
        IEnumerable<string> shown = Row().Matches(Repository.Read("CONTRIBUTING.md")).Select(row => Line(row.Groups["folder"].Value, Name().Matches(row.Groups["uses"].Value).Select(name => name.Groups[1].Value)));

        shown.Should().Equal(FolderTable.Library.Uses.Select(entry => Line(entry.Key, entry.Value)));
    }

    private static string Line(string folder, IEnumerable<string> uses) => $"{folder}: {string.Join(", ", uses)}";

    private static FolderTable Table(params (string Folder, string[] Uses)[] entries) => new(entries.ToDictionary(entry => entry.Folder, entry => entry.Uses));

    // | `Text/` | what it contains | `Platform` |
    [GeneratedRegex(@"^\| `(?<folder>\.|\w+(?=/))/?` \|[^|]*\|(?<uses>[^|]*)\|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}

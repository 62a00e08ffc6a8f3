namespace PresignKit.ArchitectureTests.Documents;

/// <summary>Links have a target, and commands refer to existing files, folders and packages.</summary>
public class LinkTests
{
    public static TheoryData<string> Pages => [.. MarkdownPage.All.Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_WithinTheRepository_LeadToAFileAndAHeading(string path) => BrokenLinks(MarkdownPage.All[path]).Should().BeEmpty();

    [Fact]
    public void Links_MissingTargets_AreFound() =>
        BrokenLinks(new MarkdownPage("docs/page.md", "# A title\n[a](none.md) [b](rejections.md#none) [c](#a-title) [d](rejections.md#keys-and-buckets) [e](#b) `[f](g)`\n```\n[h](i)\n```\n"))
            .Should().Equal("none.md", "rejections.md#none", "#b");

    [Fact]
    public void Index_OfTheDocs_LinksToEveryPage() =>
        MarkdownPage.All["docs/README.md"].Links.Should().Contain(MarkdownPage.All.Keys
            .Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && path != "docs/README.md")
            .Select(path => path["docs/".Length..]));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_OfEveryPage_NameExistingPaths(string path) => BrokenCommands(MarkdownPage.All[path]).Should().BeEmpty();

    [Fact]
    public void Commands_MissingPaths_AreFound() => BrokenCommands(new MarkdownPage("page.md", """
            ```
            dotnet run --project samples/None
            dotnet run --project samples/QuickStart -- --key a
            dotnet test tests/None
            dotnet add package Presign
            eng/none start
            eng/live-servers install
            dotnet frobnicate
            ```
            `dotnet run -c Release --project samples/Neither` and `dotnet test --filter a/b=c`
            """)).Should().Equal(
                "dotnet run --project samples/None", "dotnet test tests/None", "dotnet add package Presign", "eng/none start", "dotnet frobnicate",
                "dotnet run -c Release --project samples/Neither");

    private static IEnumerable<string> BrokenLinks(MarkdownPage page)
    {
        foreach (string link in page.Links.Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal)))
        {
            string[] parts = link.Split('#', 2);
            string target = parts[0].Length == 0 ? page.Path
                : Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page.Path)!, parts[0]))).Replace('\\', '/');
            MarkdownPage? other = parts[0].Length == 0 ? page : MarkdownPage.All.GetValueOrDefault(target);
            if (!Exists(target) && other is null || parts.Length == 2 && other?.Anchors.Contains(parts[1]) != true)
            {
                yield return link;
            }
        }
    }

    private static IEnumerable<string> BrokenCommands(MarkdownPage page) => page.Commands.Where(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["dotnet"] => false,
        ["dotnet", "add", "package", var package, ..] => !Exists($"src/{package}/{package}.csproj") && !Repository.Read("Directory.Packages.props").Contains($"\"{package}\"", StringComparison.Ordinal),
        ["dotnet", "new" or "user-secrets" or "tool" or "restore", ..] => false,
        ["dotnet", "run" or "build" or "test" or "format" or "pack" or "publish", .. var rest] => rest.TakeWhile(word => word != "--").Any(IsMissingPath),
        ["dotnet", ..] => true,
        [var script, ..] when script.StartsWith("eng/", StringComparison.Ordinal) => !Exists(script),
        _ => false,
    });

    // A path in this repository rather than an option, a pattern or a value.
    private static bool IsMissingPath(string word) => word.Contains('/') && char.IsLetter(word[0]) && !word.Contains('=') && !Exists(word);

    private static bool Exists(string path) => File.Exists(Path.Combine(Repository.Root, path)) || Directory.Exists(Path.Combine(Repository.Root, path));
}

namespace PresignKit.HouseTests.Documents;

/// <summary>What a page shows is what the tests have run: code, and what came of it.</summary>
public class PageTests
{
    public static TheoryData<string> Pages => [.. MarkdownPage.All.Values.Where(page => page.Blocks.Count > 0).Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Blocks_OfEveryPage_StandInCodeThatTestsRun(string path)
    {
        List<string> problems = [];
        foreach (Block block in MarkdownPage.All[path].Blocks.Where(block => block.Language is not ("" or "sh")))
        {
            string[] lines = block.Text.Split('\n');
            (SnippetSource Source, int Line)[] found =
                [.. SnippetSource.All.Select(source => (source, Lines.Find(lines, source.Lines))).Where(one => one.Item2 >= 0)];
            if (found.Length == 0)
            {
                problems.Add($"stands in no source of the tests:\n{block.Text}");
            }
            else if (block.Language == "csharp" && !found.Any(one => one.Source.IsRun(one.Line, lines.Length)))
            {
                problems.Add($"stands in {found[0].Source.Path}, where no test runs it:\n{block.Text}");
            }
        }

        problems.Should().BeEmpty();
    }

    [Fact]
    public void Pages_WithBlocks_AreThoseOfDocsAndMore() => MarkdownPage.All.Values.Where(page => page.Blocks.Any(block => block.Language == "csharp"))
        .Select(page => page.Path).Should().Contain(["README.md", "docs/testing.md", "docs/configuration.md", "docs/cookbook.md"]);

    [Fact]
    public void Readme_IsReadInThreeMinutes() => MarkdownPage.All["README.md"].Words.Should().BeLessThanOrEqualTo(900);

    // Programs rely on it: the first command adds the package, the next ones run the sample and the tests.
    [Fact]
    public void Readme_Commands_AreInThisOrder() => MarkdownPage.All["README.md"].Blocks.Where(block => block.Language.Length == 0).Select(block => block.Text).Should()
        .Equal("dotnet add package PresignKit", "dotnet run --project samples/QuickStart", "dotnet test", "eng/live-servers install\neng/live-servers run /tmp/presignkit-live -- dotnet test");

    // 200 words a minute, of which half are code.
    [Theory]
    [MemberData(nameof(Pages))]
    public void Pages_OfDocs_AreShort(string path) => MarkdownPage.All[path].Words.Should().BeLessThan(1300, "{0} is a page of a few minutes", path);

    [Fact]
    public void Index_NamesEveryPage() =>
        MarkdownPage.All["docs/README.md"].Links.Should().Contain(MarkdownPage.All.Keys
            .Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && path != "docs/README.md")
            .Select(path => path["docs/".Length..]));
}

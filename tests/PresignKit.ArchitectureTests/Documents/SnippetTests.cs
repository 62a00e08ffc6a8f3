namespace PresignKit.ArchitectureTests.Documents;

/// <summary>The code and the output that pages show are in tests, and the tests run the code.</summary>
public class SnippetTests
{
    public static TheoryData<string> Pages => [.. MarkdownPage.All.Values.Where(page => page.Blocks.Count > 0).Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Blocks_OfEveryPage_AreInCodeThatTestsRun(string path)
    {
        List<string> problems = [];

        // ToolPageTests runs the console blocks.
        foreach (Block block in MarkdownPage.All[path].Blocks.Where(block => block.Language is not ("" or "sh" or "mermaid" or "console")))
        {
            string[] lines = block.Text.Split('\n');
            (SnippetSource Source, int Line)[] found =
                [.. SnippetSource.All.Select(source => (source, Lines.Find(lines, source.Lines))).Where(one => one.Item2 >= 0)];
            if (found.Length == 0)
            {
                problems.Add($"This block is in no test:\n{block.Text}");
            }
            else if (block.Language == "csharp" && !found.Any(one => one.Source.IsRun(one.Line, lines.Length)))
            {
                problems.Add($"This block is in {found[0].Source.Path}, but no test runs it:\n{block.Text}");
            }
        }

        problems.Should().BeEmpty();
    }

    [Fact]
    public void Blocks_OfTheMainPages_AreFound() => MarkdownPage.All.Values.Where(page => page.Blocks.Any(block => block.Language == "csharp"))
        .Select(page => page.Path).Should().Contain(["README.md", "docs/testing.md", "docs/configuration.md", "docs/cookbook.md"]);

    // Programs that read the page rely on the order: the first command adds the package, and the next ones run the sample and the tests.
    [Fact]
    public void Commands_OfTheReadme_AreInThisOrder() => MarkdownPage.All["README.md"].Blocks.Where(block => block.Language.Length == 0).Select(block => block.Text).Should()
        .Equal("dotnet add package PresignKit", "dotnet run --project samples/QuickStart", "dotnet test", "eng/live-servers install\neng/live-servers run /tmp/presignkit-live -- dotnet test");
}

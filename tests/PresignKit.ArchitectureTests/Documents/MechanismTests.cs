namespace PresignKit.ArchitectureTests.Documents;

/// <summary>The comparison itself finds existing lines and does not find missing ones.</summary>
public class MechanismTests
{
    [Theory]
    [InlineData("a\n  b", "x\n    a\n      b\ny", 1)]
    [InlineData("a\n\nb", "  a\n\n  b", 0)]
    [InlineData("a\nb", "a\nc\n a\n b", 2)]
    [InlineData("a\n  b", "a\nb", -1)]
    [InlineData("a\nb", "a", -1)]
    public void Find_LinesInIndentedCode_AreFound(string block, string source, int line) =>
        Lines.Find(block.Split('\n'), source.Split('\n')).Should().Be(line);

    [Fact]
    public void Page_IndentedBlocks_LoseTheirIndentation() =>
        new MarkdownPage("p.md", "text\n```csharp\n    a();\n      b();\n```\n\n```\ndotnet test\n```\n").Blocks
            .Should().Equal(new Block("csharp", "a();\n  b();"), new Block("", "dotnet test"));

    [Theory]
    [InlineData("## Roles, profiles, SSO: by the AWS SDK", "roles-profiles-sso-by-the-aws-sdk")]
    [InlineData("# `AddPresigner`", "addpresigner")]
    [InlineData("### 1. What is signed?", "1-what-is-signed")]
    public void Anchors_OfHeadings_AreThoseOfGitHub(string heading, string anchor) => new MarkdownPage("p.md", heading).Anchors.Should().Equal(anchor);

    [Theory]
    [InlineData("    public void Pages_Found_AreThoseOfDocsAndMore() =>", true)]
    [InlineData("    private static bool IsNeverCalled() => true;", false)]
    [InlineData("        return called;", true)]
    public void IsRun_Lines_AreInTestsOrInCodeThatTestsCall(string line, bool expected)
    {
        SnippetSource source = SnippetSource.Of("Example.cs", """
            public class ExampleTests
            {
                [Fact]
                public void Pages_Found_AreThoseOfDocsAndMore() =>
                    Called();

                private static bool IsNeverCalled() => true;

                private static bool Called()
                {
                    bool called = true;
                    return called;
                }
            }
            """);

        source.IsRun(Array.FindIndex(source.Lines, one => one.Trim() == line.Trim()), 1).Should().Be(expected);
    }
}

namespace WebApi.Tests;

/// <summary>The code in docs/testing.md is the code of these tests.</summary>
public class DocumentationTests
{
    [Fact]
    public void Testing_EveryBlockOfCode_StandsInASourceFile()
    {
        string[] sources = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Sources"), "*.cs").Select(File.ReadAllText)];
        string[] blocks = [.. File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testing.md")).Split("```csharp\n").Skip(1).Select(rest => rest.Split("```")[0])];

        blocks.Should().HaveCountGreaterThan(4);
        blocks.Should().AllSatisfy(block => sources.Should().Contain(source => source.Contains(block, StringComparison.Ordinal), "of {0}", block));
    }
}

using Microsoft.CodeAnalysis;

namespace PresignKit.ArchitectureTests.Architecture;

/// <summary>The analyzer silently ignores lines of BannedSymbols.txt that do not match a symbol, and it reports nothing if the project does not reference the file.</summary>
public class BannedSymbolsTests
{
    private static readonly string[] Lines = Repository.Read("src/BannedSymbols.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static TheoryData<string> Ids => [.. Lines.Select(line => line.Split(';')[0])];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Line_Id_NamesASymbol(string id) =>
        DocumentationCommentId.GetFirstSymbolForDeclarationId(id, SourceCode.Library.Compilation).Should().NotBeNull();

    [Fact]
    public void Line_Reason_IsGiven() => Lines.Should().OnlyContain(line => line.Split(';', 2)[1].Length > 10);

    [Fact]
    public void Library_Build_FailsOnBannedSymbols()
    {
        Repository.Read("src/PresignKit/PresignKit.csproj").Should().Contain("Microsoft.CodeAnalysis.BannedApiAnalyzers").And.Contain("../BannedSymbols.txt");
        Repository.Read(".editorconfig").Should().Contain("dotnet_diagnostic.RS0030.severity = error");
    }

    [Fact]
    public void Library_Suppressions_AreTheListedOnes() => Repository.LibrarySources
        .Where(file => file.Value.Contains("#pragma warning disable", StringComparison.Ordinal)).Select(file => file.Key)
        .Should().BeEquivalentTo("Credentials/EnvironmentCredentialsProvider.cs", "Requests/SseCustomerKey.cs");
}

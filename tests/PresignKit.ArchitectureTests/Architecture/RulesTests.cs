namespace PresignKit.ArchitectureTests.Architecture;

/// <summary>The library follows the rules; <see cref="BrokenRulesTests"/> shows that each rule finds its violations.</summary>
public class RulesTests
{
    [Fact]
    public void Library_InMemory_Compiles() => SourceCode.Library.Errors.Should().BeEmpty("a reference that does not compile is not checked");

    [Fact]
    public void FolderDependencies_Library_HasNoViolation() => Rules.FolderDependencies(SourceCode.Library, FolderTable.Library).Should().BeEmpty();

    [Fact]
    public void FoldersWithoutEntry_Library_HasNoViolation() => Rules.FoldersWithoutEntry(SourceCode.Library, FolderTable.Library).Should().BeEmpty();

    [Fact]
    public void StaleEntries_Library_HasNoViolation() => Rules.StaleEntries(SourceCode.Library, FolderTable.Library).Should().BeEmpty();

    [Fact]
    public void TypesInOneFolder_Library_HasNoViolation() => Rules.TypesInOneFolder(SourceCode.Library).Should().BeEmpty();

    [Fact]
    public void PureSigning_Library_HasNoViolation() => Rules.PureSigning(SourceCode.Library).Should().BeEmpty();

    [Fact]
    public void UriOnlyInListedFiles_Library_HasNoViolation() => Rules.UriOnlyInListedFiles(SourceCode.Library).Should().BeEmpty();

    [Fact]
    public void StaleUriPlaces_Library_HasNoViolation() => Rules.StaleUriPlaces(SourceCode.Library).Should().BeEmpty();

    [Fact]
    public void DescriptiveNames_Library_HasNoViolation() => Rules.DescriptiveNames(SourceCode.Library).Should().BeEmpty();

    [Fact]
    public void OnePublicTypePerFile_Library_HasNoViolation() => Rules.OnePublicTypePerFile(SourceCode.Library).Should().BeEmpty();

    [Fact]
    public void NoConditionalCompilation_AllTargets_HasNoViolation() => Rules.NoConditionalCompilation(Repository.LibrarySources).Should().BeEmpty();

    [Fact]
    public void InvariantInterpolation_Library_HasNoViolation() => Rules.InvariantInterpolation(SourceCode.Library).Should().BeEmpty();
}

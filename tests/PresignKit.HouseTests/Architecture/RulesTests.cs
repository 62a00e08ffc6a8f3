namespace PresignKit.HouseTests.Architecture;

public class RulesTests
{
    [Fact]
    public void Library_Compiles_SoThatEveryReferenceIsSeen() => SourceCode.Library.Errors.Should().BeEmpty();

    [Fact]
    public void OneWayStreet_Library_IsKept() => Rules.OneWayStreet(SourceCode.Library).Should().BeEmpty();

    [Fact]
    public void PureSigning_Library_IsKept() => Rules.PureSigning(SourceCode.Library).Should().BeEmpty();

    [Fact]
    public void UriInNamedPlaces_Library_IsKept() => Rules.UriInNamedPlaces(SourceCode.Library).Should().BeEmpty();

    [Fact]
    public void TellingNames_Library_AreKept() => Rules.TellingNames(SourceCode.Library).Should().BeEmpty();

    [Fact]
    public void OnePublicTypeAFile_Library_IsKept() => Rules.OnePublicTypeAFile(SourceCode.Library).Should().BeEmpty();

    [Fact]
    public void ShortFiles_Library_AreKept() => Rules.ShortFiles(SourceCode.Library).Should().BeEmpty();

    [Fact]
    public void NoConditions_AnyTarget_AreKeptOut() => Rules.NoConditions(SourceCode.Of([.. Repository.LibrarySources.Select(file => (file.Key, file.Value))])).Should().BeEmpty();

    [Fact]
    public void InvariantText_Library_IsKept() => Rules.InvariantText(SourceCode.Library).Should().BeEmpty();

    [Fact]
    public void StaleExceptions_Library_AreNone() => Rules.StaleExceptions(SourceCode.Library).Should().BeEmpty();
}

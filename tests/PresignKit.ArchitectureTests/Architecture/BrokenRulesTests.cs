namespace PresignKit.ArchitectureTests.Architecture;

/// <summary>Each rule finds its violations. A rule that cannot fail proves nothing.</summary>
public class BrokenRulesTests
{
    private static readonly (string, string) Options = ("Options/PresignerOptions.cs", "namespace PresignKit; public class PresignerOptions { public static int Max; }");

    [Theory]
    [InlineData("class Sorter { PresignKit.PresignerOptions? _options; }")]
    [InlineData("class Sorter { int Max => PresignKit.PresignerOptions.Max; }")]
    [InlineData("class Sorter { object Made => new PresignKit.PresignerOptions(); }")]
    [InlineData("class Sorter : PresignKit.PresignerOptions;")]
    [InlineData("class Sorter { System.Collections.Generic.List<PresignKit.PresignerOptions>? _all; }")]
    [InlineData("/// <summary><see cref=\"object\"/></summary>\nclass Sorter { void Run<T>() where T : PresignKit.PresignerOptions { } }")]
    public void FolderDependencies_SigningUsesOptions_IsFound(string signing)
    {
        SourceCode code = SourceCode.Of(Options, ("Signing/Sorter.cs", "namespace PresignKit; " + signing));

        code.Errors.Should().BeEmpty();
        Rules.FolderDependencies(code, FolderTable.Library).Should().Contain(line => line.StartsWith("Signing/Sorter.cs") && line.Contains("PresignerOptions"));
    }

    [Fact]
    public void FolderDependencies_InferredTypeOfACall_IsFound()
    {
        SourceCode code = SourceCode.Of(
            Options,
            ("Signing/Factory.cs", "namespace PresignKit; static class Factory { public static PresignerOptions Create() => null!; }"),
            ("Operations/GetObject.cs", "namespace PresignKit; class GetObject { void Run() { var hidden = Factory.Create(); } }"));

        Rules.FolderDependencies(code, FolderTable.Library).Should().Contain(line => line.StartsWith("Operations/GetObject.cs:1 uses PresignKit.PresignerOptions"));
    }

    [Fact]
    public void FolderDependencies_ExtensionMethod_IsFound()
    {
        SourceCode code = SourceCode.Of(
            ("Operations/KeyExtensions.cs", "namespace PresignKit; static class KeyExtensions { public static int Count(this string key) => 0; }"),
            ("Signing/Sorter.cs", "namespace PresignKit; class Sorter { int Length => \"\".Count(); }"));

        Rules.FolderDependencies(code, FolderTable.Library).Should().ContainSingle().Which.Should().Be("Signing/Sorter.cs:1 uses PresignKit.KeyExtensions of Operations");
    }

    [Theory]
    [InlineData("Lifetime/Expiry.cs")]
    [InlineData("Extras/More.cs")]
    public void FolderDependencies_DisallowedFolder_IsFound(string file) =>
        Rules.FolderDependencies(SourceCode.Of(Options, (file, "class More { PresignKit.PresignerOptions? _options; }")), FolderTable.Library).Should().ContainSingle();

    [Theory]
    [InlineData("Options/Snapshot.cs")]
    [InlineData("Presigning/Pipeline.cs")]
    [InlineData("Resigning/Resigner.cs")]
    [InlineData("S3Presigner.cs")]
    [InlineData("DependencyInjection/AddPresigner.cs")]
    public void FolderDependencies_AllowedFolder_HasNoViolation(string file) =>
        Rules.FolderDependencies(SourceCode.Of(Options, (file, "class More { PresignKit.PresignerOptions? _options; }")), FolderTable.Library).Should().BeEmpty();

    [Fact]
    public void FoldersWithoutEntry_NewFolder_IsFound() =>
        Rules.FoldersWithoutEntry(SourceCode.Of(Options, ("Extras/More.cs", "class More;")), FolderTable.Library).Should().Equal("Extras");

    [Fact]
    public void StaleEntries_MissingFolderAndUnusedName_AreFound()
    {
        FolderTable table = new(new Dictionary<string, string[]> { ["A"] = ["B", "C"], ["B"] = [], ["C"] = [], ["D"] = [] });
        SourceCode code = SourceCode.Of(("A/One.cs", "class One : Two;"), ("B/Two.cs", "class Two;"), ("C/Three.cs", "class Three;"));

        Rules.StaleEntries(code, table).Should().Equal("D has no source files", "A uses nothing of C");
    }

    [Fact]
    public void TypesInOneFolder_PartsInTwo_AreFound() =>
        Rules.TypesInOneFolder(SourceCode.Of(("A/Info.cs", "partial class Info;"), ("B/Info.Table.cs", "partial class Info;"))).Should().Equal("Info is declared in A and B");

    [Fact]
    public void TypesInOneFolder_PartsInOne_HasNoViolation() =>
        Rules.TypesInOneFolder(SourceCode.Of(("A/Info.cs", "partial class Info;"), ("A/Info.Table.cs", "partial class Info;"), ("B/Other.cs", "class Other;"))).Should().BeEmpty();

    [Theory]
    [InlineData("System.Net.Http.HttpMethod")]
    [InlineData("System.TimeProvider")]
    [InlineData("System.Uri")]
    [InlineData("Microsoft.Extensions.Options.IOptions<object>")]
    [InlineData("Microsoft.Extensions.DependencyInjection.IServiceCollection")]
    [InlineData("System.Text.Json.JsonDocument")]
    public void PureSigning_OtherPartsOfThePlatform_AreFound(string type)
    {
        string text = $"class Sorter {{ void Run({type} value) {{ }} }}";

        Rules.PureSigning(SourceCode.Of(("Signing/Sorter.cs", text))).Should().NotBeEmpty();
        Rules.PureSigning(SourceCode.Of(("Text/Sorter.cs", text))).Should().NotBeEmpty();
        Rules.PureSigning(SourceCode.Of(("Requests/Sorter.cs", text))).Should().BeEmpty();
    }

    [Theory]
    [InlineData("string Path(string url) => new System.Uri(url).AbsolutePath;")]
    [InlineData("string Path(string url) => System.Uri.EscapeDataString(url);")]
    [InlineData("object Path(string url) => new System.UriBuilder(url);")]
    public void UriOnlyInListedFiles_OtherFile_IsFound(string member) =>
        Rules.UriOnlyInListedFiles(SourceCode.Of(("Operations/GetObject.cs", $"class GetObject {{ {member} }}"))).Should().NotBeEmpty();

    [Fact]
    public void StaleUriPlaces_FilesWithoutUri_AreFound() =>
        Rules.StaleUriPlaces(SourceCode.Of(("Urls/PresignedUrl.cs", "class PresignedUrl { System.Uri? _uri; }"), ("Reading/UrlLocation.cs", "class UrlLocation;")))
            .Should().Contain(["Reading/UrlLocation.cs", "Endpoints/EndpointUrl.cs"]).And.NotContain("Urls/PresignedUrl.cs");

    [Theory]
    [InlineData("Signing/SigningUtils.cs", "class Sorter;")]
    [InlineData("Helpers/Sorter.cs", "class Sorter;")]
    [InlineData("Signing/Sorter.cs", "class KeyManager;")]
    public void DescriptiveNames_VagueWord_IsFound(string file, string text) => Rules.DescriptiveNames(SourceCode.Of((file, text))).Should().NotBeEmpty();

    [Theory]
    [InlineData("Urls/PresignedUrl.cs", "public class PresignedUrl; public enum Kind { One }")]
    [InlineData("Urls/Url.cs", "public record PresignedUrl;")]
    public void OnePublicTypePerFile_SecondTypeOrOtherName_IsFound(string file, string text) => Rules.OnePublicTypePerFile(SourceCode.Of((file, text))).Should().ContainSingle();

    [Fact]
    public void OnePublicTypePerFile_PartOfAType_HasNoViolation() =>
        Rules.OnePublicTypePerFile(SourceCode.Of(("Urls/Info.Table.cs", "public partial class Info { public class Nested; } class Other;"))).Should().BeEmpty();

    [Fact]
    public void NoConditionalCompilation_If_IsFound() =>
        Rules.NoConditionalCompilation(new Dictionary<string, string> { ["Urls/Info.cs"] = "#if NET\nclass Info;\n#endif\n" }).Should().ContainSingle();

    [Theory]
    [InlineData("string Text(System.TimeSpan? left) => $\"{left}\";", 1)]
    [InlineData("void Text(System.Text.StringBuilder to, double part) => to.Append($\"{part:F1} %\");", 1)]
    [InlineData("string Text(System.DateTimeOffset end) => System.FormattableString.Invariant($\"{end:u}\");", 0)]
    [InlineData("string Text(string name) => $\"{name}\";", 0)]
    public void InvariantInterpolation_CultureDependentValue_IsFound(string member, int cases) =>
        Rules.InvariantInterpolation(SourceCode.Of(("Urls/Info.cs", $"class Info {{ {member} }}"))).Should().HaveCount(cases);
}

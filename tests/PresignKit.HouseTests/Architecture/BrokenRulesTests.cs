namespace PresignKit.HouseTests.Architecture;

/// <summary>Each rule sees what breaks it: a rule that cannot fail holds nothing.</summary>
public class BrokenRulesTests
{
    private static readonly (string, string) Options = ("Configuration/PresignerOptions.cs", "namespace PresignKit; public class PresignerOptions { public static int Max; }");

    [Theory]
    [InlineData("class Sorter { PresignKit.PresignerOptions? _options; }")]
    [InlineData("class Sorter { int Max => PresignKit.PresignerOptions.Max; }")]
    [InlineData("class Sorter { object Made => new PresignKit.PresignerOptions(); }")]
    [InlineData("class Sorter : PresignKit.PresignerOptions;")]
    [InlineData("class Sorter { System.Collections.Generic.List<PresignKit.PresignerOptions>? _all; }")]
    [InlineData("/// <summary><see cref=\"object\"/></summary>\nclass Sorter { void Run<T>() where T : PresignKit.PresignerOptions { } }")]
    public void OneWayStreet_SigningKnowsOptions_IsSeen(string signing)
    {
        SourceCode code = SourceCode.Of(Options, ("Signing/Sorter.cs", "namespace PresignKit.Signing; " + signing));

        code.Errors.Should().BeEmpty();
        Rules.OneWayStreet(code).Should().Contain(line => line.StartsWith("Signing/Sorter.cs") && line.Contains("PresignerOptions"));
    }

    [Fact]
    public void OneWayStreet_UnnamedTypeOfACall_IsSeen()
    {
        SourceCode code = SourceCode.Of(
            Options,
            ("Signing/Made.cs", "namespace PresignKit.Signing; static class Made { public static PresignKit.PresignerOptions Of() => null!; }"),
            ("Operations/GetObject.cs", "namespace PresignKit; class GetObject { void Run() { var hidden = Signing.Made.Of(); } }"));

        Rules.OneWayStreet(code).Should().Contain(line => line.StartsWith("Operations/GetObject.cs:1 uses PresignKit.PresignerOptions"));
    }

    [Fact]
    public void OneWayStreet_NewFolder_KnowsNobodyUntilItIsInTheTable() =>
        Rules.OneWayStreet(SourceCode.Of(Options, ("Extras/More.cs", "class More { PresignKit.PresignerOptions? _options; }"))).Should().ContainSingle();

    [Fact]
    public void OneWayStreet_PrintableInSigning_IsNoShortcut() => Rules.OneWayStreet(SourceCode.Of(
        ("Operations/Printable.cs", "namespace PresignKit; static class Printable { public static string Text(string text) => text; }"),
        ("Signing/Sorter.cs", "namespace PresignKit.Signing; class Sorter { string Text => PresignKit.Printable.Text(\"\"); }"))).Should().NotBeEmpty();

    [Theory]
    [InlineData("System.Net.Http.HttpMethod")]
    [InlineData("System.TimeProvider")]
    [InlineData("System.Uri")]
    [InlineData("Microsoft.Extensions.Options.IOptions<object>")]
    [InlineData("Microsoft.Extensions.DependencyInjection.IServiceCollection")]
    [InlineData("System.Text.Json.JsonDocument")]
    public void PureSigning_Stranger_IsSeen(string type) =>
        Rules.PureSigning(SourceCode.Of(("Signing/Sorter.cs", $"class Sorter {{ void Run({type} one) {{ }} }}"))).Should().NotBeEmpty();

    [Theory]
    [InlineData("string Path(string url) => new System.Uri(url).AbsolutePath;")]
    [InlineData("string Path(string url) => System.Uri.EscapeDataString(url);")]
    [InlineData("object Path(string url) => new System.UriBuilder(url);")]
    public void UriInNamedPlaces_Elsewhere_IsSeen(string member) =>
        Rules.UriInNamedPlaces(SourceCode.Of(("Operations/GetObject.cs", $"class GetObject {{ {member} }}"))).Should().NotBeEmpty();

    [Theory]
    [InlineData("Signing/SigningUtils.cs", "class Sorter;")]
    [InlineData("Helpers/Sorter.cs", "class Sorter;")]
    [InlineData("Signing/Sorter.cs", "class KeyManager;")]
    public void TellingNames_EmptyWord_IsSeen(string file, string text) => Rules.TellingNames(SourceCode.Of((file, text))).Should().NotBeEmpty();

    [Theory]
    [InlineData("Results/PresignedUrl.cs", "public class PresignedUrl; public enum Kind { One }")]
    [InlineData("Results/Url.cs", "public record PresignedUrl;")]
    public void OnePublicTypeAFile_AnotherOne_IsSeen(string file, string text) => Rules.OnePublicTypeAFile(SourceCode.Of((file, text))).Should().ContainSingle();

    [Fact]
    public void OnePublicTypeAFile_PartOfOne_IsNone() =>
        Rules.OnePublicTypeAFile(SourceCode.Of(("Urls/Info.Reading.cs", "public partial class Info { public class Nested; } class Other;"))).Should().BeEmpty();

    [Theory]
    [InlineData(150, 0)]
    [InlineData(151, 1)]
    public void ShortFiles_Length_CountsLines(int lines, int cases) =>
        Rules.ShortFiles(SourceCode.Of(("Urls/Info.cs", string.Concat(Enumerable.Repeat("//\n", lines))))).Should().HaveCount(cases);

    [Fact]
    public void NoConditions_If_IsSeen() => Rules.NoConditions(SourceCode.Of(("Urls/Info.cs", "#if NET\nclass Info;\n#endif\n"))).Should().ContainSingle();

    [Theory]
    [InlineData("string Text(System.TimeSpan? left) => $\"{left}\";", 1)]
    [InlineData("void Text(System.Text.StringBuilder to, double part) => to.Append($\"{part:F1} %\");", 1)]
    [InlineData("string Text(System.DateTimeOffset end) => System.FormattableString.Invariant($\"{end:u}\");", 0)]
    [InlineData("string Text(string name) => $\"{name}\";", 0)]
    public void InvariantText_Interpolation_IsSeenWhereACultureHasASay(string member, int cases) =>
        Rules.InvariantText(SourceCode.Of(("Urls/Info.cs", $"class Info {{ {member} }}"))).Should().HaveCount(cases);

    [Fact]
    public void StaleExceptions_NothingThere_AreAllSeen() => Rules.StaleExceptions(SourceCode.Of(("Urls/Info.cs", "class Info;"))).Should().HaveCountGreaterThan(10);
}

using System.Text.RegularExpressions;

namespace PresignKit.ArchitectureTests.Architecture;

/// <summary>An analyzer is suppressed only with a reason next to it.</summary>
public partial class SuppressionTests
{
    [Fact]
    public void Suppressions_Repository_HaveReasons() =>
        Files().SelectMany(file => WithoutReason(file.Name, file.Text)).Should().BeEmpty();

    [Fact]
    public void Suppressions_Repository_AreFound() =>
        Files().SelectMany(file => file.Text.Split('\n')).Count(line => Suppression().IsMatch(line)).Should().BeGreaterThan(8);

    [Theory]
    [InlineData("A.cs", "#pragma warning disable CA1")]
    [InlineData("A.cs", "[SuppressMessage(\"a\", \"b\")]")]
    [InlineData(".editorconfig", "[*.cs]\ndotnet_diagnostic.CA1.severity = none")]
    [InlineData("A.csproj", "<PropertyGroup>\n<NoWarn>CA1</NoWarn>")]
    [InlineData("A.csproj", "<PackageReference Include=\"A\" NoWarn=\"NU1\" />")]
    public void Suppressions_WithoutReason_AreFound(string file, string text) => WithoutReason(file, text).Should().ContainSingle();

    [Theory]
    [InlineData("A.cs", "#pragma warning disable CA1 // The store asks for it.")]
    [InlineData("A.cs", "// The store asks for it.\n#pragma warning disable CA1")]
    [InlineData("A.cs", "[SuppressMessage(\"a\", \"b\", Justification = \"The store asks for it.\")]")]
    [InlineData(".editorconfig", "# The store asks for it.\ndotnet_diagnostic.CA1.severity = none")]
    [InlineData("A.csproj", "<!-- The store asks for it. -->\n<NoWarn>CA1</NoWarn>")]
    public void Suppressions_WithReason_AreNotFound(string file, string text) => WithoutReason(file, text).Should().BeEmpty();

    [GeneratedRegex("""
        ^\s*\#pragma\ warning\ disable | \[.*SuppressMessage\( | ^dotnet_diagnostic.*severity\s*=\s*(none|silent) | <NoWarn | \sNoWarn=" |
        <WarningsNotAsErrors | <SuppressTfmSupportBuildWarnings | ^<Suppressions
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Suppression();

    /// <summary>A comment on the line or directly above it, or a justification.</summary>
    [GeneratedRegex("""//\s*\S.{8,}|^\s*\#\s+\S|-->\s*$|Justification\s*=\s*"\S""")]
    private static partial Regex Reason();

    private static IEnumerable<string> WithoutReason(string file, string text)
    {
        string[] lines = text.Split('\n');
        return Enumerable.Range(0, lines.Length)
            .Where(i => Suppression().IsMatch(lines[i]) && !Reason().IsMatch(lines[i]) && (i == 0 || !Reason().IsMatch(lines[i - 1])))
            .Select(i => $"{file}:{i + 1}: {lines[i].Trim()}");
    }

    private static IEnumerable<(string Name, string Text)> Files() => Repository.Files
        .Where(name => !name.EndsWith("/SuppressionTests.cs", StringComparison.Ordinal))
        .Where(name => Path.GetExtension(name) is ".cs" or ".csproj" or ".props" or ".targets" or ".xml" or ".editorconfig")
        .Select(name => (name, Repository.Read(name)));
}

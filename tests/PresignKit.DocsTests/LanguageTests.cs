using PresignKit.ArchitectureTests;

namespace PresignKit.DocsTests;

/// <summary>The F# and Visual Basic of docs/getting-started.md, which the package tests compile and run.</summary>
public class LanguageTests
{
    [Fact]
    public void Form_InFSharp_IsInTheApplicationOfThePackageTests() => Repository.Read("tests/PresignKit.PackageTests/Apps/FSharp/Program.fs").Should().Contain("""
        let policy =
            PostPolicy(
                PostKey.Prefix "user-42/",
                UseFileName = true,
                ContentType = "image/png",
                ContentLength = ContentLengthRange(1L, 5L <<< 20),
                Fields = readOnlyDict [ "x-amz-meta-owner", "ada" ],
                Conditions = [| PostCondition.ExactMatch("consent", "yes"); PostCondition.StartsWith("x-amz-meta-title", "My ") |]
            )
        """);

    [Fact]
    public void Form_InVisualBasic_IsInTheApplicationOfThePackageTests() => Dedent(Repository.Read("tests/PresignKit.PackageTests/Apps/VisualBasic/Program.vb")).Should().Contain("""
        Dim policy As New PostPolicy(PostKey.Prefix("user-42/")) With {
            .UseFileName = True,
            .ContentType = "image/png",
            .ContentLength = (1, 5 << 20),
            .Fields = New Dictionary(Of String, String) From {{"x-amz-meta-owner", "ada"}},
            .Conditions = {PostCondition.ExactMatch("consent", "yes"), PostCondition.StartsWith("x-amz-meta-title", "My ")}
        }
        """);

    // The program is the body of a method in a module.
    private static string Dedent(string text) => string.Join('\n', text.Split('\n').Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line));
}

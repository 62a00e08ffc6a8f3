using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PresignKit.ArchitectureTests.Architecture;

/// <summary>The rules for the library's source. Each rule returns its violations, one per line.</summary>
internal static class Rules
{
    // Folders that must not use HTTP, clocks, options or dependency injection.
    private static readonly string[] PureFolders = ["Text", "Signing"];

    private static readonly string[] NamespacesInPureFolders =
    [
        "System", "System.Buffers", "System.Buffers.Binary", "System.Buffers.Text", "System.Collections", "System.Collections.Frozen", "System.Collections.Generic", "System.Diagnostics.CodeAnalysis",
        "System.Globalization", "System.Linq", "System.Numerics", "System.Runtime.CompilerServices", "System.Runtime.InteropServices", "System.Runtime.Intrinsics", "System.Security.Cryptography",
        "System.Text", "System.Threading",
    ];

    // Types in the namespaces above that these folders must not use.
    private static readonly string[] TypesBannedInPureFolders = ["System.TimeProvider", "System.Uri", "System.Random", "System.Guid", "System.Console"];

    // The netstandard2.0 part of Platform/ also uses Uri, but SourceCode.Library does not compile that part.
    private static readonly (string File, string Reason)[] UriPlaces =
    [
        ("Platform/Net/Platform.cs", "creates the Uri that ToUri returns"),
        ("Urls/PresignedUrl.cs", "ToUri and ToHttpRequestMessage"),
        ("Endpoints/EndpointUrl.cs", "parses the authority of an endpoint, which contains no key"),
        ("Reading/UrlLocation.cs", "checks whether a host is an IP address"),
        ("Diagnostics/SentRequest.cs", "reads the address that System.Net.Http has sent"),
        ("Reading/PastedUrl.cs", "decodes a URL that was encoded twice, to display it; it is never signed"),
        ("Reading/UnescapedText.cs", "reads hexadecimal digits"),
    ];

    private static readonly string[] CultureDependent =
        ["System.DateTime", "System.DateTimeOffset", "System.TimeSpan", "System.DateOnly", "System.TimeOnly", "double", "float", "decimal", "System.DayOfWeek", "System.IFormattable"];

    private static readonly string[] VagueWords = ["Util", "Helper", "Common", "Manager", "Misc"];

    /// <summary>A file uses only the types in its own folder and in the folders that the table allows, without exceptions.</summary>
    public static IEnumerable<string> FolderDependencies(SourceCode code, FolderTable table) => code.References
        .Where(use => use.DeclaredIn is not null && !table.Allows(SourceCode.FolderOf(use.File), SourceCode.FolderOf(use.DeclaredIn)))
        .Select(use => $"{use.File}:{use.Line} uses {use.Type} of {SourceCode.FolderOf(use.DeclaredIn!)}").Distinct();

    /// <summary>Every folder with source files has an entry in the table.</summary>
    public static IEnumerable<string> FoldersWithoutEntry(SourceCode code, FolderTable table) =>
        code.Files.Keys.Select(SourceCode.FolderOf).Distinct().Where(folder => !table.Uses.ContainsKey(folder));

    /// <summary>A table entry is stale if its folder does not contain source files, or if it lists a folder whose types are not used.</summary>
    public static IEnumerable<string> StaleEntries(SourceCode code, FolderTable table)
    {
        HashSet<string> folders = [.. code.Files.Keys.Select(SourceCode.FolderOf)];
        HashSet<(string From, string To)> uses = [.. code.References.Where(use => use.DeclaredIn is not null)
            .Select(use => (SourceCode.FolderOf(use.File), SourceCode.FolderOf(use.DeclaredIn!)))];
        return table.Uses.Keys.Where(folder => !folders.Contains(folder)).Select(folder => $"{folder} has no source files")
            .Concat(table.Uses.SelectMany(entry => entry.Value.Where(to => !uses.Contains((entry.Key, to))).Select(to => $"{entry.Key} uses nothing of {to}")));
    }

    /// <summary>All parts of a partial type are in one folder. Otherwise, <see cref="FolderDependencies"/> would check only one of the parts.</summary>
    public static IEnumerable<string> TypesInOneFolder(SourceCode code) => Types(code)
        .GroupBy(type => code.Compilation.GetSemanticModel(type.SyntaxTree).GetDeclaredSymbol(type)!.ToDisplayString(), type => SourceCode.FolderOf(type.SyntaxTree.FilePath))
        .Where(type => type.Distinct().Count() > 1)
        .Select(type => $"{type.Key} is declared in {string.Join(" and ", type.Distinct())}");

    /// <summary>The folders Text and Signing use bytes, strings and hashes, but not HTTP, clocks, options or dependency injection.</summary>
    public static IEnumerable<string> PureSigning(SourceCode code) => code.References
        .Where(use => PureFolders.Contains(SourceCode.FolderOf(use.File)) && use.DeclaredIn is null)
        .Where(use => TypesBannedInPureFolders.Contains(use.Type) || !NamespacesInPureFolders.Contains(NamespaceOf(use)))
        .Select(use => $"{use.File}:{use.Line} uses {use.Type}").Distinct();

    /// <summary>System.Uri collapses dot segments and unescapes characters, so only files that are listed with a reason may use it.</summary>
    public static IEnumerable<string> UriOnlyInListedFiles(SourceCode code) => code.References
        .Where(use => use.Type is "System.Uri" or "System.UriBuilder" && !UriPlaces.Any(place => place.File == use.File))
        .Select(use => $"{use.File}:{use.Line} uses {use.Type}").Distinct();

    /// <summary>Every file that is listed as using System.Uri does use it, because a stale entry would permit a later use.</summary>
    public static IEnumerable<string> StaleUriPlaces(SourceCode code) => UriPlaces.Select(place => place.File)
        .Where(file => !code.References.Any(use => use.File == file && use.Type == "System.Uri"));

    /// <summary>Names of files and types are descriptive.</summary>
    public static IEnumerable<string> DescriptiveNames(SourceCode code) => code.Files.Keys.Where(IsVague)
        .Concat(Types(code).Select(type => type.Identifier.Text).Where(IsVague));

    /// <summary>A file declares one public type and is named after it. A part of a partial type is named Type.Part.cs.</summary>
    public static IEnumerable<string> OnePublicTypePerFile(SourceCode code)
    {
        foreach (IGrouping<string, BaseTypeDeclarationSyntax> file in Types(code).Where(IsPublic).GroupBy(type => type.SyntaxTree.FilePath))
        {
            string[] names = [.. file.Select(type => type.Identifier.Text).Distinct()];
            if (names.Length > 1 || names[0] != Path.GetFileName(file.Key).Split('.')[0])
            {
                yield return $"{file.Key} declares {string.Join(", ", names)}";
            }
        }
    }

    /// <summary>Differences between the targets are in the two parts of Platform/, not between #if and #endif.</summary>
    public static IEnumerable<string> NoConditionalCompilation(IReadOnlyDictionary<string, string> files) => files
        .SelectMany(file => SourceCode.Parse(file.Key, file.Value).GetRoot().DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.IfDirectiveTrivia)))
        .Select(trivia => $"{trivia.SyntaxTree!.FilePath} has {trivia}".Trim());

    /// <summary>String interpolation uses the current culture, and no analyzer reports it, so dates, durations and fractions belong in FormattableString.Invariant.</summary>
    public static IEnumerable<string> InvariantInterpolation(SourceCode code)
    {
        foreach (SyntaxTree tree in code.Compilation.SyntaxTrees)
        {
            SemanticModel model = code.Compilation.GetSemanticModel(tree);
            foreach (InterpolatedStringExpressionSyntax text in tree.GetRoot().DescendantNodes().OfType<InterpolatedStringExpressionSyntax>())
            {
                bool isInvariant = model.GetTypeInfo(text).ConvertedType?.Name is "FormattableString" or "IFormattable";
                foreach (InterpolationSyntax hole in text.Contents.OfType<InterpolationSyntax>())
                {
                    string type = model.GetTypeInfo(hole.Expression).Type?.ToDisplayString().TrimEnd('?') ?? "";
                    if (!isInvariant && CultureDependent.Contains(type))
                    {
                        yield return $"{tree.FilePath}:{hole.GetLocation().GetLineSpan().StartLinePosition.Line + 1} formats a {type}: {hole}";
                    }
                }
            }
        }
    }

    private static string NamespaceOf(Reference use) =>
        (use.Symbol as INamedTypeSymbol ?? use.Symbol.ContainingType).ContainingNamespace.ToDisplayString();

    private static bool IsVague(string name) => Array.Exists(VagueWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<BaseTypeDeclarationSyntax> Types(SourceCode code) =>
        code.Compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>());

    private static bool IsPublic(BaseTypeDeclarationSyntax type) =>
        type.Parent is not BaseTypeDeclarationSyntax && type.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.PublicKeyword));
}

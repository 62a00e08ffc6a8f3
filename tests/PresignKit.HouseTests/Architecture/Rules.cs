using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PresignKit.HouseTests.Architecture;

/// <summary>The rules of the house. Each returns what breaks it, one line a case.</summary>
internal static class Rules
{
    private const int MostLines = 150;

    // A folder, and the folders that it may know. Beside the folders ('.') stands the presigner, which puts all of them together.
    private static readonly Dictionary<string, string[]> Street = new()
    {
        ["."] = ["Configuration", "Credentials", "Endpoints", "Operations", "Posts", "Results", "Urls", "Verification", "Signing", "Net"],
        ["Configuration"] = [".", "Credentials", "Endpoints"],
        ["Verification"] = ["Credentials", "Endpoints", "Operations", "Urls", "Signing", "Net"],
        ["Urls"] = ["Endpoints", "Operations", "Results", "Signing", "Net"],
        ["Results"] = ["Posts", "Signing", "Net"],
        ["Posts"] = ["Operations", "Signing"],
        ["Credentials"] = ["Signing"],
        ["Endpoints"] = ["Signing"],
        ["Operations"] = ["Signing"],
        ["Signing"] = ["Net"],
        ["Net"] = [],
    };

    // From, to, and why.
    private static readonly (string File, string Type, string Reason)[] Shortcuts =
    [
        ("", "PresignKit.Printable", "every folder that writes messages makes a caller's text fit for them"),
        ("Endpoints/EndpointUrl.cs", "PresignKit.ObjectKey", "a base path has no dot segments, as a key has none"),
        ("Operations/CopySource.cs", "PresignKit.BucketName", "a copy source names a bucket"),
        ("Operations/CopySource.cs", "PresignKit.AccessPointArn", "a copy source is no ARN"),
    ];

    private static readonly string[] NamespacesForSigning =
    [
        "System", "System.Buffers", "System.Buffers.Binary", "System.Buffers.Text", "System.Collections.Generic", "System.Runtime.CompilerServices", "System.Runtime.InteropServices",
        "System.Security.Cryptography", "System.Text", "System.Threading", "System.Numerics", "System.Runtime.Intrinsics",
    ];

    private static readonly string[] StrangersToSigning = ["System.TimeProvider", "System.Uri", "System.Random", "System.Guid", "System.Console"];

    private static readonly (string File, string Reason)[] UriPlaces =
    [
        ("Net/Platform.cs", "makes the Uri of ToUri, at the very end"),
        ("NetStandard/Platform.cs", "its twin"),
        ("Results/PresignedUrl.cs", "ToUri"),
        ("Results/RequestMessage.cs", "an HttpRequestMessage has one"),
        ("Endpoints/EndpointUrl.cs", "reads the authority of an endpoint, which has no key in it"),
        ("Urls/UrlLocation.cs", "asks whether a host is an IP address"),
    ];

    private static readonly (string File, string Reason)[] LongFiles =
    [
        ("Endpoints/S3Provider.Table.cs", "one row a provider"),
        ("Endpoints/S3Endpoint.Stores.cs", "one documented method a provider"),
        ("Credentials/RefreshingCredentialsProvider.cs", "its documentation; the renewal is one piece"),
        ("Urls/PresignedUrlInfo.Redaction.cs", "one scan of a text, with the forms that it knows"),
        ("S3Presigner.cs", "documentation of the public members, a third of it"),
        ("Signing/CanonicalHeaders.cs", "one step of SigV4"),
    ];

    private static readonly string[] CultureDependent =
        ["System.DateTime", "System.DateTimeOffset", "System.TimeSpan", "System.DateOnly", "System.TimeOnly", "double", "float", "decimal", "System.DayOfWeek", "System.IFormattable"];

    private static readonly string[] EmptyWords = ["Util", "Helper", "Common", "Manager", "Misc"];

    /// <summary>A folder knows the folders that the one-way street leads to, and no other.</summary>
    public static IEnumerable<string> OneWayStreet(SourceCode code) => code.References
        .Where(one => one.DeclaredIn is not null && one.DeclaredIn != one.File)
        .Where(one => !IsOnTheStreet(SourceCode.FolderOf(one.File), SourceCode.FolderOf(one.DeclaredIn!)) && !IsShortcut(one))
        .Select(one => $"{one.File}:{one.Line} uses {one.Type} of {SourceCode.FolderOf(one.DeclaredIn!)}").Distinct();

    /// <summary>The signing core knows bytes, text and hashes: no HTTP, clock, options or dependency injection.</summary>
    public static IEnumerable<string> PureSigning(SourceCode code) => code.References
        .Where(one => SourceCode.FolderOf(one.File) == "Signing" && one.DeclaredIn is null)
        .Where(one => StrangersToSigning.Contains(one.Type) || !NamespacesForSigning.Contains(NamespaceOf(one)))
        .Select(one => $"{one.File}:{one.Line} uses {one.Type}").Distinct();

    /// <summary>System.Uri collapses dot segments and unescapes: it is in the places that are named here, with the reason.</summary>
    public static IEnumerable<string> UriInNamedPlaces(SourceCode code) => code.References
        .Where(one => one.Type is "System.Uri" or "System.UriBuilder" && !UriPlaces.Any(place => place.File == one.File))
        .Select(one => $"{one.File}:{one.Line} uses {one.Type}").Distinct();

    /// <summary>A name says what a thing is.</summary>
    public static IEnumerable<string> TellingNames(SourceCode code) => code.Files.Keys.Where(HasEmptyWord)
        .Concat(Types(code).Select(type => type.Identifier.Text).Where(HasEmptyWord));

    /// <summary>One public type a file, named as the file; a part of one is named Type.Part.cs.</summary>
    public static IEnumerable<string> OnePublicTypeAFile(SourceCode code)
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

    /// <summary>A file is read without scrolling long. The longer ones are named, with the reason.</summary>
    public static IEnumerable<string> ShortFiles(SourceCode code) => code.Files
        .Where(file => !LongFiles.Any(one => one.File == file.Key))
        .Select(file => (file.Key, Lines: file.Value.TrimEnd('\n').Split('\n').Length))
        .Where(file => file.Lines > MostLines)
        .Select(file => $"{file.Key} has {file.Lines} lines");

    /// <summary>What differs between the targets stands in the folders Net and NetStandard, not between #if and #endif.</summary>
    public static IEnumerable<string> NoConditions(SourceCode code) => code.Compilation.SyntaxTrees
        .SelectMany(tree => tree.GetRoot().DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.IfDirectiveTrivia)))
        .Select(trivia => $"{trivia.SyntaxTree!.FilePath} has {trivia}".Trim());

    /// <summary>An interpolated text takes the current culture, which no analyzer sees: dates, durations and fractions stand in FormattableString.Invariant.</summary>
    public static IEnumerable<string> InvariantText(SourceCode code)
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
                        yield return $"{tree.FilePath}:{hole.GetLocation().GetLineSpan().StartLinePosition.Line + 1} writes a {type}: {hole}";
                    }
                }
            }
        }
    }

    /// <summary>What is listed as an exception is one: a stale line would let something else in.</summary>
    public static IEnumerable<string> StaleExceptions(SourceCode code) =>
    [
        .. UriPlaces.Where(place => !code.Files.ContainsKey(place.File) && !place.File.StartsWith("NetStandard/", StringComparison.Ordinal)).Select(place => place.File),
        .. UriPlaces.Where(place => code.Files.ContainsKey(place.File) && !code.References.Any(one => one.File == place.File && one.Type == "System.Uri")).Select(place => place.File),
        .. LongFiles.Where(file => !code.Files.ContainsKey(file.File)).Select(file => file.File),
        .. Shortcuts.Where(way => !code.References.Any(one => one.Type == way.Type && (way.File.Length == 0 || one.File == way.File))).Select(way => way.File + way.Type),
    ];

    private static bool IsOnTheStreet(string from, string to) => from == to || (Street.TryGetValue(from, out string[]? known) && known.Contains(to));

    private static bool IsShortcut(Reference one) => Array.Exists(
        Shortcuts, way => way.Type == one.Type && (way.File == one.File || (way.File.Length == 0 && SourceCode.FolderOf(one.File) is not ("Signing" or "Net"))));

    private static string NamespaceOf(Reference one) =>
        (one.Symbol as INamedTypeSymbol ?? one.Symbol.ContainingType).ContainingNamespace.ToDisplayString();

    private static bool HasEmptyWord(string name) => Array.Exists(EmptyWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<BaseTypeDeclarationSyntax> Types(SourceCode code) =>
        code.Compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>());

    private static bool IsPublic(BaseTypeDeclarationSyntax type) =>
        type.Parent is not BaseTypeDeclarationSyntax && type.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.PublicKeyword));
}

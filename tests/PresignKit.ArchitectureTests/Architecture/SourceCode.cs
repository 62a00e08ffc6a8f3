using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PresignKit.ArchitectureTests.Architecture;

/// <summary>Source files compiled in memory, to find out which file declares each type and which types each file uses.</summary>
internal sealed class SourceCode
{
    private const string GlobalUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    // All compilations share the metadata of the referenced assemblies.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Sources",
        [Parse("obj/GlobalUsings.cs", GlobalUsings)],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file) != "PresignKit.dll").Select(file => MetadataReference.CreateFromFile(file)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private readonly Dictionary<INamedTypeSymbol, (string Name, string? DeclaredIn)> _types = new(SymbolEqualityComparer.Default);
    private readonly Lazy<IReadOnlyList<Reference>> _references;

    private SourceCode(IReadOnlyDictionary<string, string> files)
    {
        Files = files;
        Compilation = Empty.AddSyntaxTrees(files.Select(file => Parse(file.Key, file.Value)));
        _references = new(() => [.. Compilation.SyntaxTrees.SelectMany(ReferencesIn)]);
    }

    /// <summary>The library as it is built for .NET, compiled once for all tests.</summary>
    public static SourceCode Library { get; } =
        new(Repository.LibrarySources.Where(file => !file.Key.StartsWith("Platform/NetStandard/", StringComparison.Ordinal)).ToDictionary());

    public CSharpCompilation Compilation { get; }

    // CS8795: the implementation of a [LoggerMessage] method comes from a source generator, which does not run here.
    private const string PartialMethodWithoutImplementation = "CS8795";

    /// <summary>The compiler's errors. If there are any, references may be missing.</summary>
    public IReadOnlyList<string> Errors =>
        [.. Compilation.GetDiagnostics().Where(diagnostic => diagnostic is { Severity: DiagnosticSeverity.Error, Id: not PartialMethodWithoutImplementation }).Select(diagnostic => diagnostic.ToString())];

    public IReadOnlyDictionary<string, string> Files { get; }

    public IReadOnlyList<Reference> References => _references.Value;

    public static SourceCode Of(params (string Path, string Text)[] files) => new(files.ToDictionary(file => file.Path, file => file.Text));

    public static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp14), path);

    /// <summary>Returns the first segment of a path, or <c>.</c> for a file in the project's root.</summary>
    public static string FolderOf(string path) => path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/', StringComparison.Ordinal)] : ".";

    private IEnumerable<Reference> ReferencesIn(SyntaxTree tree)
    {
        SemanticModel model = Compilation.GetSemanticModel(tree);
        SyntaxNode[] nodes = [.. tree.GetRoot().DescendantNodes()];

        // Includes the types that a line uses without naming them, such as the type of 'new(…)', of 'var' or of a call's result.
        return nodes.OfType<SimpleNameSyntax>().Select(name => ReferenceTo(name, model.GetSymbolInfo(name).Symbol))
            .Concat(nodes.OfType<ExpressionSyntax>().Select(expression => ReferenceTo(expression, model.GetTypeInfo(expression).Type)))
            .OfType<Reference>();
    }

    private Reference? ReferenceTo(SyntaxNode node, ISymbol? symbol)
    {
        INamedTypeSymbol? type = (symbol as INamedTypeSymbol ?? symbol?.ContainingType)?.OriginalDefinition;
        // The expression does not have a type, such as a discard.
        if (type is null or { TypeKind: TypeKind.Error })
        {
            return null;
        }

        if (!_types.TryGetValue(type, out (string Name, string? DeclaredIn) known))
        {
            known = (type.ToDisplayString(), type.DeclaringSyntaxReferences.Select(declaration => declaration.SyntaxTree.FilePath).Order(StringComparer.Ordinal).FirstOrDefault());
            _types.Add(type, known);
        }

        return new Reference(node.SyntaxTree.FilePath, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, known.Name, symbol!, known.DeclaredIn);
    }
}

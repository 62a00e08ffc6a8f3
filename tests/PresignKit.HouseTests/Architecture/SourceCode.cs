using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PresignKit.HouseTests.Architecture;

/// <summary>Source files compiled in memory: which type is declared where, and what each file refers to.</summary>
internal sealed class SourceCode
{
    private const string GlobalUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference[] Assemblies = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Where(file => Path.GetFileName(file) != "PresignKit.dll").Select(file => MetadataReference.CreateFromFile(file))];

    private readonly List<Reference> _references = [];

    private SourceCode(IReadOnlyDictionary<string, string> files)
    {
        CSharpParseOptions options = new(LanguageVersion.CSharp14);
        SyntaxTree[] trees = [.. files.Append(new KeyValuePair<string, string>("obj/GlobalUsings.cs", GlobalUsings))
            .Select(file => CSharpSyntaxTree.ParseText(file.Value, options, file.Key))];
        Compilation = CSharpCompilation.Create(
            "Sources", trees, Assemblies, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Errors = [.. Compilation.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error).Select(one => one.ToString())];
        Files = files;
        foreach (SyntaxTree tree in trees)
        {
            Collect(tree);
        }
    }

    /// <summary>The library as it is built for .NET.</summary>
    public static SourceCode Library { get; } = new(Repository.LibrarySources.Where(file => FolderOf(file.Key) != "NetStandard").ToDictionary());

    public CSharpCompilation Compilation { get; }

    /// <summary>Where there are any, references may be missing.</summary>
    public IReadOnlyList<string> Errors { get; }

    public IReadOnlyDictionary<string, string> Files { get; }

    public IReadOnlyList<Reference> References => _references;

    public static SourceCode Of(params (string Path, string Text)[] files) => new(files.ToDictionary(file => file.Path, file => file.Text));

    /// <summary>The first part of a path; <c>.</c> for a file beside the folders.</summary>
    public static string FolderOf(string path) => path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/', StringComparison.Ordinal)] : ".";

    private void Collect(SyntaxTree tree)
    {
        SemanticModel model = Compilation.GetSemanticModel(tree);
        foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (model.GetSymbolInfo(name).Symbol is { } symbol)
            {
                Add(tree, name, symbol);
            }
        }

        // What a line uses without naming it: the type of 'new(…)', of 'var' and of a call's result.
        foreach (ExpressionSyntax expression in tree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>())
        {
            if (model.GetTypeInfo(expression).Type is { } type)
            {
                Add(tree, expression, type);
            }
        }
    }

    private void Add(SyntaxTree tree, SyntaxNode node, ISymbol symbol)
    {
        INamedTypeSymbol? type = (symbol as INamedTypeSymbol ?? symbol.ContainingType)?.OriginalDefinition;
        // An expression without a type of its own, such as a discard.
        if (type is null or { TypeKind: TypeKind.Error })
        {
            return;
        }

        string? declaredIn = type.DeclaringSyntaxReferences.Select(one => one.SyntaxTree.FilePath).Order(StringComparer.Ordinal).FirstOrDefault();
        _references.Add(new Reference(tree.FilePath, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, type.ToDisplayString(), symbol, declaredIn));
    }
}

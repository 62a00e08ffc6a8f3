using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PresignKit.ArchitectureTests.Documents;

/// <summary>A source file that contains the code blocks of pages and whose code the tests run.</summary>
internal sealed class SnippetSource
{
    private static readonly string[] Folders = ["tests/PresignKit.DocsTests", "tests/PresignKit.LiveTests", "tests/PresignKit.AspNetCore.Tests", "tests/PresignKit.LocalS3.Tests", "tests/PresignKit.PackageTests", "samples/WebApi.Tests"];
    private readonly Lazy<SyntaxNode> _root;
    private readonly Lazy<HashSet<string>> _names;

    private SnippetSource(string path, string text)
    {
        Path = path;
        Lines = text.Split('\n');
        _root = new(() => CSharpSyntaxTree.ParseText(string.Join('\n', Lines), new CSharpParseOptions(LanguageVersion.CSharp14)).GetRoot());
        _names = new(() => path.EndsWith(".cs", StringComparison.Ordinal) ? [.. _root.Value.DescendantNodes().OfType<SimpleNameSyntax>().Select(name => name.Identifier.Text)] : []);
    }

    public static IReadOnlyList<SnippetSource> All { get; } =
    [
        .. Repository.Files
            .Where(path => Array.Exists(Folders, folder => path.StartsWith(folder + "/", StringComparison.Ordinal)) && System.IO.Path.GetExtension(path) is (".cs" or ".py"))
            .Select(path => new SnippetSource(path, Repository.Read(path))),
    ];

    public static SnippetSource Of(string path, string text) => new(path, text);

    public string Path { get; }

    public string[] Lines { get; }

    /// <summary>Determines whether tests run these lines: the lines are in a test, or in a method or a type that other test code refers to.</summary>
    public bool IsRun(int firstLine, int count)
    {
        int last = firstLine + count - 1;
        TextLineCollection lines = _root.Value.SyntaxTree.GetText().Lines;
        MethodDeclarationSyntax[] methods = [.. _root.Value.DescendantNodes().OfType<MethodDeclarationSyntax>()];
        MethodDeclarationSyntax[] around = [.. methods.Where(method => LineOf(lines, method.Span.Start) <= firstLine && LineOf(lines, method.Span.End) >= last)];
        if (around.Length > 0)
        {
            return around.Any(IsCalled);
        }

        // The lines declare whole members or a whole type.
        MemberDeclarationSyntax[] within = [.. _root.Value.DescendantNodes().OfType<MemberDeclarationSyntax>()
            .Where(member => LineOf(lines, member.Span.Start) >= firstLine && LineOf(lines, member.Span.End) <= last)];
        return within.OfType<BaseTypeDeclarationSyntax>().FirstOrDefault() is { } type
            ? IsNamed(type.Identifier.Text)
            : within.Length > 0 && within.OfType<MethodDeclarationSyntax>().All(IsCalled);
    }

    private static int LineOf(TextLineCollection lines, int position) => lines.GetLinePosition(position).Line;

    private bool IsCalled(MethodDeclarationSyntax method) =>
        IsTest(method) || IsNamed(method.Modifiers.Any(SyntaxKind.OverrideKeyword) ? TypeAround(method) : method.Identifier.Text);

    private static bool IsTest(MethodDeclarationSyntax method) => method.AttributeLists.SelectMany(list => list.Attributes)
        .Any(attribute => attribute.Name.ToString() is var name && (name.EndsWith("Fact", StringComparison.Ordinal) || name.EndsWith("Theory", StringComparison.Ordinal)));

    private static string TypeAround(SyntaxNode node) => node.Ancestors().OfType<BaseTypeDeclarationSyntax>().First().Identifier.Text;

    // In the syntax tree, a declared identifier is only a token, but each use is a name node.
    private bool IsNamed(string identifier) => All.Append(this).Any(source => source._names.Value.Contains(identifier));
}

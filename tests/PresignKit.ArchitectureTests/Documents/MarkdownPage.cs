using System.Text;
using System.Text.RegularExpressions;

namespace PresignKit.ArchitectureTests.Documents;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">The language after the fence. Empty for shell commands.</param>
/// <param name="Text">The lines, without their common indentation.</param>
internal sealed record Block(string Language, string Text);

/// <summary>A Markdown file of this repository.</summary>
internal sealed partial class MarkdownPage
{
    public MarkdownPage(string path, string text)
    {
        Path = path;
        Text = text;
        Blocks = [.. Fence().Matches(Text).Select(match => new Block(match.Groups["language"].Value, Lines.Dedent(match.Groups["text"].Value)))];
        Prose = Fence().Replace(Text, "");
    }

    /// <summary>All pages by their path in the repository.</summary>
    public static IReadOnlyDictionary<string, MarkdownPage> All { get; } = Repository.Files
        .Where(path => path.EndsWith(".md", StringComparison.Ordinal) && !path.Split('/').Any(part => part.StartsWith('.')))
        .ToDictionary(path => path, path => new MarkdownPage(path, Repository.Read(path)));

    public string Path { get; }

    public string Text { get; }

    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>The page without its blocks.</summary>
    public string Prose { get; }

    /// <summary>The targets of its links.</summary>
    public IEnumerable<string> Links => Link().Matches(InlineCode().Replace(Prose, "")).Select(match => match.Groups["target"].Value);

    /// <summary>The anchors of its headings, as GitHub generates them: the words in lowercase, joined by hyphens, without punctuation.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Prose).Select(match => AnchorOf(match.Groups["text"].Value));

    /// <summary>The lines of its shell blocks, and the inline code of its text.</summary>
    public IEnumerable<string> Commands => Blocks.Where(block => block.Language is "" or "sh").SelectMany(block => block.Text.Split('\n'))
        .Concat(InlineCode().Matches(Prose).Select(match => match.Value.Trim('`')));

    private static string AnchorOf(string heading)
    {
        StringBuilder anchor = new();
        foreach (char c in heading.Trim())
        {
            if (char.IsLetterOrDigit(c) || c is '-' or '_')
            {
                anchor.Append(char.ToLowerInvariant(c));
            }
            else if (c == ' ')
            {
                anchor.Append('-');
            }
        }

        return anchor.ToString();
    }

    [GeneratedRegex(@"^(?<fence>`{3,})(?<language>\w*)\n(?<text>.*?)^\k<fence>$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("(?<!\\[)`[^`\n]*`(?!\\])")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}

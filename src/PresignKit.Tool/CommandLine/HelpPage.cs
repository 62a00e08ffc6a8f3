using System.CommandLine;
using System.Text;

namespace PresignKit.Tool.CommandLine;

/// <summary>Writes the help of the tool and of each verb, wrapped at the width of the terminal.</summary>
internal sealed class HelpPage
{
    private const int MinWidth = 40;
    private const int MaxWidth = 100;

    // If an option is longer than this, its description starts on the next line.
    private const int MaxTermWidth = 34;

    // The column of a description that contains a word that is too long for the second column
    private const int NarrowColumn = 4;

    private readonly StringBuilder _text = new();
    private readonly int _width;
    private readonly bool _isColored;

    private HelpPage(int width, bool isColored)
    {
        _width = Math.Clamp(width, MinWidth, MaxWidth);
        _isColored = isColored;
    }

    public static void Write(Command command, CommandTree tree, ToolContext context, bool isColored, Stream output) => output.Write(Encoding.UTF8.GetBytes(Text(command, tree, context.Width, isColored)));

    public static void Write(Command command, CommandTree tree, ToolContext context, bool isColored, TextWriter output) => output.Write(Text(command, tree, context.Width, isColored));

    private static string Text(Command command, CommandTree tree, int width, bool isColored)
    {
        HelpPage page = new(width, isColored);
        if (command is Verb verb)
        {
            page.AddVerb(verb, tree);
        }
        else
        {
            page.AddRoot(tree);
        }

        return page._text.ToString();
    }

    private void AddRoot(CommandTree tree)
    {
        AddParagraph(tree.Root.Description!);
        AddHeading("Examples");
        AddRows(
        [
            ("presign s3://my-space/report.pdf", "Create a link that downloads for an hour"),
            ("presign put s3://my-space/a.png --for a.png", "Create a URL that accepts exactly this file"),
            ("presign inspect", "Paste a presigned URL and read it"),
            ("presign explain URL error.xml", "Find out why the store responded with 403"),
        ]);
        foreach ((string heading, IReadOnlyList<Verb> verbs) in tree.Groups)
        {
            AddHeading(heading);
            AddRows([.. verbs.Select(verb => (verb.Name, FirstSentence(verb.Description!)))]);
        }

        AddStore(tree);
        _text.Append('\n');
        AddParagraph("'presign get --help' lists the options of a command. Exit codes: 0 success, 1 negative result, 2 usage, 3 credentials or store, 4 network.");
    }

    private void AddVerb(Verb verb, CommandTree tree)
    {
        AddParagraph(verb.Description!);
        AddHeading("Usage");
        AddRow(0, $"presign {verb.Name}{string.Concat(verb.Arguments.Select(Argument))} [options]", "");
        AddHeading("Examples");
        foreach ((string line, string comment) in verb.Examples)
        {
            AddCommand(line);
            AddRow(4, "", comment);
        }

        if (verb.Arguments.Any(argument => argument.Description is not null))
        {
            AddHeading("Arguments");
            AddRows([.. verb.Arguments.Select(argument => (argument.HelpName ?? argument.Name, argument.Description ?? ""))]);
        }

        foreach (OptionGroup group in verb.Groups)
        {
            AddOptions(group);
        }

        if (verb.UsesStore)
        {
            AddStore(tree);
        }

        AddOptions(new OptionGroup(tree.Store.General.Heading, [.. tree.Store.General.Options, tree.Help]));
    }

    private void AddStore(CommandTree tree)
    {
        AddOptions(tree.Store.Store);
        AddOptions(tree.Store.Credentials);
        AddIndented(2, "Environment: AWS_ENDPOINT_URL_S3, AWS_REGION, AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, SPACES_ACCESS_KEY_ID, SPACES_SECRET_ACCESS_KEY");
    }

    private void AddOptions(OptionGroup group)
    {
        AddHeading(group.Heading);
        AddRows([.. group.Options.Where(option => !option.Hidden).Select(option => (Term(option), option.Description ?? ""))]);
    }

    private static string Term(Option option)
    {
        string alias = option.Aliases.FirstOrDefault() is { } shorter ? ", " + shorter : "";
        return option.Name + alias + (option.HelpName is null ? "" : " " + option.HelpName);
    }

    private static string Argument(Argument argument)
    {
        string name = argument.HelpName ?? argument.Name;
        string repeated = argument.Arity.MaximumNumberOfValues > 1 ? name + "…" : name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $" [{repeated}]" : " " + repeated;
    }

    private static string FirstSentence(string text)
    {
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }

    private void AddHeading(string heading) => _text.Append('\n').Append(_isColored ? $"\e[1m{heading}\e[0m" : heading).Append('\n');

    private void AddRows(IReadOnlyList<(string Term, string Description)> rows)
    {
        int longest = rows.Select(row => row.Term.Length).Where(length => length <= Math.Min(MaxTermWidth, _width / 2)).DefaultIfEmpty(0).Max();
        foreach ((string term, string description) in rows)
        {
            AddRow(longest, term, description);
        }
    }

    // A command that needs several lines continues after a backslash, so that it can be copied.
    private void AddCommand(string line)
    {
        string[] lines = [.. Wrap(line, _width - 6)];
        for (int i = 0; i < lines.Length; i++)
        {
            _text.Append(' ', i == 0 ? 2 : 4).Append(lines[i]).Append(i < lines.Length - 1 ? " \\" : "").Append('\n');
        }
    }

    // Adds a term, and its description in the second column.
    private void AddRow(int termWidth, string term, string description)
    {
        if (description.Length == 0)
        {
            AddIndented(2, term, hanging: 4);
            return;
        }

        // A word that does not fit into the second column, such as a URL on a narrow terminal, moves the description to the left, so that the terminal does not break the word.
        int column = 2 + termWidth + 2;
        bool fits = Words(description).Max(word => word.Length) <= _width - column;
        if (term.Length > termWidth || !fits)
        {
            if (term.Length > 0)
            {
                AddIndented(2, term, hanging: 4);
            }

            AddIndented(fits ? column : Math.Min(column, NarrowColumn), description);
            return;
        }

        string[] lines = [.. Wrap(description, _width - column)];
        _text.Append("  ").Append(term.PadRight(termWidth + 2)).Append(lines[0]).Append('\n');
        foreach (string line in lines.Skip(1))
        {
            _text.Append(' ', column).Append(line).Append('\n');
        }
    }

    private void AddParagraph(string text)
    {
        foreach (string line in Wrap(text, _width))
        {
            _text.Append(line).Append('\n');
        }
    }

    private void AddIndented(int indent, string text, int? hanging = null)
    {
        int at = indent;
        foreach (string line in Wrap(text, _width - Math.Max(indent, hanging ?? 0)))
        {
            _text.Append(' ', at).Append(line).Append('\n');
            at = hanging ?? indent;
        }
    }

    // Breaks lines at spaces outside quotation marks only: an option, a URL or a quoted command must not be split, so that it can be copied.
    private static IEnumerable<string> Wrap(string text, int width)
    {
        StringBuilder line = new();
        foreach (string word in Words(text))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }

    private static IEnumerable<string> Words(string text)
    {
        string? quoted = null;
        foreach (string word in text.Split(' '))
        {
            quoted = quoted is null ? word : quoted + " " + word;
            if (quoted[..Math.Min(1, quoted.Length)] == "'" && quoted.Count(c => c == '\'') % 2 == 1)
            {
                continue;
            }

            yield return quoted;
            quoted = null;
        }

        if (quoted is not null)
        {
            yield return quoted;
        }
    }
}

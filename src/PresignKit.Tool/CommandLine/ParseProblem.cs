using System.CommandLine;
using System.CommandLine.Parsing;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.CommandLine;

/// <summary>Describes the first problem of a command line in one line, with the nearest name as a suggestion.</summary>
internal static class ParseProblem
{
    // A name that requires more edits than this, or more than one edit per three characters, is not suggested.
    private const int MaxDistance = 3;
    private const int LettersPerEdit = 3;

    // A shorter text is the start of too many names.
    private const int MinPrefix = 3;

    /// <summary>Returns the first problem of a command line, or <c>null</c> if there is none.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="args">The arguments as they were specified. The parser uses an option as the value of the option before it, and the value of a switch as an argument.</param>
    public static string? Find(ParseResult result, IReadOnlyList<string> args) => FindInValues(result.CommandResult.Command, args) ?? Find(result);

    public static string? Find(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        string? unmatched = result.UnmatchedTokens.Count > 0 ? result.UnmatchedTokens[0] : null;
        if ((unmatched is ['-', _, ..] ? unmatched : OptionAsArgument(result)) is { } unknown)
        {
            string name = unknown.Split('=')[0];

            // '--version' is an option of the tool, not of its commands.
            bool isOfTool = command.Parents.OfType<RootCommand>().Any(root => FindOption([.. root.Options], name) is not null);
            return isOfTool ? $"The option '{name}' cannot be combined with a command. Use 'presign {name}'."
                : $"The option '{Shown.Text(name)}' does not exist.{Suggestion(name, OptionsOf(command).Where(one => !one.Hidden).Select(one => one.Name))}";
        }

        if (command is RootCommand)
        {
            return unmatched is null ? "No command is specified."
                : unmatched.Contains('/', StringComparison.Ordinal) ? $"'{Shown.Text(PresignedUrlInfo.Redact(unmatched))}' is not a command. Use 'presign get s3://bucket/key' to create a URL, or 'presign inspect' to read one."
                : $"The command '{Shown.Text(unmatched)}' does not exist.{Suggestion(unmatched, command.Subcommands.Select(verb => verb.Name))}";
        }

        if (unmatched is not null)
        {
            return $"'{Shown.Text(PresignedUrlInfo.Redact(unmatched))}' is one argument too many.{(command.Arguments.Count == 0 ? "" : " Put a value that contains spaces or '&' in single quotation marks.")}";
        }

        if (result.Errors.Count == 0)
        {
            return null;
        }

        foreach (ParseError error in result.Errors)
        {
            switch (error.SymbolResult)
            {
                case OptionResult { Tokens.Count: 0, Option.Arity.MaximumNumberOfValues: 0 } option:
                    return $"{option.Option.Name} cannot be combined with other arguments. Specify it alone.";
                case OptionResult { Tokens.Count: 0 } option:
                    return MissingValue(option.IdentifierToken?.Value ?? option.Option.Name);
                case OptionResult option when option.Option.Arity.MaximumNumberOfValues == 1 && option.Tokens.Count > 1:
                    return $"{option.Option.Name}: The option is specified more than once. Specify it once.";
                case ArgumentResult { Tokens.Count: 0 } argument:
                    return Missing(argument.Argument, result);
                case CommandResult { Command: Verb verb } when verb.Arguments.FirstOrDefault(one => one.Arity.MinimumNumberOfValues > 0 && result.GetResult(one) is null or { Tokens.Count: 0 }) is { } argument:
                    return Missing(argument, result);
            }
        }

        return result.Errors[0].Message.Split('\n')[0];
    }

    private static string? FindInValues(Command command, IReadOnlyList<string> args)
    {
        List<Option> options = [.. OptionsOf(command)];
        for (int i = 0; i < args.Count && args[i] != "--"; i++)
        {
            string[] parts = args[i].Split('=', 2);
            if (FindOption(options, parts[0]) is not { } option)
            {
                continue;
            }

            if (option.Arity.MaximumNumberOfValues == 0)
            {
                if (parts.Length > 1)
                {
                    return $"{parts[0]}: The option does not accept a value. Specify only '{parts[0]}'.";
                }

                continue;
            }

            bool isNext = parts.Length == 1;
            if (isNext && option.Arity.MinimumNumberOfValues > 0 && i + 1 < args.Count && FindOption(options, args[i + 1].Split('=')[0]) is not null)
            {
                return MissingValue(parts[0]);
            }

            // .NET replaces the bytes of an argument that are not valid UTF-8 with this character.
            if ((isNext ? args.ElementAtOrDefault(i + 1) ?? "" : parts[1]).Contains('\uFFFD', StringComparison.Ordinal))
            {
                return $"{parts[0]}: The value contains U+FFFD, which replaces bytes that are not valid UTF-8. Specify the value in UTF-8.";
            }

            i += isNext && option.Arity.MinimumNumberOfValues > 0 ? 1 : 0;
        }

        return null;
    }

    private static Option? FindOption(List<Option> options, string name) => options.Find(option => option.Name == name || option.Aliases.Contains(name));

    private static string MissingValue(string name) => $"{name}: The value is missing. Specify it after the option.";

    // The parser uses an unknown option as an argument if an argument is still missing. After '--', the text really is an argument.
    private static string? OptionAsArgument(ParseResult result)
    {
        List<Token> arguments = [.. result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)];
        return result.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).FirstOrDefault(token => token.Value is ['-', _, ..] && arguments.Exists(one => ReferenceEquals(one, token)))?.Value;
    }

    private static string Missing(Argument argument, ParseResult result)
    {
        // The value of these options is optional, so the parser uses an argument that follows them as the value.
        OptionResult? option = result.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(one => one.Tokens.Count == 1 && one.Option.Arity is { MinimumNumberOfValues: 0, MaximumNumberOfValues: 1 });
        string reason = option is null ? "" : $" If it is '{Shown.Text(option.Tokens[0].Value)}', put {option.Option.Name} after it.";
        return $"The argument {argument.HelpName ?? argument.Name} is missing.{reason}";
    }

    private static IEnumerable<Option> OptionsOf(Command command)
    {
        foreach (Symbol symbol in (Symbol[])[command, .. command.Parents])
        {
            foreach (Option option in ((Command)symbol).Options)
            {
                if (symbol == command || option.Recursive)
                {
                    yield return option;
                }
            }
        }
    }

    internal static string Suggestion(string name, IEnumerable<string> names)
    {
        // An abbreviation, such as '--expires' for '--expires-in', is more common than several typing errors.
        string[] all = [.. names];
        if (name.TrimStart('-').Length >= MinPrefix && all.Where(one => one.StartsWith(name, StringComparison.Ordinal)).MinBy(one => one.Length) is { } whole)
        {
            return $" Did you mean '{whole}'?";
        }

        string? nearest = all.Where(one => Math.Abs(one.Length - name.Length) <= MaxDistance).MinBy(one => Distance(one, name));
        return nearest is not null && Distance(nearest, name) <= Math.Min(MaxDistance, (name.TrimStart('-').Length + 1) / LettersPerEdit) ? $" Did you mean '{nearest}'?" : "";
    }

    // The optimal string alignment distance: insertions, deletions, substitutions, and swaps of neighbors, which are the most common typing errors.
    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int best = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                bool isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                cost[i, j] = isSwap ? Math.Min(best, cost[i - 2, j - 2] + 1) : best;
            }
        }

        return cost[a.Length, b.Length];
    }
}

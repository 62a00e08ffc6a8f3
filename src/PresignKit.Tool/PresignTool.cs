using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Output;
using PresignKit.Tool.Verbs;

namespace PresignKit.Tool;

/// <summary>Runs the command: parses the arguments, runs a verb, and turns every failure into one line and an exit code.</summary>
internal static class PresignTool
{
    // A response file (@file) would read the file that a value such as '@x' happens to name, and POSIX bundling would recognize '-h' within other options.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    // Ctrl-C is not handled: the runtime restores the terminal and ends the process by the signal, which also interrupts a read that waits for input, and which a shell reports as exit code 130.
    public static async Task<int> RunAsync(string[] args, ToolContext context)
    {
        try
        {
            return await ParseAndRunAsync(args, context);
        }
        catch (IOException e) when (StandardOutput.IsBrokenPipe(e))
        {
            return ExitCode.BrokenPipe;
        }
        catch (Exception e)
        {
            ToolException error = Messages.Describe(e) ?? Defect(e);
            context.WriteError(Text(error, usesUntil: Array.Exists(args, argument => argument == "--until" || argument.StartsWith("--until=", StringComparison.Ordinal))));
            return error.Code;
        }
    }

    private static async Task<int> ParseAndRunAsync(string[] args, ToolContext context)
    {
        CommandTree tree = new(context);
        args = CommandTree.WithAddressFirst(tree.WithDefaultVerb(args));
        ParseResult parsed = tree.Root.Parse(args, Parser);
        if (parsed.GetResult(tree.Help) is not null)
        {
            HelpPage.Write(parsed.CommandResult.Command, tree, context, tree.Store.IsColored(parsed, context.IsOutputTerminal), context.Output);
            return ExitCode.Success;
        }

        if (parsed is { Action: not null, Errors.Count: 0 } && IsBuiltIn(parsed))
        {
            return await InvokeAsync(parsed, context);
        }

        tree.Store.RejectSecrets(parsed);
        if (args.Length == 0)
        {
            HelpPage.Write(tree.Root, tree, context, tree.Store.IsColored(parsed, context.IsErrorTerminal), context.Error);
            return ExitCode.Usage;
        }

        if (ParseProblem.Find(parsed, args) is { } problem)
        {
            throw ToolException.Usage(problem, parsed.CommandResult.Command == tree.Root ? "" : parsed.CommandResult.Command.Name);
        }

        if (tree.Store.IsUnsigned(parsed) && parsed.CommandResult.Command is not PresignVerb)
        {
            throw ToolException.Usage("--no-sign-request: Nothing would be signed. Remove the option.");
        }

        // Commands that do not use color also reject a value that is not valid.
        _ = tree.Store.IsColored(parsed, isTerminal: false);
        OpenSsl.Require();
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    // The built-in parts are --version and the [suggest] directive, which shell completion uses.
    private static bool IsBuiltIn(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand || parsed.Tokens.Any(token => token.Type == TokenType.Directive);

    private static async Task<int> InvokeAsync(ParseResult parsed, ToolContext context)
    {
        StringWriter output = new();
        int code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = context.Error, EnableDefaultExceptionHandler = false });
        context.Output.Write(Encoding.UTF8.GetBytes(output.ToString().ReplaceLineEndings("\n")));
        return code;
    }

    // The message of an unexpected exception is not shown, because it could contain a secret or control characters.
    private static ToolException Defect(Exception exception) =>
        new(ExitCode.Defect, $"An unexpected error occurred ({exception.GetType().Name}). Please report it, with the command but without secrets and URLs.", exception);

    private static string Text(ToolException error, bool usesUntil)
    {
        // The library's message refers to --expires-in, even if the lifetime was specified with --until.
        string message = usesUntil ? error.Message.Replace("--expires-in is ", "--until: The lifetime is ", StringComparison.Ordinal) : error.Message;
        string help = error.SeeHelpOf is null ? "" : error.SeeHelpOf.Length == 0 ? " See 'presign --help'." : $" See 'presign {error.SeeHelpOf} --help'.";
        return Shown.Whole(message) + help;
    }
}

using System.CommandLine;

namespace PresignKit.Tool.Input;

/// <summary>Reads the URL of a command: the argument, standard input, or the answer to a prompt.</summary>
internal static class UrlInput
{
    /// <summary>Creates the argument, which can be omitted so that the URL does not get into the shell's history.</summary>
    public static Argument<string?> Argument() => new("URL")
    {
        HelpName = "URL",
        Description = "Presigned URL, or a text that contains it; '-' reads standard input, and without a URL the command asks for it",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Reads and repairs a presigned URL, and writes a note for each repair.</summary>
    /// <remarks>The notes are written even if standard error is not a terminal, because the repaired URL is not the one that was passed.</remarks>
    /// <exception cref="ToolException">The URL is missing, or it is not clear which URL of the text is meant.</exception>
    public static async Task<PastedUrl> ReadAsync(ToolContext context, string? argument, CancellationToken cancellationToken)
    {
        PastedUrl url = PastedUrl.Parse(await ReadTextAsync(context, argument, cancellationToken));
        foreach (string note in url.Notes)
        {
            context.Note("note: " + note, isVerbose: true);
        }

        return url;
    }

    private static async Task<string> ReadTextAsync(ToolContext context, string? argument, CancellationToken cancellationToken)
    {
        if (argument is not null and not "-")
        {
            return argument;
        }

        bool asks = argument is null && context.IsInputTerminal;
        string? text = !asks ? await TextInput.ReadStandardInputAsync(context, cancellationToken)
            : context.Prompt is { } prompt ? prompt.Ask("Paste the URL, then press Enter", isSecret: false)
            : null;
        return !string.IsNullOrWhiteSpace(text) ? text : throw ToolException.Usage(asks
            ? "The URL is missing. Specify it in single quotation marks, or '-' to read it from standard input."
            : "Standard input does not contain a URL. Specify the URL in single quotation marks, or pass it on standard input.");
    }
}

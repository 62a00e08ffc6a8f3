namespace PresignKit.Tool.Input;

/// <summary>Asks a person for a line of text on the terminal.</summary>
internal interface ITerminalPrompt
{
    /// <summary>Writes a question to the terminal and reads a line.</summary>
    /// <param name="question">The question, without a colon.</param>
    /// <param name="isSecret">Whether the typed characters stay invisible.</param>
    /// <returns>The line, or <c>null</c> at the end of the input.</returns>
    string? Ask(string question, bool isSecret);
}

/// <summary>Asks on the process's standard input and standard error, which are a terminal.</summary>
/// <remarks>
/// The line is read key by key. In their line mode, terminals cut off lines after 1,024 (macOS) or 4,096 characters (Linux), and a URL with a session token can be longer.
/// </remarks>
internal sealed class TerminalPrompt : ITerminalPrompt
{
    private const int PasteMilliseconds = 30;

    private TerminalPrompt()
    {
    }

    /// <summary>Returns a prompt on the terminal of the process, or <c>null</c> if it does not have one.</summary>
    public static ITerminalPrompt? Open() => Console.IsInputRedirected || Console.IsErrorRedirected ? ControllingTerminal.Open() : new TerminalPrompt();

    public string? Ask(string question, bool isSecret)
    {
        // This switches the terminal from its line mode to single keys without echo. Otherwise, it would show a secret that is typed before the first ReadKey, and cut off a long URL that is pasted before it.
        _ = Console.KeyAvailable;
        Console.Error.Write(question + ": ");
        System.Text.StringBuilder line = new();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                Console.Error.WriteLine();
                if (isSecret || !IsPasteContinuing())
                {
                    return line.ToString();
                }

                line.Append('\n');
                continue;
            }

            if (key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } && line.Length == 0)
            {
                Console.Error.WriteLine();
                return null;
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                if (line.Length > 0)
                {
                    line.Length--;
                    Console.Error.Write(isSecret ? "" : "\b \b");
                }
            }
            else if (key.KeyChar >= ' ')
            {
                line.Append(key.KeyChar);
                // Pasted text must not control the terminal.
                string shown = key.KeyChar.ToString();
                Console.Error.Write(isSecret ? "" : Shown.Whole(shown) == shown ? shown : "?");
            }
        }
    }

    // Pasted text can contain line breaks, and arrives much faster than a person types. The shell would execute any text that is left unread.
    private static bool IsPasteContinuing()
    {
        if (!Console.KeyAvailable)
        {
            Thread.Sleep(PasteMilliseconds);
        }

        return Console.KeyAvailable;
    }
}

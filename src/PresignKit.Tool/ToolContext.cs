using Microsoft.Win32.SafeHandles;
using PresignKit.Tool.Input;
using PresignKit.Tool.Output;

namespace PresignKit.Tool;

/// <summary>Everything outside the command's arguments that its behavior depends on, so that tests can replace it.</summary>
internal sealed class ToolContext
{
    private int? _width;

    /// <summary>Gets standard input.</summary>
    public required Stream Input { get; init; }

    /// <summary>Gets standard output, which receives the result and nothing else.</summary>
    public required Stream Output { get; init; }

    /// <summary>Gets standard error, which receives errors, notes and prompts.</summary>
    public required TextWriter Error { get; init; }

    public bool IsInputTerminal { get; init; }

    /// <summary>Gets a function that returns whether standard input is redirected and may contain unread text. It does not read anything.</summary>
    public Func<bool> MayHaveInput { get; init; } = () => false;

    public bool IsOutputTerminal { get; init; }

    public bool IsErrorTerminal { get; init; }

    /// <summary>Gets the width of the terminal in columns.</summary>
    /// <remarks>The width is read only when it is needed, because <see cref="Console.WindowWidth"/> writes an escape sequence to the terminal, which would precede the URL in a log of the terminal.</remarks>
    public int Width
    {
        get => _width ??= TerminalWidth();
        init => _width = value;
    }

    /// <summary>Gets the function that reads an environment variable. An empty variable counts as not set: use <see cref="Variable"/>.</summary>
    public required Func<string, string?> GetVariable { get; init; }

    /// <summary>Gets the home directory of the user, which is used if the variable <c>HOME</c> is not set, as is common for services.</summary>
    public string? UserProfile { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets the prompt on the terminal, or <c>null</c> if the process does not have a terminal.</summary>
    public ITerminalPrompt? Prompt { get; init; }

    public static ToolContext OfProcess() => new()
    {
        Input = OpenInput(),
        Output = StandardOutput.Open(),
        Error = StandardOutput.OpenError(),
        IsInputTerminal = !Console.IsInputRedirected,
        MayHaveInput = MayHaveStandardInput,
        IsOutputTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        GetVariable = Environment.GetEnvironmentVariable,
        UserProfile = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? home : null,
        Prompt = TerminalPrompt.Open(),
    };

    /// <summary>Returns the same context without environment variables, so that neither they nor the files of the AWS tools have an effect.</summary>
    public ToolContext WithoutVariables() => new()
    {
        Input = Input,
        Output = Output,
        Error = Error,
        IsInputTerminal = IsInputTerminal,
        MayHaveInput = MayHaveInput,
        IsOutputTerminal = IsOutputTerminal,
        IsErrorTerminal = IsErrorTerminal,
        GetVariable = _ => null,
        Clock = Clock,
        Prompt = Prompt,
    };

    /// <summary>Returns an environment variable, or <c>null</c> if it is not set or empty.</summary>
    public string? Variable(string name) => GetVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Writes a note for people. Scripts, whose standard error is not a terminal, see errors only.</summary>
    public void Note(string text, bool isVerbose = false)
    {
        if (IsErrorTerminal || isVerbose)
        {
            WriteError(text);
        }
    }

    /// <summary>Writes a line to standard error. If this fails, the exit code still reports a failure, and a result that was already written remains valid.</summary>
    public void WriteError(string text)
    {
        try
        {
            Error.WriteLine("presign: " + text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Writes text to standard output as UTF-8.</summary>
    public void Write(string text) => Output.Write(System.Text.Encoding.UTF8.GetBytes(text));

    public void WriteLine(string text) => Write(text + "\n");

    private static Stream OpenInput()
    {
        try
        {
            return Console.OpenStandardInput();
        }
        catch (UnauthorizedAccessException)
        {
            // Some services start their commands with a closed standard input, which most verbs do not read.
            return Stream.Null;
        }
    }

    // A file shows how much of it is left, and /dev/null appears as an empty file. A pipe does not show whether it will contain anything, and if standard input is closed, a pipe of the runtime takes
    // its place.
    private static bool MayHaveStandardInput()
    {
        if (!Console.IsInputRedirected || OperatingSystem.IsWindows())
        {
            return Console.IsInputRedirected;
        }

        try
        {
            using FileStream input = new(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
            return !input.CanSeek || input.Position < input.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.IsOutputRedirected && Console.IsErrorRedirected ? 80 : Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}

namespace PresignKit.Tool;

/// <summary>An error that ends the command: one line of text, and the exit code.</summary>
internal sealed class ToolException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int Code { get; } = exitCode;

    /// <summary>Gets the command whose help the message points to, or <c>null</c> for none.</summary>
    public string? SeeHelpOf { get; init; }

    public static ToolException Usage(string message, string? seeHelpOf = null) => new(ExitCode.Usage, message) { SeeHelpOf = seeHelpOf };

    public static ToolException Setup(string message, Exception? inner = null) => new(ExitCode.Setup, message, inner);
}

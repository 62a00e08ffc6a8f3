namespace PresignKit.Tool.Tests.EndToEnd;

/// <summary>The result of a command in a pseudo-terminal.</summary>
/// <param name="Output">Everything that the terminal showed, with line feeds.</param>
/// <param name="ExitCode">The exit code as shells report it, or -1 if the command did not end.</param>
/// <param name="IsRestored">Whether the settings of the terminal are the same as before.</param>
internal sealed record TerminalResult(string Output, int ExitCode, bool IsRestored);

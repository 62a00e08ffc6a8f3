using PresignKit.Testing;

namespace PresignKit.LiveTests;

/// <summary>A test that needs the live servers and Chromium.</summary>
public sealed class BrowserFactAttribute : LiveFactAttribute
{
    private static readonly string? Reason = LiveTheoryAttribute.Reason is null ? ReasonToSkip() : null;

    public BrowserFactAttribute() => Skip ??= Reason;

    /// <summary>Returns a description of the problem, with the remedy, or <c>null</c> if a browser can be started.</summary>
    internal static string? ReasonToSkip(string? searchPath = null)
    {
        string? problem = Browser.Program(searchPath) is { } program
            ? RequiredTool.Problem(Path.GetFileName(program), ["--version"], Path.GetDirectoryName(program))
            : $"None of {string.Join(", ", Browser.Programs)} is on the PATH.";
        return problem is null ? null : problem + " On Debian 12: eng/live-servers install";
    }
}

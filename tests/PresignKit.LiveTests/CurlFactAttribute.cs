using PresignKit.Testing;

namespace PresignKit.LiveTests;

/// <summary>A test that needs the live servers, a POSIX shell and a curl that supports the options that <see cref="PresignedUrl.ToCurl"/> writes.</summary>
public sealed class CurlFactAttribute : LiveFactAttribute
{
    private static readonly string? Reason = LiveTheoryAttribute.Reason is null ? ReasonToSkip() : null;

    public CurlFactAttribute() => Skip ??= Reason;

    /// <inheritdoc cref="LiveFactAttribute(string, string)"/>
    public CurlFactAttribute(string variable, string reasonWithoutIt)
        : base(variable, reasonWithoutIt) => Skip ??= Reason;

    /// <summary>Returns a description of the problem, with the remedy, or <c>null</c> if the command lines can be run.</summary>
    internal static string? ReasonToSkip(string? searchPath = null)
    {
        // curl rejects an unknown option before it prints its version. --fail-with-body is the newest of them: curl 7.76.
        string[] options = ["--fail-with-body", "--globoff", "--path-as-is", "--silent", "--show-error", "--version"];
        string? problem = File.Exists("/bin/sh") ? RequiredTool.Problem("curl", options, searchPath) : "There is no /bin/sh.";
        return problem is null ? null : problem + " On Debian 12: eng/live-servers install";
    }
}

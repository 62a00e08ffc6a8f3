using System.ComponentModel;
using System.Diagnostics;

namespace PresignKit.Testing;

/// <summary>Checks whether a program that a test runs is installed and works, so that the test can be skipped with the exact reason.</summary>
internal static class RequiredTool
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    /// <summary>Returns the full path of a program.</summary>
    /// <param name="program">The file name, without <c>.exe</c>.</param>
    /// <param name="searchPath">The folders to search, in the format of PATH, or <c>null</c> to use PATH.</param>
    /// <returns>The path, or <c>null</c> if no folder contains an executable file with this name.</returns>
    public static string? Find(string program, string? searchPath = null) =>
        (searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => OperatingSystem.IsWindows() ? new[] { Path.Combine(folder, program + ".exe") } : [Path.Combine(folder, program)])
            .FirstOrDefault(IsExecutable);

    /// <summary>Runs a program with arguments that exercise everything that the test needs.</summary>
    /// <param name="program">The file name, without <c>.exe</c>.</param>
    /// <param name="arguments">Arguments for a run that must end with exit code 0.</param>
    /// <param name="searchPath">The folders to search, in the format of PATH, or <c>null</c> to use PATH.</param>
    /// <returns>A description of the problem, or <c>null</c> if there is none.</returns>
    public static string? Problem(string program, string[] arguments, string? searchPath = null)
    {
        if (Find(program, searchPath) is not { } path)
        {
            return $"{program} is not on the PATH.";
        }

        string call = $"{program} {string.Join(' ', arguments)}";
        ProcessStartInfo start = new(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Git uses environment variables to tell hooks which repository they work on.
        foreach (string inherited in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Timeout))
            {
                process.Kill(entireProcessTree: true);
                return FormattableString.Invariant($"'{call}' did not end within {Timeout.TotalSeconds} s.");
            }

            return process.ExitCode == 0 ? null : FormattableString.Invariant($"'{call}' failed with exit code {process.ExitCode}: {FirstLine(error.Result + output.Result)}");
        }
        catch (Win32Exception e)
        {
            return $"{path} cannot be run: {e.Message}.";
        }
    }

    private static bool IsExecutable(string file) => File.Exists(file)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private static string FirstLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "it wrote nothing.";
}

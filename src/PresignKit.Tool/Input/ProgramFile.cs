namespace PresignKit.Tool.Input;

/// <summary>Finds the programs that the command runs.</summary>
internal static class ProgramFile
{
    // The default of the C library and of Python.
    private const string DefaultPath = "/bin:/usr/bin";

    /// <summary>Returns the file of a program as a shell finds it: in PATH, unless its name contains a slash.</summary>
    /// <remarks>
    /// On Unix, <see cref="System.Diagnostics.Process"/> searches the folder of this command and the current directory before PATH, so it would run a program in a folder that the user only
    /// downloaded. On Windows, the result is the name itself, because other commands, such as the AWS CLI, search the current directory as well.
    /// </remarks>
    /// <param name="name">The name or the path of the program.</param>
    /// <param name="path">The variable PATH.</param>
    /// <returns>The file, or <c>null</c> if PATH does not contain the program.</returns>
    public static string? Find(string name, string? path) =>
        OperatingSystem.IsWindows() ? name
        : name.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(name)
        : (path ?? DefaultPath).Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.GetFullPath(Path.Join(folder, name))).FirstOrDefault(IsExecutable);

    private static bool IsExecutable(string file) =>
        !OperatingSystem.IsWindows() && File.Exists(file) && (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}

namespace PresignKit.Tool.Store;

/// <summary>One of the two files of the AWS tools.</summary>
/// <param name="Path">The path, or <c>null</c> if the user does not have a home directory.</param>
/// <param name="Name">The path for people, such as <c>~/.aws/config</c>.</param>
internal sealed record AwsFile(string? Path, string Name)
{
    public static AwsFile Locate(ToolContext context, string variable, string defaultName)
    {
        string? home = context.Variable("HOME") ?? context.UserProfile;
        string name = context.Variable(variable) ?? "~/.aws/" + defaultName;
        string? path = name != "~" && !name.StartsWith("~/", StringComparison.Ordinal) ? name
            : home is null ? null
            : System.IO.Path.Join(home, name[1..]);
        return new AwsFile(path, Input.Shown.Text(name));
    }

    /// <summary>Reads the sections. If the file does not exist, the result is empty.</summary>
    /// <exception cref="ToolException">The file cannot be read.</exception>
    public OrderedDictionary<string, AwsSection> Read()
    {
        if (!File.Exists(Path))
        {
            return [];
        }

        try
        {
            return AwsIni.Parse(File.ReadAllText(Path), Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Setup($"{Name} cannot be read: {(e is UnauthorizedAccessException ? "access is denied" : Input.Shown.Text(e.Message.TrimEnd('.')))}. Check the file and its permissions.", e);
        }
    }

    /// <summary>Determines whether other users of the machine can read the file.</summary>
    public bool IsReadableByOthers() =>
        !OperatingSystem.IsWindows() && File.Exists(Path) && (File.GetUnixFileMode(Path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;
}

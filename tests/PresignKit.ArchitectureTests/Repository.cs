namespace PresignKit.ArchitectureTests;

/// <summary>The files of this repository, found by searching upward from the folder of the test assembly.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The library's source files by their path in the project, such as <c>Signing/ByteBuffer.cs</c>.</summary>
    public static IReadOnlyDictionary<string, string> LibrarySources { get; } = Sources(Path.Combine("src", "PresignKit"));

    private static Dictionary<string, string> Sources(string folder)
    {
        string root = Path.Combine(Root, folder);
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal))
            .ToDictionary(file => file, file => File.ReadAllText(Path.Combine(root, file)));
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "PresignKit.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests must run inside the repository. There is no PresignKit.sln above " + AppContext.BaseDirectory);
    }
}

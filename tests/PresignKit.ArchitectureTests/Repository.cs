namespace PresignKit.ArchitectureTests;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    public static string Root => RepositoryRoot.Path;

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The paths of all files, except for those that the build, npm and git write.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Find(Root).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>The library's source files by their path in the project, such as <c>Signing/ByteBuffer.cs</c>.</summary>
    public static IReadOnlyDictionary<string, string> LibrarySources { get; } = Files
        .Where(file => file.StartsWith("src/PresignKit/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)).ToDictionary(file => file["src/PresignKit/".Length..], Read);

    private static IEnumerable<string> Find(string folder) => Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder)
        .Where(inner => Path.GetFileName(inner) is not ("bin" or "obj" or "node_modules" or "artifacts" or "TestResults" or ".git" or ".vs" or ".idea")).SelectMany(Find));
}

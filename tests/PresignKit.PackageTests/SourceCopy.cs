namespace PresignKit.PackageTests;

/// <summary>The files that the library is built from, copied from the working tree into a separate repository with one commit, one tag and a remote.</summary>
internal sealed class SourceCopy
{
    private static readonly string[] Parts =
        ["src", "eng/PresignKit.snk", "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", ".gitattributes", "README.md", "docs/local-s3.md", "docs/uploads.md"];

    // The commit has the same hash in every folder: same files, author and time, and nothing from the configuration of the machine.
    private static readonly (string, string?)[] Git =
    [
        ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_AUTHOR_NAME", "test"), ("GIT_AUTHOR_EMAIL", "test@example.com"), ("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z"),
        ("GIT_COMMITTER_NAME", "test"), ("GIT_COMMITTER_EMAIL", "test@example.com"), ("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z"),
    ];

    private SourceCopy(string root, string commit) => (Root, Commit) = (root, commit);

    public string Root { get; }

    public string Commit { get; }

    public static async Task<SourceCopy> CreateAsync(string repository, string root, string version)
    {
        string files = await Command.RunAsync(repository, "git", ["-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard", "--", .. Parts]);
        foreach (string file in files.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(repository, file))))
        {
            string copy = Path.Combine(root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(repository, file), copy);
        }

        await Command.RunAsync(root, "git", ["init", "--quiet"], Git);
        await Command.RunAsync(root, "git", ["remote", "add", "origin", "https://github.com/presignkit/presignkit.git"], Git);
        await Command.RunAsync(root, "git", ["add", "--all"], Git);
        await Command.RunAsync(root, "git", ["commit", "--quiet", "--message", "The library"], Git);
        await Command.RunAsync(root, "git", ["tag", "v" + version], Git);
        return new SourceCopy(root, (await Command.RunAsync(root, "git", ["rev-parse", "HEAD"], Git)).Trim());
    }
}

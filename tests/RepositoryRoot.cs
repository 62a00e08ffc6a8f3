namespace PresignKit;

/// <summary>The folder of this repository, found by searching upward from the folder of the test assembly.</summary>
/// <remarks>The paths in the debug information do not lead there: in CI, they start with <c>/_/</c>.</remarks>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "PresignKit.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests must run inside the repository. There is no PresignKit.sln above " + AppContext.BaseDirectory);
    }
}

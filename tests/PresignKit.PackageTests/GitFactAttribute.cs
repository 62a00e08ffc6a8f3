using PresignKit.Testing;

namespace PresignKit.PackageTests;

/// <summary>A test of the package, whose version, commit and files come from git.</summary>
public class GitFactAttribute : FactAttribute
{
    internal static readonly string? Reason = ReasonToSkip(PackageOfThisRun.Repository);

    public GitFactAttribute() => Skip = Reason;

    /// <summary>Returns a description of the problem, with the remedy, or <c>null</c> if the package can be built from the folder.</summary>
    internal static string? ReasonToSkip(string repository, string? searchPath = null)
    {
        if (RequiredTool.Problem("git", ["--version"], searchPath) is { } problem)
        {
            return problem + " On Debian 12: apt-get install git, then dotnet test";
        }

        // SourceCopy copies the files that git lists. That works in a clone, but not in an unpacked archive.
        string[] list = ["-c", "safe.directory=*", "-C", repository, "ls-files", "--error-unmatch", "--", "src/PresignKit/PresignKit.csproj"];
        return RequiredTool.Problem("git", list, searchPath) is { } notInGit ? notInGit + " Run the tests in a clone of the repository." : null;
    }
}

/// <inheritdoc cref="GitFactAttribute"/>
public sealed class GitTheoryAttribute : TheoryAttribute
{
    public GitTheoryAttribute() => Skip = GitFactAttribute.Reason;
}

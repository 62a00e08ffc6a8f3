using System.Globalization;
using System.IO.Compression;

namespace PresignKit.PackageTests;

/// <summary>The package and its symbols, packed once for all tests, and meanwhile the applications that install it.</summary>
public sealed class PackageOfThisRun : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("presignkit-package-").FullName;
    private Task<string> _again = null!;
    private Task _applications = null!;

    /// <summary>A version that no other run has: what a machine has kept of an earlier one is never taken for it.</summary>
    public string Version { get; } = "1.2.3-test." + DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture);

    public static string Repository { get; } = FindRepository();

    public string Commit { get; private set; } = "";

    /// <summary>What <c>dotnet pack</c> has written.</summary>
    public string Output { get; private set; } = "";

    /// <summary>All files that <c>dotnet pack</c> has made.</summary>
    public IEnumerable<string> PackedFiles => Directory.EnumerateFiles(Path.Combine(_folder, "packed")).Select(file => Path.GetFileName(file));

    public ZipArchive Open(string extension = "nupkg") => ZipFile.OpenRead(Path.Combine(_folder, "packed", $"PresignKit.{Version}.{extension}"));

    /// <summary>The same commit, packed in a folder of another name.</summary>
    public async Task<ZipArchive> OpenAgainAsync() => ZipFile.OpenRead(Path.Combine(await _again, $"PresignKit.{Version}.nupkg"));

    /// <summary>What an application writes that has installed the package.</summary>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        await _applications;
        string folder = Path.Combine(_folder, "apps");
        return await Command.RunAsync(folder, program.StartsWith('.') ? Path.Combine(folder, program) : program, arguments);
    }

    public async Task InitializeAsync()
    {
        if (GitFactAttribute.Reason is not null)
        {
            return;
        }

        SourceCopy source = await SourceCopy.CreateAsync(Repository, Path.Combine(_folder, "first"), Version);
        Commit = source.Commit;
        Output = await source.PackAsync(Path.Combine(_folder, "packed"));
        _applications = BuildApplicationsAsync();
        _again = PackAgainAsync();
    }

    public async Task DisposeAsync()
    {
        // A task that failed has failed its tests.
        await Task.WhenAny(Task.WhenAll(_again ?? Task.CompletedTask, _applications ?? Task.CompletedTask));
        DeleteInstalled();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> PackAgainAsync()
    {
        SourceCopy source = await SourceCopy.CreateAsync(Repository, Path.Combine(_folder, "again", "elsewhere"), Version);
        string packed = Path.Combine(_folder, "packed-again");
        await source.PackAsync(packed);
        return packed;
    }

    private async Task BuildApplicationsAsync()
    {
        CopyFolder(Path.Combine(AppContext.BaseDirectory, "Apps"), Path.Combine(_folder, "apps"));
        await Command.RunAsync(
            Path.Combine(_folder, "apps"), "dotnet", ["build", "Apps.slnx", "-nodeReuse:false"], ("PRESIGNKIT_PACKED_VERSION", Version), ("CI", "true"));
    }

    // The machine's folder of packages keeps what was installed.
    private void DeleteInstalled()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string installed = Path.Combine(packages, "presignkit", Version);
        if (Directory.Exists(installed))
        {
            Directory.Delete(installed, recursive: true);
        }
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "PresignKit.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run outside of the repository: no PresignKit.sln above " + AppContext.BaseDirectory);
    }
}

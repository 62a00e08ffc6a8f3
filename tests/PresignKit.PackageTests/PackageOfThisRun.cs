using System.Globalization;
using System.IO.Compression;

namespace PresignKit.PackageTests;

/// <summary>
/// The package and its symbols, packed once for all tests; the same commit, built again in a different folder; and the applications that install the package.
/// One process builds the package and the same commit, and another process builds all applications.
/// </summary>
public sealed class PackageOfThisRun : IAsyncLifetime
{
    // The analyzers run when the solution is built. CI is set as for a release, so that the build is reproducible.
    private static readonly (string, string?)[] BuildVariables = [("CI", "true"), ("RunAnalyzers", "false"), ("DOTNET_TieredPGO", "0")];

    private readonly string _folder = Directory.CreateTempSubdirectory("presignkit-package-").FullName;
    private Task _applications = null!;

    /// <summary>A version that no other run has, so that NuGet's cache never supplies the package of an earlier run.</summary>
    public string Version { get; } = "1.2.3-test." + DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture);

    public static string Repository { get; } = RepositoryRoot.Path;

    public string Commit { get; private set; } = "";

    /// <summary>The output of the build that packs.</summary>
    public string Output { get; private set; } = "";

    /// <summary>The names of all packed files.</summary>
    public IEnumerable<string> PackedFiles => Directory.EnumerateFiles(Path.Combine(_folder, "packed")).Select(file => Path.GetFileName(file));

    public ZipArchive Open(string extension = "nupkg") => ZipFile.OpenRead(Path.Combine(_folder, "packed", $"PresignKit.{Version}.{extension}"));

    /// <summary>Reads a file of the library from a build of the same commit in a folder with a different name.</summary>
    public byte[] ReadBuiltAgain(string target, string file) => File.ReadAllBytes(Path.Combine(_folder, "again", "elsewhere", "src", "PresignKit", "bin", "Release", target, file));

    /// <summary>Runs an application that has installed the package and returns its output.</summary>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        await _applications;
        string folder = Path.Combine(_folder, "apps");
        return await Command.RunAsync(folder, program.StartsWith('.') ? Path.Combine(folder, program) : program, arguments);
    }

    /// <summary>Creates an empty folder in which the package can be installed, outside of the repository.</summary>
    public async Task<string> CreateAppFolderAsync(string name)
    {
        // Two simultaneous builds would be slow.
        await _applications;
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Apps", "nuget.config"), Path.Combine(folder, "nuget.config"));
        return folder;
    }

    public async Task InitializeAsync()
    {
        if (GitFactAttribute.Reason is not null)
        {
            return;
        }

        SourceCopy first = await SourceCopy.CreateAsync(Repository, Path.Combine(_folder, "first"), Version);
        SourceCopy again = await SourceCopy.CreateAsync(Repository, Path.Combine(_folder, "again", "elsewhere"), Version);
        again.Commit.Should().Be(first.Commit);
        Commit = first.Commit;
        Output = await PackAsync();
        _applications = BuildApplicationsAsync();
    }

    public async Task DisposeAsync()
    {
        // If the task failed, the tests that depend on it have failed.
        await Task.WhenAny(_applications ?? Task.CompletedTask);
        DeleteInstalled();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> PackAsync()
    {
        const string Project = """
            <Project>
              <ItemGroup>
                <Library Include="first/src/PresignKit/PresignKit.csproj" Run="Pack" />
                <Library Include="first/src/PresignKit.LocalS3/PresignKit.LocalS3.csproj" Run="Pack" />
                <Library Include="first/src/PresignKit.AspNetCore/PresignKit.AspNetCore.csproj" Run="Pack" />
                <Library Include="again/elsewhere/src/PresignKit/PresignKit.csproj" Run="Build" />
              </ItemGroup>

              <Target Name="Restore">
                <MSBuild Projects="@(Library)" Targets="Restore" />
              </Target>

              <Target Name="Pack">
                <MSBuild Projects="@(Library)" Targets="%(Library.Run)" Properties="Configuration=Release;PackageOutputPath=$(MSBuildProjectDirectory)/packed/" />
              </Target>
            </Project>
            """;
        await File.WriteAllTextAsync(Path.Combine(_folder, "pack.proj"), Project);
        return await Command.RunAsync(_folder, Command.DotNet, ["msbuild", "pack.proj", "-restore", "-target:Pack", "-verbosity:minimal", "-maxCpuCount:1", "-nodeReuse:false"], BuildVariables);
    }

    private async Task BuildApplicationsAsync()
    {
        CopyFolder(Path.Combine(AppContext.BaseDirectory, "Apps"), Path.Combine(_folder, "apps"));
        await Command.RunAsync(
            Path.Combine(_folder, "apps"), Command.DotNet, ["build", "Apps.slnx", "-maxCpuCount:1", "-nodeReuse:false"], [.. BuildVariables, ("PRESIGNKIT_PACKED_VERSION", Version)]);
    }

    // Installing the package has added it to NuGet's cache.
    private void DeleteInstalled()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string package in new[] { "presignkit", "presignkit.locals3", "presignkit.aspnetcore" })
        {
            string installed = Path.Combine(packages, package, Version);
            if (Directory.Exists(installed))
            {
                Directory.Delete(installed, recursive: true);
            }
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
}

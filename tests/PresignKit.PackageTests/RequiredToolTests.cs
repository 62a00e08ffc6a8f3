using System.Runtime.Versioning;
using PresignKit.Testing;

namespace PresignKit.PackageTests;

/// <summary>The checks that decide whether a test runs or is skipped, with folders that contain scripts in place of the tools.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RequiredToolTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("presignkit-tools-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [UnixFact]
    public void Problem_WorkingProgram_IsNull() => RequiredTool.Problem("tool", ["--version"], Folder(Script("bin/tool", "exit 0"))).Should().BeNull();

    [UnixFact]
    public void Problem_MissingProgram_IsReported() => RequiredTool.Problem("tool", ["--version"], _root).Should().Be("tool is not on the PATH.");

    [UnixFact]
    public void Problem_FileThatIsNotExecutable_IsNotFound()
    {
        string file = Script("bin/tool", "exit 0");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        RequiredTool.Problem("tool", [], Folder(file)).Should().Be("tool is not on the PATH.");
    }

    [UnixFact]
    public void Problem_FailingProgram_IsReportedWithItsError() =>
        RequiredTool.Problem("tool", ["--new"], Folder(Script("bin/tool", "echo \"unknown option $1\" >&2; echo more; exit 2")))
            .Should().Be("'tool --new' failed with exit code 2: unknown option --new");

    [UnixFact]
    public void Find_TwoFolders_ReturnsTheFirstMatch() =>
        RequiredTool.Find("tool", Path.Combine(_root, "none") + Path.PathSeparator + Folder(Script("bin/tool", "exit 0"))).Should().Be(Path.Combine(_root, "bin", "tool"));

    [UnixFact]
    public void Mono_NotInstalled_IsNamed() => MonoFactAttribute.ReasonToSkip(null).Should().StartWith("mono is not on the PATH. On Debian 12: apt-get install ");

    [UnixFact]
    public void Mono_RuntimeAlone_NamesTheMissingAssemblies()
    {
        string mono = Script("bin/mono", "exit 0");
        Library("mscorlib.dll", "System.dll", "System.Core.dll", "System.Runtime.Serialization.dll", "Mono.Security.dll");

        MonoFactAttribute.ReasonToSkip(mono).Should().StartWith($"Mono's folder {_root}/lib/mono/4.5 does not have System.Net.Http.dll. On Debian 12: ");
    }

    [UnixFact]
    public void Mono_StartFails_IsReportedWithItsError() =>
        MonoFactAttribute.ReasonToSkip(Script("bin/mono", "echo no corlib; exit 1")).Should().StartWith("'mono --version' failed with exit code 1: no corlib");

    [UnixFact]
    public void Mono_SymbolicLink_UsesTheFolderOfItsTarget()
    {
        Script("bin/mono-sgen", "exit 0");
        Library("mscorlib.dll", "System.dll", "System.Core.dll", "System.Net.Http.dll", "System.Runtime.Serialization.dll", "Mono.Security.dll");
        string link = Path.Combine(_root, "links", "mono");
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, Path.Combine(_root, "bin", "mono-sgen"));

        MonoFactAttribute.ReasonToSkip(link).Should().BeNull();
    }

    [UnixFact]
    public void Git_NotInstalled_IsNamed() =>
        GitFactAttribute.ReasonToSkip(_root, searchPath: _root).Should().Be("git is not on the PATH. On Debian 12: apt-get install git, then dotnet test");

    [GitFact]
    public void Git_FolderThatIsNotAClone_IsNamed() =>
        GitFactAttribute.ReasonToSkip(_root).Should().StartWith("'git -c safe.directory=* -C ").And.EndWith(" Run the tests in a clone of the repository.");

    private static string Folder(string file) => Path.GetDirectoryName(file)!;

    private string Script(string path, string commands)
    {
        string file = Path.Combine(_root, path);
        Directory.CreateDirectory(Folder(file));
        File.WriteAllText(file, "#!/bin/sh\n" + commands + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    private void Library(params string[] assemblies)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, "lib", "mono", "4.5")).FullName;
        Array.ForEach(assemblies, name => File.WriteAllText(Path.Combine(folder, name), ""));
    }

    /// <summary>A test that runs shell scripts.</summary>
    private sealed class UnixFactAttribute : FactAttribute
    {
        public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows does not run shell scripts. Run the test on Linux or macOS." : null;
    }
}

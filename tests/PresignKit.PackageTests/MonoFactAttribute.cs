using PresignKit.Testing;

namespace PresignKit.PackageTests;

/// <summary>A test of an application for .NET Framework, which runs on Mono.</summary>
public sealed class MonoFactAttribute : GitFactAttribute
{
    // The assemblies of Mono that the application loads. Debian splits Mono into a package per assembly, and mono-runtime installs only some of these packages.
    private static readonly string[] Assemblies = ["mscorlib.dll", "System.dll", "System.Core.dll", "System.Net.Http.dll", "System.Runtime.Serialization.dll", "Mono.Security.dll"];

    private static readonly string? MonoReason = ReasonToSkip(RequiredTool.Find("mono"));

    public MonoFactAttribute() => Skip = Reason ?? MonoReason;

    /// <summary>Returns a description of the problem, with the remedy, or <c>null</c> if the installation of Mono can run the application.</summary>
    internal static string? ReasonToSkip(string? mono)
    {
        string? problem = mono is null
            ? "mono is not on the PATH."
            : RequiredTool.Problem(Path.GetFileNameWithoutExtension(mono), ["--version"], Path.GetDirectoryName(mono)) ?? Missing(LibraryFolder(mono));
        return problem is null
            ? null
            : problem + " On Debian 12: apt-get install --no-install-recommends mono-runtime libmono-system-core4.0-cil libmono-system-net-http4.0-cil libmono-system-runtime-serialization4.0-cil, then dotnet test";
    }

    private static string? Missing(string folder)
    {
        string[] missing = [.. Assemblies.Where(name => !File.Exists(Path.Combine(folder, name)))];
        return missing.Length == 0 ? null : $"Mono's folder {folder} does not have {string.Join(", ", missing)}.";
    }

    // mono may be a symbolic link, as on Debian and macOS: /usr/bin/mono is /usr/bin/mono-sgen, and its assemblies are in /usr/lib/mono/4.5.
    private static string LibraryFolder(string mono)
    {
        string program = File.ResolveLinkTarget(mono, returnFinalTarget: true)?.FullName ?? mono;
        return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(program)!, "..", "lib", "mono", "4.5"));
    }
}

namespace PresignKit.PackageTests;

/// <summary>A test of the package, whose version and links come from git.</summary>
public class GitFactAttribute : FactAttribute
{
    internal static readonly string? Reason = Command.Exists("git") ? null : "There is no git. On Debian 12: apt-get install git, then dotnet test";

    public GitFactAttribute() => Skip = Reason;
}

/// <inheritdoc cref="GitFactAttribute"/>
public sealed class GitTheoryAttribute : TheoryAttribute
{
    public GitTheoryAttribute() => Skip = GitFactAttribute.Reason;
}

/// <summary>A test of an application for .NET Framework, which Mono runs here.</summary>
public sealed class MonoFactAttribute : GitFactAttribute
{
    public MonoFactAttribute() => Skip = Reason ?? (Command.Exists("mono")
        ? null
        : "There is no Mono. On Debian 12: apt-get install --no-install-recommends mono-runtime libmono-system-core4.0-cil libmono-system-net-http4.0-cil, then dotnet test");
}

using PresignKit.Testing;

namespace PresignKit.LiveTests;

/// <summary>A test that needs the live servers and nginx.</summary>
public sealed class NginxTheoryAttribute : TheoryAttribute
{
    private static readonly string? Reason = LiveTheoryAttribute.Reason ??
        (RequiredTool.Problem("nginx", ["-v"], Nginx.SearchPath) is { } problem ? problem + " On Debian 12: eng/live-servers install" : null);

    public NginxTheoryAttribute() => Skip = Reason;
}

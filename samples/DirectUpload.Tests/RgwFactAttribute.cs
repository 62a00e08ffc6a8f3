namespace DirectUpload.Tests;

/// <summary>A test that needs a Ceph RADOS Gateway in addition to the browser.</summary>
internal sealed class RgwFactAttribute : FactAttribute
{
    private static readonly string[] Variables = ["URL", "REGION", "ACCESS_KEY", "SECRET_KEY"];

    public RgwFactAttribute() => Skip = BrowserScript.Problem ?? FindProblem();

    /// <summary>Returns the value of a variable that eng/live-servers sets, without its prefix PRESIGNKIT_RGW_.</summary>
    public static string? Variable(string name) => Environment.GetEnvironmentVariable("PRESIGNKIT_RGW_" + name) is { Length: > 0 } value ? value : null;

    private static string? FindProblem()
    {
        string[] missing = [.. Variables.Where(name => Variable(name) is null).Select(name => "PRESIGNKIT_RGW_" + name)];
        return missing.Length == 0
            ? null
            : $"RGW is not configured: {string.Join(", ", missing)} not set. On Debian 12: eng/live-servers install, then eng/live-servers run DIR -- dotnet test samples/DirectUpload.Tests";
    }
}

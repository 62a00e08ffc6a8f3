namespace PresignKit.Tool.Tests;

/// <summary>A test that needs a Unix shell or Unix permissions.</summary>
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows does not have a Unix shell or Unix permissions. Run the test on Linux or macOS." : null;
}

using PresignKit.Testing;

namespace PresignKit.Tool.Tests;

/// <summary>A test that needs a program on a Unix system.</summary>
internal sealed class ProgramFactAttribute : FactAttribute
{
    /// <inheritdoc cref="RequiredTool.Problem"/>
    public ProgramFactAttribute(string program, params string[] arguments) => Skip = Problem(program, arguments);

    internal static string? Problem(string program, string[] arguments) =>
        OperatingSystem.IsWindows() ? "This test needs a Unix system." : RequiredTool.Problem(program, arguments);
}

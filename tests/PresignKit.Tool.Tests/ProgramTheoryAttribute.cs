namespace PresignKit.Tool.Tests;

/// <inheritdoc cref="ProgramFactAttribute"/>
internal sealed class ProgramTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc cref="Testing.RequiredTool.Problem"/>
    public ProgramTheoryAttribute(string program, params string[] arguments) => Skip = ProgramFactAttribute.Problem(program, arguments);
}

namespace PresignKit.LiveTests;

/// <summary>A test against the live servers that eng/live-servers starts.</summary>
public sealed class LiveFactAttribute : FactAttribute
{
    public LiveFactAttribute() => Skip = LiveTheoryAttribute.Reason;

    /// <summary>A test that needs one more of the variables that eng/live-servers sets.</summary>
    public LiveFactAttribute(string variable, string reasonWithoutIt) =>
        Skip = LiveTheoryAttribute.Reason ?? (LiveStore.Variable(variable) is null ? reasonWithoutIt : null);
}

/// <inheritdoc cref="LiveFactAttribute"/>
public sealed class LiveTheoryAttribute : TheoryAttribute
{
    internal static readonly string? Reason = LiveStore.AreConfigured
        ? null
        : "No live store is configured. On Debian 12: eng/live-servers install, then eng/live-servers run /tmp/presignkit-live -- dotnet test";

    public LiveTheoryAttribute() => Skip = Reason;
}

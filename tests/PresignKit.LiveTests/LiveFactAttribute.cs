namespace PresignKit.LiveTests;

/// <summary>A test against the live servers that eng/live-servers starts.</summary>
public class LiveFactAttribute : FactAttribute
{
    public LiveFactAttribute() => Skip = LiveTheoryAttribute.Reason;

    /// <summary>Initializes a test that also needs one of the optional variables that eng/live-servers sets.</summary>
    public LiveFactAttribute(string variable, string reasonWithoutIt) =>
        Skip = LiveTheoryAttribute.Reason ?? (LiveStore.Variable(variable) is null ? reasonWithoutIt : null);
}

/// <inheritdoc cref="LiveFactAttribute"/>
public sealed class LiveTheoryAttribute : TheoryAttribute
{
    internal static readonly string? Reason = LiveStore.ReasonToSkip(LiveStore.Variable);

    public LiveTheoryAttribute() => Skip = Reason;
}

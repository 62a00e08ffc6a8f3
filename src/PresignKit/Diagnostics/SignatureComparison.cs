namespace PresignKit;

/// <summary>What is signed here beside what a store has computed: the first line that differs, and the likely cause. Immutable and thread-safe.</summary>
public sealed class SignatureComparison
{
    internal SignatureComparison(SignatureDifference difference, string cause, int? line = null, string? ours = null, string? theirs = null)
    {
        Difference = difference;
        Cause = cause;
        Line = line;
        Ours = ours;
        Theirs = theirs;
    }

    /// <summary>What differs.</summary>
    public SignatureDifference Difference { get; }

    /// <summary>The likely cause and the remedy, in words.</summary>
    public string Cause { get; }

    /// <summary>The number of the line in the canonical request (in the string to sign for <see cref="SignatureDifference.StringToSign"/>), from 1; <c>null</c> where no line differs.</summary>
    public int? Line { get; }

    /// <summary>The line here, secrets masked; <c>null</c> where there is none.</summary>
    public string? Ours { get; }

    /// <summary>The store's line, secrets masked; <c>null</c> where there is none.</summary>
    public string? Theirs { get; }

    /// <summary>Both lines, one under the other, and the cause.</summary>
    public override string ToString() => Line is null ? Cause : FormattableString.Invariant(
        $"line {Line} differs:\n  signed here:       {Ours ?? "(no such line)"}\n  seen by the store: {Theirs ?? "(no such line)"}\n{Cause}");
}

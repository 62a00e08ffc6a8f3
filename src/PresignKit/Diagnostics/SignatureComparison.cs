namespace PresignKit;

/// <summary>The result of comparing the signed text with the text that a store computed: the first different line, and the likely cause. Immutable and thread-safe.</summary>
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

    /// <summary>Gets the part of the signed text that differs.</summary>
    public SignatureDifference Difference { get; }

    /// <summary>Gets a description of the likely cause and its remedy, for people.</summary>
    public string Cause { get; }

    /// <summary>Gets the number of the first different line.</summary>
    /// <value>A line of the canonical request, or of the string to sign for <see cref="SignatureDifference.StringToSign"/>. The first line is 1. <c>null</c> if no line differs.</value>
    public int? Line { get; }

    /// <summary>Gets the line that was signed here, with secrets masked.</summary>
    /// <value><c>null</c> if no line differs, or if the signed text has fewer lines.</value>
    public string? Ours { get; }

    /// <summary>Gets the store's line, with secrets masked.</summary>
    /// <value><c>null</c> if no line differs, or if the store's text has fewer lines.</value>
    public string? Theirs { get; }

    /// <summary>Returns both lines, one below the other, and the cause.</summary>
    public override string ToString() => Line is null ? Cause : FormattableString.Invariant(
        $"Line {Line} differs:\n  signed here:       {Ours ?? "(no such line)"}\n  seen by the store: {Theirs ?? "(no such line)"}\n{Cause}");
}

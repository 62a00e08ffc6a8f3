namespace PresignKit.LocalS3.Storage;

/// <summary>Compares keys by their UTF-8 bytes, as S3 does.</summary>
/// <remarks>
/// <see cref="StringComparer.Ordinal"/> compares UTF-16 code units, which is the same order except for characters beyond U+FFFF: their surrogates (D800 to DFFF) are less than U+E000 to U+FFFF,
/// but their UTF-8 bytes (F0 …) are greater than those of U+E000 to U+FFFF (EE … and EF …).
/// </remarks>
internal sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Comparer { get; } = new();

    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int common = left.CommonPrefixLength(right);
        return common < left.Length && common < right.Length ? Rank(left[common]) - Rank(right[common]) : left.Length - right.Length;
    }

    int IComparer<string>.Compare(string? x, string? y) => Compare(x, y);

    // Moves surrogates behind all other code units: E000-FFFF to D800-F7FF, and D800-DFFF to F800-FFFF.
    private static int Rank(char value) => value < '\uD800' ? value : value < '\uE000' ? value + 0x2000 : value - 0x800;
}

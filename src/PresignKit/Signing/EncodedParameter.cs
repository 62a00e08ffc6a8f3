namespace PresignKit;

/// <summary>Where a percent-encoded <c>name=value</c> stands in a buffer: from Start to End, with its <c>=</c> at NameEnd.</summary>
internal readonly record struct EncodedParameter(int Start, int NameEnd, int End)
{
    public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> encoded) => encoded[Start..NameEnd];

    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> encoded) => encoded[(NameEnd + 1)..End];

    /// <summary>By name, then by value. Sorting <c>name=value</c> as one text would put <c>a-b</c> before <c>a</c>.</summary>
    public static int Compare(EncodedParameter left, EncodedParameter right, ReadOnlySpan<byte> encoded)
    {
        int byName = left.Name(encoded).SequenceCompareTo(right.Name(encoded));
        return byName != 0 ? byName : left.Value(encoded).SequenceCompareTo(right.Value(encoded));
    }
}

namespace PresignKit;

/// <summary>Lower-case hexadecimal digits.</summary>
internal static class Hex
{
    private static ReadOnlySpan<byte> Digits => "0123456789abcdef"u8;

    /// <summary>Writes two digits for each byte.</summary>
    public static void Write(ReadOnlySpan<byte> values, Span<byte> destination)
    {
        for (int i = 0; i < values.Length; i++)
        {
            destination[2 * i] = Digits[values[i] >> 4];
            destination[2 * i + 1] = Digits[values[i] & 15];
        }
    }
}

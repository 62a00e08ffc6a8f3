using System.Runtime.Intrinsics;

namespace PresignKit;

/// <summary>Lower-case hexadecimal digits, sixteen bytes at a time.</summary>
internal static class Hex
{
    private static ReadOnlySpan<byte> Digits => "0123456789abcdef"u8;

    /// <summary>Writes two digits for each byte.</summary>
    public static void Write(ReadOnlySpan<byte> values, Span<byte> destination)
    {
        int done = 0;
        for (; BitConverter.IsLittleEndian && values.Length - done >= Vector128<byte>.Count; done += Vector128<byte>.Count)
        {
            Vector128<byte> digits = Vector128.Create(Digits);
            Vector128<byte> bytes = Vector128.Create(values[done..]);
            Vector128<byte> first = Vector128.Shuffle(digits, bytes >>> 4);
            Vector128<byte> second = Vector128.Shuffle(digits, bytes & Vector128.Create((byte)15));

            // Each pair is a number of 16 bits, with its first digit in the lower half.
            (Vector128.WidenLower(first) | Vector128.WidenLower(second) << 8).AsByte().CopyTo(destination[(2 * done)..]);
            (Vector128.WidenUpper(first) | Vector128.WidenUpper(second) << 8).AsByte().CopyTo(destination[(2 * done + Vector128<byte>.Count)..]);
        }

        for (; done < values.Length; done++)
        {
            destination[2 * done] = Digits[values[done] >> 4];
            destination[2 * done + 1] = Digits[values[done] & 15];
        }
    }
}

using System.Runtime.Intrinsics;

namespace PresignKit;

/// <summary>Lower-case hexadecimal digits, sixteen bytes at a time.</summary>
internal static class Hex
{
    /// <summary>Writes two digits for each byte.</summary>
    public static void Write(ReadOnlySpan<byte> values, Span<byte> destination)
    {
        int done = 0;
        for (; BitConverter.IsLittleEndian && values.Length - done >= Vector128<byte>.Count; done += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.Create(values[done..]);
            Vector128<byte> first = Digits(bytes >>> 4);
            Vector128<byte> second = Digits(bytes & Vector128.Create((byte)15));

            // Each pair is a number of 16 bits, with its first digit in the lower half.
            (Vector128.WidenLower(first) | Vector128.WidenLower(second) << 8).AsByte().CopyTo(destination[(2 * done)..]);
            (Vector128.WidenUpper(first) | Vector128.WidenUpper(second) << 8).AsByte().CopyTo(destination[(2 * done + Vector128<byte>.Count)..]);
        }

        for (; done < values.Length; done++)
        {
            destination[2 * done] = Digit(values[done] >> 4);
            destination[2 * done + 1] = Digit(values[done] & 15);
        }
    }

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);

    // By arithmetic: .NET 8 looks up by a vector one byte at a time.
    private static Vector128<byte> Digits(Vector128<byte> values) =>
        values + Vector128.Create((byte)'0') + (Vector128.GreaterThan(values, Vector128.Create((byte)9)) & Vector128.Create((byte)('a' - 10 - '0')));
}

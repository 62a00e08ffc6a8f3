using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PresignKit.Signing;

/// <content>How a byte is written: as it is, or as <c>%XX</c>, from one table.</content>
internal static partial class PercentEncoding
{
    // Three bytes of UTF-8 at most, and a pair of surrogates has four.
    private const int MaxEncodedBytesPerChar = 9;

    private const int FormSize = sizeof(uint);
    private const uint LengthUnit = 0x0100_0000;

    private static void AppendForms(ref ByteBuffer buffer, ReadOnlySpan<char> text, int start, uint[] forms)
    {
        Span<byte> destination = buffer.GetSpan((text.Length - start) * MaxEncodedBytesPerChar);
        int written = AppendSingles(destination, text, ref start, forms);
        while (start < text.Length)
        {
            written += AppendPair(destination[written..], text, ref start, forms);
            written += AppendSingles(destination[written..], text, ref start, forms);
        }

        buffer.Advance(written);
    }

    // All up to a surrogate. By itself, and with nothing called in the loop, its counters stay in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int AppendSingles(Span<byte> destination, ReadOnlySpan<char> text, ref int index, uint[] forms)
    {
        int written = 0;
        int i = index;
        for (; i < text.Length; i++)
        {
            uint scalar = text[i];
            if (scalar < 0x80)
            {
                written += AppendForm(destination, written, forms[scalar]);
            }
            else if (scalar < 0x800)
            {
                // The bytes of UTF-8, none of which is left as it is: six bits each, the digits of the scalar to the base of 64.
                written += AppendForm(destination, written, forms[0xC0 | scalar / 64]);
                written += AppendForm(destination, written, forms[0x80 | scalar % 64]);
            }
            else if (char.IsSurrogate((char)scalar))
            {
                break;
            }
            else
            {
                written += AppendThreeForms(destination, written, forms[0xE0 | scalar / 4096], forms[0x80 | scalar / 64 % 64], forms[0x80 | scalar % 64]);
            }
        }

        index = i;
        return written;
    }

    private static int AppendPair(Span<byte> destination, ReadOnlySpan<char> text, ref int index, uint[] forms)
    {
        uint scalar = (uint)Utf8.ReadScalar(text, ref index);
        int written = AppendForm(destination, 0, forms[0xF0 | scalar / 262_144]);
        return written + AppendThreeForms(destination, written, forms[0x80 | scalar / 4096 % 64], forms[0x80 | scalar / 64 % 64], forms[0x80 | scalar % 64]);
    }

    // Four bytes are written always, and the next form covers what was too much: no branch for what has to be encoded.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AppendForm(Span<byte> destination, int at, uint form)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination.Slice(at, FormSize), form);
        return (int)(form / LengthUnit);
    }

    // Three forms of three characters each: most scripts of the world but the Latin one. Inlined even where the platform has seen none of them yet, and takes them for rare.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AppendThreeForms(Span<byte> destination, int at, uint first, uint second, uint third)
    {
        Span<byte> nine = destination.Slice(at, 9);
        BinaryPrimitives.WriteUInt64LittleEndian(nine, first & 0xFF_FFFF | (ulong)(second & 0xFF_FFFF) << 24 | (ulong)third << 48);
        nine[8] = (byte)(third / 0x1_0000);
        return 9;
    }

    /// <summary>For each byte its form, <c>a</c> or <c>%20</c>, and in the highest byte how long that is.</summary>
    private static uint[] CreateForms(string unreserved)
    {
        uint[] forms = new uint[256];
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        for (int b = 0; b < forms.Length; b++)
        {
            forms[b] = unreserved.Contains((char)b)
                ? (uint)b | 1 * LengthUnit
                : '%' | (uint)digits[b / 16] << 8 | (uint)digits[b % 16] << 16 | 3 * LengthUnit;
        }

        return forms;
    }
}

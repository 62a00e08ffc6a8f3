using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PresignKit.Signing;

/// <content>How a byte is written: as it is, or as <c>%XX</c>, from one table.</content>
internal static partial class PercentEncoding
{
    // Three bytes of UTF-8 at most, and a pair of surrogates has four.
    private const int MaxEncodedBytesPerChar = 9;

    private const int MaxEncodedBytesPerAscii = 3;
    private const int FormSize = sizeof(uint);

    // By itself, its counters stay in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AppendForms(ref ByteBuffer buffer, ReadOnlySpan<char> text, int start, uint[] forms)
    {
        int most = Utf8.IsPrintableAscii(text[start..]) ? MaxEncodedBytesPerAscii : MaxEncodedBytesPerChar;
        Span<byte> destination = buffer.GetSpan((text.Length - start) * most + FormSize);
        int written = 0;
        for (int i = start; i < text.Length;)
        {
            int scalar = text[i];
            if (scalar < 0x80)
            {
                written += AppendForm(destination, written, forms[scalar]);
                i++;
                continue;
            }

            // The bytes of UTF-8, none of which is left as it is.
            int next = i;
            scalar = Utf8.ReadScalar(text, ref next);
            i = next;
            uint last = forms[0x80 | scalar & 0x3F];
            if (scalar < 0x800)
            {
                written += AppendForm(destination, written, forms[0xC0 | scalar >> 6]);
                written += AppendForm(destination, written, last);
                continue;
            }

            uint middle = forms[0x80 | scalar >> 6 & 0x3F];
            if (scalar < 0x10000)
            {
                written += AppendThreeForms(destination, written, forms[0xE0 | scalar >> 12], middle, last);
                continue;
            }

            written += AppendForm(destination, written, forms[0xF0 | scalar >> 18]);
            written += AppendThreeForms(destination, written, forms[0x80 | scalar >> 12 & 0x3F], middle, last);
        }

        buffer.Advance(written);
    }

    // Four bytes are written always, and the next form covers what was too much: no branch for what has to be encoded.
    private static int AppendForm(Span<byte> destination, int at, uint form)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination[at..], form);
        return (int)(form >> 24);
    }

    // Three forms of three characters each: most scripts of the world but the Latin one.
    private static int AppendThreeForms(Span<byte> destination, int at, uint first, uint second, uint third)
    {
        Span<byte> nine = destination.Slice(at, 9);
        BinaryPrimitives.WriteUInt64LittleEndian(nine, first & 0xFF_FFFF | (ulong)(second & 0xFF_FFFF) << 24 | (ulong)third << 48);
        nine[8] = (byte)(third >> 16);
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
                ? (uint)b | 1u << 24
                : '%' | (uint)digits[b >> 4] << 8 | (uint)digits[b & 15] << 16 | 3u << 24;
        }

        return forms;
    }
}

namespace PresignKit;

/// <summary>UTF-16 to UTF-8, one scalar value at a time: the platform's encoders put U+FFFD for a lone surrogate, which would make
/// two different keys one.</summary>
internal static class Utf8
{
    public const int MaxBytesPerChar = 3;

    /// <summary>Reads the scalar value at <paramref name="index"/> and moves behind it.</summary>
    /// <exception cref="ArgumentException">There is a lone surrogate.</exception>
    public static int ReadScalar(ReadOnlySpan<char> text, ref int index)
    {
        char first = text[index++];
        if (!char.IsSurrogate(first))
        {
            return first;
        }

        if (char.IsHighSurrogate(first) && index < text.Length && char.IsLowSurrogate(text[index]))
        {
            return char.ConvertToUtf32(first, text[index++]);
        }

        throw LoneSurrogate(first, index - 1);
    }

    // Apart: the text of a message needs more of the stack than all of an encoder.
    private static ArgumentException LoneSurrogate(char c, int index) => new($"The text holds a lone surrogate (U+{(int)c:X4}) at index {index}, which has no UTF-8 form.");

    /// <summary>Writes one scalar value; returns the number of bytes (1 to 4).</summary>
    public static int Write(int scalar, Span<byte> destination)
    {
        // Six bits a byte: digits to the base of 64.
        uint bits = (uint)scalar;
        switch (scalar)
        {
            case < 0x80:
                destination[0] = (byte)scalar;
                return 1;
            case < 0x800:
                destination[0] = (byte)(0xC0 | bits / 64);
                destination[1] = Trail(bits);
                return 2;
            case < 0x10000:
                destination[0] = (byte)(0xE0 | bits / 4096);
                destination[1] = Trail(bits / 64);
                destination[2] = Trail(bits);
                return 3;
            default:
                destination[0] = (byte)(0xF0 | bits / 262_144);
                destination[1] = Trail(bits / 4096);
                destination[2] = Trail(bits / 64);
                destination[3] = Trail(bits);
                return 4;
        }

        static byte Trail(uint bits) => (byte)(0x80 | bits % 64);
    }

    /// <summary>Whether all of it is what most texts are: ASCII without control characters.</summary>
    public static bool IsPrintableAscii(ReadOnlySpan<char> text) => Platform.IsInRange(text, ' ', '~');

    /// <summary>The number of UTF-8 bytes of <paramref name="text"/>, or -1 where it holds a lone surrogate.</summary>
    public static int CountBytes(ReadOnlySpan<char> text)
    {
        if (IsPrintableAscii(text))
        {
            return text.Length;
        }

        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (!char.IsSurrogate(c))
            {
                count += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                count += 4;
                i++;
            }
            else
            {
                return -1;
            }
        }

        return count;
    }

    /// <summary>The text of UTF-8 bytes; <c>null</c> where they are none.</summary>
    public static string? ToText(ReadOnlySpan<byte> bytes)
    {
        string text = Platform.Utf8ToString(bytes);

        // The platform puts U+FFFD for what it cannot read: only then it is worth asking whether it stood there.
        return text.Contains('\uFFFD') && !System.Text.Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes) ? null : text;
    }
}

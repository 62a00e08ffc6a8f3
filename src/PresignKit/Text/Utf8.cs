namespace PresignKit;

/// <summary>Strict conversion between UTF-16 and UTF-8.</summary>
/// <remarks>The platform's encoders replace a lone surrogate with U+FFFD, which could turn two different keys into the same key.</remarks>
internal static class Utf8
{
    public const int MaxBytesPerChar = 3;

    /// <summary>Reads the scalar value at <paramref name="index"/> and advances the index past it.</summary>
    /// <exception cref="ArgumentException">The character at <paramref name="index"/> is a lone surrogate.</exception>
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

    // This is a separate method, because interpolating the message requires more stack space than the entire encoder.
    private static ArgumentException LoneSurrogate(char c, int index) =>
        new($"The text contains a lone surrogate (U+{(int)c:X4}) at index {index}, which cannot be encoded as UTF-8. Correct the text.");

    /// <summary>Writes a scalar value as UTF-8 and returns the number of bytes written (1 to 4).</summary>
    public static int Write(int scalar, Span<byte> destination)
    {
        // Each continuation byte contains six bits of the scalar value.
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

    /// <summary>Determines whether a string contains only printable ASCII characters, which is the common case.</summary>
    public static bool IsPrintableAscii(ReadOnlySpan<char> text) => Platform.IsInRange(text, ' ', '~');

    /// <summary>Returns the length of a string in UTF-8 bytes, or -1 if the string contains a lone surrogate.</summary>
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

    /// <summary>Decodes UTF-8, or returns <c>null</c> if the bytes are not valid UTF-8.</summary>
    public static string? ToText(ReadOnlySpan<byte> bytes)
    {
        string text = Platform.Utf8ToString(bytes);

        // The platform decodes invalid bytes to U+FFFD, which valid text can also contain.
        return text.Contains('\uFFFD') && !System.Text.Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes) ? null : text;
    }
}

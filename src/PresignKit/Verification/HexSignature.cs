namespace PresignKit;

/// <summary>Reads the signature of a received request or form.</summary>
internal static class HexSignature
{
    /// <summary>Reads 64 lowercase hexadecimal digits.</summary>
    /// <returns><c>false</c> if the text is not a signature.</returns>
    // The caller compares 32 bytes rather than 64 digits because the platform's fixed-time comparison of 64 digits takes as long as computing a hash. The values are
    // written back as digits. If the input contains any character other than a lowercase hexadecimal digit, the result differs from the input.
    public static bool TryRead(ReadOnlySpan<byte> digits, Span<byte> values)
    {
        Span<byte> writtenBack = stackalloc byte[2 * SigningKey.SignatureSize];
        if (digits.Length != writtenBack.Length)
        {
            return false;
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (byte)(Value(digits[2 * i]) << 4 | Value(digits[2 * i + 1]));
        }

        Platform.WriteHex(values, writtenBack);
        return writtenBack.SequenceEqual(digits);

        // '0' is 0x30, 'a' is 0x61.
        static int Value(byte digit) => (digit & 15) + 9 * (digit >> 6);
    }
}

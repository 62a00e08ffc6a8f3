namespace PresignKit.LocalS3.Storage;

/// <summary>The polynomial of a reflected CRC, for computing the CRC of concatenated data from the CRCs of its pieces.</summary>
/// <remarks>
/// A CRC is a polynomial with coefficients 0 and 1, modulo the polynomial of the algorithm. Appending n bytes multiplies the CRC by x^8n:
/// <code>
/// crc(A ‖ B) = crc(A) · x^(8 · length of B)  xor  crc(B)
/// </code>
/// This is true for the finished values, because the initial value and the final xor are the same in all three algorithms (all ones). In the reflected form, the most significant bit is the
/// coefficient of x^0.
/// </remarks>
/// <param name="Width">The number of bits.</param>
/// <param name="Reflected">The polynomial in reflected form, without the coefficient of x^width.</param>
internal readonly record struct CrcPolynomial(int Width, ulong Reflected)
{
    public static CrcPolynomial Crc32 { get; } = new(32, 0xEDB88320);

    public static CrcPolynomial Crc32C { get; } = new(32, 0x82F63B78);

    public static CrcPolynomial Crc64Nvme { get; } = new(64, 0x9A6C9329AC4BC9B5);

    private ulong One => 1UL << (Width - 1);

    /// <summary>Returns x^(8 · <paramref name="bytes"/>), the factor for appending this number of bytes.</summary>
    public ulong Shift(long bytes)
    {
        ulong result = One;
        ulong square = One >> 8;
        for (; bytes > 0; bytes >>= 1)
        {
            if ((bytes & 1) != 0)
            {
                result = Multiply(result, square);
            }

            square = Multiply(square, square);
        }

        return result;
    }

    public ulong Multiply(ulong left, ulong right)
    {
        ulong product = 0;
        for (ulong bit = One; bit != 0; bit >>= 1)
        {
            if ((left & bit) != 0)
            {
                product ^= right;
            }

            right = (right & 1) == 0 ? right >> 1 : (right >> 1) ^ Reflected;
        }

        return product;
    }
}

using System.Buffers.Binary;

namespace PresignKit.LocalS3.Storage;

/// <summary>The checksums of multipart objects, computed from the checksums of the parts.</summary>
internal static class Checksums
{
    /// <summary>Returns the number of bytes of a checksum.</summary>
    public static int Size(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C => 4,
        ChecksumAlgorithm.Crc64Nvme => 8,
        ChecksumAlgorithm.Sha1 => 20,
        ChecksumAlgorithm.Sha256 => 32,
        _ => throw Undefined(algorithm),
    };

    /// <summary>Returns whether the checksum of a whole object can be computed from the checksums of its parts, which is true for the CRC algorithms.</summary>
    public static bool CanCombine(ChecksumAlgorithm algorithm) =>
        algorithm is ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C or ChecksumAlgorithm.Crc64Nvme;

    /// <summary>Computes the <see cref="ChecksumType.FullObject"/> checksum of a multipart object without reading its parts.</summary>
    /// <exception cref="ArgumentException">The algorithm is not a CRC.</exception>
    public static byte[] CombineCrc(ChecksumAlgorithm algorithm, IEnumerable<(byte[] Crc, long Length)> parts)
    {
        CrcPolynomial polynomial = algorithm switch
        {
            ChecksumAlgorithm.Crc32 => CrcPolynomial.Crc32,
            ChecksumAlgorithm.Crc32C => CrcPolynomial.Crc32C,
            ChecksumAlgorithm.Crc64Nvme => CrcPolynomial.Crc64Nvme,
            _ => throw new ArgumentException($"The checksum of a whole object cannot be computed from parts with {algorithm}. Use a CRC algorithm.", nameof(algorithm)),
        };

        // The CRC of no bytes is zero in all three algorithms.
        ulong result = 0;

        // All parts but the last usually have the same length, so the factor is computed once or twice per object.
        long shiftLength = 0;
        ulong shift = polynomial.Shift(0);
        foreach ((byte[] crc, long length) in parts)
        {
            if (length != shiftLength)
            {
                shiftLength = length;
                shift = polynomial.Shift(length);
            }

            result = polynomial.Multiply(result, shift) ^ Read(crc);
        }

        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, result);
        return bytes[^Size(algorithm)..];
    }

    /// <summary>Computes the <see cref="ChecksumType.Composite"/> checksum of a multipart object, which is the checksum of the concatenated checksums of its parts.</summary>
    public static byte[] Composite(ChecksumAlgorithm algorithm, IEnumerable<byte[]> partChecksums)
    {
        using ChecksumHash hash = ChecksumHash.Create(algorithm);
        foreach (byte[] checksum in partChecksums)
        {
            hash.Append(checksum);
        }

        return hash.GetHashAndReset();
    }

    private static ulong Read(byte[] crc) =>
        crc.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(crc) : BinaryPrimitives.ReadUInt64BigEndian(crc);

    private static ArgumentOutOfRangeException Undefined(ChecksumAlgorithm algorithm) =>
        new(nameof(algorithm), algorithm, "The checksum algorithm is not defined. Use a member of ChecksumAlgorithm.");
}

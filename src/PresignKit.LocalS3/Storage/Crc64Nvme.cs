using System.Buffers.Binary;

namespace PresignKit.LocalS3.Storage;

/// <summary>CRC-64/NVME for .NET 8, where System.IO.Hashing does not support it.</summary>
/// <remarks>The file is compiled for every target so that the tests, which run on .NET 10, cover it.</remarks>
internal struct Crc64Nvme()
{
    // Slicing-by-8: row n contains the CRC of each byte followed by n zero bytes, so eight bytes need eight independent lookups instead of a chain of eight.
    private static readonly ulong[] Table = CreateTable();

    private ulong _state = ulong.MaxValue;

    public readonly ulong Value => ~_state;

    public void Append(ReadOnlySpan<byte> data)
    {
        ulong state = _state;
        ulong[] table = Table;
        while (data.Length >= sizeof(ulong))
        {
            state ^= BinaryPrimitives.ReadUInt64LittleEndian(data);
            state = table[(7 * 256) + (byte)state]
                ^ table[(6 * 256) + (byte)(state >> 8)]
                ^ table[(5 * 256) + (byte)(state >> 16)]
                ^ table[(4 * 256) + (byte)(state >> 24)]
                ^ table[(3 * 256) + (byte)(state >> 32)]
                ^ table[(2 * 256) + (byte)(state >> 40)]
                ^ table[256 + (byte)(state >> 48)]
                ^ table[(byte)(state >> 56)];
            data = data[sizeof(ulong)..];
        }

        foreach (byte value in data)
        {
            state = table[(byte)state ^ value] ^ (state >> 8);
        }

        _state = state;
    }

    private static ulong[] CreateTable()
    {
        ulong[] table = new ulong[8 * 256];
        for (int value = 0; value < 256; value++)
        {
            ulong crc = (ulong)value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ CrcPolynomial.Crc64Nvme.Reflected;
            }

            table[value] = crc;
        }

        for (int i = 256; i < table.Length; i++)
        {
            ulong previous = table[i - 256];
            table[i] = table[(byte)previous] ^ (previous >> 8);
        }

        return table;
    }
}

using System.Buffers.Binary;
using System.Numerics;

namespace PresignKit.LocalS3.Storage;

/// <summary>CRC-32C for .NET 8, where System.IO.Hashing does not support it.</summary>
/// <remarks>The file is compiled for every target so that the tests, which run on .NET 10, cover it.</remarks>
internal struct Crc32C()
{
    private uint _state = uint.MaxValue;

    public readonly uint Value => ~_state;

    public void Append(ReadOnlySpan<byte> data)
    {
        // BitOperations.Crc32C uses the processor's CRC-32C instruction if available. The instruction takes three cycles, whether it processes one byte or eight.
        uint state = _state;
        while (data.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (byte value in data)
        {
            state = BitOperations.Crc32C(state, value);
        }

        _state = state;
    }
}

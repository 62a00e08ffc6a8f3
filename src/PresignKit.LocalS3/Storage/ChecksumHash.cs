using System.Buffers.Binary;
using System.Security.Cryptography;
#if NET9_0_OR_GREATER
using System.IO.Hashing;
#endif

namespace PresignKit.LocalS3.Storage;

/// <summary>Computes one of S3's checksums incrementally.</summary>
internal abstract class ChecksumHash : IDisposable
{
    public static ChecksumHash Create(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => new Crc32Hash(new()),
#if NET9_0_OR_GREATER
        ChecksumAlgorithm.Crc32C => new Crc32Hash(new(Crc32ParameterSet.Crc32C)),
        ChecksumAlgorithm.Crc64Nvme => new Crc64Hash(),
#else
        ChecksumAlgorithm.Crc32C => new OwnCrc32CHash(),
        ChecksumAlgorithm.Crc64Nvme => new OwnCrc64NvmeHash(),
#endif
        ChecksumAlgorithm.Sha1 => new ShaHash(HashAlgorithmName.SHA1),
        ChecksumAlgorithm.Sha256 => new ShaHash(HashAlgorithmName.SHA256),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "The checksum algorithm is not defined. Use a member of ChecksumAlgorithm."),
    };

    public abstract void Append(ReadOnlySpan<byte> data);

    /// <summary>Returns the checksum of the data appended so far. The bytes of a CRC are in big-endian order, as in S3's headers.</summary>
    /// <remarks>After this call, the hash is empty.</remarks>
    public abstract byte[] GetHashAndReset();

    public virtual void Dispose()
    {
    }

    private static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] BigEndian(ulong value)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }

    // GetCurrentHash of System.IO.Hashing would return the bytes in little-endian order.
    private sealed class Crc32Hash(System.IO.Hashing.Crc32 crc) : ChecksumHash
    {
        public override void Append(ReadOnlySpan<byte> data) => crc.Append(data);

        public override byte[] GetHashAndReset()
        {
            byte[] hash = BigEndian(crc.GetCurrentHashAsUInt32());
            crc.Reset();
            return hash;
        }
    }

#if NET9_0_OR_GREATER
    private sealed class Crc64Hash : ChecksumHash
    {
        private readonly Crc64 _crc = new(Crc64ParameterSet.Nvme);

        public override void Append(ReadOnlySpan<byte> data) => _crc.Append(data);

        public override byte[] GetHashAndReset()
        {
            byte[] hash = BigEndian(_crc.GetCurrentHashAsUInt64());
            _crc.Reset();
            return hash;
        }
    }
#else
    private sealed class OwnCrc32CHash : ChecksumHash
    {
        private Crc32C _crc = new();

        public override void Append(ReadOnlySpan<byte> data) => _crc.Append(data);

        public override byte[] GetHashAndReset()
        {
            byte[] hash = BigEndian(_crc.Value);
            _crc = new();
            return hash;
        }
    }

    private sealed class OwnCrc64NvmeHash : ChecksumHash
    {
        private Crc64Nvme _crc = new();

        public override void Append(ReadOnlySpan<byte> data) => _crc.Append(data);

        public override byte[] GetHashAndReset()
        {
            byte[] hash = BigEndian(_crc.Value);
            _crc = new();
            return hash;
        }
    }
#endif

    private sealed class ShaHash(HashAlgorithmName name) : ChecksumHash
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(name);

        public override void Append(ReadOnlySpan<byte> data) => _hash.AppendData(data);

        public override byte[] GetHashAndReset() => _hash.GetHashAndReset();

        public override void Dispose()
        {
            base.Dispose();
            _hash.Dispose();
        }
    }
}

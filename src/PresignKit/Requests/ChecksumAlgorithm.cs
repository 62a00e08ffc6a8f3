namespace PresignKit;

/// <summary>The checksum algorithms that S3 supports.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">Checking object integrity</see>.</remarks>
public enum ChecksumAlgorithm
{
    /// <summary>CRC-32 (ISO-HDLC, as in ZIP files), 4 bytes.</summary>
    Crc32,

    /// <summary>CRC-32C (Castagnoli), 4 bytes.</summary>
    Crc32C,

    /// <summary>CRC-64/NVME, 8 bytes.</summary>
    Crc64Nvme,

    /// <summary>SHA-1, 20 bytes.</summary>
    Sha1,

    /// <summary>SHA-256, 32 bytes.</summary>
    Sha256,
}

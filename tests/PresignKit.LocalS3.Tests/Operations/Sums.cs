using System.Security.Cryptography;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3.Tests.Operations;

/// <summary>Computes the checksums that a client sends.</summary>
internal static class Sums
{
    public static byte[] BytesOf(ChecksumAlgorithm algorithm, byte[] content)
    {
        using ChecksumHash hash = ChecksumHash.Create(algorithm);
        hash.Append(content);
        return hash.GetHashAndReset();
    }

    public static Checksum Of(ChecksumAlgorithm algorithm, byte[] content) => new(algorithm, BytesOf(algorithm, content));

    // ETags and Content-MD5 are MD5 hashes.
    public static byte[] Md5(byte[] content) => CryptographicOperations.HashData(HashAlgorithmName.MD5, content);

    public static string NameOf(ChecksumAlgorithm algorithm) => algorithm.ToString().ToLowerInvariant();
}

namespace PresignKit;

/// <summary>The checksum of a body, signed as <c>x-amz-checksum-…</c>: the store refuses a body that has another one. Immutable.</summary>
/// <remarks>
/// The URL then fits one body only. Stores that do not know the header overlook it (Ceph 16 and Swift do): <see cref="PutObject.ContentMD5"/> is known to all.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">Checking object integrity</see>.
/// </remarks>
public sealed record Checksum
{
    /// <summary>Takes the bytes of a checksum.</summary>
    /// <param name="algorithm">How it was computed.</param>
    /// <param name="value">Its bytes, 4 to 32 as <see cref="ChecksumAlgorithm"/> says; a CRC has its highest byte first.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> has not the algorithm's length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="algorithm"/> is none of the enumeration's values.</exception>
    public Checksum(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> value)
        : this(algorithm, Convert.ToBase64String(value.ToArray()))
    {
    }

    /// <summary>Takes the base64 text of a checksum.</summary>
    /// <param name="algorithm">How it was computed.</param>
    /// <param name="value">The base64 text of its bytes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is no base64 text of the algorithm's length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="algorithm"/> is none of the enumeration's values.</exception>
    public Checksum(ChecksumAlgorithm algorithm, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        (string name, _, int size) = FormOf(algorithm);
        Algorithm = algorithm;
        Value = ValueRules.RequireBase64(value, size, $"A {name} checksum", nameof(value));
    }

    /// <summary>How it was computed.</summary>
    public ChecksumAlgorithm Algorithm { get; }

    /// <summary>The base64 text of its bytes.</summary>
    public string Value { get; }

    internal void Describe(RequestBuilder request) => request.AddHeader(FormOf(Algorithm).Header, Value);

    /// <summary>The algorithm's name in S3's own writing.</summary>
    internal static string NameOf(ChecksumAlgorithm algorithm) => FormOf(algorithm).Name;

    internal static string? NameOf(ChecksumAlgorithm? algorithm) => algorithm is null ? null : NameOf(algorithm.Value);

    internal static string? NameOf(ChecksumType? type) => type switch { null => null, ChecksumType.FullObject => "FULL_OBJECT", _ => "COMPOSITE" };

    private static (string Name, string Header, int Size) FormOf(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => ("CRC32", "x-amz-checksum-crc32", 4),
        ChecksumAlgorithm.Crc32C => ("CRC32C", "x-amz-checksum-crc32c", 4),
        ChecksumAlgorithm.Crc64Nvme => ("CRC64NVME", "x-amz-checksum-crc64nvme", 8),
        ChecksumAlgorithm.Sha1 => ("SHA1", "x-amz-checksum-sha1", 20),
        ChecksumAlgorithm.Sha256 => ("SHA256", "x-amz-checksum-sha256", 32),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "No checksum algorithm of S3. Take one of the enumeration's values."),
    };
}

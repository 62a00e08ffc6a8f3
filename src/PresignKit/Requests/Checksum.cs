namespace PresignKit;

/// <summary>A checksum that the store verifies against the request body.</summary>
/// <remarks>
/// The checksum is signed as an <c>x-amz-checksum-…</c> header, so the URL is valid only for a body with this checksum. Stores that do not support the header, such as Ceph 16
/// and Swift, ignore it. All stores support <see cref="PutObject.ContentMD5"/>. Instances are immutable and thread-safe.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">Checking object integrity</see>.
/// </remarks>
public sealed record Checksum
{
    /// <summary>Initializes a new instance from the bytes of a checksum.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="value">The bytes of the checksum. The required length depends on the algorithm. The bytes of a CRC are in big-endian order.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> does not have the length that the algorithm requires.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="algorithm"/> is not a defined value of the enumeration.</exception>
    public Checksum(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> value)
        : this(algorithm, Convert.ToBase64String(value.ToArray()))
    {
    }

    /// <summary>Initializes a new instance from a base64-encoded checksum.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="value">The base64-encoded checksum.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is not valid base64 or does not have the length that the algorithm requires.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="algorithm"/> is not a defined value of the enumeration.</exception>
    public Checksum(ChecksumAlgorithm algorithm, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        (string name, _, int size) = FormOf(algorithm);
        Algorithm = algorithm;
        Value = ValueRules.RequireBase64(value, size, $"{name} checksum", nameof(value));
    }

    /// <summary>Gets the algorithm.</summary>
    public ChecksumAlgorithm Algorithm { get; }

    /// <summary>Gets the base64-encoded checksum.</summary>
    public string Value { get; }

    internal void AddTo(RequestBuilder request) => request.AddHeader(FormOf(Algorithm).Header, Value);

    /// <summary>Returns the name that the S3 API uses for the algorithm.</summary>
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
        _ => throw ValueRules.Undefined(algorithm, nameof(algorithm)),
    };
}

namespace PresignKit.LocalS3.Storage;

/// <summary>A multipart upload in progress.</summary>
internal sealed class MultipartUpload
{
    public required string UploadId { get; init; }

    public required string Key { get; init; }

    public required DateTimeOffset Initiated { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Gets the headers to store with the object. See <see cref="StoredObject.Headers"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ChecksumAlgorithm? ChecksumAlgorithm { get; init; }

    public ChecksumType? ChecksumType { get; init; }

    /// <summary>
    /// Gets the parts. Each part holds one reference to its content. Access this property only while holding the bucket's lock, or use <see cref="BucketStore.ListParts"/>.
    /// </summary>
    internal SortedDictionary<int, StoredPart> Parts { get; } = [];
}

/// <summary>A part in the request to complete an upload.</summary>
/// <param name="Number">The part number.</param>
/// <param name="ETag">The entity tag, with or without quotes.</param>
/// <param name="Checksum">The checksum of the part in the algorithm of the upload, or <c>null</c> if the client did not send one.</param>
internal sealed record RequestedPart(int Number, string ETag, byte[]? Checksum = null);

/// <summary>The request to complete an upload.</summary>
internal sealed record UploadCompletion
{
    /// <summary>The minimum length of every part but the last: 5 MiB.</summary>
    /// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">Amazon S3 multipart upload limits</see>.</remarks>
    public const long S3MinimumPartLength = 5 * 1024 * 1024;

    public required IReadOnlyList<RequestedPart> Parts { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    /// <summary>Gets the condition for the object that would be replaced, or <c>null</c>.</summary>
    public Func<StoredObject?, bool>? Precondition { get; init; }

    /// <summary>Gets the length that the client expects (<c>x-amz-mp-object-size</c>), or <c>null</c>.</summary>
    public long? ExpectedLength { get; init; }

    /// <summary>Gets the checksum of the object that the client expects, or <c>null</c>. A composite checksum does not include the number of parts.</summary>
    public byte[]? ExpectedChecksum { get; init; }

    public long MinimumPartLength { get; init; } = S3MinimumPartLength;
}

internal enum UploadCompletionStatus
{
    Completed,
    NoSuchUpload,

    /// <summary>The request has no parts.</summary>
    NoParts,

    /// <summary>The part numbers are not in ascending order.</summary>
    InvalidPartOrder,

    /// <summary>A part was not uploaded, or its entity tag or checksum is different.</summary>
    InvalidPart,

    /// <summary>A part that is not the last one is shorter than the minimum.</summary>
    EntityTooSmall,
    PreconditionFailed,
    UnexpectedLength,
    BadChecksum,
}

/// <summary>The result of completing an upload.</summary>
/// <param name="Status">The status.</param>
/// <param name="Object">The new object if the status is <see cref="UploadCompletionStatus.Completed"/>, otherwise <c>null</c>. No reference to its content is added for the caller, so the caller must not read the content.</param>
/// <param name="PartNumber">The number of the first part that is not valid, or 0.</param>
/// <param name="Part">The uploaded part with this number, or <c>null</c> if it was not uploaded. No reference to its content is added for the caller, so the caller must not read the content.</param>
internal readonly record struct UploadCompletionResult(UploadCompletionStatus Status, StoredObject? Object = null, int PartNumber = 0, StoredPart? Part = null);

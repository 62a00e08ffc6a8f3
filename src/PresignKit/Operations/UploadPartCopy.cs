namespace PresignKit;

/// <summary>Makes one part of a multipart upload from an object that is there, or from some of its bytes.</summary>
/// <remarks>
/// Sent without a body. The part's ETag stands in the XML of the answer; it can begin with 200 and still say that it failed.
/// Ceph 16 decodes the source twice: a key with a <c>%</c> is another object there, or none, and one like <c>a%.b</c> aborts the gateway.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html">UploadPartCopy</see>.
/// </remarks>
public sealed record UploadPartCopy : S3MultipartOperation
{
    /// <summary>Names the upload, in the bucket of the options. For another bucket, set <see cref="S3Operation.Bucket"/>.</summary>
    /// <param name="key">The object's key, not encoded.</param>
    /// <param name="uploadId">The upload's id (<see cref="S3MultipartOperation.UploadId"/>).</param>
    /// <param name="partNumber">The part's number, from 1 to 10,000.</param>
    /// <param name="source">The object to copy from.</param>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">An argument is empty, or <paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="partNumber"/> is out of its range.</exception>
    public UploadPartCopy(string key, string uploadId, int partNumber, CopySource source)
        : base(key, uploadId)
    {
        ArgumentNullException.ThrowIfNull(source);
        PartNumber = ValueRules.RequireRange(partNumber, 1, ValueRules.MaxPartNumber, nameof(partNumber));
        Source = source;
    }

    /// <summary>The part's number, from 1 to 10,000. A part that is uploaded again replaces the one before.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to another number.</exception>
    public int PartNumber
    {
        get;
        init => field = ValueRules.RequireRange(value, 1, ValueRules.MaxPartNumber, nameof(PartNumber));
    }

    /// <summary>The object to copy from.</summary>
    public CopySource Source { get; }

    /// <summary>The bytes to copy, with a first and a last one; <c>null</c> (the default) stands for the whole object.</summary>
    public ByteRange? SourceRange { get; init; }

    /// <summary>The key of the upload (SSE-C): the one that <see cref="CreateMultipartUpload"/> had.</summary>
    public SseCustomerKey? SseCustomerKey { get; init; }

    private protected override void DescribeUploadRequest(RequestBuilder request)
    {
        RequestBuilder.RefuseIf(
            SourceRange is { From: null } or { To: null },
            "SourceRange has one end only, and x-amz-copy-source-range wants both. Give the first and the last byte: new ByteRange(0, 5242879).");
        request.Method = HttpMethod.Put;
        request.AddQuery("partNumber", InvariantText.Number(PartNumber));
        Source.Describe(request);
        request.AddOptionalHeader("x-amz-copy-source-range", SourceRange?.ToString());
        SseCustomerKey?.Describe(request);
    }
}

namespace PresignKit;

/// <summary>Uploads one part of a multipart upload.</summary>
/// <remarks>
/// The body goes with the URL. Its answer has an <c>ETag</c>, which <see cref="CompletedPart"/> wants; a browser sees it only where the bucket's CORS rules
/// expose the header. A part has 5 MiB to 5 GiB, the last one may be smaller. All parts at once: <see cref="MultipartUploadExtensions"/>.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html">UploadPart</see>.
/// </remarks>
public sealed record UploadPart : S3MultipartOperation
{
    /// <summary>Names the upload, in the bucket of the options. For another bucket, set <see cref="S3Operation.Bucket"/>.</summary>
    /// <param name="key">The object's key, not encoded.</param>
    /// <param name="uploadId">The upload's id (<see cref="S3MultipartOperation.UploadId"/>).</param>
    /// <param name="partNumber">The part's number, from 1 to 10,000.</param>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">An argument is empty, or <paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="partNumber"/> is out of its range.</exception>
    public UploadPart(string key, string uploadId, int partNumber)
        : base(key, uploadId) => PartNumber = ValueRules.RequireRange(partNumber, 1, ValueRules.MaxPartNumber, nameof(partNumber));

    /// <summary>The part's number, from 1 to 10,000. A part that is uploaded again replaces the one before.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to another number.</exception>
    public int PartNumber
    {
        get;
        init => field = ValueRules.RequireRange(value, 1, ValueRules.MaxPartNumber, nameof(PartNumber));
    }

    /// <inheritdoc cref="PutObject.ContentLength"/>
    public long? ContentLength
    {
        get;
        init => field = ValueRules.RequireBytes(value, nameof(ContentLength));
    }

    /// <inheritdoc cref="PutObject.ContentMD5"/>
    public string? ContentMD5
    {
        get;
        init => field = ValueRules.RequireMD5(value, nameof(ContentMD5));
    }

    /// <summary>The checksum of the part, which the store checks. The algorithm is that of the upload.</summary>
    public Checksum? Checksum { get; init; }

    /// <summary>The key of the upload (SSE-C): the one that <see cref="CreateMultipartUpload"/> had.</summary>
    public SseCustomerKey? SseCustomerKey { get; init; }

    private protected override void DescribeUploadRequest(RequestBuilder request)
    {
        request.Method = HttpMethod.Put;
        request.AddQuery("partNumber", InvariantText.Number(PartNumber));
        request.AddOptionalHeader("content-length", InvariantText.Number(ContentLength));
        request.AddOptionalHeader("content-md5", ContentMD5);
        Checksum?.Describe(request);
        SseCustomerKey?.Describe(request);
    }
}

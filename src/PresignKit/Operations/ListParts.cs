namespace PresignKit;

/// <summary>Lists the parts that an upload has so far.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html">ListParts</see>.</remarks>
public sealed record ListParts : S3MultipartOperation
{
    /// <summary>Names the upload, in the bucket of the options. For another bucket, set <see cref="S3Operation.Bucket"/>.</summary>
    /// <param name="key">The object's key, not encoded.</param>
    /// <param name="uploadId">The upload's id (<see cref="S3MultipartOperation.UploadId"/>).</param>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">An argument is empty, or <paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    public ListParts(string key, string uploadId)
        : base(key, uploadId)
    {
    }

    /// <summary>The most parts in one answer, from 1 to 1,000; <c>null</c> (the default) stands for the store's 1,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to another number.</exception>
    public int? MaxParts
    {
        get;
        init => field = ValueRules.RequireRange(value, 1, ValueRules.MaxListed, nameof(MaxParts));
    }

    /// <summary>Lists the parts after this one: <c>NextPartNumberMarker</c> of the answer before; from 0 to 10,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to another number.</exception>
    public int? PartNumberMarker
    {
        get;
        init => field = ValueRules.RequireRange(value, 0, ValueRules.MaxPartNumber, nameof(PartNumberMarker));
    }

    /// <summary>The key of the upload (SSE-C): the one that <see cref="CreateMultipartUpload"/> had.</summary>
    public SseCustomerKey? SseCustomerKey { get; init; }

    private protected override void DescribeUploadRequest(RequestBuilder request)
    {
        request.Method = HttpMethod.Get;
        request.AddOptionalQuery("max-parts", InvariantText.Number(MaxParts));
        request.AddOptionalQuery("part-number-marker", InvariantText.Number(PartNumberMarker));
        SseCustomerKey?.Describe(request);
    }
}

using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>Uploads one part of a multipart upload by copying an existing object or a range of its bytes.</summary>
/// <remarks>
/// <para>
/// The request does not have a body. The response body contains the ETag of the part. Check the body even if the status is 200, because it might contain an <c>Error</c> element.
/// </para>
/// <para>
/// Ceph 16 decodes the source key twice. As a result, a key that contains <c>%</c> refers to a different object or to none, and a key such as <c>a%.b</c> crashes the gateway.
/// </para>
/// <para>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html">UploadPartCopy</see>.</para>
/// </remarks>
public sealed record UploadPartCopy : S3MultipartOperation
{
    /// <summary>Initializes a new instance that copies the source into the specified part of an upload.</summary>
    /// <param name="key">The key of the object, not encoded.</param>
    /// <param name="uploadId">The upload ID from the response to <see cref="CreateMultipartUpload"/>.</param>
    /// <param name="partNumber">The part number, from 1 to 10,000.</param>
    /// <param name="source">The source object.</param>
    /// <inheritdoc cref="S3MultipartOperation(string, string)" path="/remarks"/>
    /// <exception cref="ArgumentNullException"><paramref name="key"/>, <paramref name="uploadId"/> or <paramref name="source"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="key"/> is not a valid <see cref="S3ObjectOperation.Key"/>, or <paramref name="uploadId"/> is empty.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="partNumber"/> is less than 1 or greater than 10,000.</exception>
    public UploadPartCopy(string key, string uploadId, int partNumber, CopySource source)
        : base(key, uploadId)
    {
        ArgumentNullException.ThrowIfNull(source);
        PartNumber = ValueRules.RequireRange(partNumber, 1, ValueRules.MaxPartNumber, nameof(partNumber));
        Source = source;
    }

    /// <inheritdoc cref="UploadPart.PartNumber"/>
    public int PartNumber
    {
        get;
        init => field = ValueRules.RequireRange(value, 1, ValueRules.MaxPartNumber, nameof(PartNumber));
    }

    /// <summary>Gets the source object.</summary>
    public CopySource Source { get; }

    /// <summary>Gets the range of bytes to copy.</summary>
    /// <value>A range that specifies both the first and the last byte. The default is <c>null</c>, which copies the whole object.</value>
    public ByteRange? SourceRange { get; init; }

    /// <inheritdoc cref="UploadPart.SseCustomerKey"/>
    [JsonIgnore]
    [IgnoreDataMember]
    public SseCustomerKey? SseCustomerKey { get; init; }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.ThrowIf(
            SourceRange is { From: null } or { To: null },
            "SourceRange does not have both a first and a last byte, which x-amz-copy-source-range requires. Specify both, such as new ByteRange(0, 5242879).");
        request.Method = HttpMethod.Put;
        request.AddQuery("partNumber", InvariantText.Number(PartNumber));
        Source.AddTo(request);
        request.AddOptionalHeader("x-amz-copy-source-range", SourceRange?.ToString());
        SseCustomerKey?.AddTo(request);
    }
}

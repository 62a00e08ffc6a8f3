using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>Uploads one part of a multipart upload.</summary>
/// <remarks>
/// The request body is the content of the part. A part must be between 5 MiB and 5 GiB in size, but the last part can be smaller. The response has an <c>ETag</c> header, whose
/// value you pass to <see cref="CompletedPart"/>. A browser can read the header only if the bucket's CORS rules expose it. To presign all parts at once, use
/// <see cref="MultipartUploadExtensions"/>. Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html">UploadPart</see>.
/// </remarks>
public sealed record UploadPart : S3MultipartOperation
{
    /// <summary>Initializes a new instance for the specified part of an upload.</summary>
    /// <param name="key">The key of the object, not encoded.</param>
    /// <param name="uploadId">The upload ID from the response to <see cref="CreateMultipartUpload"/>.</param>
    /// <param name="partNumber">The part number, from 1 to 10,000.</param>
    /// <inheritdoc cref="S3MultipartOperation(string, string)" path="/remarks|/exception"/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="partNumber"/> is less than 1 or greater than 10,000.</exception>
    public UploadPart(string key, string uploadId, int partNumber)
        : base(key, uploadId) => PartNumber = ValueRules.RequireRange(partNumber, 1, ValueRules.MaxPartNumber, nameof(partNumber));

    /// <summary>Gets the part number.</summary>
    /// <value>From 1 to 10,000. Uploading a part again replaces the earlier content.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to a number that is less than 1 or greater than 10,000.</exception>
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

    /// <summary>Gets the checksum of the part, which the store verifies.</summary>
    /// <value>A checksum that uses the upload's checksum algorithm. The default is <c>null</c>.</value>
    public Checksum? Checksum { get; init; }

    /// <summary>Gets the customer-provided encryption key for the upload (SSE-C).</summary>
    /// <value>Must be the same key that <see cref="CreateMultipartUpload"/> used. The default is <c>null</c>.</value>
    [JsonIgnore]
    [IgnoreDataMember]
    public SseCustomerKey? SseCustomerKey { get; init; }

    /// <summary>Reads the part's ETag from the response to the upload request.</summary>
    /// <param name="response">The response to the upload request.</param>
    /// <returns>The ETag to pass to <see cref="CompletedPart"/>, as the store sent it (usually in quotes). Some proxies add the prefix <c>W/</c> to mark an ETag as weak. This
    /// prefix is removed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="response"/> is <c>null</c>.</exception>
    /// <exception cref="FormatException"><paramref name="response"/> is an error response or does not have an <c>ETag</c> header.</exception>
    public static string ReadETag(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (!response.IsSuccessStatusCode)
        {
            throw new FormatException(FormattableString.Invariant($"The response has the status {(int)response.StatusCode}, so the part was not uploaded. Read the error in its body, and upload the part again."));
        }

        string etag = response.Headers.TryGetValues("ETag", out IEnumerable<string>? values) ? ETagRules.Clean(string.Join(",", values)) : "";
        return etag.Length > 0 ? etag : throw new FormatException("The response does not have an ETag header. Check that it is the response to UploadPart, and that no proxy removes the header.");
    }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = HttpMethod.Put;
        request.AddQuery("partNumber", InvariantText.Number(PartNumber));
        request.AddOptionalHeader("content-length", InvariantText.Number(ContentLength));
        request.AddOptionalHeader("content-md5", ContentMD5);
        Checksum?.AddTo(request);
        SseCustomerKey?.AddTo(request);
    }
}

namespace PresignKit;

/// <summary>Cancels a multipart upload and deletes the parts that have been uploaded.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html">AbortMultipartUpload</see>.</remarks>
public sealed record AbortMultipartUpload : S3MultipartOperation
{
    /// <inheritdoc cref="S3MultipartOperation(string, string)"/>
    public AbortMultipartUpload(string key, string uploadId)
        : base(key, uploadId)
    {
    }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = HttpMethod.Delete;
    }
}

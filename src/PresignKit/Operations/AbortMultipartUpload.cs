namespace PresignKit;

/// <summary>Gives up a multipart upload, and frees what its parts take up.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html">AbortMultipartUpload</see>.</remarks>
public sealed record AbortMultipartUpload : S3MultipartOperation
{
    /// <summary>Names the upload, in the bucket of the options. For another bucket, set <see cref="S3Operation.Bucket"/>.</summary>
    /// <param name="key">The object's key, not encoded.</param>
    /// <param name="uploadId">The upload's id (<see cref="S3MultipartOperation.UploadId"/>).</param>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">An argument is empty, or <paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    public AbortMultipartUpload(string key, string uploadId)
        : base(key, uploadId)
    {
    }

    private protected override void DescribeUploadRequest(RequestBuilder request) => request.Method = HttpMethod.Delete;
}

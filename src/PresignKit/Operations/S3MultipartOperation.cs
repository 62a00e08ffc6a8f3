namespace PresignKit;

/// <summary>An operation on a multipart upload, which <see cref="CreateMultipartUpload"/> began.</summary>
public abstract record S3MultipartOperation : S3ObjectOperation
{
    private protected S3MultipartOperation(string key, string uploadId)
        : base(key) => UploadId = ValueRules.RequireText(uploadId, nameof(uploadId));

    /// <summary>The upload's id, from the answer to <see cref="CreateMultipartUpload"/>, not encoded.</summary>
    /// <exception cref="ArgumentNullException">It is set to <c>null</c>.</exception>
    /// <exception cref="ArgumentException">It is set to an empty text.</exception>
    public string UploadId
    {
        get;
        init => field = ValueRules.RequireText(value, nameof(UploadId));
    }

    private protected sealed override void DescribeObjectRequest(RequestBuilder request)
    {
        request.AddQuery("uploadId", UploadId);
        DescribeUploadRequest(request);
    }

    private protected abstract void DescribeUploadRequest(RequestBuilder request);
}

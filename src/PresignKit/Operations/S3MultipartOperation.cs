namespace PresignKit;

/// <summary>An operation on a multipart upload that was started with <see cref="CreateMultipartUpload"/>.</summary>
public abstract record S3MultipartOperation : S3ObjectOperation
{
    /// <summary>Initializes a new instance for the specified key and upload ID.</summary>
    /// <param name="key">The key of the object, not encoded.</param>
    /// <param name="uploadId">The upload ID from the response to <see cref="CreateMultipartUpload"/>.</param>
    /// <remarks>The object is in the default bucket (<see cref="PresignerOptions.Bucket"/>) unless <see cref="S3Operation.Bucket"/> is set.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="uploadId"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="key"/> is not a valid <see cref="S3ObjectOperation.Key"/>, or <paramref name="uploadId"/> is empty.
    /// </exception>
    private protected S3MultipartOperation(string key, string uploadId)
        : base(key) => UploadId = ValueRules.RequireText(uploadId, nameof(uploadId));

    /// <summary>Gets the upload ID from the response to <see cref="CreateMultipartUpload"/>, not encoded.</summary>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The property is set to an empty string.</exception>
    public string UploadId
    {
        get;
        init => field = ValueRules.RequireText(value, nameof(UploadId));
    }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.AddQuery("uploadId", UploadId);
    }
}

namespace PresignKit;

/// <summary>Deletes an object, or one version of it.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html">DeleteObject</see>.</remarks>
public sealed record DeleteObject : S3ObjectOperation
{
    /// <summary>Names the object, in the bucket of the options.</summary>
    /// <param name="key">The object's key, not encoded.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    public DeleteObject(string key)
        : base(key)
    {
    }

    /// <summary>Names bucket and object.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The object's key, not encoded.</param>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    public DeleteObject(string bucket, string key)
        : base(bucket, key)
    {
    }

    /// <summary>The version to delete for good; <c>null</c> stands for the object, which a versioned bucket hides behind a delete marker.</summary>
    public string? VersionId { get; init; }

    private protected override void DescribeObjectRequest(RequestDescription request)
    {
        request.Method = HttpMethod.Delete;
        request.AddOptionalQuery("versionId", VersionId);
    }
}

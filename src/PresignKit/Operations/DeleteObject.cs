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

    /// <summary>Deletes only an object whose ETag is this one, in quotes, or with <c>*</c> only one that is there; 412 otherwise (<c>If-Match</c>).</summary>
    public string? IfMatch { get; init; }

    /// <summary>Whether a lock in <see cref="ObjectLockMode.Governance"/> is lifted (<c>x-amz-bypass-governance-retention: true</c>). The default is <c>false</c>.</summary>
    public bool BypassGovernanceRetention { get; init; }

    private protected override void DescribeObjectRequest(RequestBuilder request)
    {
        request.Method = HttpMethod.Delete;
        request.AddOptionalQuery("versionId", VersionId);
        request.AddOptionalHeader("if-match", IfMatch);
        request.AddOptionalHeader("x-amz-bypass-governance-retention", BypassGovernanceRetention ? "true" : null);
    }
}

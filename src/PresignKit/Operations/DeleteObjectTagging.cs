namespace PresignKit;

/// <summary>Removes all tags of an object.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html">DeleteObjectTagging</see>.</remarks>
public sealed record DeleteObjectTagging : S3ObjectOperation
{
    /// <summary>Names the object, in the bucket of the options. For another bucket, set <see cref="S3Operation.Bucket"/>.</summary>
    /// <param name="key">The object's key, not encoded.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    public DeleteObjectTagging(string key)
        : base(key)
    {
    }

    /// <summary>The version of the object; <c>null</c> stands for the current one.</summary>
    public string? VersionId { get; init; }

    private protected override void DescribeObjectRequest(RequestBuilder request)
    {
        request.Method = HttpMethod.Delete;
        request.AddQuery("tagging", value: null);
        request.AddOptionalQuery("versionId", VersionId);
    }
}

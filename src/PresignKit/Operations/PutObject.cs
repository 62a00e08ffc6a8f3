namespace PresignKit;

/// <summary>Uploads an object, in place of one that is there under the same key.</summary>
/// <remarks>
/// What is signed must be sent, and what must be sent stands in <see cref="PresignedUrl.RequiredHeaders"/>. Browsers send a <c>Content-Type</c> with every upload:
/// sign it. The body goes with a <c>Content-Length</c>; stores answer 411 to a chunked one.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html">PutObject</see>.
/// </remarks>
public sealed record PutObject : S3ObjectOperation
{
    /// <summary>Names the object, in the bucket of the options.</summary>
    /// <param name="key">The object's key, not encoded.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    public PutObject(string key)
        : base(key)
    {
    }

    /// <summary>Names bucket and object.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The object's key, not encoded.</param>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    public PutObject(string bucket, string key)
        : base(bucket, key)
    {
    }

    /// <summary>The object's <c>Content-Type</c>, like <c>image/jpeg</c>. Signed: the upload must send it.</summary>
    public string? ContentType { get; init; }

    private protected override void DescribeObjectRequest(RequestDescription request)
    {
        request.Method = HttpMethod.Put;
        request.AddOptionalHeader("content-type", ContentType);
    }
}

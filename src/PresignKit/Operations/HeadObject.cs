namespace PresignKit;

/// <summary>Reads an object's headers without its content.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">HeadObject</see>.</remarks>
public sealed record HeadObject : S3ObjectReadOperation
{
    /// <summary>Names the object, in the bucket of the options.</summary>
    /// <param name="key">The object's key, not encoded.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    public HeadObject(string key)
        : base(key)
    {
    }

    /// <summary>Names bucket and object.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The object's key, not encoded.</param>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    public HeadObject(string bucket, string key)
        : base(bucket, key)
    {
    }

    private protected override void DescribeObjectRequest(RequestBuilder request)
    {
        request.Method = HttpMethod.Head;
        DescribeRead(request);
    }
}

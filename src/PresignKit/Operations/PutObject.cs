namespace PresignKit;

/// <summary>Uploads an object, in place of one that is there under the same key.</summary>
/// <remarks>
/// What is signed must be sent, and what must be sent stands in <see cref="PresignedUrl.RequiredHeaders"/>. Browsers send a <c>Content-Type</c> with every upload:
/// sign it. The body goes with a <c>Content-Length</c>; stores answer 411 to a chunked one.
/// Where a store has no forms (presigned POST), <see cref="ContentLength"/> is the way to cap the size of an upload.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html">PutObject</see>.
/// </remarks>
public sealed record PutObject : S3ObjectWriteOperation
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

    /// <summary>The exact length of the body, in bytes: 0 or more. Stores refuse a body of another length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to a negative number.</exception>
    public long? ContentLength
    {
        get;
        init => field = ValueRules.RequireBytes(value, nameof(ContentLength));
    }

    /// <summary>The MD5 of the body, as base64 text of its 16 bytes. Stores refuse a body that has another one.</summary>
    /// <exception cref="ArgumentException">It is set to a text that is not base64, or not of 16 bytes.</exception>
    public string? ContentMD5
    {
        get;
        init => field = ValueRules.RequireMD5(value, nameof(ContentMD5));
    }

    /// <summary>The checksum of the body, which the store checks and keeps.</summary>
    public Checksum? Checksum { get; init; }

    /// <summary>Overwrites only an object whose ETag is this one, in quotes; 412 otherwise (<c>If-Match</c>).</summary>
    public string? IfMatch { get; init; }

    /// <summary><c>*</c> never overwrites: 412 where an object is there (<c>If-None-Match</c>). Not every store knows it.</summary>
    public string? IfNoneMatch { get; init; }

    private protected override void DescribeObjectRequest(RequestBuilder request)
    {
        RequestBuilder.RefuseIf(
            IfMatch is not null && IfNoneMatch is not null, "Both IfMatch and IfNoneMatch are set; stores take one of them on a write. Leave one out.");
        request.Method = HttpMethod.Put;
        DescribeWrite(request);
        request.AddOptionalHeader("content-length", InvariantText.Number(ContentLength));
        request.AddOptionalHeader("content-md5", ContentMD5);
        Checksum?.Describe(request);
        request.AddOptionalHeader("if-match", IfMatch);
        request.AddOptionalHeader("if-none-match", IfNoneMatch);
    }
}

namespace PresignKit;

/// <summary>Uploads an object, replacing any existing object with the same key.</summary>
/// <remarks>
/// <para>
/// The client must send every signed header with its signed value. <see cref="PresignedUrl.RequiredHeaders"/> contains all of these headers. Browsers add a <c>Content-Type</c>
/// header to most uploads, so set <see cref="S3ObjectWriteOperation.ContentType"/>.
/// </para>
/// <para>
/// The request must have a <c>Content-Length</c> header because stores respond to a chunked body with 411. On stores that do not support presigned POST forms, set
/// <see cref="ContentLength"/> to limit the size of an upload.
/// </para>
/// <para>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html">PutObject</see>.</para>
/// </remarks>
public sealed record PutObject : S3ObjectWriteOperation
{
    /// <inheritdoc cref="S3ObjectOperation(string)"/>
    public PutObject(string key)
        : base(key)
    {
    }

    /// <summary>Gets the exact length of the body, in bytes.</summary>
    /// <value>0 or greater. The store rejects a body with a different length. The default is <c>null</c>, which allows any length.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to a negative number.</exception>
    public long? ContentLength
    {
        get;
        init => field = ValueRules.RequireBytes(value, nameof(ContentLength));
    }

    /// <summary>Gets the MD5 hash of the body.</summary>
    /// <value>A 16-byte hash, encoded as base64. The store rejects a body with a different hash. The default is <c>null</c>.</value>
    /// <exception cref="ArgumentException">The property is set to a string that is not the base64 encoding of 16 bytes.</exception>
    public string? ContentMD5
    {
        get;
        init => field = ValueRules.RequireMD5(value, nameof(ContentMD5));
    }

    /// <summary>Gets the checksum of the body, which the store verifies and saves with the object.</summary>
    /// <value>The default is <c>null</c>.</value>
    public Checksum? Checksum { get; init; }

    /// <summary>Gets the ETag, in quotes, of the object that may be replaced (<c>If-Match</c>).</summary>
    /// <value>If the object has a different ETag, the store responds with 412 (Precondition Failed). The default is <c>null</c>. This property cannot be combined with
    /// <see cref="IfNoneMatch"/>.</value>
    /// <exception cref="ArgumentException">
    /// The property is set to a string that is not a valid ETag. Weak (<c>W/"…"</c>) and escaped (<c>&amp;quot;…&amp;quot;</c>) ETags are not accepted.
    /// </exception>
    public string? IfMatch
    {
        get;
        init => field = ETagRules.Require(value, nameof(IfMatch));
    }

    /// <summary>Gets the <c>If-None-Match</c> condition, which can prevent the request from replacing an existing object.</summary>
    /// <value>
    /// <c>*</c> to prevent the request from replacing an existing object. If the object exists, the store responds with 412. The default is <c>null</c>.
    /// This property cannot be combined with <see cref="IfMatch"/>.
    /// </value>
    /// <remarks>Not all stores support this condition.</remarks>
    /// <exception cref="ArgumentException">
    /// The property is set to a string that is not a valid ETag. Weak (<c>W/"…"</c>) and escaped (<c>&amp;quot;…&amp;quot;</c>) ETags are not accepted.
    /// </exception>
    public string? IfNoneMatch
    {
        get;
        init => field = ETagRules.Require(value, nameof(IfNoneMatch));
    }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = HttpMethod.Put;
        request.AddOptionalHeader("content-length", InvariantText.Number(ContentLength));
        request.AddOptionalHeader("content-md5", ContentMD5);
        Checksum?.AddTo(request);
        AddWriteConditions(request, IfMatch, IfNoneMatch);
    }
}

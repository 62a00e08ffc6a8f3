namespace PresignKit;

/// <summary>Makes an object of one that is there, within the store.</summary>
/// <remarks>
/// Sent without a body. The answer can begin with 200 and still hold an <c>Error</c>: read its body. Objects of more than 5 GiB are copied in parts
/// (<see cref="UploadPartCopy"/>). Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">CopyObject</see>.
/// </remarks>
/// <example><code>
/// new CopyObject("2026/report.pdf", new CopySource("my-space", "drafts/report.pdf"))
/// </code></example>
public sealed record CopyObject : S3ObjectWriteOperation
{
    /// <summary>Names the new object, in the bucket of the options, and its source. For another bucket, set <see cref="S3Operation.Bucket"/>.</summary>
    /// <param name="key">The new object's key, not encoded.</param>
    /// <param name="source">The object to copy.</param>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    public CopyObject(string key, CopySource source)
        : base(key)
    {
        ArgumentNullException.ThrowIfNull(source);
        Source = source;
    }

    /// <summary>The object to copy.</summary>
    public CopySource Source { get; }

    /// <summary>
    /// Whether the copy has the source's metadata and content type or the request's; <c>null</c> (the default) leaves it to the store, which takes the source's.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to a value that the enumeration does not define.</exception>
    public CopyDirective? MetadataDirective
    {
        get;
        init => field = ValueRules.RequireDefined(value, nameof(MetadataDirective));
    }

    /// <summary>Whether the copy has the source's tags or the request's; <c>null</c> (the default) leaves it to the store, which takes the source's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to a value that the enumeration does not define.</exception>
    public CopyDirective? TaggingDirective
    {
        get;
        init => field = ValueRules.RequireDefined(value, nameof(TaggingDirective));
    }

    /// <summary>The checksum that the store computes for the copy (<c>x-amz-checksum-algorithm</c>).</summary>
    public ChecksumAlgorithm? ChecksumAlgorithm { get; init; }

    /// <inheritdoc cref="PutObject.IfMatch"/>
    public string? IfMatch { get; init; }

    /// <inheritdoc cref="PutObject.IfNoneMatch"/>
    public string? IfNoneMatch { get; init; }

    private bool HasMetadata =>
        (ContentType ?? CacheControl ?? ContentDisposition ?? ContentEncoding ?? ContentLanguage) is not null || Expires is not null || Metadata is not null;

    private protected override void DescribeObjectRequest(RequestBuilder request)
    {
        RequestBuilder.RefuseIf(
            HasMetadata && MetadataDirective != CopyDirective.Replace,
            "The copy is given metadata, and stores overlook it unless told to replace the source's. Set MetadataDirective = CopyDirective.Replace (nothing of the source's metadata stays then), or leave the metadata out.");
        RequestBuilder.RefuseIf(
            Tagging is not null && TaggingDirective != CopyDirective.Replace,
            "The copy is given tags, and stores overlook them unless told to replace the source's. Set TaggingDirective = CopyDirective.Replace, or leave the tags out.");
        RequestBuilder.RefuseIf(
            IfMatch is not null && IfNoneMatch is not null, "Both IfMatch and IfNoneMatch are set; stores take one of them on a write. Leave one out.");
        request.Method = HttpMethod.Put;
        Source.Describe(request);
        DescribeWrite(request);
        request.AddOptionalHeader("x-amz-metadata-directive", TextOf(MetadataDirective));
        request.AddOptionalHeader("x-amz-tagging-directive", TextOf(TaggingDirective));
        request.AddOptionalHeader("x-amz-checksum-algorithm", Checksum.NameOf(ChecksumAlgorithm));
        request.AddOptionalHeader("if-match", IfMatch);
        request.AddOptionalHeader("if-none-match", IfNoneMatch);
    }

    private static string? TextOf(CopyDirective? directive) => directive switch
    {
        null => null,
        CopyDirective.Copy => "COPY",
        _ => "REPLACE",
    };
}

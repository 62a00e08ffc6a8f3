namespace PresignKit;

/// <summary>Copies an object within the store.</summary>
/// <remarks>
/// The request does not have a body. Check the response body even if the status is 200, because it might contain an <c>Error</c> element. An object larger than 5 GiB must be
/// copied in parts with <see cref="UploadPartCopy"/>. Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">CopyObject</see>.
/// </remarks>
/// <example><code>
/// new CopyObject("2026/report.pdf", new CopySource("my-space", "drafts/report.pdf"))
/// </code></example>
public sealed record CopyObject : S3ObjectWriteOperation
{
    /// <summary>Initializes a new instance that copies the source to the specified key.</summary>
    /// <param name="key">The key of the new object, not encoded.</param>
    /// <param name="source">The object to copy.</param>
    /// <inheritdoc cref="S3ObjectOperation(string)" path="/remarks"/>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="source"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is not a valid <see cref="S3ObjectOperation.Key"/>.</exception>
    public CopyObject(string key, CopySource source)
        : base(key)
    {
        ArgumentNullException.ThrowIfNull(source);
        Source = source;
    }

    /// <summary>Gets the object to copy.</summary>
    public CopySource Source { get; }

    /// <summary>Gets a value that specifies whether the copy gets its metadata and content headers from the source or from this operation.</summary>
    /// <value>The default is <c>null</c>, which omits the header. In that case, stores copy the source's metadata and content headers.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to an undefined enumeration value.</exception>
    public CopyDirective? MetadataDirective
    {
        get;
        init => field = ValueRules.RequireDefined(value, nameof(MetadataDirective));
    }

    /// <summary>Gets a value that specifies whether the copy gets its tags from the source or from this operation.</summary>
    /// <value>The default is <c>null</c>, which omits the header. In that case, stores copy the source's tags.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to an undefined enumeration value.</exception>
    public CopyDirective? TaggingDirective
    {
        get;
        init => field = ValueRules.RequireDefined(value, nameof(TaggingDirective));
    }

    /// <summary>Gets the algorithm that the store uses to compute the checksum of the copy (<c>x-amz-checksum-algorithm</c>).</summary>
    /// <value>The default is <c>null</c>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to an undefined enumeration value.</exception>
    public ChecksumAlgorithm? ChecksumAlgorithm
    {
        get;
        init => field = ValueRules.RequireDefined(value, nameof(ChecksumAlgorithm));
    }

    /// <inheritdoc cref="PutObject.IfMatch"/>
    /// <exception cref="ArgumentException">
    /// The property is set to a string that is not a valid ETag. Weak (<c>W/"…"</c>) and escaped (<c>&amp;quot;…&amp;quot;</c>) ETags are not accepted.
    /// </exception>
    public string? IfMatch
    {
        get;
        init => field = ETagRules.Require(value, nameof(IfMatch));
    }

    /// <inheritdoc cref="PutObject.IfNoneMatch"/>
    /// <exception cref="ArgumentException">
    /// The property is set to a string that is not a valid ETag. Weak (<c>W/"…"</c>) and escaped (<c>&amp;quot;…&amp;quot;</c>) ETags are not accepted.
    /// </exception>
    public string? IfNoneMatch
    {
        get;
        init => field = ETagRules.Require(value, nameof(IfNoneMatch));
    }

    private bool HasMetadata =>
        (ContentType ?? CacheControl ?? ContentDisposition ?? ContentEncoding ?? ContentLanguage) is not null || Expires is not null || Metadata is not null;

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.ThrowIf(
            HasMetadata && MetadataDirective != CopyDirective.Replace,
            "The copy specifies metadata, which stores ignore unless it replaces the metadata of the source. Set MetadataDirective to CopyDirective.Replace, which discards all metadata of the source, or remove the metadata.");
        request.ThrowIf(
            Tagging is not null && TaggingDirective != CopyDirective.Replace,
            "The copy specifies tags, which stores ignore unless they replace the tags of the source. Set TaggingDirective to CopyDirective.Replace, or remove the tags.");
        request.Method = HttpMethod.Put;
        Source.AddTo(request);
        request.AddOptionalHeader("x-amz-metadata-directive", TextOf(MetadataDirective));
        request.AddOptionalHeader("x-amz-tagging-directive", TextOf(TaggingDirective));
        request.AddOptionalHeader("x-amz-checksum-algorithm", Checksum.NameOf(ChecksumAlgorithm));
        AddWriteConditions(request, IfMatch, IfNoneMatch);
    }

    private static string? TextOf(CopyDirective? directive) => directive switch
    {
        null => null,
        CopyDirective.Copy => "COPY",
        _ => "REPLACE",
    };
}

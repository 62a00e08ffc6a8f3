namespace PresignKit;

/// <summary>Replaces the tags of an object.</summary>
/// <remarks>
/// The request body is the XML that <see cref="CreateBody"/> returns. AWS requires an MD5 hash or a checksum of the body, so set <see cref="ContentMD5"/> or
/// <see cref="Checksum"/>. The URL then allows only the tags in that body.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html">PutObjectTagging</see>.
/// </remarks>
public sealed record PutObjectTagging : S3ObjectOperation
{
    /// <inheritdoc cref="S3ObjectOperation(string)"/>
    public PutObjectTagging(string key)
        : base(key)
    {
    }

    /// <inheritdoc cref="S3ObjectReadOperation.VersionId"/>
    public string? VersionId { get; init; }

    /// <inheritdoc cref="PutObject.ContentMD5"/>
    public string? ContentMD5
    {
        get;
        init => field = ValueRules.RequireMD5(value, nameof(ContentMD5));
    }

    /// <summary>Gets the checksum of the request body, which the store verifies.</summary>
    /// <value>The default is <c>null</c>.</value>
    public Checksum? Checksum { get; init; }

    /// <summary>Creates the request body.</summary>
    /// <param name="tags">At most 10 tags, with names of up to 128 characters and values of up to 256 characters.</param>
    /// <returns>The request body, which is XML encoded as UTF-8.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tags"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">
    /// There are too many tags, or a tag is not valid. For example, the name or value might be missing or too long, the name might start
    /// with <c>aws:</c>, or either might contain a control character or a lone surrogate.
    /// </exception>
    public static byte[] CreateBody(IReadOnlyDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return TagRules.ToXml(tags, nameof(tags));
    }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = HttpMethod.Put;
        request.AddQuery("tagging", value: null);
        request.AddOptionalQuery("versionId", VersionId);
        request.AddOptionalHeader("content-md5", ContentMD5);
        Checksum?.AddTo(request);
    }
}

namespace PresignKit;

/// <summary>Gives an object tags in place of those that it has.</summary>
/// <remarks>
/// Sent with the XML of <see cref="CreateBody"/>. AWS wants its MD5 or a checksum with it: sign one here to pin the tags, too.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html">PutObjectTagging</see>.
/// </remarks>
public sealed record PutObjectTagging : S3ObjectOperation
{
    /// <summary>Names the object, in the bucket of the options. For another bucket, set <see cref="S3Operation.Bucket"/>.</summary>
    /// <param name="key">The object's key, not encoded.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    public PutObjectTagging(string key)
        : base(key)
    {
    }

    /// <summary>The version of the object; <c>null</c> stands for the current one.</summary>
    public string? VersionId { get; init; }

    /// <inheritdoc cref="PutObject.ContentMD5"/>
    public string? ContentMD5
    {
        get;
        init => field = ValueRules.RequireMD5(value, nameof(ContentMD5));
    }

    /// <summary>The checksum of the body, which the store checks.</summary>
    public Checksum? Checksum { get; init; }

    /// <summary>Writes the body that the request wants.</summary>
    /// <param name="tags">The tags: 10 at most, names of 128 and values of 256 characters at most.</param>
    /// <returns>XML in UTF-8.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tags"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">There are too many tags, or one is too long, or holds a control character.</exception>
    public static byte[] CreateBody(IReadOnlyDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return TagRules.ToXml(tags, nameof(tags));
    }

    private protected override void DescribeObjectRequest(RequestBuilder request)
    {
        request.Method = HttpMethod.Put;
        request.AddQuery("tagging", value: null);
        request.AddOptionalQuery("versionId", VersionId);
        request.AddOptionalHeader("content-md5", ContentMD5);
        Checksum?.Describe(request);
    }
}

namespace PresignKit;

/// <summary>Removes all tags from an object.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html">DeleteObjectTagging</see>.</remarks>
public sealed record DeleteObjectTagging : S3ObjectOperation
{
    /// <inheritdoc cref="S3ObjectOperation(string)"/>
    public DeleteObjectTagging(string key)
        : base(key)
    {
    }

    /// <inheritdoc cref="S3ObjectReadOperation.VersionId"/>
    public string? VersionId { get; init; }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = HttpMethod.Delete;
        request.AddQuery("tagging", value: null);
        request.AddOptionalQuery("versionId", VersionId);
    }
}

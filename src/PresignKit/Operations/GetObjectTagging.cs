namespace PresignKit;

/// <summary>Reads the tags of an object.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html">GetObjectTagging</see>.</remarks>
public sealed record GetObjectTagging : S3ObjectOperation
{
    /// <inheritdoc cref="S3ObjectOperation(string)"/>
    public GetObjectTagging(string key)
        : base(key)
    {
    }

    /// <inheritdoc cref="S3ObjectReadOperation.VersionId"/>
    public string? VersionId { get; init; }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = HttpMethod.Get;
        request.AddQuery("tagging", value: null);
        request.AddOptionalQuery("versionId", VersionId);
    }
}

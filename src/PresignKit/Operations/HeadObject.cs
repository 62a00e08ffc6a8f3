namespace PresignKit;

/// <summary>Reads the headers of an object without its content.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">HeadObject</see>.</remarks>
public sealed record HeadObject : S3ObjectReadOperation
{
    /// <inheritdoc cref="S3ObjectOperation(string)"/>
    public HeadObject(string key)
        : base(key)
    {
    }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = HttpMethod.Head;
    }
}

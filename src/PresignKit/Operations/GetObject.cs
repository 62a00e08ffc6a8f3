namespace PresignKit;

/// <summary>Downloads an object or part of it.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject</see>.</remarks>
public sealed record GetObject : S3ObjectReadOperation
{
    /// <inheritdoc cref="S3ObjectOperation(string)"/>
    public GetObject(string key)
        : base(key)
    {
    }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = HttpMethod.Get;
    }
}

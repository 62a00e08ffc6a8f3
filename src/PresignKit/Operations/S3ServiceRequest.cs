namespace PresignKit;

/// <summary>A service-level request with an arbitrary HTTP method, such as <c>GET</c> to list the account's buckets.</summary>
/// <remarks>The request does not target a bucket, so <see cref="S3Operation.Bucket"/> must be <c>null</c>.</remarks>
/// <example><code>
/// new S3ServiceRequest(HttpMethod.Get)
/// </code></example>
public sealed record S3ServiceRequest : S3Operation
{
    /// <summary>Initializes a new instance for the specified method.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> is <c>null</c>.</exception>
    public S3ServiceRequest(HttpMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        Method = UppercaseMethod.Of(method);
    }

    /// <inheritdoc cref="S3Request.Method"/>
    public HttpMethod Method { get; }

    private protected override string Summary => $"Method = {Method}";

    private protected override void BuildCore(RequestBuilder request)
    {
        if (Bucket is not null)
        {
            throw new ArgumentException(
                $"A request for the store itself cannot have a bucket, but Bucket is '{Printable.Text(Bucket)}'. Remove it, or use S3BucketRequest.", request.ParamName);
        }

        request.Target = OperationTarget.Service;
        request.Method = Method;
    }
}

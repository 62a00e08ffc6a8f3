namespace PresignKit;

/// <summary>A bucket-level request with an arbitrary HTTP method, for operations that do not have a dedicated record.</summary>
/// <remarks>
/// A <c>DELETE</c> request without a <see cref="SubResource"/> deletes the bucket itself, so check <see cref="Method"/> and <see cref="SubResource"/> before you presign the request.
/// </remarks>
/// <example><code>
/// new S3BucketRequest(HttpMethod.Put) { SubResource = "cors" }
/// </code></example>
public sealed record S3BucketRequest : S3BucketOperation
{
    /// <summary>Initializes a new instance for the specified method.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <remarks>The request is for the default bucket (<see cref="PresignerOptions.Bucket"/>) unless <see cref="S3Operation.Bucket"/> is set.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> is <c>null</c>.</exception>
    public S3BucketRequest(HttpMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        Method = UppercaseMethod.Of(method);
    }

    /// <inheritdoc cref="S3Request.Method"/>
    public HttpMethod Method { get; }

    /// <inheritdoc cref="S3Request.SubResource"/>
    public string? SubResource
    {
        get;
        init => field = ParameterRules.RequireSubResource(value, nameof(SubResource));
    }

    private protected override string Summary => $"Method = {Method}, {base.Summary}";

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = Method;
        if (SubResource is not null)
        {
            request.AddQuery(SubResource, value: null);
        }
    }
}

namespace PresignKit;

/// <summary>An object-level request with an arbitrary HTTP method, for operations that do not have a dedicated record.</summary>
/// <remarks>Use <see cref="S3BucketRequest"/> for a request to a bucket, and <see cref="S3ServiceRequest"/> for a request to the store itself.</remarks>
/// <example><code>
/// new S3Request(HttpMethod.Get, "report.pdf") { SubResource = "acl" }
/// </code></example>
public sealed record S3Request : S3ObjectOperation
{
    /// <summary>Initializes a new instance for the specified method and key.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="key">The key of the object, not encoded.</param>
    /// <inheritdoc cref="S3ObjectOperation(string)" path="/remarks"/>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> or <paramref name="key"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is not a valid <see cref="S3ObjectOperation.Key"/>.</exception>
    public S3Request(HttpMethod method, string key)
        : base(key)
    {
        ArgumentNullException.ThrowIfNull(method);
        Method = UppercaseMethod.Of(method);
    }

    /// <summary>Gets the HTTP method, in uppercase.</summary>
    public HttpMethod Method { get; }

    /// <summary>Gets the subresource to add to the query as a parameter without a value, such as <c>acl</c>, <c>tagging</c> or <c>cors</c>.</summary>
    /// <value>A name that consists of letters, digits and <c>-</c>. The default is <c>null</c>. Parameters with a value belong in <see cref="S3Operation.Query"/>.</value>
    /// <exception cref="ArgumentException">The property is set to a string that is empty or contains characters other than letters, digits and <c>-</c>.</exception>
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

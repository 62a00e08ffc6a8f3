namespace PresignKit;

/// <summary>
/// Any request to a store: for what the typed operations lack. A request for an object, for a bucket, and for the whole store are three different
/// things, and each is asked for by name.
/// </summary>
/// <example><code>
/// new S3Request(HttpMethod.Get, "my-bucket", "report.pdf") { SubResource = "acl" }
/// S3Request.ForBucket(HttpMethod.Get, "my-bucket") with { SubResource = "cors" }
/// </code></example>
public sealed record S3Request : S3Operation
{
    private readonly OperationTarget _target;

    /// <summary>Makes a request for an object.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The object's key, not encoded (<see cref="S3ObjectOperation.Key"/> has its rules).</param>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is empty (then it would be a request for the bucket: see <see cref="ForBucket"/>),
    /// or no key that can be presigned.</exception>
    public S3Request(HttpMethod method, string bucket, string key)
        : this(method, OperationTarget.Object)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        Bucket = bucket;
        Key = ObjectKey.Require(key, nameof(key));
    }

    private S3Request(HttpMethod method, OperationTarget target)
    {
        ArgumentNullException.ThrowIfNull(method);
        Method = UppercaseMethod.Of(method);
        _target = target;
    }

    /// <summary>The HTTP method, in upper case.</summary>
    public HttpMethod Method { get; }

    /// <summary>The object's key, or <c>null</c> for a request for a bucket or the store.</summary>
    public string? Key { get; }

    /// <summary>The sub-resource, which stands in the query without a value: <c>acl</c>, <c>tagging</c>, <c>cors</c>, <c>uploads</c>, …</summary>
    /// <exception cref="ArgumentException">It is set to something else than letters, digits and <c>-</c>: <c>versionId=3</c> goes into <see cref="S3Operation.Query"/>.</exception>
    public string? SubResource
    {
        get;
        init => field = value is null || value.Length > 0 && value.All(c => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-')
            ? value
            : throw new ArgumentException(
                $"The sub-resource '{Printable.Text(value)}' is not made of letters, digits and '-'. A store would ignore it, and the request would be for the object itself. Write 'tagging', without '?'; a parameter with a value goes into Query.",
                nameof(SubResource));
    }

    /// <summary>Makes a request for a bucket.</summary>
    /// <param name="method">The HTTP method. A presigned DELETE removes the bucket.</param>
    /// <param name="bucket">The bucket.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    public static S3Request ForBucket(HttpMethod method, string bucket)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        return new S3Request(method, OperationTarget.Bucket) { Bucket = bucket };
    }

    /// <summary>Makes a request for the store itself, which lists its buckets.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> is <c>null</c>.</exception>
    public static S3Request ForService(HttpMethod method) => new(method, OperationTarget.Service);

    private protected override bool HasBucket => _target != OperationTarget.Service;

    private protected override string Target =>
        _target == OperationTarget.Object ? $"{Method} Key = {Printable.Text(Key!)}" : $"{Method} {_target}";

    private protected override void DescribeOwn(RequestBuilder request)
    {
        request.Method = Method;
        request.Target = _target;
        request.Key = Key ?? "";
        if (SubResource is not null)
        {
            request.AddQuery(SubResource, value: null);
        }
    }
}

namespace PresignKit;

/// <summary>An operation on one object.</summary>
public abstract record S3ObjectOperation : S3Operation
{
    private protected S3ObjectOperation(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Key = key;
    }

    private protected S3ObjectOperation(string bucket, string key)
        : this(key)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        Bucket = bucket;
    }

    /// <summary>
    /// The object's key, exactly: not encoded, 1 to 1,024 bytes in UTF-8. A leading slash, <c>//</c>, <c>+</c>, spaces and
    /// <c>%</c> are part of it.
    /// </summary>
    /// <exception cref="ArgumentNullException">It is set to <c>null</c>.</exception>
    /// <exception cref="ArgumentException">It is set to a key that is empty, too long, holds NUL or a lone surrogate, or has <c>.</c> or <c>..</c>
    /// between slashes.</exception>
    public string Key
    {
        get;
        init => field = ObjectKey.Require(value, "key");
    }

    private protected sealed override string Target => $"Key = {Printable.Text(Key)}";

    private protected sealed override void DescribeOwn(RequestBuilder request)
    {
        request.Target = OperationTarget.Object;
        request.Key = Key;
        DescribeObjectRequest(request);
    }

    private protected abstract void DescribeObjectRequest(RequestBuilder request);
}

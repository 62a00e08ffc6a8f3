namespace PresignKit;

/// <summary>An operation on an object.</summary>
public abstract record S3ObjectOperation : S3Operation
{
    private readonly string _key;

    /// <summary>Initializes a new instance for the object with the specified key.</summary>
    /// <param name="key">The key of the object, not encoded.</param>
    /// <remarks>The object is in the default bucket (<see cref="PresignerOptions.Bucket"/>) unless <see cref="S3Operation.Bucket"/> is set.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is not a valid <see cref="Key"/>.</exception>
    private protected S3ObjectOperation(string key) => _key = ObjectKey.Require(key, nameof(key));

    /// <summary>Gets the key of the object.</summary>
    /// <value>
    /// The exact, unencoded key, with a length of 1 to 1,024 bytes in UTF-8. Leading and consecutive slashes, spaces, <c>+</c> and <c>%</c> are part of the key.
    /// </value>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    /// <exception cref="ArgumentException">
    /// The property is set to a key that is empty, is longer than 1,024 bytes, contains NUL or a lone surrogate, or has a <c>.</c> or <c>..</c> path segment.
    /// </exception>
    public string Key
    {
        get => _key;
        init => _key = ObjectKey.Require(value, nameof(Key));
    }

    private protected override string Summary => $"{base.Summary}, Key = {Printable.Text(Key)}";

    private protected override void BuildCore(RequestBuilder request)
    {
        request.Target = OperationTarget.Object;
        request.Key = Key;
    }

    /// <summary>Adds the <c>If-Match</c> or <c>If-None-Match</c> condition to a write request, if one is specified.</summary>
    /// <remarks>Stores do not accept both conditions in one request.</remarks>
    private protected static void AddWriteConditions(RequestBuilder request, string? ifMatch, string? ifNoneMatch)
    {
        request.ThrowIf(ifMatch is not null && ifNoneMatch is not null, "IfMatch and IfNoneMatch cannot be combined on a write. Remove one of them.");
        request.AddOptionalHeader("if-match", ifMatch);
        request.AddOptionalHeader("if-none-match", ifNoneMatch);
    }
}

using System.Diagnostics;

namespace PresignKit;

/// <summary>The base of all operations. An operation describes the request that a presigned URL allows.</summary>
/// <remarks>
/// Each record is named after an operation in the S3 API. For an operation that does not have a dedicated record, use <see cref="S3Request"/>, <see cref="S3BucketRequest"/> or
/// <see cref="S3ServiceRequest"/>. Instances are immutable and thread-safe. Collections are copied when they are set, and they are compared by content.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public abstract record S3Operation
{
    // The fields have concrete types because enumerating a collection through an interface allocates.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ValueList<KeyValuePair<string, string>> _headers = ValueList<KeyValuePair<string, string>>.Empty;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ValueList<KeyValuePair<string, string>> _query = ValueList<KeyValuePair<string, string>>.Empty;

    private protected S3Operation()
    {
    }

    /// <summary>Gets the bucket.</summary>
    /// <value>
    /// A bucket name, an access point ARN (on AWS), or <c>tenant:bucket</c> (on a Ceph cluster). The default is <c>null</c>, which selects <see cref="PresignerOptions.Bucket"/>.
    /// </value>
    public string? Bucket { get; init; }

    /// <summary>Gets the lifetime of the URL.</summary>
    /// <value>
    /// From 1 second to the store's maximum, which is 7 days on most stores. Fractions of a second are discarded. The default is <c>null</c>, which selects
    /// <see cref="PresignerOptions.DefaultExpiresIn"/>.
    /// </value>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Gets a value that indicates whether the requester, rather than the bucket owner, pays for the request and the data transfer.</summary>
    /// <value><c>true</c> to sign <c>x-amz-request-payer</c>. The default is <c>false</c>.</value>
    /// <remarks>For GET and HEAD, <c>x-amz-request-payer</c> is signed as a query parameter, so that the URL works as a link. For other methods, it is signed as a header.
    /// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html">Requester Pays</see>.</remarks>
    public bool RequesterPays { get; init; }

    /// <summary>Gets the ID of the account that must own the bucket (<c>x-amz-expected-bucket-owner</c>).</summary>
    /// <value>An account ID, which consists of 12 digits on AWS. If the bucket has a different owner, the store responds with 403. The default is <c>null</c>.</value>
    public string? ExpectedBucketOwner { get; init; }

    /// <summary>Gets additional headers to sign.</summary>
    /// <value>Names and values. The default is an empty collection.</value>
    /// <remarks>Every signed header must be sent with exactly the signed value. <see cref="PresignedUrl.RequiredHeaders"/> contains all signed headers.</remarks>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyCollection<KeyValuePair<string, string>> Headers
    {
        get => _headers;
        init => _headers = ValueList<KeyValuePair<string, string>>.CopyOf(value, nameof(Headers));
    }

    /// <summary>Gets additional query parameters to sign.</summary>
    /// <value>
    /// Unencoded names and values, in any order. A <c>null</c> or empty value adds a parameter without a value, such as <c>acl=</c>. The default is an
    /// empty collection.
    /// </value>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    public IReadOnlyCollection<KeyValuePair<string,
#nullable disable
        string
#nullable restore
        >> Query
    {
        get => _query;
        init => _query = ValueList<KeyValuePair<string, string>>.CopyOf(value, nameof(Query));
    }

    /// <summary>Returns a string that contains the operation's type, bucket and key.</summary>
    /// <returns>The string, which does not contain the headers and parameters because they might be confidential.</returns>
    public sealed override string ToString() => $"{GetType().Name} {{ {Summary} }}";

    /// <summary>Gets a value that indicates whether the parameters in <see cref="Query"/> come from a URL that is being re-signed.</summary>
    /// <remarks>Parameters from a re-signed URL are exempt from the rules for S3 operations.
    /// For example, the AWS SDK for JavaScript signs <c>x-amz-checksum-mode</c> as a query parameter, which these rules do not allow.</remarks>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal bool IsResigned { get; init; }

    /// <summary>Gets the formatted properties that <see cref="ToString"/> includes in its result.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private protected virtual string Summary => $"Bucket = {(Bucket is null ? "(from the options)" : Printable.Text(Bucket))}";

    /// <summary>Adds the operation's method, target, parameters and headers to the request.</summary>
    /// <exception cref="ArgumentException">The properties of the operation contradict each other, or a header or parameter cannot be signed.</exception>
    internal void Build(RequestBuilder request)
    {
        BuildCore(request);
        if (RequesterPays)
        {
            AddRequestPayer(request);
        }

        request.AddOptionalHeader("x-amz-expected-bucket-owner", ExpectedBucketOwner);
        foreach (KeyValuePair<string, string> parameter in _query.AsSpan())
        {
            request.AddQuery(parameter.Key, parameter.Value, IsResigned);
        }

        foreach (KeyValuePair<string, string> header in _headers.AsSpan())
        {
            request.AddHeader(header.Key, header.Value);
        }
    }

    // This is the only header that is signed as a query parameter: a link cannot send headers, and AWS documents the query parameter for presigned URLs.
    private static void AddRequestPayer(RequestBuilder request)
    {
        if (request.IsRead)
        {
            request.AddQuery(ParameterRules.RequestPayer, "requester");
        }
        else
        {
            request.AddHeader(ParameterRules.RequestPayer, "requester");
        }
    }

    /// <summary>Sets the method and target, and adds the parameters and headers for this type's properties.</summary>
    /// <remarks>An override must first call the base implementation, if there is one.</remarks>
    private protected abstract void BuildCore(RequestBuilder request);
}

using System.Diagnostics;

namespace PresignKit;

/// <summary>
/// One request that a presigned URL allows. Use the record that is named as S3's API names the operation, or <see cref="S3Request"/> for what has none.
/// Immutable and thread-safe.
/// </summary>
/// <remarks><see cref="ToString"/> shows type, bucket and key only: headers and parameters may be confidential.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public abstract record S3Operation
{
    private protected S3Operation()
    {
    }

    /// <summary>The bucket; <c>null</c> (the default) stands for <see cref="PresignerOptions.Bucket"/>.</summary>
    public string? Bucket { get; init; }

    /// <summary>
    /// How long the URL holds: 1 second to 7 days, cut down to whole seconds; <c>null</c> (the default) stands for
    /// <see cref="PresignerOptions.DefaultExpiresIn"/>.
    /// </summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Whether the requester pays for the request and the transfer: signs <c>x-amz-request-payer: requester</c>. The default is <c>false</c>.</summary>
    /// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html">Requester Pays</see>.</remarks>
    public bool RequesterPays { get; init; }

    /// <summary>The account that must own the bucket (<c>x-amz-expected-bucket-owner</c>): 12 digits on AWS, where any other owner is answered with 403.</summary>
    public string? ExpectedBucketOwner { get; init; }

    /// <summary>
    /// Further headers to sign. Whoever uses the URL must send each with the same value: they stand in <see cref="PresignedUrl.RequiredHeaders"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException">It is set to <c>null</c>.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyList<KeyValuePair<string, string>> Headers
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Headers));
    } = [];

    /// <summary>Further query parameters to sign, not encoded, in any order; an empty value is a parameter without one (<c>acl=</c>).</summary>
    /// <exception cref="ArgumentNullException">It is set to <c>null</c>.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> Query
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Query));
    } = [];

    /// <summary>The type, the bucket and the key.</summary>
    public sealed override string ToString() => HasBucket
        ? $"{GetType().Name} {{ Bucket = {(Bucket is null ? "(from the options)" : Printable.Text(Bucket))}, {Target} }}"
        : $"{GetType().Name} {{ {Target} }}";

    /// <summary>Whether the request is for a bucket or something in it.</summary>
    private protected virtual bool HasBucket => true;

    /// <summary>What <see cref="ToString"/> says of the target.</summary>
    private protected abstract string Target { get; }

    internal void Describe(RequestBuilder request)
    {
        DescribeOwn(request);
        request.AddOptionalHeader("x-amz-request-payer", RequesterPays ? "requester" : null);
        request.AddOptionalHeader("x-amz-expected-bucket-owner", ExpectedBucketOwner);

        // Indexed: an enumerator of an interface is an allocation.
        for (int i = 0; i < Query.Count; i++)
        {
            request.AddQuery(Query[i].Key, Query[i].Value);
        }

        for (int i = 0; i < Headers.Count; i++)
        {
            request.AddHeader(Headers[i].Key, Headers[i].Value);
        }
    }

    /// <summary>Says method, target, and the parameters and headers that the type's own properties stand for.</summary>
    private protected abstract void DescribeOwn(RequestBuilder request);
}

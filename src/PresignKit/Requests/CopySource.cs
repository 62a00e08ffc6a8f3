using System.Runtime.Serialization;
using System.Text;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>The source object of a copy.</summary>
/// <remarks>
/// The source is signed as <c>x-amz-copy-source</c> and related headers, so the URL can be used to copy only this object. The credentials must have permission to read the
/// object. Instances are immutable and thread-safe. Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">CopyObject</see>.
/// </remarks>
public sealed record CopySource
{
    /// <summary>Initializes a new instance for the specified bucket and key.</summary>
    /// <param name="bucket">The source bucket, which does not default to <see cref="PresignerOptions.Bucket"/>.</param>
    /// <param name="key">The source key, not encoded. The key may contain <c>.</c> and <c>..</c> as path segments because it is sent in a header.</param>
    /// <exception cref="ArgumentNullException"><paramref name="bucket"/> or <paramref name="key"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="bucket"/> is not a valid bucket name, or <paramref name="key"/> is not a valid key.</exception>
    public CopySource(string bucket, string key)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        string? problem = AccessPointArn.IsArn(bucket)
            ? $"The copy source '{Printable.Text(bucket)}' is an ARN, which is not supported as a copy source. Use the bucket name or the access point alias."
            : BucketName.FindProblem(bucket);
        Bucket = problem is null ? bucket : throw new ArgumentException(problem, nameof(bucket));
        Key = ObjectKey.RequireForHeader(key, nameof(key));
    }

    /// <summary>Gets the bucket.</summary>
    public string Bucket { get; }

    /// <summary>Gets the key, not encoded.</summary>
    public string Key { get; }

    /// <summary>Gets the version ID.</summary>
    /// <value>The default is <c>null</c>, which selects the current version.</value>
    /// <exception cref="ArgumentException">The property is set to a string that contains a lone surrogate.</exception>
    public string? VersionId
    {
        get;
        init => field = value is null || Utf8.CountBytes(value.AsSpan()) >= 0
            ? value
            : throw new ArgumentException($"VersionId '{Printable.Text(value)}' contains a lone surrogate (half of a UTF-16 pair), which cannot be encoded as UTF-8. Use the version ID that the store returned.", nameof(VersionId));
    }

    /// <summary>Gets the ETag, in quotes, that the source must have (<c>x-amz-copy-source-if-match</c>).</summary>
    /// <value>If the source has a different ETag, the store responds with 412 (Precondition Failed). The default is <c>null</c>.</value>
    /// <exception cref="ArgumentException">
    /// The property is set to a string that is not a valid ETag. Weak (<c>W/"…"</c>) and escaped (<c>&amp;quot;…&amp;quot;</c>) ETags are not accepted.
    /// </exception>
    public string? IfMatch
    {
        get;
        init => field = ETagRules.Require(value, nameof(IfMatch));
    }

    /// <summary>Gets the ETag, in quotes, that the source must not have (<c>x-amz-copy-source-if-none-match</c>).</summary>
    /// <value>If the source has this ETag, the store responds with 412 (Precondition Failed). The default is <c>null</c>.</value>
    /// <exception cref="ArgumentException">
    /// The property is set to a string that is not a valid ETag. Weak (<c>W/"…"</c>) and escaped (<c>&amp;quot;…&amp;quot;</c>) ETags are not accepted.
    /// </exception>
    public string? IfNoneMatch
    {
        get;
        init => field = ETagRules.Require(value, nameof(IfNoneMatch));
    }

    /// <summary>Gets the time after which the source must have been modified (<c>x-amz-copy-source-if-modified-since</c>).</summary>
    /// <value>A time in whole seconds. If the source has not been modified since this time, the store responds with 412. The default is <c>null</c>.</value>
    public DateTimeOffset? IfModifiedSince { get; init; }

    /// <summary>Gets the time after which the source must not have been modified (<c>x-amz-copy-source-if-unmodified-since</c>).</summary>
    /// <value>A time in whole seconds. If the source has been modified since this time, the store responds with 412. The default is <c>null</c>.</value>
    public DateTimeOffset? IfUnmodifiedSince { get; init; }

    /// <summary>Gets the customer-provided encryption key (SSE-C) for the source.</summary>
    /// <value>The default is <c>null</c>.</value>
    [JsonIgnore]
    [IgnoreDataMember]
    public SseCustomerKey? SseCustomerKey { get; init; }

    /// <summary>Gets the ID of the account that must own the source bucket (<c>x-amz-source-expected-bucket-owner</c>).</summary>
    /// <value>If the bucket has a different owner, the store responds with 403. The default is <c>null</c>.</value>
    public string? ExpectedBucketOwner { get; init; }

    /// <summary>Returns the bucket and the key, separated by a slash.</summary>
    public override string ToString() => $"{Bucket}/{Printable.Text(Key)}";

    internal void AddTo(RequestBuilder request)
    {
        request.ThrowIf(VersionId is { Length: 0 }, "The VersionId of the copy source is empty. Specify the version ID that the store returned, or null for the current version.");
        StringBuilder source = new StringBuilder(Bucket).Append('/').Append(PercentEncoding.Path(Key));
        if (VersionId is not null)
        {
            source.Append("?versionId=").Append(PercentEncoding.Component(VersionId));
        }

        request.SourceBucket = Bucket;
        request.AddHeader("x-amz-copy-source", source.ToString());
        request.AddOptionalHeader("x-amz-copy-source-if-match", IfMatch);
        request.AddOptionalHeader("x-amz-copy-source-if-none-match", IfNoneMatch);
        request.AddOptionalHeader("x-amz-copy-source-if-modified-since", InvariantText.HttpDate(IfModifiedSince));
        request.AddOptionalHeader("x-amz-copy-source-if-unmodified-since", InvariantText.HttpDate(IfUnmodifiedSince));
        SseCustomerKey?.AddTo(request, SseCustomerKey.CopySourcePrefix);
        request.AddOptionalHeader("x-amz-source-expected-bucket-owner", ExpectedBucketOwner);
    }
}

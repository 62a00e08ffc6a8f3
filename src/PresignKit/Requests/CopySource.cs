using System.Text;

namespace PresignKit;

/// <summary>The object that a copy is made of. Immutable.</summary>
/// <remarks>
/// Signed as <c>x-amz-copy-source</c> and headers beside it: whoever uses the URL copies this object and no other. The owner of the credentials needs to be
/// allowed to read it. Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html">CopyObject</see>.
/// </remarks>
public sealed record CopySource
{
    /// <summary>Names the source.</summary>
    /// <param name="bucket">Its bucket, by name; it does not fall back to the options.</param>
    /// <param name="key">Its key, not encoded. It stands in a header, and so may have <c>.</c> and <c>..</c> between slashes.</param>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">An argument is no bucket's name, or no key.</exception>
    public CopySource(string bucket, string key)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        string? problem = AccessPointArn.IsArn(bucket)
            ? $"The copy source '{Printable.Text(bucket)}' is an ARN, which is not supported here yet. Write the bucket's name (or the access point's alias)."
            : BucketName.FindProblem(bucket);
        Bucket = problem is null ? bucket : throw new ArgumentException(problem, nameof(bucket));
        Key = ObjectKey.RequireForHeader(key, nameof(key));
    }

    /// <summary>The bucket.</summary>
    public string Bucket { get; }

    /// <summary>The object's key, not encoded.</summary>
    public string Key { get; }

    /// <summary>The version; <c>null</c> stands for the current one.</summary>
    public string? VersionId { get; init; }

    /// <summary>Copies only where the source's ETag is this one, in quotes; 412 otherwise (<c>x-amz-copy-source-if-match</c>).</summary>
    public string? IfMatch { get; init; }

    /// <summary>Copies only where the source's ETag is another one; 412 otherwise (<c>x-amz-copy-source-if-none-match</c>).</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>Copies only where the source changed after this instant, in whole seconds; 412 otherwise.</summary>
    public DateTimeOffset? IfModifiedSince { get; init; }

    /// <summary>Copies only where the source did not change after this instant, in whole seconds; 412 otherwise.</summary>
    public DateTimeOffset? IfUnmodifiedSince { get; init; }

    /// <summary>The key with which the source is encrypted (SSE-C).</summary>
    public SseCustomerKey? SseCustomerKey { get; init; }

    /// <summary>The account that must own the source's bucket (<c>x-amz-source-expected-bucket-owner</c>); 403 otherwise.</summary>
    public string? ExpectedBucketOwner { get; init; }

    /// <summary>The bucket and the key.</summary>
    public override string ToString() => $"{Bucket}/{Printable.Text(Key)}";

    internal void Describe(RequestBuilder request)
    {
        StringBuilder source = new StringBuilder(Bucket).Append('/').Append(PercentEncoding.Path(Key));
        if (VersionId is not null)
        {
            source.Append("?versionId=").Append(PercentEncoding.Component(VersionId));
        }

        request.AddHeader("x-amz-copy-source", source.ToString());
        request.AddOptionalHeader("x-amz-copy-source-if-match", IfMatch);
        request.AddOptionalHeader("x-amz-copy-source-if-none-match", IfNoneMatch);
        request.AddOptionalHeader("x-amz-copy-source-if-modified-since", InvariantText.HttpDate(IfModifiedSince));
        request.AddOptionalHeader("x-amz-copy-source-if-unmodified-since", InvariantText.HttpDate(IfUnmodifiedSince));
        SseCustomerKey?.Describe(request, SseCustomerKey.CopySourcePrefix);
        request.AddOptionalHeader("x-amz-source-expected-bucket-owner", ExpectedBucketOwner);
    }
}

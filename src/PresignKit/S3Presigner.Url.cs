using PresignKit.Signing;

namespace PresignKit;

/// <content>From an operation to the URL: where it leads, and what is signed.</content>
public sealed partial class S3Presigner
{
    /// <summary>Signs into the buffer; the result is the part of it that is the URL.</summary>
    private static ReadOnlySpan<byte> AppendUrl(
        ref ByteBuffer buffer, S3Operation operation, RequestDescription description, PresignerState state, S3Credentials credentials, Validity validity)
    {
        string? bucket = description.Target == RequestTarget.Service ? RefuseBucket(operation) : BucketOf(operation.Bucket, state.Settings, nameof(operation));
        RequestLocation location = state.LocationOf(bucket, nameof(operation));
        DateTime signedAt = validity.SignedAt.UtcDateTime;
        SigningRequest request = new()
        {
            Method = description.Method.Method,
            Host = location.Host,
            EncodedPathPrefix = description.Target == RequestTarget.Object ? location.KeyPrefix : location.BucketPath,
            Path = description.Key,
            EncodedQuery = description.EncodedQuery,
            Query = description.Query,
            EmittedOrigin = EmittedOrigin(operation, description, state.Settings),
            Headers = description.Headers,
            Payload = PayloadLine.SignedBy(description.Headers) ?? PayloadLine.Unsigned,
            AccessKeyId = credentials.AccessKeyId,
            SessionToken = credentials.SessionToken,
            SignedAt = signedAt,
            ExpiresIn = validity.Seconds,
        };
        int start = QuerySigner.AppendUrl(ref buffer, request, state.KeyFor(credentials, location.Region, signedAt));
        return buffer.Written[start..];
    }

    private static byte[]? EmittedOrigin(S3Operation operation, RequestDescription description, PresignerSettings settings)
    {
        // Only plain downloads: a CDN need not pass headers on, and must not see a customer's encryption key.
        if (settings.EmittedOrigin is null || operation is not GetObject || !description.Headers.IsEmpty)
        {
            return null;
        }

        return operation.Bucket is null || operation.Bucket == settings.Bucket ? settings.EmittedOrigin : throw new ArgumentException(
            $"The bucket '{Printable.Text(operation.Bucket)}' is not the one that the CDN '{settings.CdnOrigin}' stands before ('{settings.Bucket}'). Use a presigner without CdnUrl for it.",
            nameof(operation));
    }

    private static string? RefuseBucket(S3Operation operation) => operation.Bucket is null ? null : throw new ArgumentException(
        $"A request for the store itself has no bucket, and names '{Printable.Text(operation.Bucket)}'. Leave it out, or use S3Request.ForBucket.", nameof(operation));

    private static string BucketOf(string? bucket, PresignerSettings settings, string paramName) => bucket ?? settings.Bucket
        ?? throw new ArgumentException($"The {paramName} names no bucket, and the options have none. Set Bucket in either.", paramName);
}

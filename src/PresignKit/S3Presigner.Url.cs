using PresignKit.Signing;

namespace PresignKit;

/// <content>From an operation to the URL: where it leads, and what is signed.</content>
public sealed partial class S3Presigner
{
    /// <summary>Signs into the buffer; the result is the part of it that is the URL.</summary>
    private static ReadOnlySpan<byte> AppendUrl(
        ref ByteBuffer buffer, S3Operation operation, RequestDescription description, PresignerState state, S3Credentials credentials, Validity validity)
    {
        PresignerSettings settings = state.Settings;
        S3Endpoint endpoint = settings.Endpoint;
        string? bucket = description.Target == RequestTarget.Service ? RefuseBucket(operation) : RequireBucket(operation.Bucket, settings, nameof(operation));
        bool inHost = Locate(ref endpoint, ref bucket, nameof(operation));
        Span<char> host = stackalloc char[(bucket?.Length ?? 0) + 1 + endpoint.Authority.Length];
        Span<char> pathPrefix = stackalloc char[endpoint.BasePath.Length + (bucket?.Length ?? 0) + 2];
        host = host[..endpoint.WriteHost(inHost ? bucket : null, host)];
        pathPrefix = pathPrefix[..endpoint.WritePathPrefix(inHost ? null : bucket, description.Target == RequestTarget.Object, pathPrefix)];

        DateTime signedAt = validity.SignedAt.UtcDateTime;
        SigningRequest request = new()
        {
            Method = description.Method.Method.AsSpan(),
            SchemePrefix = endpoint.SchemePrefix.AsSpan(),
            Host = host,
            EncodedPathPrefix = pathPrefix,
            Path = description.Key.AsSpan(),
            Query = description.Query,
            EmittedOrigin = EmittedOrigin(operation, description, settings).AsSpan(),
            Headers = description.Headers,
            Payload = (PayloadLine.SignedBy(description.Headers) ?? PayloadLine.Unsigned).AsSpan(),
            AccessKeyId = credentials.AccessKeyId,
            SessionToken = credentials.SessionToken,
            SignedAt = signedAt,
            ExpiresIn = validity.Seconds,
        };
        int start = QuerySigner.AppendUrl(ref buffer, request, state.KeyFor(endpoint.Region).For(credentials, signedAt));
        return buffer.Written[start..];
    }

    private static string? EmittedOrigin(S3Operation operation, RequestDescription description, PresignerSettings settings)
    {
        // Only plain downloads: a CDN need not pass headers on, and must not see a customer's encryption key.
        if (settings.CdnOrigin is null || operation is not GetObject || !description.Headers.IsEmpty)
        {
            return null;
        }

        return operation.Bucket is null || operation.Bucket == settings.Bucket ? settings.CdnOrigin : throw new ArgumentException(
            $"The bucket '{Printable.Text(operation.Bucket)}' is not the one that the CDN '{settings.CdnOrigin}' stands before ('{settings.Bucket}'). Use a presigner without CdnUrl for it.",
            nameof(operation));
    }

    private static string? RefuseBucket(S3Operation operation) => operation.Bucket is null ? null : throw new ArgumentException(
        $"A request for the store itself has no bucket, and names '{Printable.Text(operation.Bucket)}'. Leave it out, or use S3Request.ForBucket.", nameof(operation));

    private static string RequireBucket(string? bucket, PresignerSettings settings, string paramName)
    {
        if (bucket is null)
        {
            return settings.Bucket
                ?? throw new ArgumentException($"The {paramName} names no bucket, and the options have none. Set Bucket in either.", paramName);
        }

        // An ARN is looked at where it is resolved.
        string? problem = AccessPointArn.IsArn(bucket) ? null : BucketName.FindProblem(bucket);
        return problem is null ? bucket : throw new ArgumentException(problem, paramName);
    }

    /// <summary>Where the request goes, which an access point has a host of its own for, and whether the bucket is part of the host name.</summary>
    private static bool Locate(ref S3Endpoint endpoint, ref string? bucket, string paramName)
    {
        bool inHost = false;
        string? problem;
        if (bucket is null)
        {
            problem = endpoint.FindServiceProblem();
        }
        else
        {
            endpoint = endpoint.ForBucket(ref bucket, out problem);
            inHost = problem is null && endpoint.PutsInHost(bucket, out problem);
        }

        return problem is null ? inHost : throw new ArgumentException(problem, paramName);
    }
}

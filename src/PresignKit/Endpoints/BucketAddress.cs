namespace PresignKit;

/// <summary>The precomputed address of one bucket, which the URLs of all its objects share. Immutable and thread-safe.</summary>
internal sealed class BucketAddress
{
    /// <summary>Initializes an address.</summary>
    /// <param name="bucket">The bucket as the caller names it, possibly an ARN; <c>null</c> for the store itself.</param>
    /// <param name="endpoint">The endpoint; for an access point, its own.</param>
    /// <param name="bucketInHost">The text that precedes the host; <c>null</c> for nothing.</param>
    /// <param name="bucketInPath">The first segment of the path, percent-encoded; <c>null</c> for nothing.</param>
    public BucketAddress(string? bucket, S3Endpoint endpoint, string? bucketInHost, string? bucketInPath)
    {
        Bucket = bucket;
        Region = endpoint.Region;
        Host = new SigningHost(endpoint.SchemePrefix, bucketInHost is null ? endpoint.Authority : bucketInHost + "." + endpoint.Authority);
        BucketPath = endpoint.BasePath + "/" + bucketInPath;
        BucketUrl = endpoint.SchemePrefix + Host.Name + BucketPath;
        KeyPrefix = bucketInPath is null ? BucketPath : BucketPath + "/";
    }

    public string? Bucket { get; }

    /// <summary>Gets the region of the credential scope.</summary>
    public string Region { get; }

    /// <summary>Gets the host, including the bucket in virtual-hosted style.</summary>
    public SigningHost Host { get; }

    /// <summary>Gets the URL of the bucket.</summary>
    public string BucketUrl { get; }

    /// <summary>Gets the percent-encoded path of requests for the bucket itself.</summary>
    public string BucketPath { get; }

    /// <summary>Gets the percent-encoded path that precedes a key. It ends with a slash.</summary>
    public string KeyPrefix { get; }
}

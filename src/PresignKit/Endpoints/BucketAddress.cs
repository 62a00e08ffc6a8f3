namespace PresignKit;

/// <summary>The precomputed address of a bucket, which all URLs for its objects share.</summary>
/// <remarks>Instances are immutable and thread-safe.</remarks>
internal sealed class BucketAddress
{
    /// <summary>Initializes an address.</summary>
    /// <param name="bucket">The bucket as the caller specified it (possibly an ARN), or <c>null</c> to address the store itself.</param>
    /// <param name="endpoint">The endpoint of the store or of the access point.</param>
    /// <param name="bucketInHost">The bucket as a prefix of the host name, without the dot, or <c>null</c> if the host does not contain the bucket.</param>
    /// <param name="bucketInPath">The percent-encoded bucket as the first segment of the path, or <c>null</c> if the path does not contain the bucket.</param>
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

    /// <summary>Gets the region in the credential scope.</summary>
    public string Region { get; }

    /// <summary>Gets the host, which includes the bucket in virtual-hosted style.</summary>
    public SigningHost Host { get; }

    /// <summary>Gets the URL of the bucket.</summary>
    public string BucketUrl { get; }

    /// <summary>Gets the percent-encoded path for requests to the bucket itself.</summary>
    public string BucketPath { get; }

    /// <summary>Gets the percent-encoded path that precedes a key, with a trailing slash.</summary>
    public string KeyPrefix { get; }
}

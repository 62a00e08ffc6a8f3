namespace PresignKit;

/// <summary>Where requests for one bucket go: worked out once, and the same for all its objects. Immutable and thread-safe.</summary>
internal sealed class BucketAddress
{
    /// <summary>Makes a location.</summary>
    /// <param name="bucket">What names it: a bucket's name, an ARN, or <c>null</c> for the store itself.</param>
    /// <param name="endpoint">The endpoint, which for an access point is one of its own.</param>
    /// <param name="bucketInHost">What stands before the host; <c>null</c> for nothing.</param>
    /// <param name="bucketInPath">What begins the path; <c>null</c> for nothing.</param>
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

    /// <summary>The region in the credential scope.</summary>
    public string Region { get; }

    /// <summary>The host, which can have the bucket in front.</summary>
    public SigningHost Host { get; }

    /// <summary>The URL of the bucket itself.</summary>
    public string BucketUrl { get; }

    /// <summary>The path of a request for the bucket itself, percent-encoded.</summary>
    public string BucketPath { get; }

    /// <summary>What stands before a key, percent-encoded; it ends with a slash.</summary>
    public string KeyPrefix { get; }
}

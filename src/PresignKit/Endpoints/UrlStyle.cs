namespace PresignKit;

/// <summary>Specifies where a URL contains the bucket.</summary>
public enum UrlStyle
{
    /// <summary>
    /// The style that a known provider prefers, or <see cref="Path"/> for any other host.
    /// </summary>
    /// <remarks>
    /// This is the default. S3-compatible servers generally support path style. Virtual-hosted style requires wildcard DNS and a wildcard certificate, so it must be set explicitly
    /// for a host that does not belong to a known provider. A bucket name with uppercase letters, underscores or (with TLS) a dot cannot be part of a host name. For such a bucket,
    /// <see cref="Path"/> is used even if the provider prefers virtual-hosted style.
    /// </remarks>
    Auto,

    /// <summary>The bucket is the first part of the host name: <c>https://my-bucket.nyc3.digitaloceanspaces.com/key</c>.</summary>
    VirtualHosted,

    /// <summary>The bucket is the first segment of the path: <c>https://nyc3.digitaloceanspaces.com/my-bucket/key</c>.</summary>
    Path,

    /// <summary>
    /// The host is bound to one bucket (for example, by a CNAME record or a custom domain), and the URL does not contain the bucket: <c>https://files.example.com/key</c>.
    /// </summary>
    /// <remarks>
    /// The bucket must still be set in the operation or in the options, and the store must accept signatures for this host. Known providers' hosts, IP addresses
    /// and access point ARNs are rejected. If a CDN or a proxy replaces the host before the store verifies the signature, sign for the store's own host instead.
    /// </remarks>
    BucketBoundHostname,
}

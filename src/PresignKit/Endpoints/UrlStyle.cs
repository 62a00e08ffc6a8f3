namespace PresignKit;

/// <summary>Specifies where a URL names its bucket.</summary>
public enum UrlStyle
{
    /// <summary>
    /// The style that the provider prefers, or <see cref="Path"/> if the bucket does not fit into the host name (a dot in its name under TLS, uppercase letters, underscores).
    /// For a store that is not a known provider: <see cref="VirtualHosted"/> if the endpoint is a host name with a dot in it and without a path, and the bucket fits into the
    /// host name; otherwise <see cref="Path"/>. This is the default.
    /// </summary>
    Auto,

    /// <summary>The bucket is the first part of the host name: <c>https://my-bucket.nyc3.digitaloceanspaces.com/key</c>.</summary>
    VirtualHosted,

    /// <summary>The bucket is the first segment of the path: <c>https://nyc3.digitaloceanspaces.com/my-bucket/key</c>.</summary>
    Path,

    /// <summary>
    /// The host is bound to one bucket, for example by a CNAME record or a custom domain, and the URL does not name the bucket: <c>https://files.example.com/key</c>.
    /// </summary>
    /// <remarks>
    /// The bucket is still required, in the operation or in the options, and the store has to accept signatures for this host. The hosts of known providers, IP addresses
    /// and the ARNs of access points are rejected. If a CDN or a proxy replaces the host before the store verifies the signature, sign for the store's own host instead.
    /// </remarks>
    BucketBoundHostname,
}

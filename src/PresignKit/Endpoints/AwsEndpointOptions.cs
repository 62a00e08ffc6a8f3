namespace PresignKit;

/// <summary>Specifies which AWS S3 host to use in a region.</summary>
/// <remarks>Instances are immutable and thread-safe. Source: <see href="https://docs.aws.amazon.com/general/latest/gr/s3.html">Amazon S3 endpoints and quotas</see>.</remarks>
public sealed record AwsEndpointOptions
{
    /// <summary>Gets a value that indicates whether to use the dual-stack host (IPv4 and IPv6), such as <c>s3.dualstack.eu-west-1.amazonaws.com</c>.</summary>
    /// <value>The default is <c>false</c>, which selects the IPv4-only host.</value>
    public bool DualStack { get; init; }

    /// <summary>Gets a value that indicates whether to use the host with FIPS 140 validated cryptography, such as <c>s3-fips.us-gov-west-1.amazonaws.com</c>.</summary>
    /// <value>The default is <c>false</c>.</value>
    /// <remarks>AWS provides FIPS hosts in its US and Canadian regions. This option is not available in China and cannot be combined with <see cref="Accelerate"/>.</remarks>
    public bool Fips { get; init; }

    /// <summary>Gets a value that indicates whether to use the transfer acceleration host, such as <c>my-bucket.s3-accelerate.amazonaws.com</c>.</summary>
    /// <value>The default is <c>false</c>.</value>
    /// <remarks>Transfer acceleration must be enabled for the bucket, and the bucket name must not contain a dot. Acceleration is not available in China or for access
    /// points.</remarks>
    public bool Accelerate { get; init; }
}

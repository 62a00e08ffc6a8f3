namespace PresignKit;

/// <summary>Which of a region's hosts of AWS S3 is meant. Immutable and thread-safe.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/general/latest/gr/s3.html">Amazon S3 endpoints and quotas</see>.</remarks>
public sealed record AwsEndpointOptions
{
    /// <summary>The host that answers over IPv6 and IPv4, like <c>s3.dualstack.eu-west-1.amazonaws.com</c>. Default: <c>false</c>, IPv4 only.</summary>
    public bool DualStack { get; init; }

    /// <summary>The host with FIPS 140 validated cryptography, like <c>s3-fips.us-gov-west-1.amazonaws.com</c>. Default: <c>false</c>.
    /// AWS has it in the regions of the USA and Canada; none in China; not together with <see cref="Accelerate"/>.</summary>
    public bool Fips { get; init; }

    /// <summary>
    /// The host of transfer acceleration, like <c>my-bucket.s3-accelerate.amazonaws.com</c>: for buckets on which it is enabled and whose name has no dot in
    /// it, outside China; not with access points. Default: <c>false</c>.
    /// </summary>
    public bool Accelerate { get; init; }

    /// <summary>The variant in the table of hosts, or what is wrong with the combination.</summary>
    internal string? ToVariant(out string? problem)
    {
        problem = Accelerate && Fips
            ? "Accelerate and Fips do not go together: AWS has no FIPS host for transfer acceleration. Set one of them."
            : null;
        return problem is null ? AwsHosts.Variant(DualStack, Fips, Accelerate) : null;
    }
}

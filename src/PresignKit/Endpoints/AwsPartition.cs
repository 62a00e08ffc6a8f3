namespace PresignKit;

/// <summary>A partition of AWS: a group of regions with separate accounts and a separate domain.</summary>
/// <param name="Id">The partition's name in ARNs.</param>
/// <param name="RegionPrefix">The prefix that the partition's region codes have in common.</param>
/// <param name="Suffix">The domain of the partition's S3 hosts. Unlike other AWS services, S3 uses the same domain for dual-stack hosts.</param>
/// <remarks>Source: botocore's partitions.json. The conformance tests cover every region in it.</remarks>
internal sealed record AwsPartition(string Id, string RegionPrefix, string Suffix)
{
    /// <summary>Gets a value that indicates whether the partition has hosts for FIPS and for transfer acceleration, which China does not have.</summary>
    public bool HasFipsAndAcceleration { get; init; } = true;

    /// <summary>Gets all partitions, in order, so that a region belongs to the first partition whose prefix matches.</summary>
    public static AwsPartition[] All { get; } =
    [
        new("aws-cn", "cn-", "amazonaws.com.cn") { HasFipsAndAcceleration = false },
        new("aws-eusc", "eusc-", "amazonaws.eu"),
        new("aws-us-gov", "us-gov-", "amazonaws.com"),
        new("aws-iso", "us-iso-", "c2s.ic.gov"),
        new("aws-iso-b", "us-isob-", "sc2s.sgov.gov"),
        new("aws-iso-f", "us-isof-", "csp.hci.ic.gov"),
        new("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk"),
        new("aws", "", "amazonaws.com"),
    ];

    /// <summary>Determines whether a host belongs to any service and partition of AWS.</summary>
    public static bool OwnsHost(string host) => Array.Exists(All, partition => host.EndsWith("." + partition.Suffix, StringComparison.Ordinal));

    public static AwsPartition Of(string region) => Array.Find(All, partition => region.StartsWith(partition.RegionPrefix, StringComparison.Ordinal))!;
}

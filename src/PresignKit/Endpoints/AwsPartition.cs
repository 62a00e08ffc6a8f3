namespace PresignKit;

/// <summary>An AWS partition: a group of regions with separate accounts and a separate domain.</summary>
/// <param name="Id">The partition's name in ARNs.</param>
/// <param name="RegionPrefix">The common prefix of the partition's region codes.</param>
/// <param name="Suffix">The domain of the partition's S3 hosts. Unlike other AWS services, S3 uses the same domain for dual-stack hosts.</param>
/// <remarks>Source: botocore's partitions.json. The conformance tests cover every region in this file.</remarks>
internal sealed record AwsPartition(string Id, string RegionPrefix, string Suffix)
{
    /// <summary>Gets a value that indicates whether the partition has FIPS and transfer acceleration hosts.</summary>
    /// <value><c>true</c> for every partition except China.</value>
    public bool HasFipsAndAcceleration { get; init; } = true;

    /// <summary>Gets all partitions, ordered so that a region belongs to the first partition whose prefix matches.</summary>
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

    /// <summary>Determines whether a host belongs to AWS, regardless of the service and the partition.</summary>
    public static bool OwnsHost(string host) => Array.Exists(All, partition => host.EndsWith("." + partition.Suffix, StringComparison.Ordinal));

    public static AwsPartition Of(string region) => Array.Find(All, partition => region.StartsWith(partition.RegionPrefix, StringComparison.Ordinal))!;
}

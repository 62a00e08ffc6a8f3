namespace PresignKit;

/// <summary>A partition of AWS: regions with a domain and accounts of their own.</summary>
/// <param name="Id">Its name in ARNs.</param>
/// <param name="RegionPrefix">The start of the names of its regions.</param>
/// <param name="Suffix">The domain of its hosts, for dual-stack ones as well (S3 differs in that from AWS's other services).</param>
/// <remarks>Source: botocore's partitions.json, against which every region is tested.</remarks>
internal sealed record AwsPartition(string Id, string RegionPrefix, string Suffix)
{
    /// <summary>Whether it has hosts with FIPS and for transfer acceleration: China has neither.</summary>
    public bool HasFipsAndAcceleration { get; init; } = true;

    /// <summary>The first whose prefix fits is a region's.</summary>
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

    public static AwsPartition Of(string region) => Array.Find(All, one => region.StartsWith(one.RegionPrefix, StringComparison.Ordinal))!;
}

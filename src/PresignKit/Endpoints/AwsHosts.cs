namespace PresignKit;

/// <summary>The host names of AWS S3, for every partition and variant.</summary>
/// <remarks>Source: botocore's endpoint rules for S3, against which every region is tested.</remarks>
internal static class AwsHosts
{
    private const string DualStack = "dualstack";
    private const string Fips = "fips";
    private const string Accelerate = "accelerate";

    // Hosts that sign otherwise than S3's own, or not at all.
    private static readonly (string Part, string Reason)[] Refused =
    [
        (".accesspoint.s3-global.", "is a multi-region access point, whose requests need SigV4a (one signature for all regions), which is not supported. Use an access point or a bucket of one region."),
        (".s3-outposts.", "is S3 on Outposts, whose requests are signed for the service s3-outposts, which is not supported."),
        (".s3-object-lambda", "is an Object Lambda access point, whose requests are signed for the service s3-object-lambda, which is not supported. Use the access point or the bucket behind it."),
        (".s3express-", "is a directory bucket (S3 Express), whose requests are signed with session credentials for the service s3express, which is not supported."),
        (".s3-website", "is a website endpoint, which checks no signatures. Use the region's S3 host, like 'https://s3.eu-west-1.amazonaws.com'."),
    ];

    /// <summary>In the order in which they are looked for: acceleration first, whose host has the place of a region in it.</summary>
    public static HostForm[] All { get; } = [.. AwsPartition.All.SelectMany(Accelerated), .. AwsPartition.All.SelectMany(Regional), new("s3.amazonaws.com") { Region = "us-east-1" }];

    public static HostForm[] AccessPoints { get; } = [.. AwsPartition.All.SelectMany(one => Forms(one, "s3-accesspoint"))];

    public static string Variant(bool dualStack, bool fips, bool accelerate) =>
        string.Join("-", new[] { accelerate ? Accelerate : "", fips ? Fips : "", dualStack ? DualStack : "" }.Where(part => part.Length > 0));

    /// <summary>What is wrong with a host of AWS that no S3 signature fits.</summary>
    public static string? FindProblem(string host)
    {
        string dotted = "." + host;
        foreach ((string part, string reason) in Refused)
        {
            if (dotted.Contains(part) && Array.Exists(AwsPartition.All, one => host.EndsWith("." + one.Suffix, StringComparison.Ordinal)))
            {
                return $"The host '{host}' {reason}";
            }
        }

        return null;
    }

    private static IEnumerable<HostForm> Accelerated(AwsPartition partition)
    {
        foreach (bool dualStack in new[] { false, true })
        {
            if (partition.HasFipsAndAcceleration)
            {
                yield return new HostForm($"s3-accelerate{(dualStack ? ".dualstack" : "")}.{partition.Suffix}")
                {
                    RegionPrefix = partition.RegionPrefix,
                    Variant = Variant(dualStack, fips: false, accelerate: true),
                    IsVirtualOnly = true,
                };
            }
        }
    }

    private static IEnumerable<HostForm> Regional(AwsPartition partition) => Forms(partition, "s3");

    private static IEnumerable<HostForm> Forms(AwsPartition partition, string service)
    {
        foreach (bool fips in partition.HasFipsAndAcceleration ? new[] { false, true } : [false])
        {
            foreach (bool dualStack in new[] { false, true })
            {
                yield return new HostForm($"{service}{(fips ? "-fips" : "")}{(dualStack ? ".dualstack" : "")}.{{region}}.{partition.Suffix}")
                {
                    RegionPrefix = partition.RegionPrefix,
                    Variant = Variant(dualStack, fips, accelerate: false),
                };
            }
        }
    }
}

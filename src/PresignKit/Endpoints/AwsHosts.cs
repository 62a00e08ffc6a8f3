namespace PresignKit;

/// <summary>The host names of AWS S3 in every partition and variant.</summary>
/// <remarks>Source: botocore's endpoint rules for S3. The conformance tests cover every region.</remarks>
internal static class AwsHosts
{
    // The kinds of AWS storage whose signatures differ from those of S3. Each completes a sentence that begins with the host, the bucket or the ARN.
    public const string Outposts = "belongs to S3 on Outposts, which requires signatures for the service 's3-outposts'. They are not supported; use a bucket or an access point in an AWS Region.";
    public const string ObjectLambda = "belongs to an Object Lambda access point, which requires signatures for the service 's3-object-lambda'. They are not supported; use the supporting access point or its bucket.";
    public const string Express = "belongs to a directory bucket (S3 Express One Zone), which requires signatures for the service 's3express'. They are not supported; use a general purpose bucket.";
    public const string MultiRegion = "belongs to a Multi-Region Access Point, which requires SigV4A signatures. They are not supported; use a bucket or an access point in one AWS Region.";
    private const string Website = "is a website endpoint, which does not check signatures. Use the region's S3 endpoint, such as 'https://s3.eu-west-1.amazonaws.com'.";

    private const string DualStack = "dualstack";
    private const string Fips = "fips";
    private const string Accelerate = "accelerate";

    private static readonly (string Part, string Reason)[] Unsupported =
    [
        (".accesspoint.s3-global.", MultiRegion), (".s3-outposts.", Outposts), (".s3-object-lambda", ObjectLambda), (".s3express-", Express), (".s3-website", Website),
    ];

    /// <summary>Gets the hosts for buckets, in the order in which they are matched. Acceleration comes first: its label would match as a region.</summary>
    public static HostForm[] All { get; } =
    [
        .. AwsPartition.All.SelectMany(AcceleratedHosts),
        .. AwsPartition.All.SelectMany(partition => RegionalHosts(partition, "s3")),
        new("s3.amazonaws.com") { Region = "us-east-1" },
    ];

    public static HostForm[] AccessPoints { get; } = [.. AwsPartition.All.SelectMany(partition => RegionalHosts(partition, "s3-accesspoint"))];

    public static string Variant(bool dualStack, bool fips, bool accelerate) =>
        string.Join("-", new[] { accelerate ? Accelerate : "", fips ? Fips : "", dualStack ? DualStack : "" }.Where(part => part.Length > 0));

    /// <summary>Describes why a host of AWS cannot be used with S3 signatures; <c>null</c> if it can.</summary>
    public static string? FindProblem(string host)
    {
        string dotted = "." + host;
        foreach ((string part, string reason) in Unsupported)
        {
            if (dotted.Contains(part) && Array.Exists(AwsPartition.All, partition => host.EndsWith("." + partition.Suffix, StringComparison.Ordinal)))
            {
                return $"The host '{host}' {reason}";
            }
        }

        return null;
    }

    private static IEnumerable<HostForm> AcceleratedHosts(AwsPartition partition)
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

    private static IEnumerable<HostForm> RegionalHosts(AwsPartition partition, string service)
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

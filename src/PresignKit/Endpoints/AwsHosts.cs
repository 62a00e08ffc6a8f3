namespace PresignKit;

/// <summary>The AWS S3 host names for every partition and variant.</summary>
/// <remarks>Source: botocore's endpoint rules for S3. The conformance tests cover every region.</remarks>
internal static class AwsHosts
{
    // Messages about AWS storage types that PresignKit does not support, because they require different signatures. Each string continues a sentence whose subject is a host,
    // a bucket or an ARN. DirectoryBucket is an exception: it follows the sentence's verb.
    public const string Outposts = "belongs to S3 on Outposts, which requires signatures for the service 's3-outposts'. PresignKit does not support them; use a bucket or an access point in an AWS Region.";
    public const string ObjectLambda = "belongs to an Object Lambda access point, which requires signatures for the service 's3-object-lambda'. PresignKit does not support them; use the supporting access point or its bucket.";
    public const string Express = "belongs to " + DirectoryBucket;
    public const string DirectoryBucket = "a directory bucket (S3 Express One Zone), which requires signatures for the service 's3express'. PresignKit does not support them; use a general purpose bucket.";
    public const string MultiRegion = "belongs to a Multi-Region Access Point, which requires SigV4A signatures. PresignKit does not support them; use a bucket or an access point in one AWS Region.";

    private const string DualStack = "dualstack";
    private const string Fips = "fips";
    private const string Accelerate = "accelerate";

    /// <summary>Gets the hosts that serve buckets, in the order in which they are matched.</summary>
    /// <remarks>The acceleration hosts come first. Otherwise, the label <c>s3-accelerate</c> could match as a region.</remarks>
    public static HostForm[] All { get; } =
    [
        .. AwsPartition.All.SelectMany(AcceleratedHosts),
        .. AwsPartition.All.SelectMany(partition => RegionalHosts(partition, "s3")),
        new("s3.amazonaws.com") { Region = "us-east-1" },
        new("s3-external-1.amazonaws.com") { Region = "us-east-1", IsLegacy = true },
        new("s3-fips-{region}.amazonaws.com") { Variant = Fips, IsLegacy = true },
        new("s3-{region}.amazonaws.com") { IsLegacy = true },
    ];

    /// <summary>Gets the AWS hosts that do not accept S3 signatures.</summary>
    /// <remarks>These hosts are matched last, because a bucket name followed by a host in <see cref="All"/> can look like one of them.</remarks>
    public static NonEndpoint[] NonEndpoints { get; } =
    [
        .. AwsPartition.All.Select(partition => partition.Suffix).Distinct().SelectMany(suffix => new NonEndpoint[]
        {
            new($"accesspoint.s3-global.{suffix}", MultiRegion),
            new($"s3-outposts.*.{suffix}", Outposts),
            new($"s3-object-lambda*.*.{suffix}", ObjectLambda),
            new($"s3express-*.*.{suffix}", Express),
            new($"s3express-*.dualstack.*.{suffix}", Express),
            new($"s3-website.*.{suffix}", NonEndpoint.Website),
            new($"s3-website-*.{suffix}", NonEndpoint.Website),
            new($"s3-control*.*.{suffix}", NonEndpoint.OtherApi),
            new($"s3-control*.dualstack.*.{suffix}", NonEndpoint.OtherApi),
        }),
        new("cloudfront.net", "is a CloudFront distribution, which does not check S3 signatures. Use an endpoint such as '{endpoint}'.") { IsCdn = true },
        new("console.aws.amazon.com", NonEndpoint.Console),
        new("console.amazonaws-us-gov.com", NonEndpoint.Console),
        new("console.amazonaws.cn", NonEndpoint.Console),
    ];

    public static HostForm[] AccessPoints { get; } = [.. AwsPartition.All.SelectMany(partition => RegionalHosts(partition, "s3-accesspoint"))];

    public static string Variant(bool dualStack, bool fips, bool accelerate) =>
        string.Join("-", new[] { accelerate ? Accelerate : "", fips ? Fips : "", dualStack ? DualStack : "" }.Where(part => part.Length > 0));

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

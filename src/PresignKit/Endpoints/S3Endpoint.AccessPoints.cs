namespace PresignKit;

public sealed partial class S3Endpoint
{
    /// <summary>
    /// Where requests for the bucket go, and what stands for it there: this endpoint and the bucket, or for the ARN of an access point a host of its own.
    /// </summary>
    private S3Endpoint ForBucket(ref string bucket, out string? problem)
    {
        problem = null;
        if (!AccessPointArn.IsArn(bucket))
        {
            problem = Provider == S3Provider.Aws ? FindProblemOfDirectory(bucket) : null;
            return this;
        }

        AccessPointArn? arn = Resolve(bucket, out problem);
        if (arn is null)
        {
            return this;
        }

        bucket = arn.HostLabel;
        return AccessPointHost(arn.Region);
    }

    private static string? FindProblemOfDirectory(string bucket) =>
        bucket.EndsWith("--x-s3", StringComparison.Ordinal) || bucket.EndsWith("--xa-s3", StringComparison.Ordinal)
            ? $"The bucket '{bucket}' is a directory bucket (S3 Express), whose requests are signed with session credentials for the service s3express, which is not supported."
        : bucket.EndsWith("--op-s3", StringComparison.Ordinal)
            ? $"The bucket '{bucket}' is on Outposts, whose requests are signed for the service s3-outposts, which is not supported."
        : null;

    private AccessPointArn? Resolve(string bucket, out string? problem)
    {
        AccessPointArn? arn = AccessPointArn.Parse(bucket, out problem);
        if (arn is null)
        {
            return null;
        }

        if (Provider != S3Provider.Aws || _form is null)
        {
            problem = $"The bucket '{bucket}' is an access point of AWS S3, and '{this}' is none of its hosts. Use S3Endpoint.Aws(\"{arn.Region}\").";
        }
        else if (_form.IsVirtualOnly)
        {
            problem = $"The bucket '{bucket}' is an access point, which has no transfer acceleration. Use the endpoint without Accelerate.";
        }
        else if (Style == UrlStyle.Path)
        {
            problem = $"The bucket '{bucket}' is an access point, which goes into the host name only. Use UrlStyle.VirtualHosted or UrlStyle.Auto.";
        }
        else if (arn.Partition != AwsPartition.Of(Region).Id || arn.Partition != AwsPartition.Of(arn.Region).Id)
        {
            problem = $"The bucket '{bucket}' is in the partition '{arn.Partition}' and the endpoint '{this}' in '{AwsPartition.Of(Region).Id}'. Use S3Endpoint.Aws(\"{arn.Region}\"), and the ARN as AWS shows it.";
        }

        return problem is null ? arn : null;
    }

    private S3Endpoint AccessPointHost(string region)
    {
        HostForm form = Array.Find(
            AwsHosts.AccessPoints, one => one.Variant == _form!.Variant && one.RegionPrefix == AwsPartition.Of(region).RegionPrefix)!;
        return new S3Endpoint(_url with { Host = form.Write(region, null) }, region, UrlStyle.VirtualHosted, Provider, form);
    }
}

namespace PresignKit;

/// <summary>The ARN of an S3 access point, which callers can specify instead of a bucket name: <c>arn:aws:s3:eu-west-1:123456789012:accesspoint/my-point</c>.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html">Referencing access points</see>.</remarks>
internal sealed record AccessPointArn(string Partition, string Region, string AccountId, string Name)
{
    private const string Example = "arn:aws:s3:eu-west-1:123456789012:accesspoint/my-point";
    private const int AccountIdLength = 12;
    private const int MaxNameLength = 50;

    /// <summary>Gets the first label of the access point's host name, which replaces the bucket name.</summary>
    public string HostLabel => $"{Name}-{AccountId}";

    public static bool IsArn(string bucket) => bucket.StartsWith("arn:", StringComparison.Ordinal);

    /// <summary>Parses an ARN, or returns <c>null</c> and describes the problem if the value is not an access point ARN.</summary>
    public static AccessPointArn? Parse(string arn, out string? problem)
    {
        string[] parts = arn.Split([':'], 6);
        problem = FindProblem(arn, parts);
        return problem is null ? new AccessPointArn(parts[1], parts[3], parts[4], NameIn(parts[5])!) : null;
    }

    /// <summary>Parses the first label of an access point's host name (<c>name-account</c> in <c>name-account.s3-accesspoint.region…</c>), or returns <c>null</c> if the
    /// label does not identify an access point.</summary>
    public static AccessPointArn? FromHostLabel(string label, string region)
    {
        int dash = label.LastIndexOf('-');
        if (dash <= 0)
        {
            return null;
        }

        AccessPointArn arn = new(AwsPartition.Of(region).Id, region, label[(dash + 1)..], label[..dash]);
        return Parse(arn.ToString(), out _);
    }

    public override string ToString() => $"arn:{Partition}:s3:{Region}:{AccountId}:accesspoint/{Name}";

    private static string? FindProblem(string arn, string[] parts)
    {
        string bucket = $"The bucket '{Printable.Text(arn)}'";
        if (parts.Length < 6 || parts[5].Length == 0)
        {
            return $"{bucket} is not a complete ARN. Use the ARN of an access point, such as '{Example}', or the name of the bucket.";
        }

        (string service, string region, string account, string resource) = (parts[2], parts[3], parts[4], parts[5]);
        string? unsupported = (service, region) switch
        {
            ("s3-outposts", _) => AwsHosts.Outposts,
            ("s3-object-lambda", _) => AwsHosts.ObjectLambda,
            ("s3express", _) => AwsHosts.Express,
            ("s3", "") when resource.EndsWith(".mrap", StringComparison.Ordinal) => AwsHosts.MultiRegion,
            ("s3", "") when !resource.StartsWith("accesspoint", StringComparison.Ordinal) => $"is the ARN of a bucket. Use the bucket name '{Printable.Text(resource.Split('/')[0])}'.",
            ("s3", "") => $"is an access point ARN without a region. Use the complete ARN, such as '{Example}'.",
            ("s3", _) => null,
            _ => $"is an ARN of the service '{Printable.Text(service)}'. Use the ARN of an S3 access point, such as '{Example}', or the name of a bucket.",
        };
        if (unsupported is not null)
        {
            return $"{bucket} {unsupported}";
        }

        bool isAccessPoint = NameIn(resource) is { } name && IsLabel(name, MaxNameLength) && AwsRegion.IsCode(region)
            && account.Length == AccountIdLength && account.All(c => c is >= '0' and <= '9');
        return isAccessPoint ? null :
            $"{bucket} is not a valid access point ARN. Use an ARN such as '{Example}': " +
            $"a region, an account ID of {AccountIdLength} digits, and a name of up to {MaxNameLength} lowercase letters, digits and hyphens.";
    }

    // AWS uses both accesspoint/name and accesspoint:name.
    private static string? NameIn(string resource)
    {
        const string Kind = "accesspoint";
        return resource.StartsWith(Kind, StringComparison.Ordinal) && resource.Length > Kind.Length && resource[Kind.Length] is '/' or ':'
            ? resource[(Kind.Length + 1)..]
            : null;
    }

    private static bool IsLabel(string text, int maxLength) =>
        text.Length >= 1 && text.Length <= maxLength && text[0] != '-' && text[^1] != '-'
        && text.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-');
}

namespace PresignKit;

/// <summary>The ARN of an S3 access point, which stands in place of a bucket: <c>arn:aws:s3:eu-west-1:123456789012:accesspoint/my-point</c>.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html">Referencing access points</see>.</remarks>
internal sealed record AccessPointArn(string Partition, string Region, string AccountId, string Name)
{
    private const string Example = "arn:aws:s3:eu-west-1:123456789012:accesspoint/my-point";
    private const int AccountIdLength = 12;
    private const int MaxNameLength = 50;

    /// <summary>What stands before the host, in place of the bucket.</summary>
    public string HostLabel => $"{Name}-{AccountId}";

    public static bool IsArn(string bucket) => bucket.StartsWith("arn:", StringComparison.Ordinal);

    /// <summary>Takes an ARN apart; otherwise says what is wrong with it.</summary>
    public static AccessPointArn? Parse(string arn, out string? problem)
    {
        string[] parts = arn.Split([':'], 6);
        problem = FindProblem(arn, parts);
        return problem is null ? new AccessPointArn(parts[1], parts[3], parts[4], NameIn(parts[5])!) : null;
    }

    /// <summary>The access point in a pasted host, <c>name-account.s3-accesspoint.region…</c>; <c>null</c> where the label is none.</summary>
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
        string shown = Printable.Text(arn);
        if (parts.Length < 6 || parts[5].Length == 0)
        {
            return $"The bucket '{shown}' is no complete ARN. Write an access point's, like '{Example}', or the bucket's name.";
        }

        (string service, string region, string account, string resource) = (parts[2], parts[3], parts[4], parts[5]);
        string? refused = (service, region) switch
        {
            ("s3-outposts", _) => "S3 on Outposts signs for a service of its own, s3-outposts, which is not supported.",
            ("s3-object-lambda", _) => "Object Lambda signs for a service of its own, s3-object-lambda, which is not supported. Use the access point or the bucket behind it.",
            ("s3express", _) => "S3 Express signs with session credentials for the service s3express, which is not supported.",
            ("s3", "") when resource.EndsWith(".mrap", StringComparison.Ordinal) =>
                "A multi-region access point needs SigV4a (one signature for all regions), which is not supported. Use an access point or a bucket of one region.",
            ("s3", "") when !resource.StartsWith("accesspoint", StringComparison.Ordinal) => $"A bucket goes by its name: write '{Printable.Text(resource.Split('/')[0])}'.",
            ("s3", "") => "It names no region.",
            ("s3", _) => null,
            _ => $"'{Printable.Text(service)}' is not S3.",
        };
        if (refused is not null)
        {
            return $"The bucket '{shown}' cannot be presigned: {refused}";
        }

        bool isPoint = NameIn(resource) is { } name && IsLabel(name, MaxNameLength) && IsLabel(region, 63)
            && account.Length == AccountIdLength && account.All(c => c is >= '0' and <= '9');
        return isPoint ? null : $"The bucket '{shown}' is not the ARN of an access point: a region, an account of {AccountIdLength} digits, and a name of lower-case letters, digits and '-', up to {MaxNameLength}. Write it like '{Example}'.";
    }

    // accesspoint/name, or accesspoint:name; nothing after it.
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

namespace PresignKit;

/// <summary>The format of AWS region codes, and the display and legacy names that users often specify instead.</summary>
/// <remarks>Only the format of a code is checked, so that new regions are accepted.</remarks>
internal static class AwsRegion
{
    // The display names in botocore's partitions.json and S3's legacy names (LocationConstraint EU, US Standard).
    private static readonly Dictionary<string, string> CodesByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["eu"] = "eu-west-1",
        ["us"] = "us-east-1",
        ["us-standard"] = "us-east-1",
        ["us-classic"] = "us-east-1",
        ["aws-global"] = "us-east-1",
        ["global"] = "us-east-1",
        ["virginia"] = "us-east-1",
        ["n-virginia"] = "us-east-1",
        ["ohio"] = "us-east-2",
        ["california"] = "us-west-1",
        ["n-california"] = "us-west-1",
        ["oregon"] = "us-west-2",
        ["canada"] = "ca-central-1",
        ["calgary"] = "ca-west-1",
        ["mexico"] = "mx-central-1",
        ["sao-paulo"] = "sa-east-1",
        ["ireland"] = "eu-west-1",
        ["london"] = "eu-west-2",
        ["paris"] = "eu-west-3",
        ["frankfurt"] = "eu-central-1",
        ["zurich"] = "eu-central-2",
        ["stockholm"] = "eu-north-1",
        ["milan"] = "eu-south-1",
        ["spain"] = "eu-south-2",
        ["cape-town"] = "af-south-1",
        ["bahrain"] = "me-south-1",
        ["uae"] = "me-central-1",
        ["tel-aviv"] = "il-central-1",
        ["mumbai"] = "ap-south-1",
        ["hyderabad"] = "ap-south-2",
        ["singapore"] = "ap-southeast-1",
        ["sydney"] = "ap-southeast-2",
        ["jakarta"] = "ap-southeast-3",
        ["melbourne"] = "ap-southeast-4",
        ["malaysia"] = "ap-southeast-5",
        ["new-zealand"] = "ap-southeast-6",
        ["thailand"] = "ap-southeast-7",
        ["tokyo"] = "ap-northeast-1",
        ["seoul"] = "ap-northeast-2",
        ["osaka"] = "ap-northeast-3",
        ["hong-kong"] = "ap-east-1",
        ["taipei"] = "ap-east-2",
        ["beijing"] = "cn-north-1",
        ["ningxia"] = "cn-northwest-1",
    };

    /// <summary>Determines whether a value has the format of a region code, such as <c>eu-west-1</c> or <c>us-gov-west-1</c>.</summary>
    public static bool IsCode(string region)
    {
        string[] parts = region.Split('-');
        string last = parts[^1];
        return parts.Length is 3 or 4 && parts[0].Length is >= 2 and <= 4 && last.Length is 1 or 2 && last.All(c => c is >= '0' and <= '9')
            && parts.Take(parts.Length - 1).All(part => part.Length > 0 && part.All(c => c is >= 'a' and <= 'z'));
    }

    /// <summary>Describes the problem with a region code and suggests a correction, or returns <c>null</c> if the code is valid.</summary>
    public static string? FindProblem(string region)
    {
        if (IsCode(region))
        {
            return null;
        }

        if (CodesByName.TryGetValue(region.Replace('_', '-'), out string? code))
        {
            return $"The region '{region}' is not an AWS region code. Use '{code}'.";
        }

        string written = region.ToLowerInvariant().Replace('_', '-');
        if (IsCode(written))
        {
            return $"The region '{region}' is not an AWS region code. Use '{written}'.";
        }

        // eu-west-1a is an Availability Zone, and us-west-2-lax-1a is a Local Zone. Both start with their region's code.
        for (int length = written.Length - 1; length > 0; length--)
        {
            if (IsCode(written[..length]))
            {
                return $"The region '{region}' is a zone, not a region. Use '{written[..length]}'.";
            }
        }

        return $"The region '{region}' is not an AWS region code. Use a code such as 'eu-west-1'.";
    }
}

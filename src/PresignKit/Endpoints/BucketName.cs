namespace PresignKit;

/// <summary>The rules for bucket names, including the extensions for legacy S3 buckets (uppercase letters, underscores, up to 255 characters) and for Ceph tenants.</summary>
internal static class BucketName
{
    public const int MaxLength = 255;

    /// <summary>The maximum length of a bucket name that is part of a host name.</summary>
    public const int MaxLengthInHost = 63;

    /// <summary>Describes the problem with a bucket name or an access point ARN, or returns <c>null</c> if the value is valid.</summary>
    public static string? FindProblem(string bucket)
    {
        if (bucket.Length == 0)
        {
            return "The bucket name is empty. Set Bucket in the operation or in PresignerOptions.";
        }

        if (AccessPointArn.IsArn(bucket))
        {
            _ = AccessPointArn.Parse(bucket, out string? problem);
            return problem;
        }

        if (bucket.Contains("://"))
        {
            return $"The bucket '{Shown(bucket)}' is a URL. Set Bucket to the name of the bucket, and Endpoint to the URL of the store.";
        }

        if (bucket.Contains('/'))
        {
            return $"The bucket '{Shown(bucket)}' contains a slash. {RemedyForSlash(Shown(bucket).Trim('/'))}";
        }

        return TenantLength(bucket) is > 0 and int tenant ? FindProblemOfTenant(bucket, tenant) : FindProblemOfName(bucket);
    }

    /// <summary>Returns the length of the Ceph tenant prefix in <c>tenant:bucket</c>, including the colon, or 0 if there is no tenant prefix.</summary>
    public static int TenantLength(string bucket) => AccessPointArn.IsArn(bucket) ? 0 : bucket.IndexOf(':') + 1;

    // On Ceph, a tenant name consists of letters, digits and underscores. It can be empty (':bucket') for a bucket without a tenant.
    private static string? FindProblemOfTenant(string bucket, int tenantLength)
    {
        for (int i = 0; i < tenantLength - 1; i++)
        {
            if (!IsLetterOrDigit(bucket[i]) && bucket[i] != '_')
            {
                return $"The tenant of the bucket '{Shown(bucket)}' contains the character {Describe(bucket[i])}. Use 'tenant:bucket' with a tenant of letters, digits and '_' (Ceph only), or the bucket alone.";
            }
        }

        return FindProblemOfName(bucket[tenantLength..]);
    }

    private static string? FindProblemOfName(string bucket)
    {
        if (bucket.Length is < 3 or > MaxLength)
        {
            return $"The bucket '{Shown(bucket)}' has {bucket.Length} character{(bucket.Length == 1 ? "" : "s")}. Use a name of 3 to 63 characters (up to {MaxLength} for legacy buckets, in path style only).";
        }

        foreach (char c in bucket)
        {
            if (!IsLetterOrDigit(c) && c is not ('-' or '.' or '_'))
            {
                return $"The bucket '{Shown(bucket)}' contains the character {Describe(c)}. Use a name of letters, digits, '-', '.' and '_'.";
            }
        }

        if (!IsLetterOrDigit(bucket[0]) || !IsLetterOrDigit(bucket[^1]) || bucket.Contains(".."))
        {
            return $"The bucket '{Shown(bucket)}' is not a valid bucket name. Use a name that starts and ends with a letter or a digit and does not contain consecutive dots.";
        }

        return null;
    }

    /// <summary>Determines whether the bucket name can be prepended to a host name.</summary>
    /// <remarks>With TLS, the name must not contain a dot, because a wildcard certificate covers only one label.</remarks>
    public static bool FitsHostName(string bucket, bool isTls)
    {
        if (bucket.Length > MaxLengthInHost)
        {
            return false;
        }

        for (int i = 0; i < bucket.Length; i++)
        {
            char c = bucket[i];
            bool fits = c switch
            {
                >= 'a' and <= 'z' or >= '0' and <= '9' => true,
                '-' => bucket[i - 1] != '.' && bucket[i + 1] != '.',
                '.' => !isTls,
                _ => false,
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    // The caller may have passed a presigned URL instead of a bucket name, so messages omit the query.
    private static string Shown(string bucket) =>
        bucket.IndexOf('?') is >= 0 and int query ? Printable.Text(bucket[..query]) + "?…" : Printable.Text(bucket);

    private static string RemedyForSlash(string trimmed) => trimmed.IndexOf('/') switch
    {
        _ when trimmed.Length == 0 => "Use the name of the bucket only.",
        < 0 => $"Use '{trimmed}'.",
        int slash => $"Use '{trimmed[..slash]}', and prepend the rest to the key.",
    };

    private static bool IsLetterOrDigit(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';

    private static string Describe(char c) => c is > ' ' and < (char)0x7F ? $"'{c}'" : $"U+{(int)c:X4}";
}

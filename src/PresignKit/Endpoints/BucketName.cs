namespace PresignKit;

/// <summary>The rules for bucket names, as S3 has them, with what older stores and regions still hold (capitals, underscores, up to 255 characters).</summary>
internal static class BucketName
{
    public const int MaxLength = 255;

    /// <summary>What is wrong with the name and what to write instead, or <c>null</c>.</summary>
    public static string? FindProblem(string bucket)
    {
        if (bucket.Length == 0)
        {
            return "The bucket is empty. Name it in the operation or in PresignerOptions.Bucket.";
        }

        if (AccessPointArn.IsArn(bucket))
        {
            _ = AccessPointArn.Parse(bucket, out string? problem);
            return problem;
        }

        if (bucket.Contains("://"))
        {
            return $"The bucket '{Shown(bucket)}' is a URL. Write the bucket's name alone, and the URL of the store as the endpoint.";
        }

        if (bucket.Contains('/'))
        {
            return $"The bucket '{Shown(bucket)}' has a slash in it. {RemedyForSlash(Shown(bucket).Trim('/'))}";
        }

        if (bucket.Length is < 3 or > MaxLength)
        {
            return $"The bucket '{Shown(bucket)}' has {bucket.Length} characters; a bucket's name has 3 to 63 (up to {MaxLength} in old stores, path style only).";
        }

        foreach (char c in bucket)
        {
            if (!IsLetterOrDigit(c) && c is not ('-' or '.' or '_'))
            {
                return $"The bucket '{Shown(bucket)}' holds the character {Describe(c)}. A bucket's name is made of letters, digits, '-', '.' and '_'.";
            }
        }

        if (!IsLetterOrDigit(bucket[0]) || !IsLetterOrDigit(bucket[^1]) || bucket.Contains(".."))
        {
            return $"The bucket '{Shown(bucket)}' is no bucket's name: it begins and ends with a letter or digit, and has no two dots in a row.";
        }

        return null;
    }

    /// <summary>Whether the name can be the first part of a host name. A dot in it would need a certificate that no store has.</summary>
    public static bool FitsHostName(string bucket, bool isTls)
    {
        if (bucket.Length > 63)
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

    // A URL that was pasted as the bucket may be a presigned one: its query is not shown.
    private static string Shown(string bucket) =>
        bucket.IndexOf('?') is >= 0 and int query ? Printable.Text(bucket[..query]) + "?…" : Printable.Text(bucket);

    private static string RemedyForSlash(string trimmed) => trimmed.IndexOf('/') switch
    {
        _ when trimmed.Length == 0 => "Write the bucket's name alone.",
        < 0 => $"Write '{trimmed}' as the bucket.",
        int slash => $"Write '{trimmed[..slash]}' as the bucket, and put the rest in front of the key.",
    };

    private static bool IsLetterOrDigit(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';

    private static string Describe(char c) => c is > ' ' and < (char)0x7F ? $"'{c}'" : $"U+{(int)c:X4}";
}

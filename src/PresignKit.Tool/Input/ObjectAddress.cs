using PresignKit.Tool.Store;

namespace PresignKit.Tool.Input;

/// <summary>A bucket and a key, as in <c>s3://bucket/key</c>.</summary>
/// <param name="Bucket">The bucket, or the ARN of an access point.</param>
/// <param name="Key">The key or prefix exactly as it was written, without the slash that follows the bucket. It is empty if only a bucket was written.</param>
internal sealed record ObjectAddress(string Bucket, string Key)
{
    private const string Scheme = "s3://";

    // .NET replaces the bytes of an argument that are not valid UTF-8 with this character.
    private const char Replacement = '\uFFFD';

    /// <summary>Gets the region of the access point, or <c>null</c> if the bucket is not an ARN.</summary>
    /// <remarks>For an ARN without a region, such as that of a Multi-Region Access Point, this is the default region. Such an ARN is always rejected, with an error that says what to use instead.</remarks>
    public string? Region => Bucket.Split(':') switch
    {
        ["arn", _, _, { Length: > 0 } region, ..] => region,
        ["arn", ..] => ConfiguredRegion.Default,
        _ => null,
    };

    /// <summary>Parses <c>s3://bucket/key</c> or <c>bucket/key</c>.</summary>
    /// <exception cref="ToolException">The address does not have a bucket, it is a URL, or it is not valid UTF-8.</exception>
    public static ObjectAddress Parse(string address)
    {
        if (address.Contains(Replacement, StringComparison.Ordinal))
        {
            throw ToolException.Usage(
                $"'{Shown.Text(address)}' contains U+FFFD, which replaces bytes that are not valid UTF-8. Specify the key in UTF-8, or pass a key that really contains U+FFFD to 'presign batch'.");
        }

        int slash = address.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && address.AsSpan(slash - 1).StartsWith("://") && !address.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw ToolException.Usage($"'{Shown.Text(Redacted(address))}' is a URL. Use s3://bucket/key, and specify the store with --endpoint-url.");
        }

        string rest = address.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? address[Scheme.Length..] : address;
        int end = EndOfBucket(rest);
        string bucket = rest[..end];
        string key = end < rest.Length ? rest[(end + 1)..] : "";
        return bucket.Length > 0 ? new ObjectAddress(bucket, key) : throw ToolException.Usage($"'{Shown.Text(address)}' does not contain a bucket. Use s3://bucket/key.");
    }

    /// <summary>Parses the address of an object.</summary>
    /// <exception cref="ToolException">The address does not contain a bucket and a key.</exception>
    public static ObjectAddress ParseObject(string address)
    {
        ObjectAddress parsed = Parse(address);
        return parsed.Key.Length > 0 ? parsed : throw ToolException.Usage($"'{Shown.Text(address)}' does not contain an object key. Use s3://bucket/key.");
    }

    public override string ToString() => $"{Scheme}{Shown.Text(Bucket)}/{Shown.Text(Key)}";

    // The resource of an access point's ARN can contain a slash: arn:aws:s3:us-west-2:123456789012:accesspoint/name/key, but also …:accesspoint:name/key
    private static int EndOfBucket(string rest)
    {
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        bool isInResource = slash > 0 && rest.StartsWith("arn:", StringComparison.Ordinal) && rest.AsSpan(0, slash).EndsWith(":accesspoint");
        int end = isInResource ? rest.IndexOf('/', slash + 1) : slash;
        return end < 0 ? rest.Length : end;
    }

    private static string Redacted(string url) => PresignedUrlInfo.Redact(url);
}

namespace PresignKit;

/// <summary>A pattern for a provider's host names, with at most one variable: <c>{region}</c> or <c>{account}</c>.</summary>
/// <remarks>The variable matches a label or a part of a label.</remarks>
/// <param name="Pattern">The pattern, such as <c>s3.{region}.amazonaws.com</c>.</param>
internal sealed record HostForm(string Pattern)
{
    private const string RegionMark = "{region}";
    private const string AccountMark = "{account}";

    /// <summary>Gets the prefix of the region codes that the pattern applies to.</summary>
    public string RegionPrefix { get; init; } = "";

    /// <summary>Gets the region for hosts whose names do not contain a region.</summary>
    /// <value><c>null</c> if the host name contains the region or if one host serves several regions.</value>
    public string? Region { get; init; }

    /// <summary>Gets the name of the host's variant, such as <c>dualstack</c> or <c>eu</c>, or an empty string for the provider's usual host.</summary>
    public string Variant { get; init; } = "";

    /// <summary>Gets a value that indicates whether hosts that match the pattern support only virtual-hosted style.</summary>
    public bool IsVirtualOnly { get; init; }

    /// <summary>Gets the required length of an account ID that follows a bucket, or 0 if any length is accepted.</summary>
    /// <remarks>The length check prevents an unknown label from being mistaken for an account ID.</remarks>
    public int AccountLength { get; init; }

    /// <summary>Gets a value that indicates whether the pattern is for legacy AWS hosts.</summary>
    /// <remarks>Legacy hosts are recognized but never selected for a region.</remarks>
    public bool IsLegacy { get; init; }

    /// <summary>Gets a string that the provider's region codes never start with, or <c>null</c> if there is none.</summary>
    public string? ExcludedPrefix { get; init; }

    public bool HasRegion => Pattern.Contains(RegionMark);

    public bool HasAccount => Pattern.Contains(AccountMark);

    public string Write(string region, string? account) => Pattern.Replace(RegionMark, region).Replace(AccountMark, account);

    /// <summary>Determines whether a host matches the pattern and extracts the bucket and the value of the variable.</summary>
    /// <remarks>The host can start with a bucket name followed by a dot.</remarks>
    public bool Matches(string host, out string? value, out string? bucket)
    {
        value = null;
        bucket = null;
        int mark = Pattern.IndexOf('{');
        string start = mark < 0 ? Pattern : Pattern[..mark];
        string end = mark < 0 ? "" : Pattern[(Pattern.IndexOf('}') + 1)..];
        if (!host.EndsWith(end, StringComparison.Ordinal))
        {
            return false;
        }

        string rest = host[..^end.Length];
        int at = mark < 0 ? rest.Length - start.Length : LastLabelThatBeginsWith(start, rest);
        if (at < 0 || !rest[at..].StartsWith(start, StringComparison.Ordinal) || (at > 0 && (at == 1 || rest[at - 1] != '.')))
        {
            return false;
        }

        bucket = at == 0 ? null : rest[..(at - 1)];
        value = mark < 0 ? null : rest[(at + start.Length)..];
        return value is null || (value.Length > 0 && !value.Contains('.')
            && !(IsLegacy && !(AwsRegion.IsCode(value) && Pattern.EndsWith("." + AwsPartition.Of(value).Suffix, StringComparison.Ordinal)))
            && !(ExcludedPrefix is not null && value.StartsWith(ExcludedPrefix, StringComparison.Ordinal))
            && (AccountLength == 0 || bucket is null || value.Length == AccountLength));
    }

    private static int LastLabelThatBeginsWith(string start, string rest) =>
        start.Length == 0 ? rest.LastIndexOf('.') + 1 : rest.LastIndexOf(start, StringComparison.Ordinal);
}

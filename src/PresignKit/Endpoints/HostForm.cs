namespace PresignKit;

/// <summary>One form of a provider's host names: a text with at most one variable, <c>{region}</c> or <c>{account}</c>, which is a label or part of one.</summary>
/// <param name="Pattern">Like <c>s3.{region}.amazonaws.com</c>.</param>
internal sealed record HostForm(string Pattern)
{
    private const string RegionMark = "{region}";
    private const string AccountMark = "{account}";

    /// <summary>The start of the names of the regions that it is for.</summary>
    public string RegionPrefix { get; init; } = "";

    /// <summary>The region that the host stands for where it names none; <c>null</c> where it names one, and where it does not tell.</summary>
    public string? Region { get; init; }

    /// <summary>What sets it apart from the provider's usual host: <c>dualstack</c>, <c>eu</c>.</summary>
    public string Variant { get; init; } = "";

    /// <summary>Whether the bucket must be part of the host name, whatever the provider takes elsewhere.</summary>
    public bool IsVirtualOnly { get; init; }

    /// <summary>The length of the account's id where a bucket stands before it: what is shorter is a label that we do not know. 0 for any.</summary>
    public int AccountLength { get; init; }

    public bool HasRegion => Pattern.Contains(RegionMark);

    public bool HasAccount => Pattern.Contains(AccountMark);

    public string Write(string region, string? account) => Pattern.Replace(RegionMark, region).Replace(AccountMark, account);

    /// <summary>Whether it is <c>[bucket.]</c> and this form; with the value of the variable (<c>null</c> for none) and the bucket.</summary>
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
            && (AccountLength == 0 || bucket is null || value.Length == AccountLength));
    }

    private static int LastLabelThatBeginsWith(string start, string rest) =>
        start.Length == 0 ? rest.LastIndexOf('.') + 1 : rest.LastIndexOf(start, StringComparison.Ordinal);
}

namespace PresignKit;

/// <summary>A host that is easily mistaken for a provider's S3 endpoint, such as a host for a web console, static websites, public objects or a different API.</summary>
/// <param name="Pattern">The last labels of the host, such as <c>s3-website-*.amazonaws.com</c>. An asterisk matches any characters within a label. Other labels can
/// precede the pattern.</param>
/// <param name="Reason">The part of the message that follows the host: a predicate and a remedy. <c>{endpoint}</c> is replaced with one of the provider's S3 endpoints.</param>
internal sealed record NonEndpoint(string Pattern, string Reason)
{
    public const string Console = "is a web console, not an S3 endpoint. Use an endpoint such as '{endpoint}'.";
    public const string OtherApi = "belongs to a different API, which does not accept S3 signatures. Use an endpoint such as '{endpoint}'.";
    public const string PublicHost = "serves public objects and does not check signatures. Use an endpoint such as '{endpoint}'.";
    public const string Website = "is a website endpoint, which does not check signatures. Use an endpoint such as '{endpoint}'.";

    private readonly string[] _labels = Pattern.Split('.');

    // Cheap early exit: the end of the pattern rules out almost every host.
    private readonly string _end = Pattern[(Pattern.LastIndexOf('*') + 1)..];

    /// <summary>Gets a value that indicates whether the host can forward requests to a store.</summary>
    public bool IsCdn { get; init; }

    public bool Matches(string host)
    {
        if (!host.EndsWith(_end, StringComparison.Ordinal))
        {
            return false;
        }

        string[] labels = host.Split('.');
        int before = labels.Length - _labels.Length;
        return before >= 0 && Enumerable.Range(0, _labels.Length).All(i => Matches(labels[before + i], _labels[i]));
    }

    private static bool Matches(string label, string pattern)
    {
        int star = pattern.IndexOf('*');
        return star < 0
            ? label == pattern
            : label.Length >= pattern.Length - 1
                && label.StartsWith(pattern[..star], StringComparison.Ordinal) && label.EndsWith(pattern[(star + 1)..], StringComparison.Ordinal);
    }
}

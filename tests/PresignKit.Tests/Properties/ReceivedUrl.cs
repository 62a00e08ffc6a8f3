namespace PresignKit.Tests;

/// <summary>A URL as a store receives it: split at its delimiters, and then unescaped.</summary>
internal sealed record ReceivedUrl(string Host, string Path, IReadOnlyList<KeyValuePair<string, string>> Query)
{
    public static ReceivedUrl Parse(string url)
    {
        string rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        string[] parts = rest.Split('?', 2);
        int slash = parts[0].IndexOf('/', StringComparison.Ordinal);
        return new ReceivedUrl(
            parts[0][..slash],
            parts[0][slash..],
            [.. parts[1].Split('&').Select(pair => pair.Split('=', 2)).Select(pair =>
                new KeyValuePair<string, string>(Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1])))]);
    }

    public string Value(string name) => Query.Single(pair => pair.Key == name).Value;
}

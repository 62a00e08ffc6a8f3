namespace PresignKit.ConformanceTests;

/// <summary>Takes out of a URL what does not change its meaning, and nothing else.</summary>
internal static class UrlText
{
    /// <summary>
    /// Parameters in one order (the signature covers them in canonical order), and the origin as the host header has it: botocore leaves capitals and
    /// default ports in the URL, and signs without them.
    /// </summary>
    public static string Comparable(string url)
    {
        int pathStart = url.IndexOf('/', url.IndexOf("://", StringComparison.Ordinal) + 3);
        string[] parts = url[pathStart..].Split('?', 2);
        return new Uri(url[..pathStart]).GetLeftPart(UriPartial.Authority) + parts[0] + "?" +
            string.Join('&', parts[1].Split('&').Order(StringComparer.Ordinal));
    }

    public static string Parameter(string url, string name) =>
        url.Split('?', 2)[1].Split('&').Single(parameter => parameter.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];
}

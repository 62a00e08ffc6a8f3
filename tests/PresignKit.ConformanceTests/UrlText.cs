namespace PresignKit.ConformanceTests;

/// <summary>Removes only the differences between URLs that do not change their meaning.</summary>
internal static class UrlText
{
    /// <summary>
    /// Sorts the parameters, which the signature covers in canonical order, and writes the origin as in the Host header. botocore keeps uppercase letters
    /// and default ports in the URL but does not sign them.
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

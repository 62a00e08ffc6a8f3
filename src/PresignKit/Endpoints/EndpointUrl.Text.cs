using PresignKit.Signing;

namespace PresignKit;

/// <content>The text of a URL: what is wrong with it at first sight, and how messages show it.</content>
internal sealed partial record EndpointUrl
{
    private static readonly char[] QueryOrFragment = ['?', '#'];
    private static readonly char[] EndsOfPath = ['?', '#', '&', '='];

    private static string? FindProblem(string url)
    {
        if (url.Length == 0)
        {
            return "The endpoint is empty. Write the URL of the store, like 'https://nyc3.digitaloceanspaces.com'.";
        }

        string shown = Shown(url);
        if (char.IsWhiteSpace(url[0]) || char.IsWhiteSpace(url[^1]))
        {
            return $"The endpoint '{Shown(url.Trim())}' begins or ends with white space. Trim it.";
        }

        if (Utf8.CountBytes(url.AsSpan()) < 0)
        {
            return $"The endpoint '{shown}' holds a lone surrogate (half of a UTF-16 pair), which has no UTF-8 form. Repair the text.";
        }

        if (!url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            string bare = shown.TrimStart('/');
            return shown.Contains("://")
                ? $"The endpoint '{shown}' is neither an http:// nor an https:// URL."
                : $"The endpoint '{shown}' has no scheme. Write 'https://{bare}', or 'http://{bare}' for a store without TLS.";
        }

        if (url.IndexOfAny(QueryOrFragment) >= 0)
        {
            return $"The endpoint '{shown}' is followed by a query or a fragment. Write scheme, host, port and path only; parameters belong to the operation (Query).";
        }

        return null;
    }

    /// <summary>A URL as messages show it: without user name, password, query and fragment. Credentials may stand there, or the signature of a presigned URL.</summary>
    public static string Shown(string url)
    {
        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        int start = scheme < 0 ? 0 : scheme + 3;
        string rest = url[start..];
        int query = rest.IndexOfAny(QueryOrFragment);

        // A password may have any character in it: what stands before the last '@' is shown only where a path and a query have begun before it.
        bool hasPath = query >= 0 && rest.IndexOf('/') is >= 0 and int slash && slash < query;
        int at = hasPath ? rest.LastIndexOf('@', query) : rest.LastIndexOf('@');
        rest = rest[(at + 1)..];
        query = rest.IndexOfAny(EndsOfPath);
        return Printable.Text(url[..start] + (query < 0 ? rest : rest[..query]));
    }
}

namespace PresignKit;

/// <summary>The parts of an endpoint's URL, in the form in which they are signed.</summary>
/// <param name="IsTls">Whether the scheme is <c>https</c>.</param>
/// <param name="Host">The host name in lower case and ASCII, or an IP address (IPv6 in brackets).</param>
/// <param name="IsName">Whether the host is a name and not an address.</param>
/// <param name="Port">The port, the scheme's default included.</param>
/// <param name="BasePath">The percent-encoded path without a slash at its end: empty, or <c>/storage/v1/s3</c>.</param>
internal sealed record EndpointUrl(bool IsTls, string Host, bool IsName, int Port, string BasePath)
{
    private const int MaxBasePathLength = 512;

    /// <summary>The value of the <c>host</c> header: a default port is left out, as HTTP clients do.</summary>
    public string Authority => Port == (IsTls ? 443 : 80) ? Host : FormattableString.Invariant($"{Host}:{Port}");

    public string SchemePrefix => IsTls ? "https://" : "http://";

    public override string ToString() => SchemePrefix + Authority + BasePath;

    /// <summary>Takes a URL apart; otherwise says what is wrong with it.</summary>
    public static EndpointUrl? Parse(string url, out string? problem)
    {
        problem = FindProblem(url);
        if (problem is not null)
        {
            return null;
        }

        // Uri serves here for the authority, which has no key in it; a key never passes through it.
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0 || uri.HostNameType == UriHostNameType.Unknown)
        {
            problem = $"The endpoint '{Shown(url)}' is no URL that names a host. Write it like 'https://nyc3.digitaloceanspaces.com' or 'http://127.0.0.1:9000'.";
            return null;
        }

        if (FindHost(uri) is not { } host)
        {
            problem = $"The host of the endpoint '{Shown(url)}' is no name for DNS, which knows names in other scripts by their ASCII form only. Write that form, like 'xn--bcher-kva.example'.";
            return null;
        }

        if (uri.UserInfo.Length > 0)
        {
            // The value is not shown: what stands there may be a secret.
            problem = $"The endpoint for the host '{uri.Host}' has a user name or password in it. Give the credentials by AccessKeyId and SecretAccessKey.";
            return null;
        }

        if (uri.Port == 0)
        {
            problem = $"The endpoint '{Shown(url)}' has the port 0; write one from 1 to 65535, or none for the scheme's own.";
            return null;
        }

        string path = Uri.UnescapeDataString(uri.AbsolutePath);
        if (url.Contains('[') && url.Contains('%'))
        {
            problem = $"The endpoint '{Shown(url)}' has a zone ('%…') in its IPv6 address, which no other machine can use. Write the address without it, or another one.";
            return null;
        }

        bool isUndecodable = path.Contains('%') && !PercentEncoding.Path(path).Equals(uri.AbsolutePath, StringComparison.OrdinalIgnoreCase);
        if (isUndecodable || path.Contains('\\') || url.Contains("%2F") || url.Contains("%2f") || DotSegments.Contains(RawPath(url)))
        {
            problem = $"The path of the endpoint '{Shown(url)}' has a dot segment, a backslash or an escape that clients and stores read differently. Write the path of the store's API plainly.";
            return null;
        }

        string basePath = PercentEncoding.Path(path.TrimEnd('/'));
        if (basePath.Length > MaxBasePathLength)
        {
            problem = $"The endpoint for the host '{uri.Host}' has a path of {basePath.Length} characters; {MaxBasePathLength} at most make sense. Write the path of the store's API only, without a key.";
            return null;
        }

        return new EndpointUrl(
            uri.Scheme == Uri.UriSchemeHttps,
            host,
            uri.HostNameType is UriHostNameType.Dns or UriHostNameType.Basic,
            uri.Port,
            basePath);
    }

    // Uri takes names that DNS does not (a label that begins with a hyphen), leaves some of them as they are, and throws when it is asked for the ASCII form of others.
    private static string? FindHost(Uri uri)
    {
        try
        {
            string host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
            return Utf8.IsPrintableAscii(host.AsSpan()) ? host.ToLowerInvariant() : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    // Uri has collapsed dot segments already; the text has not.
    private static string RawPath(string url)
    {
        int slash = url.IndexOf('/', url.IndexOf("://", StringComparison.Ordinal) + 3);
        return slash < 0 ? "" : url[(slash + 1)..];
    }

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

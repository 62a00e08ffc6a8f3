namespace PresignKit;

/// <summary>The parts of an endpoint URL, normalized for signing.</summary>
/// <param name="IsTls"><c>true</c> if the scheme is <c>https</c>.</param>
/// <param name="Host">The host name in lowercase ASCII, or an IP address (IPv6 in brackets).</param>
/// <param name="IsName"><c>true</c> if the host is a name rather than an IP address.</param>
/// <param name="Port">The port, which is the scheme's default port if the URL does not specify one.</param>
/// <param name="BasePath">The percent-encoded path without a trailing slash, such as <c>/storage/v1/s3</c>, or an empty string for most stores.</param>
internal sealed record EndpointUrl(bool IsTls, string Host, bool IsName, int Port, string BasePath)
{
    private const int MaxBasePathLength = 512;
    private const int MaxLabelLength = 63;
    private const int MaxNameLength = 253;
    private const string OnlyParts = "Specify only the scheme, host, port and path";
    private const string PublicExample = "'https://cdn.example.com'";

    private static readonly char[] QueryOrFragment = ['?', '#'];
    private static readonly char[] EndsOfPath = ['?', '#', '&', '='];

    /// <summary>Gets the value of the <c>host</c> header, which omits the scheme's default port as HTTP clients do.</summary>
    public string Authority => Port == (IsTls ? 443 : 80) ? Host : FormattableString.Invariant($"{Host}:{Port}");

    public string SchemePrefix => IsTls ? "https://" : "http://";

    public override string ToString() => SchemePrefix + Authority + BasePath;

    /// <summary>Parses a URL, or returns <c>null</c> and describes the problem if the URL is not a valid endpoint URL.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="problem">The exception message, or <c>null</c> if the URL is valid.</param>
    /// <param name="isPublic"><c>true</c> if the URL belongs to a CDN or proxy, in which case messages do not call it an endpoint.</param>
    public static EndpointUrl? Parse(string url, out string? problem, bool isPublic = false)
    {
        string noun = isPublic ? "URL" : "endpoint";
        problem = FindProblem(url, noun, isPublic);
        if (problem is not null)
        {
            return null;
        }

        // System.Uri is safe here, because an endpoint does not contain an object key. Keys never pass through System.Uri, which would normalize them.
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0 || uri.HostNameType == UriHostNameType.Unknown)
        {
            problem = $"The {noun} '{Shown(url)}'{(Shown(url) == Printable.Text(url) ? "" : " (user name, password and query are not shown)")} is not a valid URL or does not contain a host. " +
                $"Use a URL such as {(isPublic ? PublicExample : "'https://nyc3.digitaloceanspaces.com' or 'http://127.0.0.1:9000'")}.";
            return null;
        }

        if (FindHost(uri) is not { } host)
        {
            problem = $"The host of the {noun} '{Shown(url)}' is not a valid DNS name. Use its punycode form, such as 'xn--bcher-kva.example'.";
            return null;
        }

        if (uri.UserInfo.Length > 0)
        {
            // The message omits the user info, which may contain a secret.
            problem = $"The {noun} for the host '{uri.Host}' contains a user name or a password. {(isPublic ? OnlyParts + "." : "Set the credentials with AccessKeyId and SecretAccessKey.")}";
            return null;
        }

        if (uri.Port == 0)
        {
            problem = $"The {noun} '{Shown(url)}' has the port 0. Use a port from 1 to 65535, or omit it for the default port of the scheme.";
            return null;
        }

        bool isName = uri.HostNameType is UriHostNameType.Dns or UriHostNameType.Basic;
        if (isName && (host.Length > MaxNameLength || host.Split('.').Any(label => label.Length > MaxLabelLength)))
        {
            problem = $"The host of the {noun} '{Shown(url)}' is not a valid DNS name. Use a name of at most {MaxNameLength} characters, with at most {MaxLabelLength} characters between two dots.";
            return null;
        }

        if (uri.HostNameType == UriHostNameType.IPv6 && url.IndexOf('%') is >= 0 and int percent && percent < url.IndexOf(']'))
        {
            problem = $"The {noun} '{Shown(url)}' has a zone ('%…') in its IPv6 address, which is valid on one machine only. Use the address without the zone.";
            return null;
        }

        string path = Uri.UnescapeDataString(uri.AbsolutePath);
        bool isUndecodable = path.Contains('%') && !PercentEncoding.Path(path).Equals(uri.AbsolutePath, StringComparison.OrdinalIgnoreCase);
        if (isUndecodable || HasAmbiguousSegment(url))
        {
            problem = $"The path of the {noun} '{Shown(url)}' contains a dot segment, a backslash or an escape that clients and stores interpret differently. Use the plain path of the {(isPublic ? "CDN or proxy" : "store's API")}.";
            return null;
        }

        string basePath = PercentEncoding.Path(path.TrimEnd('/'));
        if (basePath.Length > MaxBasePathLength)
        {
            problem = $"The {noun} for the host '{uri.Host}' has a path of {basePath.Length} characters, and at most {MaxBasePathLength} are allowed. Use the path of the {(isPublic ? "CDN or proxy" : "store's API")}, without a key.";
            return null;
        }

        return new EndpointUrl(
            uri.Scheme == Uri.UriSchemeHttps,
            host,
            isName,
            uri.Port,
            basePath);
    }

    /// <summary>Formats a URL for messages, without its user name, password, query and fragment.</summary>
    /// <remarks>The omitted parts may contain credentials or a signature.</remarks>
    public static string Shown(string url)
    {
        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        int start = scheme < 0 ? 0 : scheme + 3;
        string rest = url[start..];
        int query = rest.IndexOfAny(QueryOrFragment);

        // A password may contain any character, so everything up to the last '@' is omitted. If the URL has a path before its query, an '@' in the query does not count.
        bool hasPath = query >= 0 && rest.IndexOf('/') is >= 0 and int slash && slash < query;
        int at = hasPath ? rest.LastIndexOf('@', query) : rest.LastIndexOf('@');
        rest = rest[(at + 1)..];
        query = rest.IndexOfAny(EndsOfPath);
        return Printable.Text(url[..start] + (query < 0 ? rest : rest[..query]));
    }

    private static string? FindProblem(string url, string noun, bool isPublic)
    {
        if (url.Length == 0)
        {
            return isPublic
                ? $"The URL is empty. Set it to the URL of the CDN or proxy, such as {PublicExample}."
                : "The endpoint is empty. Set it to the URL of the store, such as 'https://nyc3.digitaloceanspaces.com'.";
        }

        string shown = Shown(url);
        if (char.IsWhiteSpace(url[0]) || char.IsWhiteSpace(url[^1]))
        {
            return $"The {noun} '{Shown(url.Trim())}' starts or ends with white space. Remove it.";
        }

        if (Utf8.CountBytes(url.AsSpan()) < 0)
        {
            return $"The {noun} '{shown}' contains a lone surrogate (half of a UTF-16 pair), which cannot be encoded in UTF-8. Use well-formed text.";
        }

        if (!url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            string bare = shown.TrimStart('/');
            return shown.Contains("://")
                ? $"The {noun} '{shown}' is not an HTTP URL. Use a URL that starts with 'https://' or 'http://'."
                : $"The {noun} '{shown}' does not have a scheme. Use 'https://{bare}', or 'http://{bare}' for a {(isPublic ? "CDN or proxy" : "store")} without TLS.";
        }

        if (url.IndexOfAny(QueryOrFragment) >= 0)
        {
            return $"The {noun} '{shown}' contains a query or a fragment. {OnlyParts}{(isPublic ? "" : ", and add query parameters to the operation (Query)")}.";
        }

        return null;
    }

    // Uri accepts host names that are not valid in DNS, such as names with a label that starts with a hyphen. IdnHost returns some of these names unchanged and throws for others.
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

    // Checks the original string. Uri.AbsolutePath replaces '\' with '/' and removes dot segments, even if they are percent-encoded.
    private static bool HasAmbiguousSegment(string url)
    {
        string decoded = Uri.UnescapeDataString(url);
        return decoded.Contains('\\') || DotSegments.Contains(decoded) || url.Contains("%2F", StringComparison.OrdinalIgnoreCase);
    }
}

namespace PresignKit;

/// <summary>The parts of a received URL, which is split at its delimiters but otherwise unchanged.</summary>
internal readonly struct UrlParts
{
    /// <summary>The maximum length of a URL, in characters.</summary>
    /// <remarks>Servers limit the length of URLs, usually to between 8 and 64 KiB. This limit bounds the cost of parsing a hostile URL.</remarks>
    public const int MaxLength = 128 * 1024;

    private static readonly CharacterSet InAuthorities = new("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:[]");

    // https://host:port/path?query#fragment
    //         ^         ^    ^     ^
    //         _authority     _pathEnd
    //                   _path      _end
    private readonly string _url;
    private readonly int _authority;
    private readonly int _path;
    private readonly int _pathEnd;
    private readonly int _end;

    private UrlParts(string url, bool isTls, int authority, int path, int pathEnd, int end)
    {
        _url = url;
        IsTls = isTls;
        _authority = authority;
        _path = path;
        _pathEnd = pathEnd;
        _end = end;
    }

    /// <summary>Gets a value that indicates whether the scheme is <c>https</c>.</summary>
    public bool IsTls { get; }

    /// <summary>Gets a value that indicates whether the URL has a fragment, which clients do not send.</summary>
    public bool HasFragment => _end < _url.Length;

    /// <summary>Gets the host and port, or an empty span if the URL starts with its path.</summary>
    public ReadOnlySpan<char> Authority => _url.AsSpan(_authority, _path - _authority);

    /// <summary>Gets the path, including the leading slash, or an empty span if the URL does not have a path.</summary>
    public ReadOnlySpan<char> Path => _url.AsSpan(_path, _pathEnd - _path);

    /// <summary>Gets the query without the leading <c>?</c>.</summary>
    public ReadOnlySpan<char> Query => _pathEnd == _end ? default : _url.AsSpan(_pathEnd + 1, _end - _pathEnd - 1);

    /// <summary>Splits an <c>http</c> or <c>https</c> URL, or a URL that starts with its path.</summary>
    public static bool TrySplit(string? url, out UrlParts parts)
    {
        parts = default;
        if (url is null || url.Length > MaxLength)
        {
            return false;
        }

        int end = url.IndexOf('#') is >= 0 and int fragment ? fragment : url.Length;
        bool isTls = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        int authority = 0, path = 0;
        if (isTls || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            authority = isTls ? 8 : 7;
            path = url.AsSpan(authority, end - authority).IndexOfAny('/', '?') is >= 0 and int length ? authority + length : end;
            if (!IsAuthority(url.AsSpan(authority, path - authority)))
            {
                return false;
            }
        }
        else if (end == 0 || url[0] != '/')
        {
            return false;
        }

        int pathEnd = url.AsSpan(path, end - path).IndexOf('?') is >= 0 and int query ? path + query : end;
        parts = new UrlParts(url, isTls, authority, path, pathEnd, end);
        return true;
    }

    /// <summary>Returns the host and port as they are signed: in lowercase and without the scheme's default port.</summary>
    public static string SignedHost(ReadOnlySpan<char> authority, bool isTls)
    {
        ReadOnlySpan<char> defaultPort = (isTls ? ":443" : ":80").AsSpan();
        bool hasDefaultPort = authority.EndsWith(defaultPort, StringComparison.Ordinal)
            && (authority.Length == defaultPort.Length || authority[^(defaultPort.Length + 1)] != ':');
        return (hasDefaultPort ? authority[..^defaultPort.Length] : authority).ToString().ToLowerInvariant();
    }

    /// <summary>Determines whether a string is not empty and contains only characters that are valid in a host and port.</summary>
    /// <remarks>The valid characters do not include <c>@</c>, so a URL with a user name is rejected.</remarks>
    public static bool IsAuthority(ReadOnlySpan<char> text) => !text.IsEmpty && InAuthorities.LengthOfRun(text) == text.Length;
}

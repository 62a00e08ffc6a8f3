namespace PresignKit;

/// <summary>A URL that arrived, cut at its delimiters and nothing more: what stands in it stays as it is written.</summary>
internal readonly ref struct UrlParts
{
    /// <summary>Longer ones are refused: servers take 8 to 64 KiB, and what a hostile one costs stays bounded.</summary>
    public const int MaxLength = 128 * 1024;

    private static readonly CharacterSet InAuthorities = new("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:[]");

    /// <summary>Whether a fragment (<c>#…</c>) was cut off: clients do not send it.</summary>
    public bool HadFragment { get; private init; }

    /// <summary>Whether the scheme is <c>https</c>.</summary>
    public bool IsTls { get; private init; }

    /// <summary>Host and port; empty where the URL begins with its path.</summary>
    public ReadOnlySpan<char> Authority { get; private init; }

    /// <summary>The path with its first slash; empty where there is none.</summary>
    public ReadOnlySpan<char> Path { get; private init; }

    /// <summary>The query without its <c>?</c>.</summary>
    public ReadOnlySpan<char> Query { get; private init; }

    /// <summary>Cuts an <c>http</c> or <c>https</c> URL, or one that begins with its path. A fragment is cut off.</summary>
    public static bool TryCut(ReadOnlySpan<char> url, out UrlParts parts)
    {
        parts = default;
        if (url.Length > MaxLength)
        {
            return false;
        }

        int fragment = url.IndexOf('#');
        url = fragment < 0 ? url : url[..fragment];
        bool isTls = url.StartsWith("https://".AsSpan(), StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> authority = default;
        if (isTls || url.StartsWith("http://".AsSpan(), StringComparison.OrdinalIgnoreCase))
        {
            url = url[(isTls ? 8 : 7)..];
            int end = url.IndexOfAny('/', '?');
            authority = end < 0 ? url : url[..end];
            url = url[authority.Length..];
            if (!IsAuthority(authority))
            {
                return false;
            }
        }
        else if (url.IsEmpty || url[0] != '/')
        {
            return false;
        }

        int query = url.IndexOf('?');
        parts = new UrlParts
        {
            HadFragment = fragment >= 0,
            IsTls = isTls,
            Authority = authority,
            Path = query < 0 ? url : url[..query],
            Query = query < 0 ? default : url[(query + 1)..],
        };
        return true;
    }

    /// <summary>Host and port in the form that is signed: lower case, and no port that is the scheme's own.</summary>
    public static string SignedForm(ReadOnlySpan<char> authority, bool isTls)
    {
        string host = authority.ToString().ToLowerInvariant();
        string usual = isTls ? ":443" : ":80";
        return host.EndsWith(usual, StringComparison.Ordinal) && !host.EndsWith(":" + usual, StringComparison.Ordinal) ? host[..^usual.Length] : host;
    }

    /// <summary>Whether it can be the value of a <c>host</c> header. User names are none of it.</summary>
    public static bool IsAuthority(ReadOnlySpan<char> text) => !text.IsEmpty && InAuthorities.LengthOfStart(text) == text.Length;
}

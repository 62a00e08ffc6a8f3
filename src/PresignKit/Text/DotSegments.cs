namespace PresignKit;

/// <summary>The segments <c>.</c> and <c>..</c>, which browsers, curl and <see cref="System.Uri"/> remove from a path (RFC 3986 § 5.2.4).</summary>
internal static class DotSegments
{
    /// <summary>Determines whether one of the path's segments is <c>.</c> or <c>..</c>.</summary>
    public static bool Contains(string path)
    {
        int start = 0;
        while (true)
        {
            int slash = path.IndexOf('/', start);
            int length = (slash < 0 ? path.Length : slash) - start;
            if (path.AsSpan(start, length) is "." or "..")
            {
                return true;
            }

            if (slash < 0)
            {
                return false;
            }

            start = slash + 1;
        }
    }
}

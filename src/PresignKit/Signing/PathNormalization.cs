namespace PresignKit;

/// <summary>Removes dot segments (RFC 3986 § 5.2.4) and empty segments from a path.</summary>
/// <remarks>SigV4 requires normalization for every service <em>except</em> S3, which uses keys exactly as they are.</remarks>
internal static class PathNormalization
{
    /// <summary>Returns the normalized path without encoding it.</summary>
    /// <remarks>The result starts with a slash. It also ends with a slash if the last segment of the original path was removed.</remarks>
    public static string Normalize(string path)
    {
        List<string> kept = [];
        string[] segments = path.Split('/');
        foreach (string segment in segments)
        {
            if (segment == "..")
            {
                if (kept.Count > 0)
                {
                    kept.RemoveAt(kept.Count - 1);
                }
            }
            else if (segment is not ("" or "."))
            {
                kept.Add(segment);
            }
        }

        bool endsWithSlash = segments[^1] is "" or "." or ".." && kept.Count > 0;
        return "/" + string.Join("/", kept) + (endsWithSlash ? "/" : "");
    }
}

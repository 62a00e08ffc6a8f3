namespace PresignKit;

/// <summary>
/// RFC 3986 § 5.2.4 (dot segments) and the collapsing of slashes, which SigV4 asks for everywhere <em>but</em> in S3, whose keys
/// are exact: never use it there.
/// </summary>
internal static class PathNormalization
{
    /// <summary>The normalised path, not encoded; it begins with a slash, and ends with one where the segment that was last is gone or empty.</summary>
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

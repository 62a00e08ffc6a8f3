using System.Text;

namespace PresignKit;

/// <summary>A presigned URL as a curl line.</summary>
internal static class CurlLine
{
    public static string Create(PresignedUrl url, string? file)
    {
        string method = url.Method.Method.ToUpperInvariant();
        bool isUpload = method is not ("GET" or "HEAD" or "DELETE" or "OPTIONS");
        StringBuilder line = new("curl --fail-with-body");

        // curl reads [ ] { } in URLs and file names as patterns: an IPv6 host has brackets.
        if (url.Url.Contains('[') || file?.IndexOfAny(['[', ']', '{', '}']) >= 0)
        {
            line.Append(" --globoff");
        }

        // curl takes dot segments out of paths, and the signature covers them (SigV4QuerySigner signs such paths on demand).
        if (HasDotSegment(url.Url))
        {
            line.Append(" --path-as-is");
        }

        // With --request HEAD curl would wait for a body.
        line.Append(method switch
        {
            "GET" => "",
            "HEAD" => " --head",
            _ => " --request " + Quote(method),
        });
        AppendHeaders(line, url, isUpload && file is null);
        if (isUpload)
        {
            // An empty body has to be said: without Content-Length stores answer 411.
            line.Append(file is null ? " --data-binary ''" : " --upload-file " + Quote(SafeName(file)));
        }
        else if (file is not null)
        {
            line.Append(" --output ").Append(Quote(SafeName(file)));
        }

        return line.Append(' ').Append(Quote(url.Url)).ToString();
    }

    private static void AppendHeaders(StringBuilder line, PresignedUrl url, bool isEmptyBody)
    {
        bool hasType = false;
        foreach (KeyValuePair<string, string> header in url.RequiredHeaders)
        {
            hasType |= header.Key.Equals("content-type", StringComparison.OrdinalIgnoreCase);

            // curl counts the body itself.
            if (!header.Key.Equals("content-length", StringComparison.OrdinalIgnoreCase))
            {
                line.Append(" --header ").Append(Quote(header.Value.Length == 0 ? header.Key + ";" : $"{header.Key}: {header.Value}"));
            }
        }

        // --data-binary brings a Content-Type of its own, which nobody asked for.
        if (isEmptyBody && !hasType)
        {
            line.Append(" --header 'Content-Type:'");
        }
    }

    private static bool HasDotSegment(string url)
    {
        int end = url.IndexOf('?');
        string path = (end < 0 ? url : url[..end]) + "/";
        return path.Contains("/./") || path.Contains("/../");
    }

    // "-" and "." stand for the standard input, and a leading "-" for an option.
    private static string SafeName(string file) => file is "." or ['-', ..] ? "./" + file : file;

    private static string Quote(string text)
    {
        foreach (char c in text)
        {
            if (!(c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' || "-._/:,@%+".Contains(c)))
            {
                return "'" + text.Replace("'", "'\\''") + "'";
            }
        }

        return text.Length == 0 ? "''" : text;
    }
}

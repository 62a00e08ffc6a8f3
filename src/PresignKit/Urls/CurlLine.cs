using System.Text;

namespace PresignKit;

/// <summary>Writes a presigned URL as a curl command line.</summary>
internal static class CurlLine
{
    public static string Create(PresignedUrl url, string? file)
    {
        string method = url.Method.Method.ToUpperInvariant();
        bool isUpload = method is not ("GET" or "HEAD" or "DELETE" or "OPTIONS");
        StringBuilder line = new("curl --fail-with-body");

        // curl interprets [ ] { } in URLs and file names as patterns, and an IPv6 host contains brackets.
        if (url.Url.Contains('[') || file?.IndexOfAny(['[', ']', '{', '}']) >= 0)
        {
            line.Append(" --globoff");
        }

        // curl removes dot segments from paths, but the signature covers them (SigV4QuerySigner can sign such paths).
        if (HasDotSegment(url.Url))
        {
            line.Append(" --path-as-is");
        }

        // With --request HEAD, curl would wait for a body.
        line.Append(method switch
        {
            "GET" => "",
            "HEAD" => " --head",
            _ => " --request " + Quote(method),
        });
        AppendHeaders(line, url, isUpload && file is null);
        if (isUpload)
        {
            // An explicit empty body, because stores respond with 411 to a request without Content-Length.
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

            // curl adds Content-Length itself.
            if (!header.Key.Equals("content-length", StringComparison.OrdinalIgnoreCase))
            {
                line.Append(" --header ").Append(Quote(header.Value.Length == 0 ? header.Key + ";" : $"{header.Key}: {header.Value}"));
            }
        }

        // Suppresses the Content-Type that --data-binary adds.
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

    // To curl, "-" and "." mean standard input, and a leading "-" starts an option.
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

using System.Text;

namespace PresignKit;

/// <summary>Formats a presigned URL as a curl command line, quoted for a POSIX shell or for PowerShell.</summary>
internal static class CurlLine
{
    private const string Url = "url";

    public static string ForPosixShell(PresignedUrl url, string? file) => ForPosixShell(Options(url, file));

    /// <summary>Returns a command line for a POSIX shell with the specified options.</summary>
    /// <param name="options">The long names and the values of the curl options, with <c>url</c> last.</param>
    public static string ForPosixShell(IEnumerable<(string Name, string? Value)> options)
    {
        StringBuilder line = new("curl");
        foreach ((string name, string? value) in options)
        {
            line.Append(name == Url ? "" : " --" + name).Append(value is null ? "" : " " + QuoteForPosixShell(value));
        }

        return line.ToString();
    }

    /// <summary>
    /// Returns a command line for Windows PowerShell 5.1 and PowerShell 7 that makes curl read the URL and the headers from standard input:
    /// <code>
    /// 'header = "If-None-Match: \"1\""', 'url = "https://…"' | curl.exe --fail-with-body --output 'photo.png' --config -
    /// </code>
    /// </summary>
    /// <remarks>
    /// Standard input is used, because the two versions pass empty arguments and quotation marks in arguments differently. <c>Invoke-WebRequest</c> is not used, because
    /// version 5.1 rejects <c>Range</c> and other headers, and version 7 rewrites values such as <c>private, no-store</c>.
    /// </remarks>
    public static string ForPowerShell(PresignedUrl url, string? file) => ForPowerShell(Options(url, file), file);

    /// <summary>Returns a command line for PowerShell with the specified options.</summary>
    /// <param name="options">The long names and the values of the curl options, with <c>url</c> last.</param>
    /// <param name="file">The file name in <paramref name="options"/>, or <c>null</c> if there is none.</param>
    public static string ForPowerShell(IEnumerable<(string Name, string? Value)> options, string? file)
    {
        // Before version 7.3, PowerShell does not escape a quotation mark inside an argument, and a trailing backslash would escape the closing quotation mark that PowerShell
        // adds.
        if (file is { Length: > 0 } && (file.Contains('"') || file[^1] == '\\'))
        {
            throw new ArgumentException(
                $"The file '{Printable.Text(file)}' contains a quotation mark or ends with a backslash, which PowerShell does not pass to curl unchanged. Use a different file name.", nameof(file));
        }

        StringBuilder input = new(), line = new("curl.exe");
        foreach ((string name, string? value) in options)
        {
            if (name is Url or "header" or "data-binary" or "form" or "form-string")
            {
                input.Append(input.Length == 0 ? "" : ", ").Append(QuoteForPowerShell($"{name} = {QuoteForCurl(value!)}"));
            }
            else
            {
                line.Append(" --").Append(name).Append(value is null ? "" : " " + QuoteForPowerShell(value));
            }
        }

        return $"{input} | {line} --config -";
    }

    // Returns the long names and the values of the curl options, with the URL last.
    private static IEnumerable<(string Name, string? Value)> Options(PresignedUrl url, string? file)
    {
        string method = url.Method.Method.ToUpperInvariant();
        bool isUpload = method is not ("GET" or "HEAD" or "DELETE" or "OPTIONS");
        yield return ("fail-with-body", null);

        // curl interprets [ ] { } in URLs and file names as patterns, and an IPv6 host contains brackets.
        if (url.Url.Contains('[') || file?.IndexOfAny(['[', ']', '{', '}']) >= 0)
        {
            yield return ("globoff", null);
        }

        // curl removes dot segments from paths, but the signature covers them (SigV4QuerySigner can sign such paths).
        if (HasDotSegment(url.Url))
        {
            yield return ("path-as-is", null);
        }

        // With --request HEAD, curl would wait for a body.
        if (method != "GET")
        {
            yield return method == "HEAD" ? ("head", null) : ("request", method);
        }

        bool hasType = false;
        foreach (KeyValuePair<string, string> header in url.RequiredHeaders)
        {
            hasType |= header.Key.Equals("content-type", StringComparison.OrdinalIgnoreCase);

            // curl adds Content-Length automatically.
            if (!header.Key.Equals("content-length", StringComparison.OrdinalIgnoreCase))
            {
                yield return ("header", header.Value.Length == 0 ? header.Key + ";" : $"{header.Key}: {header.Value}");
            }
        }

        if (isUpload && file is null)
        {
            // Suppresses the Content-Type that --data-binary adds.
            if (!hasType)
            {
                yield return ("header", "Content-Type:");
            }

            // Sends an explicit empty body, because stores respond with 411 to a request without Content-Length.
            yield return ("data-binary", "");
        }
        else if (file is not null)
        {
            yield return (isUpload ? "upload-file" : "output", SafeName(file));
        }

        yield return (Url, url.Url);
    }

    private static bool HasDotSegment(string url)
    {
        int end = url.IndexOf('?');
        string path = (end < 0 ? url : url[..end]) + "/";
        return path.Contains("/./") || path.Contains("/../");
    }

    /// <summary>Returns the options that send a form with a file. The file is the last part.</summary>
    public static IEnumerable<(string Name, string? Value)> FormOptions(string url, IEnumerable<KeyValuePair<string, string>> fields, string file)
    {
        yield return ("fail-with-body", null);
        foreach (KeyValuePair<string, string> field in fields)
        {
            // Unlike form, form-string does not interpret '@', '<' and ';' in a value.
            yield return ("form-string", $"{field.Key}={field.Value}");
        }

        // If the file name is not in quotation marks, curl treats a semicolon as the start of options and a comma as a separator between files.
        string name = SafeName(file);
        bool isQuoted = name.IndexOfAny([';', ',', '"', '\\', ' ']) >= 0;
        yield return ("form", "file=@" + (isQuoted ? QuoteForCurl(name) : name));
        yield return (Url, url);
    }

    // To curl, "-" means standard input or output, "." means standard input, and a leading "-" starts an option.
    private static string SafeName(string file) => file is "." or ['-', ..] ? "./" + file : file;

    private static string QuoteForPosixShell(string text)
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

    // In PowerShell, each of these characters ends a single-quoted string unless it is doubled (about_Quoting_Rules).
    private static string QuoteForPowerShell(string text)
    {
        StringBuilder quoted = new("'");
        foreach (char c in text)
        {
            quoted.Append(c, c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? 2 : 1);
        }

        return quoted.Append('\'').ToString();
    }

    // Uses the syntax of curl's configuration files. In these files, an unescaped line break would start a new option.
    private static string QuoteForCurl(string text) =>
        "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t") + "\"";
}

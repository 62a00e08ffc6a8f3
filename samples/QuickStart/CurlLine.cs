using System.Text;
using PresignKit;

namespace QuickStart;

/// <summary>A line for a POSIX shell that does what a presigned URL allows.</summary>
internal static class CurlLine
{
    public static string For(PresignedUrl url, string? body)
    {
        StringBuilder line = new("curl --fail-with-body --request " + url.Method);
        foreach ((string name, string value) in url.RequiredHeaders)
        {
            line.Append(" --header ").Append(Quote($"{name}: {value}"));
        }

        if (body is not null)
        {
            line.Append(" --data-binary ").Append(Quote(body));
        }

        return line.Append(' ').Append(Quote(url.Url)).ToString();
    }

    private static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}

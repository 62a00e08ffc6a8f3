using System.Net.Http.Headers;
using System.Text;

namespace PresignKit;

/// <summary>
/// Builds <c>Content-Disposition</c> values for downloads (RFC 6266). A name that is not ASCII is encoded as RFC 8187 describes, after an ASCII fallback for old clients.
/// <code>
/// attachment; filename="report.pdf"
/// attachment; filename="M_rz.pdf"; filename*=UTF-8''M%C3%A4rz.pdf
/// </code>
/// </summary>
internal static class ContentDisposition
{
    /// <summary>Returns why the name is not valid and what to do, or <c>null</c>.</summary>
    public static string? FindProblem(string fileName)
    {
        if (fileName.Length == 0)
        {
            return "DownloadFileName is empty. Specify a file name, or leave it null.";
        }

        if (Utf8.CountBytes(fileName.AsSpan()) < 0)
        {
            return $"DownloadFileName '{Printable.Text(fileName)}' contains a lone surrogate (half of a UTF-16 pair), which cannot be encoded as UTF-8. Correct the text.";
        }

        foreach (char c in fileName)
        {
            if (char.IsControl(c))
            {
                return $"DownloadFileName '{Printable.Text(fileName)}' contains the control character U+{(int)c:X4}, which is not allowed in a header. Remove it.";
            }
        }

        return null;
    }

    public static string Attachment(string fileName)
    {
        string fallback = Fallback(fileName);
        ContentDispositionHeaderValue header = new("attachment") { FileName = $"\"{fallback}\"" };

        // FileNameStar encodes different characters on each platform. PercentEncoding encodes everything but the unreserved characters, which RFC 8187 allows.
        return fallback == fileName ? header.ToString() : $"{header}; filename*=UTF-8''{PercentEncoding.Component(fileName)}";
    }

    // Clients disagree on backslashes and percent signs in quoted names, so the fallback contains neither.
    private static string Fallback(string fileName)
    {
        StringBuilder ascii = new(fileName.Length);
        foreach (char c in fileName)
        {
            if (!char.IsLowSurrogate(c))
            {
                ascii.Append(c is >= ' ' and < (char)0x7F and not ('"' or '\\' or '%' or '/') ? c : '_');
            }
        }

        return ascii.ToString();
    }
}

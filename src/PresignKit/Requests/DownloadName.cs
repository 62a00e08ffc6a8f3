using System.Net.Http.Headers;
using System.Text;

namespace PresignKit;

/// <summary>
/// A <c>Content-Disposition</c> that saves a download under a given name: RFC 6266, with the name's exact form by RFC 8187 where ASCII
/// cannot hold it, and an ASCII stand-in before it for old clients.
/// <code>
/// attachment; filename="report.pdf"
/// attachment; filename="M_rz.pdf"; filename*=UTF-8''M%C3%A4rz.pdf
/// </code>
/// </summary>
internal static class DownloadName
{
    /// <summary>What is wrong with the name and what to write instead, or <c>null</c>.</summary>
    public static string? FindProblem(string fileName)
    {
        if (fileName.Length == 0)
        {
            return "The DownloadFileName is empty. Write a name, or leave it out (null).";
        }

        if (Utf8.CountBytes(fileName.AsSpan()) < 0)
        {
            return $"The DownloadFileName '{Printable.Text(fileName)}' holds a lone surrogate (half of a UTF-16 pair), which has no UTF-8 form. Repair the text.";
        }

        foreach (char c in fileName)
        {
            if (char.IsControl(c))
            {
                return $"The DownloadFileName '{Printable.Text(fileName)}' holds the control character U+{(int)c:X4}, which no file's name can have in a header. Remove it.";
            }
        }

        return null;
    }

    public static string ToContentDisposition(string fileName)
    {
        string standIn = StandIn(fileName);
        ContentDispositionHeaderValue header = new("attachment") { FileName = $"\"{standIn}\"" };

        // The type's own FileNameStar leaves to each platform what it encodes; ours encodes all that is not unreserved, which RFC 8187 allows.
        return standIn == fileName ? header.ToString() : $"{header}; filename*=UTF-8''{PercentEncoding.Component(fileName)}";
    }

    // Clients differ over backslashes and percent signs between quotes: the stand-in has none.
    private static string StandIn(string fileName)
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

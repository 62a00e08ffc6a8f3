using System.Text;

namespace PresignKit;

/// <summary>Creates <c>Content-Disposition</c> values with file names that can contain non-ASCII characters.</summary>
/// <remarks>
/// <para>The values can be used for <see cref="ResponseHeaderOverrides.ContentDisposition"/>, for the <c>ContentDisposition</c> property of uploads and copies, and for form
/// fields.</para>
/// <para>A name that contains non-ASCII or special characters is encoded as specified in RFC 8187. An ASCII fallback for old clients precedes the encoded name, as in
/// <c>attachment; filename="M_rz.pdf"; filename*=UTF-8''M%C3%A4rz.pdf</c>.
/// Source: <see href="https://www.rfc-editor.org/rfc/rfc6266">RFC 6266</see>.</para>
/// </remarks>
/// <example><code>
/// new PutObject(key) { ContentType = "application/pdf", ContentDisposition = ContentDisposition.Inline("März.pdf") }
/// </code></example>
public static class ContentDisposition
{
    /// <summary>Creates a value that makes browsers save a file under the specified name.</summary>
    /// <param name="fileName">The file name, not encoded.</param>
    /// <returns>An ASCII string such as <c>attachment; filename="report.pdf"</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="fileName"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="fileName"/> is empty, or contains a control character or a lone surrogate.</exception>
    public static string Attachment(string fileName) => Create("attachment", fileName);

    /// <summary>Creates a value that makes browsers display a file and suggest the specified name if the user saves it.</summary>
    /// <returns>An ASCII string such as <c>inline; filename="report.pdf"</c>.</returns>
    /// <inheritdoc cref="Attachment"/>
    public static string Inline(string fileName) => Create("inline", fileName);

    /// <summary>Describes what is wrong with a file name and how to fix it, or returns <c>null</c> if the name is valid.</summary>
    internal static string? FindProblem(string fileName, string paramName)
    {
        if (fileName.Length == 0)
        {
            return $"{paramName} is empty. Specify the name of a file.";
        }

        if (Utf8.CountBytes(fileName.AsSpan()) < 0)
        {
            return $"{paramName} '{Printable.Text(fileName)}' contains a lone surrogate (half of a UTF-16 pair), which cannot be encoded as UTF-8. Correct the text.";
        }

        foreach (char c in fileName)
        {
            if (char.IsControl(c))
            {
                return $"{paramName} '{Printable.Text(fileName)}' contains the control character U+{(int)c:X4}, which is not allowed in a header. Remove it.";
            }
        }

        return null;
    }

    private static string Create(string type, string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        if (FindProblem(fileName, nameof(fileName)) is { } problem)
        {
            throw new ArgumentException(problem, nameof(fileName));
        }

        // PercentEncoding does not encode unreserved characters. RFC 8187 allows all of them.
        string fallback = Fallback(fileName);
        return fallback == fileName ? $"{type}; filename=\"{fallback}\"" : $"{type}; filename=\"{fallback}\"; filename*=UTF-8''{PercentEncoding.Component(fileName)}";
    }

    // Clients interpret backslashes and percent signs in quoted names differently, so the fallback contains neither.
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

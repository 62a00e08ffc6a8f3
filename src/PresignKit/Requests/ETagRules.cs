namespace PresignKit;

/// <summary>The rules for ETags, which callers copy from responses, often in a form that a proxy, an XML body or a log has given them.</summary>
internal static class ETagRules
{
    /// <summary>Returns the ETag, a list of ETags or <c>*</c> if it is in the form in which stores send it, or <c>null</c> for <c>null</c>.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is in a different form. The message contains the correct one.</exception>
    public static string? Require(string? value, string paramName) =>
        value is not null && FindProblem(value, paramName) is { } problem ? throw new ArgumentException(problem, paramName) : value;

    /// <summary>Returns the ETag that a store sent, without what a proxy or a copy has added: the mark of a weak ETag (<c>W/</c>), escapes and white space.</summary>
    public static string Clean(string value) => value.Replace("&quot;", "\"").Replace("&#34;", "\"").Replace("\\\"", "\"").Replace("W/\"", "\"").Replace("w/\"", "\"").Trim();

    private static string? FindProblem(string value, string paramName)
    {
        if (value.Length == 0)
        {
            return $"{paramName} is empty. Specify the ETag that the store returned.";
        }

        string clean = Clean(value);
        if (clean.Length > 0 && clean != value)
        {
            return $"{paramName} is '{Printable.Text(value)}', which is not an ETag as the store sends it: it is weak (W/), escaped, or has white space around it. Use '{Printable.Text(clean)}'.";
        }

        foreach (char c in value)
        {
            if (c is < ' ' or > '~')
            {
                return $"{paramName} '{Printable.Text(value)}' contains the character U+{(int)c:X4}, which is not allowed in an ETag. Use the ETag header of the response.";
            }
        }

        // Neither occurs in an ETag: they begin escapes in forms that Clean does not know, such as \u0022.
        return value.Count(c => c == '"') % 2 == 0 && clean.Length > 0 && value.IndexOfAny(['&', '\\']) < 0
            ? null
            : $"{paramName} is '{Printable.Text(value)}', which is not an ETag as the store sends it. Use the ETag header of the response, with both quotation marks.";
    }
}

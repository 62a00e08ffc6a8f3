namespace PresignKit;

/// <summary>The rules for ETags.</summary>
/// <remarks>Callers often pass an ETag that was altered by a proxy or escaped in an XML body or a log.</remarks>
internal static class ETagRules
{
    /// <summary>Returns the value if it is <c>null</c>, <c>*</c>, or one or more ETags in the form that stores send.</summary>
    /// <exception cref="ArgumentException">
    /// <paramref name="value"/> is an empty string or contains an ETag in a different form. The message contains the corrected value if it can be determined.
    /// </exception>
    public static string? Require(string? value, string paramName) =>
        value is not null && FindProblem(value, paramName) is { } problem ? throw new ArgumentException(problem, paramName) : value;

    /// <summary>Removes weak prefixes (<c>W/</c>), escapes and surrounding white space from an ETag.</summary>
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
            return $"{paramName} is '{Printable.Text(value)}', which is not a valid strong ETag (it is weak, escaped or surrounded by white space). Use '{Printable.Text(clean)}'.";
        }

        foreach (char c in value)
        {
            if (c is < ' ' or > '~')
            {
                return $"{paramName} '{Printable.Text(value)}' contains the character U+{(int)c:X4}, which is not allowed in an ETag. Use the ETag header of the response.";
            }
        }

        // An ETag contains neither '&' nor '\'. If either character occurs, it starts an escape that Clean does not recognize, such as \u0022.
        return value.Count(c => c == '"') % 2 == 0 && clean.Length > 0 && value.IndexOfAny(['&', '\\']) < 0
            ? null
            : $"{paramName} is '{Printable.Text(value)}', which is not an ETag in the form that stores send. Use the ETag header of the response, with both quotation marks.";
    }
}

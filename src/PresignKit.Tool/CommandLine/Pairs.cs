using PresignKit.Tool.Input;

namespace PresignKit.Tool.CommandLine;

/// <summary>Parses names with values.</summary>
internal static class Pairs
{
    /// <summary>Parses <c>Name: value</c>.</summary>
    public static List<KeyValuePair<string, string>> Headers(IEnumerable<string> headers, string option) => [.. headers.Select(header =>
    {
        int colon = header.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? new KeyValuePair<string, string>(header[..colon].Trim(), header[(colon + 1)..].Trim())
            : throw ToolException.Usage($"{option}: '{Shown.Text(header)}' is not a header. Use 'Name: value'.");
    })];

    /// <summary>Parses <c>name=value</c>. A name without <c>=</c> is a parameter without a value.</summary>
    public static List<KeyValuePair<string, string?>> Parameters(IEnumerable<string> parameters, string option) => [.. parameters.Select(parameter =>
    {
        int sign = parameter.IndexOf('=', StringComparison.Ordinal);
        return sign == 0 || parameter.Length == 0 ? throw ToolException.Usage($"{option}: '{Shown.Text(parameter)}' does not have a name. Use name=value.")
            : sign < 0 ? new KeyValuePair<string, string?>(parameter, null)
            : new KeyValuePair<string, string?>(parameter[..sign], parameter[(sign + 1)..]);
    })];

    /// <summary>Parses <c>name=value</c> pairs between separators into a dictionary.</summary>
    public static Dictionary<string, string> Dictionary(string text, char separator, string option)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (string pair in text.Split(separator, StringSplitOptions.RemoveEmptyEntries))
        {
            int sign = pair.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0)
            {
                throw ToolException.Usage($"{option}: '{Shown.Text(pair)}' is not a name with a value. Use name=value{separator}name=value.");
            }

            if (!values.TryAdd(pair[..sign], pair[(sign + 1)..]))
            {
                throw ToolException.Usage($"{option}: '{Shown.Text(pair[..sign])}' is specified more than once. Specify each name once.");
            }
        }

        return values;
    }
}

namespace PresignKit.Tool.Input;

/// <summary>Parses the value of <c>--method</c>.</summary>
internal static class MethodName
{
    /// <summary>Returns the method in uppercase.</summary>
    /// <exception cref="ToolException">The value is not the name of a method.</exception>
    public static HttpMethod Parse(string value) => value.Length is > 0 and <= 20 && value.All(char.IsAsciiLetter)
        ? new HttpMethod(value.ToUpperInvariant())
        : throw ToolException.Usage($"--method: '{Shown.Text(value)}' is not a valid method. Use GET, HEAD, PUT, POST or DELETE.");
}

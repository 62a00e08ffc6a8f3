using System.Text.RegularExpressions;

namespace PresignKit.Tool.Reading;

/// <summary>What a store's error response shows about the request: the code, the HTTP status, and the method and the headers that the store received.</summary>
/// <remarks>The library explains the response. This class only extracts the values that the user would otherwise have to specify, such as the method and the headers.</remarks>
internal sealed partial class StoreResponse
{
    private StoreResponse(string text)
    {
        Text = text;
        Status = StatusLine().Matches(text).LastOrDefault()?.Groups[1].Value;
        Code = Element("Code")?.Trim();
        string[] lines = Element("CanonicalRequest")?.Replace("\r", "", StringComparison.Ordinal).Trim('\n').Split('\n') ?? [];
        Method = lines.Length > 0 && lines[0].Length is > 0 and <= 20 && lines[0].All(char.IsAsciiLetterUpper) ? new HttpMethod(lines[0]) : null;
        Headers =
        [
            .. lines.Skip(3).TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2)).Where(header => header.Length == 2 && header[0].Length > 0 && header[0] != "host")
                .Select(header => new KeyValuePair<string, string>(header[0], header[1])),
        ];
    }

    /// <summary>Gets the whole text.</summary>
    public string Text { get; }

    /// <summary>Gets the final HTTP status in the output of <c>curl -i</c>, or <c>null</c>.</summary>
    public string? Status { get; }

    /// <summary>Gets the error code, such as <c>SignatureDoesNotMatch</c>, or <c>null</c> if the text is not an error response.</summary>
    public string? Code { get; }

    /// <summary>Gets the method that the store received, or <c>null</c> if the response does not contain it.</summary>
    public HttpMethod? Method { get; }

    /// <summary>Gets the signed headers that the store received, without <c>host</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    public static StoreResponse Parse(string text) => new(text);

    private string? Element(string name)
    {
        Match element = Regex.Match(Text, $"<{name}>([^<]*)</{name}>", RegexOptions.CultureInvariant);
        return element.Success ? System.Net.WebUtility.HtmlDecode(element.Groups[1].Value) : null;
    }

    [GeneratedRegex(@"^\s*<?\s*HTTP/[0-9.]+ ([2-5][0-9][0-9])\b", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex StatusLine();
}

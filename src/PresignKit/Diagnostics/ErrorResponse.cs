using System.Text;
using System.Xml;

namespace PresignKit;

/// <summary>A store's error response: either its XML elements or a description of why it cannot be parsed.</summary>
internal sealed class ErrorResponse
{
    private const int MaxLength = 1 << 20;

    private static readonly string[] Proxies = ["nginx", "cloudflare", "varnish", "haproxy", "envoy", "cloudfront", "apache", "squid", "traefik", "caddy", "openresty"];

    private readonly Dictionary<string, string> _elements = new(StringComparer.Ordinal);

    private ErrorResponse()
    {
    }

    public string? Code => Find("Code")?.Trim();

    public string? Message => Find("Message")?.Trim();

    public string? CanonicalRequest => Find("CanonicalRequest");

    public string? StringToSign => Find("StringToSign");

    /// <summary>Gets a description of the problem, with a remedy, if the input is not a store's error response; otherwise, <c>null</c>.</summary>
    public string? Problem { get; private set; }

    /// <summary>Gets the header that shows that the response came through a proxy, such as <c>Via: 1.1 varnish</c>, or <c>null</c> if there is none.</summary>
    public string? ProxyHeader { get; private set; }

    /// <summary>Parses the <c>Error</c> element of a response, up to the first XML error.</summary>
    /// <remarks>HTTP headers, or lines from a browser or a log, can precede the element.</remarks>
    public static ErrorResponse Read(string text)
    {
        ErrorResponse response = new();
        int start = IndexOfError(text);
        response.ProxyHeader = FindProxyHeader(start < 0 ? text : text[..start]);
        if (start < 0)
        {
            response.Problem = ProblemOf(text);
            return response;
        }

        // Some stores return invalid XML if a key contains a control character, so character checking is disabled.
        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxLength,
            CheckCharacters = false,
            ConformanceLevel = ConformanceLevel.Fragment,
        };
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(text[start..]), settings);
            response.ReadElements(reader);
        }
        catch (XmlException)
        {
            // The elements before the error are still useful.
        }

        return response;
    }

    /// <summary>Returns the content of the first element with this name, or <c>null</c> if there is none.</summary>
    public string? Find(string name) => _elements.TryGetValue(name, out string? value) ? value : null;

    private void ReadElements(XmlReader reader)
    {
        string? name = null;
        StringBuilder text = new();
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == 0))
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    name = reader.IsEmptyElement ? null : reader.LocalName;
                    text.Clear();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    text.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    if (name is not null && !_elements.ContainsKey(name))
                    {
                        _elements.Add(name, text.ToString());
                    }

                    name = null;
                    break;
            }
        }
    }

    // Finds <Error> and <Error xmlns="…">, but not <ErrorResponse>.
    private static int IndexOfError(string text)
    {
        const string tag = "<Error";
        int at = text.IndexOf(tag, StringComparison.Ordinal);
        while (at >= 0 && at + tag.Length < text.Length && text[at + tag.Length] != '>' && !char.IsWhiteSpace(text[at + tag.Length]))
        {
            at = text.IndexOf(tag, at + tag.Length, StringComparison.Ordinal);
        }

        return at;
    }

    private static string ProblemOf(string text)
    {
        string body = WithoutHttpHeaders(text).Trim().TrimStart('\uFEFF');
        return body.Length == 0
            ? "The response does not have a body. The response to a HEAD request never has one, so send the URL of a GetObject for the same key, and pass the body of that response."
            : body[0] is '{' or '['
            ? "The response is JSON rather than XML, so it does not come from the S3 interface of a store. Check the host and the port of the URL, which can be those of a console or of an API gateway."
            : body.Contains("<html", StringComparison.OrdinalIgnoreCase) || body.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)
            ? "The response is an HTML page, so it comes from a proxy, a CDN, a website endpoint or a login page rather than from the S3 interface of a store. Check the host and the port of the URL, and the log of the proxy."
            : "The response does not contain an <Error> element, so it is not the error response of a store. Pass the complete body of the response.";
    }

    // curl -i writes a block of headers for each response, including interim responses such as '100 Continue'.
    private static string WithoutHttpHeaders(string text)
    {
        const string start = "HTTP/";
        string lines = text.TrimStart('\uFEFF').Replace("\r", "");
        int body = 0;
        while (body >= 0 && string.CompareOrdinal(lines, body, start, 0, start.Length) == 0)
        {
            int end = lines.IndexOf("\n\n", body, StringComparison.Ordinal);
            body = end < 0 ? -1 : end + 2;
        }

        return body < 0 ? "" : lines[body..];
    }

    private static string? FindProxyHeader(string headers)
    {
        if (!headers.Contains("HTTP/", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        foreach (string line in headers.Split('\n'))
        {
            // curl -v writes '< ' before each response header.
            string header = line.Trim().TrimStart('<', ' ');
            if (header.StartsWith("via:", StringComparison.OrdinalIgnoreCase)
                || (header.StartsWith("server:", StringComparison.OrdinalIgnoreCase) && Array.Exists(Proxies, name => header.Contains(name, StringComparison.OrdinalIgnoreCase))))
            {
                return header;
            }
        }

        return null;
    }
}

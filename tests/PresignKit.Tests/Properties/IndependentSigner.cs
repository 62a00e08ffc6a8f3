using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace PresignKit.Tests;

/// <summary>
/// A second implementation of SigV4, written from the specification without any code of the library. It reads a presigned request as a store does, and computes
/// the canonical request and the signature.
/// </summary>
internal static class IndependentSigner
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Regex Target = new(
        @"\A(?:(?<scheme>https?)://(?<host>[A-Za-z0-9._:\[\]-]+)(?=[/?]|\z)|(?=/))(?<path>[^?#]*)(?:\?(?<query>[^#]*))?\z",
        RegexOptions.Compiled | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Readable = new(@"\A(?:%[0-9A-Fa-f]{2}|[^%\x00-\x20\x7F])*\z", RegexOptions.Compiled);
    private static readonly Regex Piece = new(@"%(..)|[^A-Za-z0-9._~-]", RegexOptions.Compiled | RegexOptions.Singleline);
    private static readonly Regex WhiteSpace = new(@"[ \t\r\n]+", RegexOptions.Compiled);

    /// <summary>The canonical request, or <c>null</c> if the URL cannot be parsed. Headers that are listed as signed but were not sent do not have a line.</summary>
    public static string? CanonicalRequest(string method, string url, IEnumerable<KeyValuePair<string, string>> headers)
    {
        Match target = Target.Match(url);
        if (!target.Success || Encode(target.Groups["path"].Value, isQuery: false) is not { } path || Query(url) is not { } query)
        {
            return null;
        }

        ILookup<string, string> sent = headers.ToLookup(header => header.Key.ToLowerInvariant(), header => WhiteSpace.Replace(header.Value, " ").Trim(' '));
        string host = target.Groups["host"].Success ? target.Groups["host"].Value.ToLowerInvariant() : sent["host"].Single().ToLowerInvariant();
        string port = target.Groups["scheme"].Value.Length == 5 ? ":443" : target.Groups["scheme"].Success ? ":80" : "none";
        host = host.EndsWith(port, StringComparison.Ordinal) ? host[..^port.Length] : host;

        string[] signed = Unescape(query.FirstOrDefault(pair => pair.Name == "X-Amz-SignedHeaders").Value ?? "").Split(';');
        return string.Join('\n',
            method.ToUpperInvariant(),
            path.Length == 0 ? "/" : path,
            string.Join('&', query.Where(pair => pair.Name != "X-Amz-Signature").Select(pair => $"{pair.Name}={pair.Value}")),
            string.Concat(signed.Where(name => name == "host" || sent.Contains(name)).Select(name => $"{name}:{(name == "host" ? host : string.Join(',', sent[name]))}\n")),
            string.Join(';', signed),
            signed.Contains("x-amz-content-sha256") && sent.Contains("x-amz-content-sha256") ? string.Join(',', sent["x-amz-content-sha256"]) : "UNSIGNED-PAYLOAD");
    }

    /// <summary>The query parameters in canonical order and form, including the signature, or <c>null</c> if the query cannot be parsed.</summary>
    public static IReadOnlyList<(string Name, string Value)>? Query(string url)
    {
        List<(string Name, string Value)> parameters = [];
        foreach (string pair in Target.Match(url).Groups["query"].Value.Split('&').Where(pair => pair.Length > 0))
        {
            string[] parts = pair.Split('=', 2);
            if (Encode(parts[0], isQuery: true) is not { } name || Encode(parts.Length == 2 ? parts[1] : "", isQuery: true) is not { } value)
            {
                return null;
            }

            parameters.Add((name, value));
        }

        return [.. parameters.OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)];
    }

    public static string Signature(string method, string url, IEnumerable<KeyValuePair<string, string>> headers, string secretAccessKey)
    {
        Dictionary<string, string> parameters = Query(url)!.GroupBy(pair => pair.Name).ToDictionary(pairs => pairs.Key, pairs => Unescape(pairs.First().Value));
        string[] scope = parameters["X-Amz-Credential"].Split('/')[^4..];
        string stringToSign = string.Join('\n',
            "AWS4-HMAC-SHA256", parameters["X-Amz-Date"], string.Join('/', scope), Hex(SHA256.HashData(Utf8.GetBytes(CanonicalRequest(method, url, headers)!))));

        byte[] key = scope.Aggregate(Utf8.GetBytes("AWS4" + secretAccessKey), (current, part) => HMACSHA256.HashData(current, Utf8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Utf8.GetBytes(stringToSign)));
    }

    // Treats the UTF-8 bytes as Latin-1 characters, to preserve escapes that are not valid UTF-8.
    private static string? Encode(string text, bool isQuery)
    {
        if (!Readable.IsMatch(text))
        {
            return null;
        }

        try
        {
            return Piece.Replace(Encoding.Latin1.GetString(Utf8.GetBytes(text)), piece => Encode(piece, isQuery));
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    private static string Encode(Match piece, bool isQuery)
    {
        bool isEscape = piece.Length == 3;
        char b = isEscape ? (char)int.Parse(piece.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : piece.Value[0];
        return char.IsAsciiLetterOrDigit(b) || b is '-' or '.' or '_' or '~' || (b == '/' && !isQuery) ? b.ToString()
            : b == '+' && isQuery && !isEscape ? "%20"
            : "%" + ((int)b).ToString("X2", CultureInfo.InvariantCulture);
    }

    private static string Unescape(string canonical) => Uri.UnescapeDataString(canonical);

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}

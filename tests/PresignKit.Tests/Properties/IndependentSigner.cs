using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PresignKit.Tests.Properties;

/// <summary>
/// SigV4 once more, straight from its specification and sharing no line with the library: it reads a presigned URL as a store does, and says what its
/// signature should be.
/// </summary>
internal static class IndependentSigner
{
    public static string Signature(string method, string url, IReadOnlyDictionary<string, string> headers, string secretAccessKey)
    {
        ReceivedUrl received = ReceivedUrl.Parse(url);
        string[] scope = received.Value("X-Amz-Credential").Split('/', 2)[1].Split('/');
        SortedDictionary<string, string> sent = new(StringComparer.Ordinal) { ["host"] = received.Host };
        foreach ((string name, string value) in headers)
        {
            sent[name.ToLowerInvariant()] = string.Join(' ', value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
        }

        string canonicalRequest = string.Join('\n',
            method,
            Encode(Uri.UnescapeDataString(received.Path)).Replace("%2F", "/", StringComparison.Ordinal),
            string.Join('&', received.Query.Where(pair => pair.Key != "X-Amz-Signature")
                .Select(pair => (Name: Encode(pair.Key), Value: Encode(pair.Value)))
                .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
                .Select(pair => $"{pair.Name}={pair.Value}")),
            string.Concat(sent.Select(header => $"{header.Key}:{header.Value}\n")),
            string.Join(';', sent.Keys),
            headers.FirstOrDefault(header => header.Key.Equals("x-amz-content-sha256", StringComparison.OrdinalIgnoreCase)).Value ?? "UNSIGNED-PAYLOAD");

        string stringToSign = string.Join('\n',
            "AWS4-HMAC-SHA256", received.Value("X-Amz-Date"), string.Join('/', scope), Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest))));

        byte[] key = scope.Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), (current, part) => HMACSHA256.HashData(current, Encoding.UTF8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(stringToSign)));
    }

    private static string Encode(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(b =>
        b < 128 && (char.IsAsciiLetterOrDigit((char)b) || "-._~".Contains((char)b)) ? ((char)b).ToString() : "%" + b.ToString("X2", CultureInfo.InvariantCulture)));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PresignKit.LocalS3.Tests.Operations;

/// <summary>Signs a request target that PresignKit refuses to sign, for example one with dot segments. Only the host is signed.</summary>
internal static class TestSigner
{
    public static string Sign(LocalS3Server server, string method, string path, DateTimeOffset time, params (string Name, string Value)[] query)
    {
        string date = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string scope = $"{date[..8]}/{server.Region}/s3/aws4_request";
        (string, string)[] parameters =
        [
            .. query, ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), ("X-Amz-Credential", $"{server.AccessKeyId}/{scope}"), ("X-Amz-Date", date), ("X-Amz-Expires", "900"), ("X-Amz-SignedHeaders", "host"),
        ];
        string canonicalQuery = string.Join('&', parameters.Select(pair => $"{Uri.EscapeDataString(pair.Item1)}={Uri.EscapeDataString(pair.Item2)}").Order(StringComparer.Ordinal));
        string canonical = $"{method}\n{path}\n{canonicalQuery}\nhost:{new Uri(server.Endpoint).Authority}\n\nhost\nUNSIGNED-PAYLOAD";
        string text = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + server.SecretAccessKey);
        foreach (string step in scope.Split('/').Append(text))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));
        }

        return $"{path}?{canonicalQuery}&X-Amz-Signature={Hex(key)}";
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

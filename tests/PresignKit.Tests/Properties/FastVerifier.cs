using System.Security.Cryptography;
using System.Text;

namespace PresignKit.Tests;

/// <summary>
/// Verifies many GET URLs without signed headers. It works like <see cref="IndependentSigner"/>, but it caches the keys and uses the path and the query as they are. (The
/// library writes both in canonical form, which other tests verify.) It is not thread-safe, so each thread uses its own instance.
/// </summary>
internal sealed class FastVerifier
{
    private readonly Dictionary<(string Secret, string Scope), byte[]> _keys = [];

    /// <summary>Computes the signature that the URL should have.</summary>
    public string Signature(string url, string secretAccessKey)
    {
        int host = url.IndexOf("://", StringComparison.Ordinal) + 3;
        int path = url.IndexOf('/', host);
        int query = url.IndexOf('?', path);
        int signature = url.IndexOf("&X-Amz-Signature=", query, StringComparison.Ordinal);
        string canonicalRequest =
            $"GET\n{url[path..query]}\n{url[(query + 1)..signature]}\nhost:{url[host..path]}\n\nhost\nUNSIGNED-PAYLOAD";

        string credential = Value(url, "X-Amz-Credential");
        string scope = credential[(credential.IndexOf('%') + 3)..].Replace("%2F", "/", StringComparison.Ordinal);
        string stringToSign = $"AWS4-HMAC-SHA256\n{Value(url, "X-Amz-Date")}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)))}";
        return Hex(HMACSHA256.HashData(Key(secretAccessKey, scope), Encoding.UTF8.GetBytes(stringToSign)));
    }

    /// <summary>The value of a parameter as it appears in the URL.</summary>
    public static string Value(string url, string name)
    {
        int start = url.IndexOf(name + "=", StringComparison.Ordinal) + name.Length + 1;
        int end = url.IndexOf('&', start);
        return end < 0 ? url[start..] : url[start..end];
    }

    private byte[] Key(string secretAccessKey, string scope)
    {
        if (!_keys.TryGetValue((secretAccessKey, scope), out byte[]? key))
        {
            key = scope.Split('/').Aggregate(
                Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), (current, part) => HMACSHA256.HashData(current, Encoding.UTF8.GetBytes(part)));
            _keys[(secretAccessKey, scope)] = key;
        }

        return key;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}

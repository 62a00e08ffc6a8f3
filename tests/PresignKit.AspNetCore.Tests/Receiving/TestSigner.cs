using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PresignKit.AspNetCore.Tests.Receiving;

/// <summary>Signs any target, even one that PresignKit would not presign.</summary>
/// <remarks>The code shares nothing with the library, and follows "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)".</remarks>
internal sealed record TestSigner
{
    public string Method { get; init; } = "GET";

    public string Host { get; init; } = ReceivingApp.Host;

    public string AccessKeyId { get; init; } = ReceivingApp.AccessKeyId;

    public string SecretAccessKey { get; init; } = ReceivingApp.SecretAccessKey;

    public DateTimeOffset SignedAt { get; init; } = ReceivingApp.Now;

    public int ExpiresIn { get; init; } = 3600;

    /// <summary>Gets the signed parameters that do not belong to the signature, not encoded.</summary>
    public (string Name, string Value)[] Parameters { get; init; } = [];

    /// <summary>Gets the signed headers other than <c>host</c>, with lowercase names.</summary>
    public (string Name, string Value)[] Headers { get; init; } = [];

    /// <summary>Returns the path exactly as it was specified, with a query that contains the signature.</summary>
    public string Target(string path)
    {
        string date = SignedAt.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        string time = SignedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string scope = $"{date}/us-east-1/s3/aws4_request";
        (string Name, string Value)[] headers = [.. Headers.Append(("host", Host)).OrderBy(header => header.Item1, StringComparer.Ordinal)];
        string names = string.Join(';', headers.Select(header => header.Name));
        (string, string)[] parameters =
        [
            .. Parameters,
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            ("X-Amz-Credential", $"{AccessKeyId}/{scope}"),
            ("X-Amz-Date", time),
            ("X-Amz-Expires", ExpiresIn.ToString(CultureInfo.InvariantCulture)),
            ("X-Amz-SignedHeaders", names),
        ];
        string query = string.Join('&', parameters
            .Select(parameter => (Name: Encode(parameter.Item1, ""), Value: Encode(parameter.Item2, "")))
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Name}={parameter.Value}"));
        string canonicalHeaders = string.Concat(headers.Select(header => $"{header.Name}:{header.Value}\n"));
        string canonicalRequest = $"{Method}\n{Encode(Decode(path), "/")}\n{query}\n{canonicalHeaders}\n{names}\nUNSIGNED-PAYLOAD";
        string stringToSign = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)))}";
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + SecretAccessKey);
        foreach (string part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return $"{path}?{query}&X-Amz-Signature={Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(stringToSign)))}";
    }

    private static byte[] Decode(string path)
    {
        List<byte> bytes = [];
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i] == '%')
            {
                bytes.Add(byte.Parse(path.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(path[i].ToString()));
            }
        }

        return [.. bytes];
    }

    private static string Encode(string text, string unescaped) => Encode(Encoding.UTF8.GetBytes(text), unescaped);

    private static string Encode(byte[] bytes, string unescaped) => string.Concat(bytes.Select(b =>
        char.IsAsciiLetterOrDigit((char)b) || "-._~".Contains((char)b) || unescaped.Contains((char)b) ? ((char)b).ToString() : "%" + b.ToString("X2", CultureInfo.InvariantCulture)));
}

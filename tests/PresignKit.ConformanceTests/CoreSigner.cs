using System.Security.Cryptography;
using System.Text;

namespace PresignKit.ConformanceTests;

/// <summary>Calls the signing core directly and returns the canonical request, the string to sign and the URL.</summary>
internal static class CoreSigner
{
    public static (string CanonicalRequest, string StringToSign, string Url) Sign(SigningInput request, string secretAccessKey, CredentialScope scope)
    {
        ByteBuffer buffer = new(16);
        try
        {
            CanonicalRequest.Layout layout = CanonicalRequest.Append(ref buffer, request, scope);
            string canonicalRequest = Text(buffer.Written[layout.Start..]);
            byte[] hash = SHA256.HashData(buffer.Written[layout.Start..]);
            buffer.Truncate(0);
            StringToSign.Append(ref buffer, scope, request.SignedAt, hash);
            string stringToSign = Text(buffer.Written);

            buffer.Truncate(0);
            int start = QuerySigner.AppendUrl(ref buffer, request, SigningKey.Derive(secretAccessKey, scope));
            return (canonicalRequest, stringToSign, Text(buffer.Written[start..]));
        }
        finally
        {
            buffer.Dispose();
        }
    }

    public static byte[]? Encoded(string? sessionToken) => sessionToken is null ? null : Encoding.ASCII.GetBytes(PercentEncoding.Component(sessionToken));

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.ToArray());
}

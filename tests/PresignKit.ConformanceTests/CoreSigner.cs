using System.Text;

namespace PresignKit.ConformanceTests;

/// <summary>The signing core by itself: what it hashes, what it signs, and the URL that it emits.</summary>
internal static class CoreSigner
{
    public static (string CanonicalRequest, string StringToSign, string Url) Sign(SigningInput request, string secretAccessKey, CredentialScope scope)
    {
        ByteBuffer buffer = new(16);
        try
        {
            OwnParameters parameters = new(scope, request.AccessKeyId, request.SessionTokenIsUnsigned ? null : request.SessionToken);
            CanonicalRequest.Layout layout = CanonicalRequest.Append(ref buffer, request, parameters);
            string canonicalRequest = Text(buffer.Written[layout.Start..]);
            StringToSign text = new(scope);
            string stringToSign = Text(text.For(request.SignedAt, buffer.Written[layout.Start..]));

            buffer.Truncate(0);
            int start = QuerySigner.AppendUrl(ref buffer, request, SigningKey.Derive(secretAccessKey, scope));
            return (canonicalRequest, stringToSign, Text(buffer.Written[start..]));
        }
        finally
        {
            buffer.Dispose();
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.ToArray());
}

using System.Text;
using PresignKit.Signing;

namespace PresignKit;

/// <summary>
/// A presigned request that arrived, read as a store reads it: everything is decoded and encoded again, so that two ways to write one request have one canonical form.
/// </summary>
internal sealed partial class PresignedRequest : IDisposable
{
    private PresignedRequest(string accessKeyId, string region, string service, DateTimeOffset signedAt, int expiresIn, SigV4Parameters parameters)
    {
        AccessKeyId = accessKeyId;
        Region = region;
        Service = service;
        SignedAt = signedAt;
        ExpiresIn = expiresIn;
        SessionToken = parameters.SessionToken;
        Signature = parameters.Signature!;
    }

    public string AccessKeyId { get; }

    /// <summary>The region in the credential scope.</summary>
    public string Region { get; }

    /// <summary>The service in the credential scope.</summary>
    public string Service { get; }

    public DateTimeOffset SignedAt { get; }

    /// <summary>Seconds, as the URL says them: they can be out of range.</summary>
    public int ExpiresIn { get; }

    public string? SessionToken { get; }

    public string Signature { get; }

    /// <summary>Whether a signed header was not sent. It has no line in the canonical request then.</summary>
    public bool LacksSignedHeader { get; private init; }

    public byte[] CanonicalRequest { get; private init; } = [];

    /// <summary>Reads a request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="url">Its URL; one that begins with its path is for the host of the <c>Host</c> header.</param>
    /// <param name="headers">Its headers.</param>
    /// <param name="failure">Why there is no result.</param>
    public static PresignedRequest? TryRead(
        HttpMethod method, ReadOnlySpan<char> url, IEnumerable<KeyValuePair<string, string>>? headers, out PresignVerification failure)
    {
        failure = PresignVerification.Malformed;

        // No client sends a fragment. One that does adds parameters behind the signature: web servers go on reading the query after a '#'.
        if (url.IndexOf('#') >= 0 || !UrlParts.TryCut(url, out UrlParts parts))
        {
            return null;
        }

        ReceivedQuery query = default;
        ByteBuffer buffer = new(2048);
        try
        {
            return ReceivedQuery.TryRead(parts.Query, out query) ? TryRead(method, parts, ref query, headers, ref buffer, out failure) : null;
        }
        finally
        {
            query.Dispose();
            buffer.Dispose();
        }
    }

    /// <summary>Whether the signature is that of the key, which is for the scope of the request, compared in constant time.</summary>
    public bool IsSignedWith(SigningKey key)
    {
        ByteBuffer buffer = new(256);
        Span<byte> hash = stackalloc byte[HashPool.Sha256Size];
        try
        {
            HashPool.Sha256(CanonicalRequest, hash);
            StringToSign.Append(ref buffer, SignedAt.UtcDateTime, key.Scope, hash);
            key.Sign(buffer.Written, hash);
            buffer.Truncate(0);
            buffer.AppendHex(hash);
            return ConstantTimeEquals(buffer.Written, Signature);
        }
        finally
        {
            buffer.Dispose();
        }
    }

    /// <summary>Whether the URL and the credentials have the same session token, or both none; compared in constant time.</summary>
    public bool HasTokenOf(S3Credentials credentials)
    {
        if (credentials.SessionToken is null || SessionToken is null)
        {
            return credentials.SessionToken == SessionToken;
        }

        byte[] token = Encoding.UTF8.GetBytes(credentials.SessionToken);
        bool isSame = ConstantTimeEquals(token, SessionToken);
        Array.Clear(token, 0, token.Length);
        return isSame;
    }

    /// <summary>Zeroes the text that was signed: a session token can stand in it.</summary>
    public void Dispose() => Array.Clear(CanonicalRequest, 0, CanonicalRequest.Length);

    private static bool ConstantTimeEquals(ReadOnlySpan<byte> expected, string received) =>
        Platform.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(received));
}

using PresignKit.Signing;

namespace PresignKit;

/// <summary>
/// The parameters of a signature in a query, percent-encoded as <see cref="ReceivedQuery"/> has them: each byte in the one form that it has, so that <c>%2F</c> is a slash and nothing else.
/// Belongs to the query.
/// </summary>
internal readonly ref partial struct SigV4Parameters
{
    private readonly ReadOnlySpan<byte> _credential;
    private readonly ReadOnlySpan<byte> _expires;

    public SigV4Parameters(scoped in ReceivedQuery query)
    {
        HasAlgorithm = query.TryGetValue("X-Amz-Algorithm"u8, out ReadOnlySpan<byte> algorithm);
        HasSignature = query.TryGetValue("X-Amz-Signature"u8, out ReadOnlySpan<byte> signature);
        HasSignedHeaders = query.TryGetValue("X-Amz-SignedHeaders"u8, out ReadOnlySpan<byte> signedHeaders);
        HasSessionToken = query.TryGetValue("X-Amz-Security-Token"u8, out ReadOnlySpan<byte> sessionToken);
        bool hasCredential = query.TryGetValue("X-Amz-Credential"u8, out _credential);
        _ = query.TryGetValue("X-Amz-Date"u8, out ReadOnlySpan<byte> date);
        _ = query.TryGetValue("X-Amz-Expires"u8, out _expires);
        Algorithm = algorithm;
        Signature = signature;
        SignedHeaders = signedHeaders;
        SessionToken = sessionToken;
        Date = date;
        AreText = PercentEncoding.IsText(algorithm) && PercentEncoding.IsText(_credential) && PercentEncoding.IsText(date) && PercentEncoding.IsText(_expires)
            && PercentEncoding.IsText(signedHeaders) && PercentEncoding.IsText(signature) && PercentEncoding.IsText(sessionToken);
        IsPresigned = HasAlgorithm || hasCredential || HasSignature || !AreText;
    }

    public bool HasAlgorithm { get; }

    public ReadOnlySpan<byte> Algorithm { get; }

    public bool HasSignature { get; }

    public ReadOnlySpan<byte> Signature { get; }

    public bool HasSignedHeaders { get; }

    public ReadOnlySpan<byte> SignedHeaders { get; }

    public bool HasSessionToken { get; }

    public ReadOnlySpan<byte> SessionToken { get; }

    public ReadOnlySpan<byte> Date { get; }

    /// <summary>Whether each of them that is there is UTF-8.</summary>
    public bool AreText { get; }

    /// <summary>Whether the query has any of them.</summary>
    public bool IsPresigned { get; }

    /// <summary>Whether it is a signature by HMAC with SHA-256: the one that this library makes.</summary>
    public bool IsHmac => Algorithm.SequenceEqual("AWS4-HMAC-SHA256"u8);

    /// <summary>The names of the signed headers, with semicolons between. The parameters are text.</summary>
    public string SignedHeadersText => SignedHeaders.SequenceEqual("host"u8) ? "host" : PercentEncoding.Decode(SignedHeaders)!;

    /// <summary>Whether it is one of the names, letter by letter.</summary>
    public static bool IsName(ReadOnlySpan<byte> name) => name.Length switch
    {
        10 => name.SequenceEqual("X-Amz-Date"u8),
        13 => name.SequenceEqual("X-Amz-Expires"u8),
        15 => name.SequenceEqual("X-Amz-Algorithm"u8) || name.SequenceEqual("X-Amz-Signature"u8),
        16 => name.SequenceEqual("X-Amz-Credential"u8),
        19 => name.SequenceEqual("X-Amz-SignedHeaders"u8),
        20 => name.SequenceEqual("X-Amz-Security-Token"u8),
        _ => false,
    };
}

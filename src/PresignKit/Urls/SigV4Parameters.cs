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
        bool hasCredential = false;

        // From the last one on: of a name that stands there twice, the first counts.
        for (int i = query.Count - 1; i >= 0; i--)
        {
            ReadOnlySpan<byte> value = query.Value(i);
            switch (Find(query.Name(i)))
            {
                case Own.Algorithm:
                    Algorithm = value;
                    HasAlgorithm = true;
                    break;
                case Own.Credential:
                    _credential = value;
                    hasCredential = true;
                    break;
                case Own.Date:
                    Date = value;
                    break;
                case Own.Expires:
                    _expires = value;
                    break;
                case Own.SecurityToken:
                    SessionToken = value;
                    HasSessionToken = true;
                    break;
                case Own.SignedHeaders:
                    SignedHeaders = value;
                    HasSignedHeaders = true;
                    break;
                case Own.Signature:
                    Signature = value;
                    HasSignature = true;
                    break;
                default:
                    HasOtherCase |= IsOtherCase(query.Name(i));
                    break;
            }
        }

        // In most URLs, all is ASCII.
        AreText = PercentEncoding.IsAscii(query.Encoded)
            || (PercentEncoding.IsText(Algorithm) && PercentEncoding.IsText(_credential) && PercentEncoding.IsText(Date) && PercentEncoding.IsText(_expires)
                && PercentEncoding.IsText(SignedHeaders) && PercentEncoding.IsText(Signature) && PercentEncoding.IsText(SessionToken));
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

    /// <summary>Whether one of the names stands there in another case of letters. Stores go by the exact name, frameworks do not: they would read <c>x-amz-expires</c> as
    /// <c>X-Amz-Expires</c>.</summary>
    public bool HasOtherCase { get; }

    /// <summary>Whether the query has any of them.</summary>
    public bool IsPresigned { get; }

    /// <summary>Whether it is a signature by HMAC with SHA-256: the one that this library makes.</summary>
    public bool IsHmac => Algorithm.SequenceEqual("AWS4-HMAC-SHA256"u8);

    /// <summary>The names of the signed headers, with semicolons between. The parameters are text.</summary>
    public string SignedHeadersText => SignedHeaders.SequenceEqual("host"u8) ? "host" : PercentEncoding.Decode(SignedHeaders)!;

    private enum Own
    {
        None, Algorithm, Credential, Date, Expires, SecurityToken, SignedHeaders, Signature,
    }

    /// <summary>Whether it is one of the names, letter by letter.</summary>
    public static bool IsName(ReadOnlySpan<byte> name) => Find(name) != Own.None;

    private static Own Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        10 when name.SequenceEqual("X-Amz-Date"u8) => Own.Date,
        13 when name.SequenceEqual("X-Amz-Expires"u8) => Own.Expires,
        15 when name.SequenceEqual("X-Amz-Algorithm"u8) => Own.Algorithm,
        15 when name.SequenceEqual("X-Amz-Signature"u8) => Own.Signature,
        16 when name.SequenceEqual("X-Amz-Credential"u8) => Own.Credential,
        19 when name.SequenceEqual("X-Amz-SignedHeaders"u8) => Own.SignedHeaders,
        20 when name.SequenceEqual("X-Amz-Security-Token"u8) => Own.SecurityToken,
        _ => Own.None,
    };

    private static bool IsOtherCase(ReadOnlySpan<byte> name) =>
        name.Length is 10 or 13 or 15 or 16 or 19 or 20 && (name[0] | 0x20) == 'x' && ParameterRules.IsOwn(Platform.AsciiToString(name));
}

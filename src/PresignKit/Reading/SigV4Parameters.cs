using System.Buffers.Text;

namespace PresignKit;

/// <summary>
/// The parameters of a signature in a query, percent-encoded as <see cref="ReceivedQuery"/> has them: each byte in the one form that it has, so that <c>%2F</c> is a slash and nothing else.
/// Belongs to the query.
/// </summary>
internal readonly ref struct SigV4Parameters
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

    /// <summary>Takes <c>access-key-id/yyyyMMdd/region/service/aws4_request</c> apart, from its end: an access key id may hold slashes. SigV4a's has no region in it. The parameters are text.</summary>
    public bool TryGetCredential(bool isForAllRegions, out string accessKeyId, out ReadOnlySpan<byte> date, out string region, out string service)
    {
        accessKeyId = region = service = "";
        date = default;
        ReadOnlySpan<byte> rest = _credential;
        ReadOnlySpan<byte> encodedRegion = default;
        if (!TryCutLast(ref rest, out ReadOnlySpan<byte> terminator) || !terminator.SequenceEqual("aws4_request"u8)
            || !TryCutLast(ref rest, out ReadOnlySpan<byte> encodedService)
            || (!isForAllRegions && !TryCutLast(ref rest, out encodedRegion))
            || !TryCutLast(ref rest, out date) || date.Length != 8 || !IsDigits(date))
        {
            return false;
        }

        accessKeyId = PercentEncoding.Decode(rest)!;
        region = PercentEncoding.Decode(encodedRegion)!;
        service = encodedService.SequenceEqual("s3"u8) ? "s3" : PercentEncoding.Decode(encodedService)!;
        return accessKeyId.Length > 0 && (isForAllRegions || region.Length > 0) && service.Length > 0;
    }

    /// <summary>Reads <c>yyyyMMdd</c>, by the Gregorian calendar whatever the culture's is.</summary>
    public static bool TryGetDate(ReadOnlySpan<byte> text, out DateTimeOffset date)
    {
        date = default;
        if (text.Length != 8 || !IsDigits(text))
        {
            return false;
        }

        int year = TwoDigits(text, 0) * 100 + TwoDigits(text, 2), month = TwoDigits(text, 4), day = TwoDigits(text, 6);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero);
        return true;
    }

    /// <summary>Reads <c>yyyyMMddTHHmmssZ</c>, by hand: to parse by a format costs as much as a hash.</summary>
    public bool TryGetSignedAt(out DateTimeOffset signedAt)
    {
        ReadOnlySpan<byte> text = Date;
        signedAt = default;
        if (text.Length != 16 || text[8] != 'T' || text[15] != 'Z' || !IsDigits(text[9..15]) || !TryGetDate(text[..8], out DateTimeOffset date))
        {
            return false;
        }

        int hour = TwoDigits(text, 9), minute = TwoDigits(text, 11), second = TwoDigits(text, 13);
        if (hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        signedAt = date.AddSeconds((hour * 60 + minute) * 60 + second);
        return true;
    }

    /// <summary>Reads the seconds, which can be out of range; a number of more than nine digits is the largest or the smallest <see cref="int"/>.</summary>
    public bool TryGetExpiresIn(out int seconds)
    {
        bool isNegative = _expires.Length > 1 && _expires[0] == '-';
        ReadOnlySpan<byte> digits = isNegative ? _expires[1..] : _expires;
        seconds = isNegative ? int.MinValue : int.MaxValue;
        if (digits.IsEmpty || !IsDigits(digits))
        {
            return false;
        }

        if (digits.Length <= 9)
        {
            _ = Utf8Parser.TryParse(_expires, out seconds, out _);
        }

        return true;
    }

    private static bool TryCutLast(scoped ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> last)
    {
        ReadOnlySpan<byte> slash = "%2F"u8;
        int at = text.LastIndexOf(slash);
        last = text[(at < 0 ? 0 : at + slash.Length)..];
        text = text[..Math.Max(at, 0)];
        return at >= 0;
    }

    private static int TwoDigits(ReadOnlySpan<byte> text, int at) => (text[at] - '0') * 10 + text[at + 1] - '0';

    private static bool IsDigits(ReadOnlySpan<byte> text)
    {
        foreach (byte c in text)
        {
            if (c is < (byte)'0' or > (byte)'9')
            {
                return false;
            }
        }

        return true;
    }
}

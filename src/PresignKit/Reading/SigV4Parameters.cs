using System.Buffers.Text;

namespace PresignKit;

/// <summary>The SigV4 parameters of a received query, percent-encoded as in <see cref="ReceivedQuery"/>.</summary>
/// <remarks>The spans are valid until the query is disposed.</remarks>
internal readonly ref struct SigV4Parameters
{
    private readonly ReadOnlySpan<byte> _credential;
    private readonly ReadOnlySpan<byte> _expires;

    public SigV4Parameters(scoped in ReceivedQuery query)
    {
        bool hasCredential = false;

        // The loop runs backward so that the first of two parameters with the same name wins.
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

        // Most URLs are entirely ASCII, so the individual checks are seldom necessary.
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

    /// <summary>Gets a value that indicates whether all SigV4 parameters are valid UTF-8.</summary>
    public bool AreText { get; }

    /// <summary>Gets a value that indicates whether the query contains the name of a SigV4 parameter in a different letter case.</summary>
    /// <remarks>Stores compare names case-sensitively. Web frameworks ignore case and would read <c>x-amz-expires</c> as <c>X-Amz-Expires</c>.</remarks>
    public bool HasOtherCase { get; }

    /// <summary>Gets a value that indicates whether the query is treated as part of a presigned URL.</summary>
    /// <remarks>The value is <c>true</c> if the query has an algorithm, a credential or a signature, or if a SigV4 parameter is not valid UTF-8.</remarks>
    public bool IsPresigned { get; }

    /// <summary>Gets a value that indicates whether the algorithm is <c>AWS4-HMAC-SHA256</c>, which this library uses for signing.</summary>
    public bool IsHmac => Algorithm.SequenceEqual("AWS4-HMAC-SHA256"u8);

    /// <summary>Gets the names of the signed headers, separated by semicolons.</summary>
    /// <remarks>Requires <see cref="AreText"/>.</remarks>
    public string SignedHeadersText => SignedHeaders.SequenceEqual("host"u8) ? "host" : PercentEncoding.Decode(SignedHeaders)!;

    private enum Own
    {
        None, Algorithm, Credential, Date, Expires, SecurityToken, SignedHeaders, Signature,
    }

    /// <summary>Determines whether a name exactly matches the name of a SigV4 parameter.</summary>
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

    /// <summary>Reads the credential, the signing time and the lifetime.</summary>
    /// <remarks>Requires <see cref="AreText"/>.</remarks>
    /// <param name="isForAllRegions"><c>true</c> if the credential is for SigV4a, whose scope does not contain a region.</param>
    /// <param name="knownRegion">The expected region, or <c>null</c>. If the credential contains this region, the string is reused instead of being allocated again.</param>
    /// <param name="credential">The values that were read.</param>
    /// <returns><c>false</c> if a value is missing or malformed.</returns>
    public bool TryReadCredential(bool isForAllRegions, string? knownRegion, out Credential credential)
    {
        credential = default;
        if (!TrySplitCredential(isForAllRegions, out ReadOnlySpan<byte> id, out ReadOnlySpan<byte> date, out ReadOnlySpan<byte> region, out ReadOnlySpan<byte> service)
            || !TryReadDate(date, out DateTime scopeDate) || !TryReadTime(Date, out DateTime signedAt) || !TryGetExpiresIn(out int seconds))
        {
            return false;
        }

        credential = new Credential(
            PercentEncoding.Decode(id)!,
            scopeDate,
            knownRegion is not null && Platform.EqualsAscii(region, knownRegion.AsSpan()) ? knownRegion : PercentEncoding.Decode(region)!,
            service.SequenceEqual("s3"u8) ? "s3" : PercentEncoding.Decode(service)!,
            signedAt,
            seconds);
        return true;
    }

    // Splits access-key-id/yyyyMMdd/region/service/aws4_request from the end because an access key ID may contain slashes.
    private bool TrySplitCredential(
        bool isForAllRegions, out ReadOnlySpan<byte> accessKeyId, out ReadOnlySpan<byte> date, out ReadOnlySpan<byte> region, out ReadOnlySpan<byte> service)
    {
        date = region = service = default;
        accessKeyId = _credential;
        return TryCutLast(ref accessKeyId, out ReadOnlySpan<byte> terminator) && terminator.SequenceEqual("aws4_request"u8)
            && TryCutLast(ref accessKeyId, out service) && !service.IsEmpty
            && (isForAllRegions || (TryCutLast(ref accessKeyId, out region) && !region.IsEmpty))
            && TryCutLast(ref accessKeyId, out date)
            && !accessKeyId.IsEmpty;
    }

    /// <summary>Parses <c>yyyyMMdd</c> as a Gregorian date, regardless of the current culture.</summary>
    public static bool TryReadDate(ReadOnlySpan<byte> text, out DateTime date)
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

        date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        return true;
    }

    /// <summary>Parses <c>yyyyMMddTHHmmssZ</c> digit by digit because parsing with a format string takes as long as computing a hash.</summary>
    public static bool TryReadTime(ReadOnlySpan<byte> text, out DateTime signedAt)
    {
        signedAt = default;
        if (text.Length != 16 || text[8] != 'T' || text[15] != 'Z' || !IsDigits(text[9..15]) || !TryReadDate(text[..8], out DateTime date))
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

    /// <summary>Reads the lifetime in seconds, which might be outside the valid range.</summary>
    /// <remarks>A number with more than nine digits becomes <see cref="int.MaxValue"/> or <see cref="int.MinValue"/>.</remarks>
    private bool TryGetExpiresIn(out int seconds)
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

/// <summary>The values of the SigV4 parameters in a received URL.</summary>
/// <param name="AccessKeyId">The access key ID.</param>
/// <param name="ScopeDate">The date in the credential scope.</param>
/// <param name="Region">The region in the credential scope, which is empty for SigV4a.</param>
/// <param name="Service">The service in the credential scope.</param>
/// <param name="SignedAt">The signing time, in UTC.</param>
/// <param name="ExpiresIn">The lifetime in seconds, which might be outside the valid range.</param>
internal readonly record struct Credential(string AccessKeyId, DateTime ScopeDate, string Region, string Service, DateTime SignedAt, int ExpiresIn);

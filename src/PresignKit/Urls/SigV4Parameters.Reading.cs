using System.Buffers.Text;
using PresignKit.Signing;

namespace PresignKit;

/// <content>What the parameters say.</content>
internal readonly ref partial struct SigV4Parameters
{
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

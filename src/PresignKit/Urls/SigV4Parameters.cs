using System.Globalization;
using PresignKit.Signing;

namespace PresignKit;

/// <summary>The parameters of a signature in a query, as they stand there.</summary>
internal readonly struct SigV4Parameters
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public string? AlgorithmText { get; private init; }

    public string? CredentialText { get; private init; }

    public string? DateText { get; private init; }

    public string? ExpiresText { get; private init; }

    public string? SignedHeadersText { get; private init; }

    public string? Signature { get; private init; }

    public string? SessionToken { get; private init; }

    /// <summary>Whether each of them that is there is UTF-8. One that is not has no text here.</summary>
    public bool AreText { get; private init; }

    /// <summary>Whether the query has any of them.</summary>
    public bool IsPresigned => AlgorithmText is not null || CredentialText is not null || Signature is not null || !AreText;

    /// <summary>Whether it is one of the names, letter by letter.</summary>
    public static bool IsName(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("X-Amz-Algorithm"u8) || name.SequenceEqual("X-Amz-Credential"u8) || name.SequenceEqual("X-Amz-Date"u8)
        || name.SequenceEqual("X-Amz-Expires"u8) || name.SequenceEqual("X-Amz-SignedHeaders"u8) || name.SequenceEqual("X-Amz-Signature"u8)
        || name.SequenceEqual("X-Amz-Security-Token"u8);

    public static SigV4Parameters Of(in ReceivedQuery query)
    {
        bool areText = true;
        return new SigV4Parameters
        {
            AlgorithmText = Text(query, "X-Amz-Algorithm"u8, ref areText),
            CredentialText = Text(query, "X-Amz-Credential"u8, ref areText),
            DateText = Text(query, "X-Amz-Date"u8, ref areText),
            ExpiresText = Text(query, "X-Amz-Expires"u8, ref areText),
            SignedHeadersText = Text(query, "X-Amz-SignedHeaders"u8, ref areText),
            Signature = Text(query, "X-Amz-Signature"u8, ref areText),
            SessionToken = Text(query, "X-Amz-Security-Token"u8, ref areText),
            AreText = areText,
        };
    }

    /// <summary>Takes <c>access-key-id/yyyyMMdd/region/service/aws4_request</c> apart, from its end: an access key id may hold slashes.</summary>
    public bool TryGetCredential(out string accessKeyId, out string date, out string region, out string service) =>
        TryGetCredential(isForAllRegions: false, out accessKeyId, out date, out region, out service);

    /// <summary>Takes the credential apart; SigV4a's has no region in it.</summary>
    public bool TryGetCredential(bool isForAllRegions, out string accessKeyId, out string date, out string region, out string service)
    {
        accessKeyId = date = region = service = "";
        string[] parts = (CredentialText ?? "").Split('/');
        int end = parts.Length - 1;
        int start = end - (isForAllRegions ? 2 : 3);
        if (start < 1 || parts[end] != CredentialScope.Terminator || parts[start].Length != 8 || !IsDigits(parts[start].AsSpan()))
        {
            return false;
        }

        (date, region, service) = (parts[start], isForAllRegions ? "" : parts[start + 1], parts[end - 1]);
        accessKeyId = string.Join("/", parts, 0, start);
        return accessKeyId.Length > 0 && (isForAllRegions || region.Length > 0) && service.Length > 0;
    }

    /// <summary>Reads <c>yyyyMMdd</c>, by the Gregorian calendar whatever the culture's is.</summary>
    public static bool TryGetDate(string text, out DateTimeOffset date) => TryGetInstant(text.Length == 8 ? text + "T000000Z" : null, out date);

    /// <summary>Reads <c>yyyyMMddTHHmmssZ</c>.</summary>
    public bool TryGetSignedAt(out DateTimeOffset signedAt) => TryGetInstant(DateText, out signedAt);

    /// <summary>Reads the seconds, which can be out of range; a number of more than nine digits is the largest or the smallest <see cref="int"/>.</summary>
    public bool TryGetExpiresIn(out int seconds)
    {
        string text = ExpiresText ?? "";
        bool isNegative = text.Length > 1 && text[0] == '-';
        string digits = isNegative ? text[1..] : text;
        seconds = isNegative ? int.MinValue : int.MaxValue;
        if (digits.Length == 0 || !IsDigits(digits.AsSpan()))
        {
            return false;
        }

        if (digits.Length <= 9)
        {
            seconds = int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        return true;
    }

    // By hand: to parse by a format costs as much as a hash.
    private static bool TryGetInstant(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is not { Length: 16 } || text[8] != 'T' || text[15] != 'Z' || !IsDigits(text.AsSpan(0, 8)) || !IsDigits(text.AsSpan(9, 6)))
        {
            return false;
        }

        int year = TwoDigits(text, 0) * 100 + TwoDigits(text, 2), month = TwoDigits(text, 4), day = TwoDigits(text, 6);
        int hour = TwoDigits(text, 9), minute = TwoDigits(text, 11), second = TwoDigits(text, 13);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        instant = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    private static int TwoDigits(string text, int at) => (text[at] - '0') * 10 + text[at + 1] - '0';

    private static bool IsDigits(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c is < '0' or > '9')
            {
                return false;
            }
        }

        return true;
    }

    private static string? Text(in ReceivedQuery query, ReadOnlySpan<byte> name, ref bool areText)
    {
        int index = query.IndexOf(name);
        string? text = index < 0 ? null : PercentEncoding.Decode(query.Value(index));
        areText &= index < 0 || text is not null;
        return text;
    }
}

namespace PresignKit;

/// <summary>What a signing key is good for: <c>yyyyMMdd/region/service/aws4_request</c>. Immutable and thread-safe.</summary>
internal sealed class CredentialScope
{
    public const string Terminator = "aws4_request";

    /// <summary>Makes a scope.</summary>
    /// <param name="date">The UTC day; its time of day does not count.</param>
    /// <param name="region">The region, as the store wants it in the scope.</param>
    /// <param name="service">The service: <c>s3</c> for object stores.</param>
    public CredentialScope(DateTime date, string region, string service)
    {
        Date = date.Date;
        Region = region;
        Service = service;

        // Digit by digit: a culture's calendar must have no say in it.
        Span<byte> day = stackalloc byte[8];
        TimeDigits.WriteTwoDigits(day, date.Year / 100);
        TimeDigits.WriteTwoDigits(day[2..], date.Year % 100);
        TimeDigits.WriteTwoDigits(day[4..], date.Month);
        TimeDigits.WriteTwoDigits(day[6..], date.Day);
        DateText = Platform.AsciiToString(day);
        Text = $"{DateText}/{region}/{service}/{Terminator}";
    }

    public DateTime Date { get; }

    public string Region { get; }

    public string Service { get; }

    /// <summary>The scope itself.</summary>
    public string Text { get; }

    /// <summary>The day as <c>yyyyMMdd</c>.</summary>
    public string DateText { get; }

    /// <summary>Whether a key for this scope signs at <paramref name="utc"/>.</summary>
    public bool Covers(DateTime utc) => utc.Date == Date;

    /// <summary>An instant of the day as <c>yyyyMMddTHHmmssZ</c>.</summary>
    public string Timestamp(DateTime utc)
    {
        Span<byte> text = stackalloc byte[16];
        Platform.CopyAscii(DateText.AsSpan(), text);
        text[8] = (byte)'T';
        TimeDigits.Write(text[9..], utc);
        text[15] = (byte)'Z';
        return Platform.AsciiToString(text);
    }
}

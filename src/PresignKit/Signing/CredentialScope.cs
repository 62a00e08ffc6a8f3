using System.Text;

namespace PresignKit;

/// <summary>The credential scope of a signing key: <c>yyyyMMdd/region/service/aws4_request</c>. Immutable and thread-safe.</summary>
internal sealed class CredentialScope
{
    public const string Terminator = "aws4_request";

    private readonly byte[] _queryText;
    private readonly byte[] _textLine;

    /// <summary>Initializes a scope.</summary>
    /// <param name="date">The UTC day. Its time of day is ignored.</param>
    /// <param name="region">The region, as the store expects it in the scope.</param>
    /// <param name="service">The service: <c>s3</c> for object stores.</param>
    public CredentialScope(DateTime date, string region, string service)
    {
        Date = date.Date;
        Region = region;
        Service = service;

        Span<byte> day = stackalloc byte[8];
        TimeDigits.WriteDate(day, date);
        DateText = Platform.AsciiToString(day);
        Text = $"{DateText}/{region}/{service}/{Terminator}";
        _queryText = Encoding.ASCII.GetBytes($"{PercentEncoding.Component("/" + Text)}&X-Amz-Date={DateText}T");
        _textLine = Encoding.UTF8.GetBytes($"Z\n{Text}\n");
    }

    public DateTime Date { get; }

    public string Region { get; }

    public string Service { get; }

    /// <summary>Gets the scope itself.</summary>
    public string Text { get; }

    /// <summary>Gets the day as <c>yyyyMMdd</c>.</summary>
    public string DateText { get; }

    /// <summary>Gets the text that follows the access key ID in a query, up to the time: <c>%2FyyyyMMdd%2F…%2Faws4_request&amp;X-Amz-Date=yyyyMMddT</c>.</summary>
    public ReadOnlySpan<byte> QueryText => _queryText;

    /// <summary>Gets the end of the timestamp's line in a string to sign, and the line of the scope: <c>Z\nyyyyMMdd/…/aws4_request\n</c>.</summary>
    public ReadOnlySpan<byte> StringToSignText => _textLine;

    /// <summary>Determines whether a key for this scope signs at an instant.</summary>
    public bool Covers(DateTime utc) => utc.Date == Date;

    /// <summary>Formats an instant of the day as <c>yyyyMMddTHHmmssZ</c>.</summary>
    public string Timestamp(DateTime utc)
    {
        Span<byte> text = stackalloc byte[16];
        Platform.CopyAscii(DateText.AsSpan(), text);
        text[8] = (byte)'T';
        TimeDigits.WriteTime(text[9..], utc);
        text[15] = (byte)'Z';
        return Platform.AsciiToString(text);
    }
}

using System.Text;

namespace PresignKit.Signing;

/// <summary>What a signing key is good for: <c>yyyyMMdd/region/service/aws4_request</c>. Its texts are made once, for all URLs of the day. Immutable and thread-safe.</summary>
internal sealed class CredentialScope
{
    public const string Terminator = "aws4_request";

    private readonly byte[] _text;
    private readonly byte[] _stringToSignStart;
    private AccessKeyTexts? _accessKeyTexts;

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
        WriteTwoDigits(day, date.Year / 100);
        WriteTwoDigits(day[2..], date.Year % 100);
        WriteTwoDigits(day[4..], date.Month);
        WriteTwoDigits(day[6..], date.Day);
        string dayText = Platform.AsciiToString(day);
        _text = Bytes($"{dayText}/{region}/{service}/{Terminator}");
        _stringToSignStart = Bytes($"{StringToSign.Algorithm}\n{dayText}T");
    }

    public DateTime Date { get; }

    public string Region { get; }

    public string Service { get; }

    /// <summary>The day as <c>yyyyMMdd</c>.</summary>
    public ReadOnlySpan<byte> DateText => _text.AsSpan(0, 8);

    /// <summary>Appends the scope as it stands in the string to sign.</summary>
    public void Append(ref ByteBuffer buffer) => buffer.Append(_text);

    /// <summary>
    /// Appends the start of a canonical query, to the value of <c>X-Amz-Date</c>:
    /// <code>
    /// X-Amz-Algorithm=AWS4-HMAC-SHA256&amp;X-Amz-Credential=access-key-id%2FyyyyMMdd%2Fregion%2Fservice%2Faws4_request&amp;X-Amz-Date=yyyyMMddTHHmmssZ
    /// </code>
    /// </summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="accessKeyId">The access key id.</param>
    /// <param name="utc">An instant of the day.</param>
    public void AppendQueryStart(ref ByteBuffer buffer, string accessKeyId, DateTime utc)
    {
        buffer.Append(TextsOf(accessKeyId).QueryStart);
        AppendTimeOfDay(ref buffer, utc);
    }

    /// <summary>The credential of a form: <c>access-key-id/yyyyMMdd/region/service/aws4_request</c>.</summary>
    public string CredentialOf(string accessKeyId) => TextsOf(accessKeyId).Credential;

    /// <summary>Appends the first two lines of the string to sign: algorithm and instant.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="utc">An instant of the day, which is the scope's: the two cannot disagree.</param>
    public void AppendStringToSignStart(ref ByteBuffer buffer, DateTime utc)
    {
        buffer.Append(_stringToSignStart);
        AppendTimeOfDay(ref buffer, utc);
    }

    /// <summary>Appends <c>yyyyMMddTHHmmssZ</c>.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="utc">An instant of the day.</param>
    public void AppendTimestamp(ref ByteBuffer buffer, DateTime utc)
    {
        buffer.Append(DateText);
        buffer.Append((byte)'T');
        AppendTimeOfDay(ref buffer, utc);
    }

    /// <summary>Whether a key for this scope signs at <paramref name="utc"/>.</summary>
    public bool Covers(DateTime utc) => utc.Date == Date;

    // The last ones are kept, and swapped whole: a day's key belongs to one access key.
    private AccessKeyTexts TextsOf(string accessKeyId)
    {
        AccessKeyTexts? texts = Volatile.Read(ref _accessKeyTexts);
        if (texts is null || texts.AccessKeyId != accessKeyId)
        {
            string credential = $"{accessKeyId}/{Platform.Utf8ToString(_text)}";
            byte[] queryStart = Bytes(
                $"X-Amz-Algorithm={StringToSign.Algorithm}&X-Amz-Credential={PercentEncoding.Component(credential)}&X-Amz-Date={Platform.AsciiToString(DateText)}T");
            texts = new AccessKeyTexts(accessKeyId, credential, queryStart);
            Volatile.Write(ref _accessKeyTexts, texts);
        }

        return texts;
    }

    private static void AppendTimeOfDay(ref ByteBuffer buffer, DateTime utc)
    {
        const int Length = 7;
        Span<byte> text = buffer.GetSpan(Length)[..Length];
        int second = (int)(utc.Ticks / TimeSpan.TicksPerSecond % 86_400);
        WriteTwoDigits(text, second / 3600);
        WriteTwoDigits(text[2..], second / 60 % 60);
        WriteTwoDigits(text[4..], second % 60);
        text[6] = (byte)'Z';
        buffer.Advance(Length);
    }

    /// <summary>Writes a number from 0 to 99 as two digits.</summary>
    public static void WriteTwoDigits(Span<byte> destination, int value)
    {
        destination[1] = (byte)('0' + value % 10);
        destination[0] = (byte)('0' + value / 10);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private sealed class AccessKeyTexts(string accessKeyId, string credential, byte[] queryStart)
    {
        public string AccessKeyId => accessKeyId;

        public string Credential => credential;

        public byte[] QueryStart => queryStart;
    }
}

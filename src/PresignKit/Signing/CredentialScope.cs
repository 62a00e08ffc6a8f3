using System.Text;

namespace PresignKit.Signing;

/// <summary>What a signing key is good for: <c>yyyyMMdd/region/service/aws4_request</c>. Its texts are made once, for all URLs of the day. Immutable and thread-safe.</summary>
internal sealed class CredentialScope
{
    public const string Terminator = "aws4_request";

    // With the line feeds around it: so it stands in the string to sign.
    private readonly byte[] _line;
    private readonly byte[] _stringToSignStart;
    private OwnParameters? _parameters;

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
        _line = Encoding.UTF8.GetBytes($"\n{dayText}/{region}/{service}/{Terminator}\n");
        _stringToSignStart = Encoding.UTF8.GetBytes($"{StringToSign.Algorithm}\n{dayText}T");
    }

    public DateTime Date { get; }

    public string Region { get; }

    public string Service { get; }

    /// <summary>The scope itself.</summary>
    public ReadOnlySpan<byte> Text => _line.AsSpan()[1..^1];

    /// <summary>The day as <c>yyyyMMdd</c>.</summary>
    public ReadOnlySpan<byte> DateText => Text[..8];

    /// <summary>The signature's own parameters for an access key and a session token. The last ones are kept, and swapped whole: a day's key belongs to one access key.</summary>
    public OwnParameters ParametersOf(string accessKeyId, string? sessionToken)
    {
        OwnParameters? parameters = Volatile.Read(ref _parameters);
        if (parameters is null || !parameters.AreOf(accessKeyId, sessionToken))
        {
            parameters = new OwnParameters(this, accessKeyId, sessionToken);
            Volatile.Write(ref _parameters, parameters);
        }

        return parameters;
    }

    /// <summary>Appends the first three lines of the string to sign: algorithm, instant and scope.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="utc">An instant of the day, which is the scope's: the two cannot disagree.</param>
    public void AppendStringToSignStart(ref ByteBuffer buffer, DateTime utc)
    {
        buffer.Append(_stringToSignStart);
        AppendTimeOfDay(ref buffer, utc);
        buffer.Append(_line);
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

    /// <summary>Appends <c>HHmmssZ</c>.</summary>
    public static void AppendTimeOfDay(ref ByteBuffer buffer, DateTime utc)
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
}

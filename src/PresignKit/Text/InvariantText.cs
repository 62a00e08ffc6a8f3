using System.Globalization;

namespace PresignKit;

/// <summary>Formats values for headers, parameters and signatures, using the Gregorian calendar and ASCII digits regardless of the current culture.</summary>
internal static class InvariantText
{
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string? Number(long? value) => value is null ? null : Number(value.Value);

    /// <summary>Formats an instant as an HTTP date (RFC 9110 § 5.6.7) in GMT and whole seconds.</summary>
    public static string? HttpDate(DateTimeOffset? value) => value?.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Formats an instant as an ISO 8601 string in UTC and whole seconds.</summary>
    /// <remarks>A fraction of a second is rounded up, except in the last second of the year 9999.</remarks>
    public static string IsoDate(DateTimeOffset value)
    {
        long fraction = value.UtcTicks % TimeSpan.TicksPerSecond;
        bool isRoundedUp = fraction > 0 && value.UtcTicks - fraction < DateTimeOffset.MaxValue.UtcTicks - TimeSpan.TicksPerSecond;
        DateTime whole = value.UtcDateTime.AddTicks(isRoundedUp ? TimeSpan.TicksPerSecond - fraction : 0);
        return whole.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a date as eight digits (<c>yyyyMMdd</c>).</summary>
    public static void WriteDate(Span<byte> destination, DateTime utc)
    {
        WriteTwoDigits(destination, utc.Year / 100);
        WriteTwoDigits(destination[2..], utc.Year % 100);
        WriteTwoDigits(destination[4..], utc.Month);
        WriteTwoDigits(destination[6..], utc.Day);
    }

    /// <summary>Writes a time as six digits (<c>HHmmss</c>).</summary>
    public static void WriteTime(Span<byte> destination, DateTime utc)
    {
        int second = (int)(utc.Ticks / TimeSpan.TicksPerSecond % 86_400);
        WriteTwoDigits(destination, second / 3600);
        WriteTwoDigits(destination[2..], second / 60 % 60);
        WriteTwoDigits(destination[4..], second % 60);
    }

    /// <summary>Writes a number from 0 to 99 as two digits.</summary>
    public static void WriteTwoDigits(Span<byte> destination, int value)
    {
        destination[1] = (byte)('0' + value % 10);
        destination[0] = (byte)('0' + value / 10);
    }
}

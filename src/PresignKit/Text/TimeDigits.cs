namespace PresignKit;

/// <summary>Dates and times as digits of the Gregorian calendar, whatever the current culture's calendar and digits are.</summary>
internal static class TimeDigits
{
    /// <summary>Writes the eight digits of <c>yyyyMMdd</c>.</summary>
    public static void WriteDate(Span<byte> destination, DateTime utc)
    {
        WriteTwoDigits(destination, utc.Year / 100);
        WriteTwoDigits(destination[2..], utc.Year % 100);
        WriteTwoDigits(destination[4..], utc.Month);
        WriteTwoDigits(destination[6..], utc.Day);
    }

    /// <summary>Writes the six digits of <c>HHmmss</c>.</summary>
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

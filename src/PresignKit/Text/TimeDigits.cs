namespace PresignKit;

/// <summary>The place of an <c>HHmmss</c> in a text that is used again and again, in which the digits are written once a second.</summary>
internal struct TimeDigits(int start)
{
    /// <summary>What stands in the text before anything is written.</summary>
    public const string Zeros = "000000";

    private DateTime _written;

    /// <summary>Writes the time of an instant in UTC.</summary>
    public void Write(byte[] text, DateTime utc)
    {
        if (utc != _written)
        {
            Write(text.AsSpan(start), utc);
            _written = utc;
        }
    }

    /// <summary>Writes six digits.</summary>
    public static void Write(Span<byte> destination, DateTime utc)
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

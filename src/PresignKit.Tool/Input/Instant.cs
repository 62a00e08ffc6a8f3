using System.Globalization;

namespace PresignKit.Tool.Input;

/// <summary>Parses instants: ISO 8601 with an offset, the form of HTTP headers, and Unix seconds.</summary>
internal static class Instant
{
    private const int DateLength = 10;
    private const int OffsetLength = 6;
    private const int MaxUnixDigits = 11;

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Parses an instant.</summary>
    /// <exception cref="ToolException">The value is not an instant.</exception>
    public static DateTimeOffset Parse(string value, string option)
    {
        if (value.Length is > 0 and <= MaxUnixDigits && value.All(char.IsAsciiDigit))
        {
            return DateTimeOffset.FromUnixTimeSeconds(long.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture));
        }

        // The tool itself prints a space between the date and the time.
        string iso = value.Length > DateLength && value[DateLength] == ' ' ? $"{value[..DateLength]}T{value[(DateLength + 1)..]}" : value;
        return (HasOffset(iso) && DateTimeOffset.TryParseExact(iso, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset instant))
            || DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out instant) ? instant
            : throw ToolException.Usage($"{option}: '{Shown.Text(value)}' is not a valid instant. Use a form such as 2026-12-24T18:00Z, 2026-12-24T18:00+01:00, or Unix seconds.");
    }

    // Without an offset, the instant would depend on the time zone of the machine.
    private static bool HasOffset(string value) => value.EndsWith('Z') || (value.Length > DateLength + OffsetLength && value[^OffsetLength] is '+' or '-');
}

using System.Globalization;

namespace PresignKit.Tool.Input;

/// <summary>Parses durations (<c>3600</c>, <c>90s</c>, <c>15m</c>, <c>1h30m</c>, <c>7d</c>).</summary>
internal static class Duration
{
    private const string Units = "dhms";

    /// <summary>Parses a positive duration.</summary>
    /// <exception cref="ToolException">The value is not a duration.</exception>
    public static TimeSpan Parse(string value, string option)
    {
        long seconds = 0;
        int lastUnit = -1;
        for (int at = 0; at < value.Length;)
        {
            int start = at;
            while (at < value.Length && char.IsAsciiDigit(value[at]))
            {
                at++;
            }

            if (!int.TryParse(value.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                throw Invalid(value, option);
            }

            // A number without a unit is a number of seconds, as in the AWS CLI, but not after another unit, where it could be anything.
            int unit = at == value.Length ? (start == 0 ? Units.Length - 1 : -1) : Units.IndexOf(value[at++], StringComparison.Ordinal);
            if (unit <= lastUnit)
            {
                throw Invalid(value, option);
            }

            lastUnit = unit;
            seconds += number * (unit switch { 0 => 86_400L, 1 => 3_600L, 2 => 60L, _ => 1L });
        }

        return seconds is > 0 and < int.MaxValue ? TimeSpan.FromSeconds(seconds) : throw Invalid(value, option);
    }

    /// <summary>Parses an instant and returns the time until then, in whole seconds.</summary>
    /// <exception cref="ToolException">The value is not an instant, or it has passed.</exception>
    public static TimeSpan Until(string value, string option, DateTimeOffset now)
    {
        DateTimeOffset end = Instant.Parse(value, option);
        TimeSpan left = TimeSpan.FromSeconds(Math.Floor((end - now).TotalSeconds));
        return left > TimeSpan.Zero ? left : throw ToolException.Usage($"{option}: {Shown.Time(end)} has already passed; it is {Shown.Time(now)}. Use a later instant.");
    }

    private static ToolException Invalid(string value, string option) =>
        ToolException.Usage($"{option}: '{Shown.Text(value)}' is not a valid duration. Use a positive number of seconds, or units in the order d, h, m, s, for example 3600, 90s, 1h30m or 7d.");
}

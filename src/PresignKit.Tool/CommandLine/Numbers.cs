using System.Globalization;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.CommandLine;

/// <summary>Parses numbers and sizes.</summary>
internal static class Numbers
{
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("B", 1), ("", 1),
    ];

    public static int Parse(string value, string option) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw ToolException.Usage($"{option}: '{Shown.Text(value)}' is not a valid number. Use digits only.");

    public static long ParseLong(string value, string option) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number
        : throw ToolException.Usage($"{option}: '{Shown.Text(value)}' is not a valid number of bytes. Use digits only.");

    /// <summary>Parses a maximum (<c>5MiB</c>) or a range of sizes (<c>1..5MiB</c>).</summary>
    public static ContentLengthRange ParseSizes(string value, string option)
    {
        int dots = value.IndexOf("..", StringComparison.Ordinal);
        long? min = dots < 0 ? 0 : ParseSize(value[..dots]);
        long? max = ParseSize(dots < 0 ? value : value[(dots + 2)..]);
        return min is not null && max is not null && min <= max ? new ContentLengthRange(min.Value, max.Value)
            : throw ToolException.Usage($"{option}: '{Shown.Text(value)}' is not a valid range of sizes. Use a maximum such as 5MiB, or a range such as 1..5MiB. The units are KiB, MiB, GiB, KB, MB and GB.");
    }

    private static long? ParseSize(string value)
    {
        (string unit, long bytes) = Array.Find(Units, unit => value.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase));
        return long.TryParse(value.AsSpan(0, value.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= long.MaxValue / bytes ? number * bytes : null;
    }
}

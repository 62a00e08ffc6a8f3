using System.Globalization;
using System.Text;

namespace PresignKit.Tool.Input;

/// <summary>Formats values for people: times, durations, and strings from outside that must not control the terminal.</summary>
internal static class Shown
{
    private const int MaxLength = 200;

    /// <summary>Returns a string with its control characters and lone surrogates replaced, and shortened to 200 characters.</summary>
    public static string Text(string text) => Whole(text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)] + "…");

    /// <summary>Returns a string with control characters, bidirectional controls and lone surrogates replaced by <c>&lt;U+XXXX&gt;</c>.</summary>
    public static string Whole(string text)
    {
        StringBuilder shown = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                shown.Append(c).Append(text[++i]);
            }
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u061C' or '\u2028' or '\u2029' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))
            {
                shown.Append("<U+").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture)).Append('>');
            }
            else
            {
                shown.Append(c);
            }
        }

        return shown.ToString();
    }

    /// <summary>Returns the reason of a failure without the name of the file, which .NET appends to it.</summary>
    public static string Reason(IOException exception) => Text(exception.Message.Split(" : '")[0].TrimEnd('.'));

    /// <summary>Returns an instant as <c>2026-03-14 16:09:26Z</c>.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);

    /// <summary>Returns a duration in its two largest units, such as <c>6d 23h</c>, <c>1h 5m</c> or <c>30s</c>.</summary>
    public static string Duration(TimeSpan duration) => Units(duration, count: 2);

    /// <summary>Returns a duration in all of its units, such as <c>7d 1s</c>, so that a value just above a limit does not look like the limit.</summary>
    public static string Exactly(TimeSpan duration) => Units(duration, count: 4);

    private static string Units(TimeSpan duration, int count)
    {
        (string Unit, long Value)[] units = [("d", duration.Days), ("h", duration.Hours), ("m", duration.Minutes), ("s", duration.Seconds)];
        int first = Array.FindIndex(units, unit => unit.Value > 0);
        IEnumerable<string> shown = first < 0 ? ["0s"] : units.Skip(first).Take(count).Where(unit => unit.Value > 0).Select(unit => unit.Value.ToString(CultureInfo.InvariantCulture) + unit.Unit);
        return string.Join(' ', shown);
    }
}

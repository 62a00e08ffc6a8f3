namespace PresignKit;

/// <summary>The allowed range of a URL's lifetime.</summary>
internal static class Expiry
{
    /// <summary>Truncates a duration to whole seconds and checks that the result is in range.</summary>
    /// <remarks>Durations are often computed as <c>deadline - now</c>, which is rarely a whole number of seconds.</remarks>
    public static bool TryGetSeconds(TimeSpan duration, int max, out int seconds)
    {
        long whole = duration.Ticks / TimeSpan.TicksPerSecond;
        seconds = whole >= 1 && whole <= max ? (int)whole : 0;
        return seconds > 0;
    }

    /// <summary>Describes a lifetime that is out of range.</summary>
    /// <param name="name">The name of the property or option.</param>
    /// <param name="duration">The lifetime.</param>
    /// <param name="max">The maximum in seconds.</param>
    /// <param name="remedy">The second sentence of the message.</param>
    public static string Problem(string name, TimeSpan duration, int max, string remedy = "Set it to a value in this range.") => FormattableString.Invariant(
        $"{name} is {duration:c}, but must be from 1 second to {max / 86_400} days ({max} seconds). {remedy}");
}

namespace PresignKit;

/// <summary>The range of the lifetime of a URL.</summary>
internal static class Expiry
{
    /// <summary>Truncates a duration to whole seconds, and checks that the result is in range.</summary>
    /// <remarks>A duration that is computed as <c>deadline - now</c> is hardly ever a whole number of seconds.</remarks>
    public static bool TryGetSeconds(TimeSpan duration, int max, out int seconds)
    {
        long whole = duration.Ticks / TimeSpan.TicksPerSecond;
        seconds = whole >= 1 && whole <= max ? (int)whole : 0;
        return seconds > 0;
    }

    public static string Problem(TimeSpan duration, int max) => FormattableString.Invariant(
        $"'{duration:c}' is not between 1 second and {max / 86_400} days ({max} seconds). Request a lifetime in this range, and presign a new URL when it expires.");
}

namespace PresignKit;

/// <summary>The range of the lifetime of a URL.</summary>
internal static class Expiry
{
    /// <summary>Cuts a duration to whole seconds, because <c>deadline - now</c> is never a whole number of them, and checks that it is in range.</summary>
    public static bool TryGetSeconds(TimeSpan duration, int max, out int seconds)
    {
        long whole = duration.Ticks / TimeSpan.TicksPerSecond;
        seconds = whole >= 1 && whole <= max ? (int)whole : 0;
        return seconds > 0;
    }

    public static string Problem(TimeSpan duration, int max) => FormattableString.Invariant(
        $"'{duration:c}' is not between 1 second and {max / 86_400} days ({max} seconds). Request a lifetime in this range, and presign a new URL when it expires.");
}

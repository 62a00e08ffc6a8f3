namespace PresignKit;

/// <summary>How long a URL may hold.</summary>
internal static class Expiry
{
    /// <summary>Cuts a duration down to whole seconds: <c>deadline - now</c> never is whole.</summary>
    public static bool TryGetSeconds(TimeSpan duration, int max, out int seconds)
    {
        long whole = duration.Ticks / TimeSpan.TicksPerSecond;
        seconds = whole >= 1 && whole <= max ? (int)whole : 0;
        return seconds > 0;
    }

    public static string Problem(TimeSpan duration, int max) => FormattableString.Invariant(
        $"'{duration:c}' is not between 1 second and {max / 86_400} days ({max} seconds). A presigned URL cannot hold longer; make another when it ends.");
}

using System.Globalization;

namespace PresignKit;

/// <summary>Formats values for headers and parameters with the invariant culture.</summary>
internal static class InvariantText
{
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string? Number(long? value) => value is null ? null : Number(value.Value);

    /// <summary>Formats an HTTP date (RFC 9110 § 5.6.7), in GMT and whole seconds.</summary>
    public static string? HttpDate(DateTimeOffset? value) => value?.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Formats an ISO 8601 instant in UTC. A fraction of a second is rounded up.</summary>
    public static string IsoDate(DateTimeOffset value)
    {
        long fraction = value.UtcTicks % TimeSpan.TicksPerSecond;
        DateTime whole = value.UtcDateTime.AddTicks(fraction == 0 ? 0 : TimeSpan.TicksPerSecond - fraction);
        return whole.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}

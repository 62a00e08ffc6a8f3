namespace PresignKit.LocalS3;

/// <summary>A failure that <see cref="LocalS3Store.FailNext"/> causes on demand.</summary>
/// <remarks>Instances are immutable and thread-safe.</remarks>
public sealed class LocalS3Fault
{
    private readonly string _name;

    private LocalS3Fault(string name) => _name = name;

    /// <summary>Gets a fault that responds with <c>503 SlowDown</c>, which S3 sends if there are too many requests.</summary>
    public static LocalS3Fault SlowDown { get; } = new("SlowDown") { Error = new LocalS3Error(503, "SlowDown", "Please reduce your request rate.") };

    /// <summary>Gets a fault that responds with <c>500 InternalError</c>.</summary>
    public static LocalS3Fault InternalError { get; } = new("InternalError") { Error = new LocalS3Error(500, "InternalError", "We encountered an internal error. Please try again.") };

    /// <summary>Gets a fault that closes the connection without a response.</summary>
    public static LocalS3Fault ConnectionReset { get; } = new("ConnectionReset") { IsReset = true };

    internal LocalS3Error? Error { get; private init; }

    internal bool IsReset { get; private init; }

    internal long? CutAfterBytes { get; private init; }

    internal TimeSpan Wait { get; private init; }

    /// <summary>Creates a fault that closes the connection after part of a body has been transferred.</summary>
    /// <param name="bytes">The number of bytes of the request body (for an upload) or of the response body (for a download). It must not be negative.</param>
    /// <returns>The fault. It has no effect on a body that is not longer than <paramref name="bytes"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
    public static LocalS3Fault CutAfter(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return new LocalS3Fault(FormattableString.Invariant($"CutAfter({bytes})")) { CutAfterBytes = bytes };
    }

    /// <summary>Creates a fault that delays the response.</summary>
    /// <param name="duration">The delay in real time, regardless of <see cref="LocalS3Options.TimeProvider"/>. It must not be negative.</param>
    /// <returns>The fault. After the delay, the request is handled as usual.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="duration"/> is negative.</exception>
    public static LocalS3Fault Delay(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        return new LocalS3Fault(FormattableString.Invariant($"Delay({duration:c})")) { Wait = duration };
    }

    /// <summary>Returns the name of the fault.</summary>
    public override string ToString() => _name;
}

namespace PresignKit;

/// <summary>A range of bytes in an object.</summary>
/// <remarks>
/// Positions start at 0, and both ends are inclusive. The range is signed as the <c>Range</c> header
/// (<see href="https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2">RFC 9110 § 14.1.2</see>). The store responds with 206 and the bytes that exist, or with 416 if the
/// object ends before the range starts. Instances are immutable and thread-safe.
/// </remarks>
public sealed record ByteRange
{
    /// <summary>Initializes a new instance from the positions of the first and last bytes.</summary>
    /// <param name="from">The position of the first byte, 0 or greater.</param>
    /// <param name="to">The position of the last byte, inclusive. The position must not be less than <paramref name="from"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="from"/> is negative, or <paramref name="to"/> is less than <paramref name="from"/>.</exception>
    public ByteRange(long from, long to)
        : this((long?)from, to)
    {
        if (to < from)
        {
            throw new ArgumentOutOfRangeException(
                nameof(to), to, FormattableString.Invariant($"The last byte of the range, {to}, precedes its first byte, {from}. Both positions are inclusive, so the first 100 bytes are (0, 99)."));
        }
    }

    private ByteRange(long? from, long? to)
    {
        From = ValueRules.RequireBytes(from, nameof(from));
        To = ValueRules.RequireBytes(to, nameof(to));
    }

    /// <summary>Gets the position of the first byte.</summary>
    /// <value>A zero-based position, or <c>null</c> if the range is relative to the end of the object (<see cref="Last"/>).</value>
    public long? From { get; }

    /// <summary>Gets the position of the last byte, inclusive.</summary>
    /// <value>A zero-based position, or <c>null</c> if the range extends to the end of the object (<see cref="StartingAt"/>). If <see cref="From"/> is <c>null</c>, the value is
    /// instead the number of bytes at the end of the object.</value>
    public long? To { get; }

    /// <summary>Creates a range that extends from the specified byte to the end of the object.</summary>
    /// <param name="from">The position of the first byte, 0 or greater.</param>
    /// <returns>A range such as <c>bytes=100-</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="from"/> is negative.</exception>
    public static ByteRange StartingAt(long from) => new((long?)from, to: null);

    /// <summary>Creates a range that covers the specified number of bytes at the end of the object.</summary>
    /// <param name="count">The number of bytes, 1 or greater.</param>
    /// <returns>A range such as <c>bytes=-100</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public static ByteRange Last(long count) => count >= 1
        ? new(from: null, count)
        : throw new ArgumentOutOfRangeException(nameof(count), count, FormattableString.Invariant($"count is {count}, but must be 1 or greater. Request at least one byte."));

    /// <summary>Returns the value of the <c>Range</c> header, such as <c>bytes=0-99</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"bytes={From}-{To}");
}

namespace PresignKit;

/// <summary>A range of an object's bytes, counted from 0; both ends are part of it. Immutable.</summary>
/// <remarks>
/// Signed as the header <c>Range</c> (<see href="https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2">RFC 9110 § 14.1.2</see>). The answer is
/// 206 with the bytes that there are, or 416 where the object ends before the range begins.
/// </remarks>
public sealed record ByteRange
{
    /// <summary>Names the first and the last byte.</summary>
    /// <param name="from">The first byte, 0 or more.</param>
    /// <param name="to">The last byte, which is part of the range; <paramref name="from"/> or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is negative, or the range is upside down.</exception>
    public ByteRange(long from, long to)
        : this((long?)from, to)
    {
        if (to < from)
        {
            throw new ArgumentOutOfRangeException(nameof(to), to, FormattableString.Invariant($"The range ends at byte {to}, before it begins at byte {from}. Both ends are positions, and part of the range: its first 100 bytes are (0, 99)."));
        }
    }

    private ByteRange(long? from, long? to)
    {
        From = ValueRules.RequireBytes(from, nameof(from));
        To = ValueRules.RequireBytes(to, nameof(to));
    }

    /// <summary>The first byte; <c>null</c> where the range is the object's last bytes.</summary>
    public long? From { get; }

    /// <summary>The last byte; <c>null</c> where the range goes to the object's end. Without <see cref="From"/>: how many bytes at the end.</summary>
    public long? To { get; }

    /// <summary>All bytes from one on.</summary>
    /// <param name="from">The first byte, 0 or more.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="from"/> is negative.</exception>
    public static ByteRange StartingAt(long from) => new((long?)from, to: null);

    /// <summary>The last bytes of the object.</summary>
    /// <param name="count">How many; 1 or more.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1: no byte would be left.</exception>
    public static ByteRange Last(long count) => count >= 1
        ? new(from: null, count)
        : throw new ArgumentOutOfRangeException(nameof(count), count, "The last bytes of an object are 1 or more.");

    /// <summary>The value of the header, like <c>bytes=0-99</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"bytes={From}-{To}");
}

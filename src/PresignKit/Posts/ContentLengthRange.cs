namespace PresignKit;

/// <summary>The range of file sizes, in bytes, that a POST form accepts.</summary>
/// <remarks>
/// <para>Both limits are inclusive. In C#, a tuple is implicitly converted to a range: <c>ContentLength = (1, 5 &lt;&lt; 20)</c>. An <c>int</c> expression for 2 GiB or more
/// overflows without an error, so use a <c>long</c>: <c>(1, 5L &lt;&lt; 30)</c>.</para>
/// <para>The store applies the range (<c>content-length-range</c>) to the file, not to the whole form. Instances are immutable and thread-safe.</para>
/// </remarks>
public sealed record ContentLengthRange
{
    /// <summary>Initializes a range with the specified limits.</summary>
    /// <param name="min">The minimum size of a file in bytes, 0 or greater. Use 1 to reject empty files.</param>
    /// <param name="max">The maximum size of a file in bytes, which must not be less than <paramref name="min"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="min"/> is negative, or <paramref name="max"/> is less than <paramref name="min"/>.</exception>
    public ContentLengthRange(long min, long max)
    {
        if (min < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(min), min, FormattableString.Invariant($"The minimum content length is {min} bytes. Specify 0 or more."));
        }

        if (max < min)
        {
            throw new ArgumentOutOfRangeException(
                nameof(max),
                max,
                FormattableString.Invariant($"The maximum content length ({max} bytes) is less than the minimum ({min} bytes). Specify the minimum first, and use a 'long' for sizes of 2 GiB or more, such as 5L << 30."));
        }

        Min = min;
        Max = max;
    }

    /// <summary>Gets the minimum size of a file, in bytes.</summary>
    public long Min { get; }

    /// <summary>Gets the maximum size of a file, in bytes.</summary>
    public long Max { get; }

    /// <summary>Converts a tuple of the minimum and the maximum to a range.</summary>
    /// <param name="range">The minimum and the maximum in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The minimum is negative, or the maximum is less than the minimum.</exception>
    public static implicit operator ContentLengthRange((long Min, long Max) range) => new(range.Min, range.Max);
}

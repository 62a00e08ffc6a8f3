namespace PresignKit;

/// <summary>The range of file sizes that a POST form accepts, in bytes, with inclusive limits.</summary>
/// <remarks>
/// <para>In C#, a tuple converts to a range: <c>ContentLength = (1, 5 &lt;&lt; 20)</c>. For 2 GiB or more, an <c>int</c> expression overflows without an error, so use a
/// <c>long</c>: <c>(1, 5L &lt;&lt; 30)</c>.</para>
/// <para>The store enforces the range (<c>content-length-range</c>), which applies to the file, not to the whole form. Instances are immutable and thread-safe.</para>
/// </remarks>
public sealed record ContentLengthRange
{
    /// <summary>Initializes a range from its two limits.</summary>
    /// <param name="min">The size of the smallest file in bytes; 0 or more. With 1, the store rejects an empty file.</param>
    /// <param name="max">The size of the largest file in bytes; <paramref name="min"/> or more.</param>
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

    /// <summary>Gets the size of the smallest file that the form accepts, in bytes.</summary>
    public long Min { get; }

    /// <summary>Gets the size of the largest file that the form accepts, in bytes.</summary>
    public long Max { get; }

    /// <summary>Converts a tuple of the minimum and the maximum to a range.</summary>
    /// <param name="range">The minimum and the maximum in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The minimum is negative, or the maximum is less than the minimum.</exception>
    public static implicit operator ContentLengthRange((long Min, long Max) range) => new(range.Min, range.Max);
}

namespace PresignKit.LocalS3.Tests.Load;

/// <summary>A stream of any length whose bytes depend on their position, so that neither end of a transfer has to store it.</summary>
internal sealed class PatternStream(long length) : Stream
{
    // A prime, so that the pattern is not aligned with any block.
    private const int Period = 65_521;

    private static readonly byte[] Pattern = CreatePattern();

    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>Determines whether bytes are those at the specified position.</summary>
    public static bool Matches(ReadOnlySpan<byte> bytes, long position)
    {
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> expected = Pattern.AsSpan((int)(position % Period));
            int count = Math.Min(bytes.Length, expected.Length);
            if (!bytes[..count].SequenceEqual(expected[..count]))
            {
                return false;
            }

            bytes = bytes[count..];
            position += count;
        }

        return true;
    }

    public override int Read(Span<byte> buffer)
    {
        int total = 0;
        while (total < buffer.Length && _position < length)
        {
            ReadOnlySpan<byte> source = Pattern.AsSpan((int)(_position % Period));
            int count = (int)Math.Min(Math.Min(buffer.Length - total, source.Length), length - _position);
            source[..count].CopyTo(buffer[total..]);
            total += count;
            _position += count;
        }

        return total;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static byte[] CreatePattern()
    {
        byte[] pattern = new byte[Period];
        new Random(1).NextBytes(pattern);
        return pattern;
    }
}

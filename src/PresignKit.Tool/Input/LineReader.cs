namespace PresignKit.Tool.Input;

/// <summary>Splits a stream into lines of bytes, in constant memory.</summary>
/// <param name="input">The stream.</param>
/// <param name="separator">The byte that ends a line.</param>
/// <param name="beforeWait">Called before each read, which may wait for more input.</param>
internal sealed class LineReader(Stream input, byte separator, Action beforeWait)
{
    private const int MaxLineLength = 1 << 20;

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Gets the number of the last line that was read. The number of the first line is 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line without its separator.</summary>
    /// <returns><c>false</c> at the end of the input. The last line does not need a separator.</returns>
    /// <exception cref="ToolException">The line is longer than 1 MiB.</exception>
    public bool TryRead(CancellationToken cancellationToken, out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(separator);
            if (length >= 0)
            {
                line = _buffer.AsSpan(_start, searched + length);
                _start += searched + length + 1;
                Number++;
                return true;
            }

            if (_isAtEnd)
            {
                line = _buffer.AsSpan(_start, _end - _start);
                _start = _end;
                Number += line.IsEmpty ? 0 : 1;
                return !line.IsEmpty;
            }

            searched = _end - _start;
            Fill(cancellationToken);
        }
    }

    private void Fill(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaxLineLength)
            {
                throw ToolException.Usage(FormattableString.Invariant($"line {Number + 1}: The line is longer than 1 MiB. Separate the keys with line feeds, or with NUL characters and --null."));
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        beforeWait();
        cancellationToken.ThrowIfCancellationRequested();
        int read = input.Read(_buffer, _end, _buffer.Length - _end);
        _isAtEnd = read == 0;
        _end += read;
    }
}

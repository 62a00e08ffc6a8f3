using System.Buffers;
using System.Buffers.Text;

namespace PresignKit;

/// <summary>A growable buffer whose memory comes from the shared array pool.</summary>
/// <remarks>
/// Written bytes are zeroed before the array is returned to the pool, because they might contain a session token or a customer's encryption key.
/// Do not copy the buffer, because two copies would return the same array to the pool twice. Pass the buffer by reference, or store it in a field that is not readonly.
/// </remarks>
internal struct ByteBuffer
{
    private byte[] _bytes;
    private int _length;

    public ByteBuffer(int capacity)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(capacity);
        _length = 0;
    }

    public readonly int Length => _length;

    public readonly Span<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Returns space for at least <paramref name="count"/> more bytes.</summary>
    /// <remarks>After writing to the span, call <see cref="Advance"/> with the number of bytes written.</remarks>
    public Span<byte> GetSpan(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Grow(count);
        }

        return _bytes.AsSpan(_length);
    }

    public void Advance(int count) => _length += count;

    public void Append(byte value)
    {
        GetSpan(1)[0] = value;
        _length++;
    }

    public void Append(ReadOnlySpan<byte> values)
    {
        values.CopyTo(GetSpan(values.Length));
        _length += values.Length;
    }

    /// <summary>Appends characters as UTF-8.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        Span<byte> destination = GetSpan(text.Length * Utf8.MaxBytesPerChar);
        int i = Platform.CopyAscii(text, destination);
        int written = i;
        while (i < text.Length)
        {
            written += Utf8.Write(Utf8.ReadScalar(text, ref i), destination[written..]);
        }

        _length += written;
    }

    /// <summary>Appends a number in decimal.</summary>
    public void Append(long value)
    {
        _ = Utf8Formatter.TryFormat(value, GetSpan(20), out int written);
        _length += written;
    }

    /// <summary>Appends bytes as lowercase hexadecimal digits.</summary>
    public void AppendHex(ReadOnlySpan<byte> values)
    {
        Platform.WriteHex(values, GetSpan(values.Length * 2));
        _length += values.Length * 2;
    }

    /// <summary>Appends the base64 encoding of everything written so far.</summary>
    public void AppendBase64OfWritten()
    {
        Span<byte> destination = GetSpan(Base64.GetMaxEncodedToUtf8Length(_length));
        _ = Base64.EncodeToUtf8(Written, destination, out _, out int written);
        _length += written;
    }

    /// <summary>Zeroes and removes everything after the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length)
    {
        _bytes.AsSpan(length, _length - length).Clear();
        _length = length;
    }

    public void Dispose()
    {
        byte[] bytes = _bytes;
        Written.Clear();
        this = default;
        if (bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Grow(int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + count, _bytes.Length * 2));
        Written.CopyTo(larger);
        Written.Clear();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

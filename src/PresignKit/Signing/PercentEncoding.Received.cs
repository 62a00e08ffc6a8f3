namespace PresignKit.Signing;

/// <content>The other direction: text of a URL that arrived, decoded and encoded again in our way, whatever way it was written in.</content>
internal static partial class PercentEncoding
{
    /// <summary>Decodes a path and encodes it again; <c>false</c> where it is no text of a URL.</summary>
    public static bool TryAppendReceivedPath(ref ByteBuffer buffer, ReadOnlySpan<char> raw)
    {
        int length = AppendUnreserved(ref buffer, raw, InPaths);
        return length == raw.Length || TryAppendReceivedForms(ref buffer, raw[length..], PathForms, plusIsSpace: false);
    }

    /// <summary>Cuts a name off the start of a query, up to its <c>=</c> or <c>&amp;</c>: decodes it, a <c>+</c> as the space that it is for every store and server, and encodes it again.
    /// <c>false</c> where it is no text of a URL.</summary>
    public static bool TryAppendReceivedName(ref ByteBuffer buffer, ref ReadOnlySpan<char> query) => TryAppendReceivedPart(ref buffer, ref query, end: '=');

    /// <summary>Cuts a value off the start of a query, up to its <c>&amp;</c>, like <see cref="TryAppendReceivedName"/>.</summary>
    public static bool TryAppendReceivedValue(ref ByteBuffer buffer, ref ReadOnlySpan<char> query) => TryAppendReceivedPart(ref buffer, ref query, end: '&');

    // What needs no other form ends most names and values, too: only the others have their end looked for.
    private static bool TryAppendReceivedPart(ref ByteBuffer buffer, ref ReadOnlySpan<char> query, char end)
    {
        query = query[AppendUnreserved(ref buffer, query, InComponents)..];
        if (query.IsEmpty || query[0] == end || query[0] == '&')
        {
            return true;
        }

        int length = query.IndexOfAny(end, '&');
        ReadOnlySpan<char> part = length < 0 ? query : query[..length];
        query = query[part.Length..];
        return TryAppendReceivedForms(ref buffer, part, ComponentForms, plusIsSpace: true);
    }

    private static bool TryAppendReceivedForms(ref ByteBuffer buffer, ReadOnlySpan<char> raw, uint[] forms, bool plusIsSpace)
    {
        Span<byte> destination = buffer.GetSpan(raw.Length * MaxEncodedBytesPerChar + FormSize);
        int written = 0;
        int i = 0;
        while (i < raw.Length)
        {
            char c = raw[i];
            if (c < 0x80 && forms[c] < 2 * LengthUnit)
            {
                // Most of them: what stays as it is.
                destination[written++] = (byte)c;
                i++;
                continue;
            }

            if (c is <= ' ' or (char)0x7F)
            {
                break;
            }

            if (c >= 0x80)
            {
                if (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < raw.Length && char.IsLowSurrogate(raw[i + 1])))
                {
                    break;
                }

                written += AppendScalar(destination[written..], Utf8.ReadScalar(raw, ref i), forms);
                continue;
            }

            int value = c == '+' && plusIsSpace ? ' ' : c;
            if (c == '%')
            {
                value = i + 2 < raw.Length ? HexValue(raw[i + 1]) << 4 | HexValue(raw[i + 2]) : -1;
                if (value < 0)
                {
                    break;
                }

                i += 2;
            }

            i++;
            written += AppendForm(destination, written, forms[value]);
        }

        // After a failure too: the buffer zeroes what it knows to be written.
        buffer.Advance(written);
        return i == raw.Length;
    }

    private static int AppendScalar(Span<byte> destination, int scalar, uint[] forms)
    {
        Span<byte> utf8 = stackalloc byte[4];
        int written = 0;
        foreach (byte b in utf8[..Utf8.Write(scalar, utf8)])
        {
            written += AppendForm(destination, written, forms[b]);
        }

        return written;
    }
}

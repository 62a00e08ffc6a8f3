namespace PresignKit.Signing;

/// <content>The other direction: text of a URL that arrived, decoded and encoded again in our way, whatever way it was written in.</content>
internal static partial class PercentEncoding
{
    /// <summary>Decodes a path and encodes it again; <c>false</c> where it is no text of a URL.</summary>
    public static bool TryAppendReceivedPath(ref ByteBuffer buffer, ReadOnlySpan<char> raw) =>
        TryAppendReceived(ref buffer, raw, InPaths, PathForms, plusIsSpace: false);

    /// <summary>Decodes a query name or value, in which a <c>+</c> is a space for every store and server, and encodes it again; <c>false</c> where it is no text of a URL.</summary>
    public static bool TryAppendReceivedComponent(ref ByteBuffer buffer, ReadOnlySpan<char> raw) =>
        TryAppendReceived(ref buffer, raw, InComponents, ComponentForms, plusIsSpace: true);

    /// <summary>The text of what this encoder wrote; <c>null</c> where its bytes are not UTF-8.</summary>
    public static string? Decode(ReadOnlySpan<byte> encoded)
    {
        int escape = encoded.IndexOf((byte)'%');
        if (escape < 0)
        {
            return Platform.AsciiToString(encoded);
        }

        ByteBuffer bytes = new(encoded.Length);
        try
        {
            for (; escape >= 0; escape = encoded.IndexOf((byte)'%'))
            {
                bytes.Append(encoded[..escape]);
                bytes.Append((byte)(HexValue((char)encoded[escape + 1]) << 4 | HexValue((char)encoded[escape + 2])));
                encoded = encoded[(escape + 3)..];
            }

            bytes.Append(encoded);
            return Utf8.ToText(bytes.Written);
        }
        finally
        {
            bytes.Dispose();
        }
    }

    /// <summary>Whether what this encoder wrote stands for UTF-8. Bytes of ASCII always do.</summary>
    public static bool IsText(ReadOnlySpan<byte> encoded)
    {
        for (ReadOnlySpan<byte> rest = encoded; rest.IndexOf((byte)'%') is >= 0 and int escape; rest = rest[(escape + 3)..])
        {
            if (rest[escape + 1] >= (byte)'8')
            {
                return Decode(encoded) is not null;
            }
        }

        return true;
    }

    /// <summary>The text of a query name or value as it stands in a URL; <c>null</c> where it has none.</summary>
    public static string? DecodeReceivedComponent(ReadOnlySpan<char> raw)
    {
        ByteBuffer encoded = new(raw.Length + 1);
        try
        {
            return TryAppendReceivedComponent(ref encoded, raw) ? Decode(encoded.Written) : null;
        }
        finally
        {
            encoded.Dispose();
        }
    }

    // Names and most values stay as they are, and a key begins so: that part is copied at once.
    private static bool TryAppendReceived(ref ByteBuffer buffer, ReadOnlySpan<char> raw, CharacterSet unreserved, uint[] forms, bool plusIsSpace)
    {
        int length = unreserved.LengthOfStart(raw);
        buffer.Append(raw[..length]);
        return length == raw.Length || TryAppendReceivedForms(ref buffer, raw[length..], forms, plusIsSpace);
    }

    private static bool TryAppendReceivedForms(ref ByteBuffer buffer, ReadOnlySpan<char> raw, uint[] forms, bool plusIsSpace)
    {
        Span<byte> destination = buffer.GetSpan(raw.Length * MaxEncodedBytesPerChar + FormSize);
        Span<byte> utf8 = stackalloc byte[4];
        int written = 0;
        int i = 0;
        while (i < raw.Length)
        {
            char c = raw[i];
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

                int length = Utf8.Write(Utf8.ReadScalar(raw, ref i), utf8);
                foreach (byte b in utf8[..length])
                {
                    written += AppendForm(destination, written, forms[b]);
                }

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

    private static int HexValue(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'A' and <= 'F' => digit - 'A' + 10,
        >= 'a' and <= 'f' => digit - 'a' + 10,
        _ => -1,
    };
}

namespace PresignKit.Signing;

/// <content>From encoded text to the text that it stands for.</content>
internal static partial class PercentEncoding
{
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

    /// <summary>Whether what this encoder wrote stands for UTF-8.</summary>
    public static bool IsText(ReadOnlySpan<byte> encoded) => IsAscii(encoded) || Decode(encoded) is not null;

    /// <summary>Whether what this encoder wrote stands for ASCII: then each part of it is text, wherever it is cut.</summary>
    public static bool IsAscii(ReadOnlySpan<byte> encoded)
    {
        for (ReadOnlySpan<byte> rest = encoded; rest.IndexOf((byte)'%') is >= 0 and int escape; rest = rest[(escape + 3)..])
        {
            if (rest[escape + 1] >= (byte)'8')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text of a query name or value as it stands in a URL, alone; <c>null</c> where it has none.</summary>
    public static string? DecodeReceivedComponent(ReadOnlySpan<char> raw)
    {
        ByteBuffer encoded = new(raw.Length + 1);
        try
        {
            return TryAppendReceivedValue(ref encoded, ref raw) ? Decode(encoded.Written) : null;
        }
        finally
        {
            encoded.Dispose();
        }
    }

    private static int HexValue(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'A' and <= 'F' => digit - 'A' + 10,
        >= 'a' and <= 'f' => digit - 'a' + 10,
        _ => -1,
    };
}

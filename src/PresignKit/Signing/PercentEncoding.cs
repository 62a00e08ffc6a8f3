namespace PresignKit.Signing;

/// <summary>
/// AWS's UriEncode: the unreserved characters of RFC 3986 (<c>A-Z a-z 0-9 - . _ ~</c>) stay, every other byte of the UTF-8
/// text becomes <c>%XX</c> with upper-case digits. The only encoder of this library: what is signed and what is emitted both come from here.
/// </summary>
internal static partial class PercentEncoding
{
    private const int MaxEncodedBytesPerScalar = 12;

    private static readonly bool[] Unreserved = CreateTable(keepSlash: false);
    private static readonly bool[] UnreservedAndSlash = CreateTable(keepSlash: true);

    /// <summary>Encodes a query name, a query value, or a part of the credential scope: <c>/</c> becomes <c>%2F</c>.</summary>
    public static void AppendComponent(ref ByteBuffer buffer, ReadOnlySpan<char> text) => Append(ref buffer, text, Unreserved);

    /// <summary>Encodes a path: <c>/</c> stays.</summary>
    public static void AppendPath(ref ByteBuffer buffer, ReadOnlySpan<char> text) => Append(ref buffer, text, UnreservedAndSlash);

    /// <summary>The encoded text of a query name or value.</summary>
    public static string Component(string text) => ToText(text, Unreserved);

    /// <summary>The encoded text of a path.</summary>
    public static string Path(string text) => ToText(text, UnreservedAndSlash);

    /// <summary>Encodes a path, and then what came out of it: every <c>%</c> becomes <c>%25</c>.</summary>
    public static void AppendPathTwice(ref ByteBuffer buffer, ReadOnlySpan<char> text)
    {
        ByteBuffer once = new(256);
        try
        {
            AppendPath(ref once, text);
            foreach (byte b in once.Written)
            {
                buffer.Append(b);
                if (b == (byte)'%')
                {
                    buffer.Append("25"u8);
                }
            }
        }
        finally
        {
            once.Dispose();
        }
    }

    /// <summary>Takes the second encoding of <see cref="AppendPathTwice"/> back in place, towards the end; returns where the path begins then.</summary>
    public static int UndoSecond(Span<byte> path)
    {
        int to = path.Length;
        for (int from = path.Length; from > 0;)
        {
            if (from >= 3 && path[from - 3] == (byte)'%' && path[from - 2] == (byte)'2' && path[from - 1] == (byte)'5')
            {
                path[--to] = (byte)'%';
                from -= 3;
            }
            else
            {
                path[--to] = path[--from];
            }
        }

        return to;
    }

    private static string ToText(string text, bool[] unreserved)
    {
        ByteBuffer buffer = new(256);
        try
        {
            Append(ref buffer, text.AsSpan(), unreserved);
            return Platform.AsciiToString(buffer.Written);
        }
        finally
        {
            buffer.Dispose();
        }
    }

    private static void Append(ref ByteBuffer buffer, ReadOnlySpan<char> text, bool[] unreserved)
    {
        Span<byte> destination = buffer.GetSpan(text.Length * 3);
        int written = 0;
        Span<byte> utf8 = stackalloc byte[4];
        for (int i = 0; i < text.Length;)
        {
            char c = text[i];
            if (c < unreserved.Length)
            {
                i++;
                if (unreserved[c])
                {
                    destination[written++] = (byte)c;
                }
                else
                {
                    AppendEncoded(destination, ref written, (byte)c);
                }

                continue;
            }

            int length = Utf8.Write(Utf8.ReadScalar(text, ref i), utf8);
            buffer.Advance(written);
            destination = buffer.GetSpan(MaxEncodedBytesPerScalar + (text.Length - i) * 3);
            written = 0;
            foreach (byte b in utf8[..length])
            {
                AppendEncoded(destination, ref written, b);
            }
        }

        buffer.Advance(written);
    }

    private static void AppendEncoded(Span<byte> destination, ref int written, byte value)
    {
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        destination[written] = (byte)'%';
        destination[written + 1] = digits[value >> 4];
        destination[written + 2] = digits[value & 15];
        written += 3;
    }

    private static bool[] CreateTable(bool keepSlash)
    {
        bool[] table = new bool[128];
        foreach (char c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        {
            table[c] = true;
        }

        table['/'] = keepSlash;
        return table;
    }
}

using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PresignKit;

/// <summary>Percent-encoding as AWS defines it (UriEncode).</summary>
/// <remarks>
/// The unreserved characters of RFC 3986 (<c>A-Z a-z 0-9 - . _ ~</c>) are not encoded, and every other UTF-8 byte becomes <c>%XX</c> with uppercase digits. This is the only
/// encoder in the library, so the signed form and the emitted form of a value cannot differ.
/// </remarks>
internal static class PercentEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    // A UTF-16 code unit becomes at most three bytes of UTF-8, and each byte at most three characters. A surrogate pair (two code units) becomes only four bytes of UTF-8.
    private const int MaxEncodedBytesPerChar = 9;

    // The encoded form of a byte is stored in one integer: its one or three characters in the low bytes, and the number of characters in the highest byte.
    //     'a'   0x01_00_00_61
    //     ' '   0x03_30_32_25   "%20", with the first character in the lowest byte
    private const int FormSize = sizeof(uint);
    private const uint LengthUnit = 0x0100_0000;

    private static readonly CharacterSet InComponents = new(Unreserved);
    private static readonly CharacterSet InPaths = new(Unreserved + "/");
    private static readonly uint[] ComponentForms = CreateForms(Unreserved);
    private static readonly uint[] PathForms = CreateForms(Unreserved + "/");

    /// <summary>Encodes a parameter name, a parameter value or a part of the credential scope, including <c>/</c>, which becomes <c>%2F</c>.</summary>
    public static void AppendComponent(ref ByteBuffer buffer, ReadOnlySpan<char> text) => Append(ref buffer, text, InComponents, ComponentForms);

    /// <summary>Encodes a path except for its slashes.</summary>
    public static void AppendPath(ref ByteBuffer buffer, ReadOnlySpan<char> text) => Append(ref buffer, text, InPaths, PathForms);

    /// <summary>Encodes <c>name=value</c>, or only the name if the value is <c>null</c>.</summary>
    public static void AppendParameter(ref ByteBuffer buffer, string name, string? value)
    {
        AppendComponent(ref buffer, name.AsSpan());
        if (value is not null)
        {
            buffer.Append((byte)'=');
            AppendComponent(ref buffer, value.AsSpan());
        }
    }

    /// <summary>Returns the encoded form of a parameter name or value.</summary>
    public static string Component(string text) => Encode(text, InComponents, ComponentForms);

    /// <summary>Returns the encoded form of a path.</summary>
    public static string Path(string text) => Encode(text, InPaths, PathForms);

    private static string Encode(string text, CharacterSet unreserved, uint[] forms)
    {
        ByteBuffer buffer = new(256);
        try
        {
            Append(ref buffer, text.AsSpan(), unreserved, forms);
            return Platform.AsciiToString(buffer.Written);
        }
        finally
        {
            buffer.Dispose();
        }
    }

    private static void Append(ref ByteBuffer buffer, ReadOnlySpan<char> text, CharacterSet unreserved, uint[] forms)
    {
        int length = AppendUnreserved(ref buffer, text, unreserved);
        if (length < text.Length)
        {
            AppendForms(ref buffer, text, length, forms);
        }
    }

    // Copies everything before the first character that must be encoded and returns the number of copied characters. In most cases, this is the entire string.
    private static int AppendUnreserved(ref ByteBuffer buffer, ReadOnlySpan<char> text, CharacterSet unreserved)
    {
        int length = unreserved.LengthOfRun(text);
        buffer.Append(text[..length]);
        return length;
    }

    private static void AppendForms(ref ByteBuffer buffer, ReadOnlySpan<char> text, int start, uint[] forms)
    {
        Span<byte> destination = buffer.GetSpan((text.Length - start) * MaxEncodedBytesPerChar);
        int written = AppendSingles(destination, text, ref start, forms);
        while (start < text.Length)
        {
            written += AppendPair(destination[written..], text, ref start, forms);
            written += AppendSingles(destination[written..], text, ref start, forms);
        }

        buffer.Advance(written);
    }

    // Encodes everything before the next surrogate. The method is not inlined, and its loop calls only inlined methods, so that the counters remain in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int AppendSingles(Span<byte> destination, ReadOnlySpan<char> text, ref int index, uint[] forms)
    {
        int written = 0;
        int i = index;
        for (; i < text.Length; i++)
        {
            uint scalar = text[i];
            if (scalar < 0x80)
            {
                written += AppendForm(destination, written, forms[scalar]);
            }
            else if (scalar < 0x800)
            {
                // A UTF-8 continuation byte contains six bits of the scalar value. All bytes of a non-ASCII character are percent-encoded.
                written += AppendForm(destination, written, forms[0xC0 | scalar / 64]);
                written += AppendForm(destination, written, forms[0x80 | scalar % 64]);
            }
            else if (char.IsSurrogate((char)scalar))
            {
                break;
            }
            else
            {
                written += AppendThreeForms(destination, written, forms[0xE0 | scalar / 4096], forms[0x80 | scalar / 64 % 64], forms[0x80 | scalar % 64]);
            }
        }

        index = i;
        return written;
    }

    private static int AppendPair(Span<byte> destination, ReadOnlySpan<char> text, ref int index, uint[] forms)
    {
        uint scalar = (uint)Utf8.ReadScalar(text, ref index);
        int written = AppendForm(destination, 0, forms[0xF0 | scalar / 262_144]);
        return written + AppendThreeForms(destination, written, forms[0x80 | scalar / 4096 % 64], forms[0x80 | scalar / 64 % 64], forms[0x80 | scalar % 64]);
    }

    // Always writes four bytes, which avoids a branch on the length. The next form overwrites the excess bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AppendForm(Span<byte> destination, int at, uint form)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination.Slice(at, FormSize), form);
        return (int)(form / LengthUnit);
    }

    // Writes three forms of three characters each, which is what most Chinese and Japanese characters require. Inlining is forced, because a JIT compiler that has profiled only
    // ASCII input would treat this code as cold.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AppendThreeForms(Span<byte> destination, int at, uint first, uint second, uint third)
    {
        Span<byte> nine = destination.Slice(at, 9);
        BinaryPrimitives.WriteUInt64LittleEndian(nine, first & 0xFF_FFFF | (ulong)(second & 0xFF_FFFF) << 24 | (ulong)third << 48);
        nine[8] = (byte)(third / 0x1_0000);
        return 9;
    }

    private static uint[] CreateForms(string unreserved)
    {
        uint[] forms = new uint[256];
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        for (int b = 0; b < forms.Length; b++)
        {
            forms[b] = unreserved.Contains((char)b)
                ? (uint)b | 1 * LengthUnit
                : '%' | (uint)digits[b / 16] << 8 | (uint)digits[b % 16] << 16 | 3 * LengthUnit;
        }

        return forms;
    }

    /// <summary>Encodes a path and then encodes the result again, so every <c>%</c> becomes <c>%25</c>.</summary>
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

    /// <summary>Undoes, in place, the second encoding that <see cref="AppendPathTwice"/> applied, and returns the index at which the shorter path starts.</summary>
    /// <remarks>The shorter path ends at the same index as the longer path.</remarks>
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

    /// <summary>Decodes the output of this encoder, or returns <c>null</c> if the decoded bytes are not valid UTF-8.</summary>
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

    /// <summary>Determines whether the output of this encoder decodes to valid UTF-8.</summary>
    public static bool IsText(ReadOnlySpan<byte> encoded) => IsAscii(encoded) || Decode(encoded) is not null;

    /// <summary>Determines whether the output of this encoder decodes to ASCII.</summary>
    /// <remarks>If it does, every name and value in the output decodes to valid UTF-8.</remarks>
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

    private static int HexValue(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'A' and <= 'F' => digit - 'A' + 10,
        >= 'a' and <= 'f' => digit - 'a' + 10,
        _ => -1,
    };

    /// <summary>Decodes the path of a received URL and encodes it again, so that each byte has exactly one encoded form.</summary>
    /// <returns><c>false</c> if an escape is malformed or a character is not valid in a URL.</returns>
    public static bool TryAppendReceivedPath(ref ByteBuffer buffer, ReadOnlySpan<char> raw)
    {
        int length = AppendUnreserved(ref buffer, raw, InPaths);
        return length == raw.Length || TryAppendReceivedForms(ref buffer, raw[length..], PathForms, plusIsSpace: false);
    }

    /// <summary>Removes a parameter name (everything before <c>=</c> or <c>&amp;</c>) from the start of a received query, decodes it and encodes it again.</summary>
    /// <remarks>Like every store and web server, this method decodes a <c>+</c> as a space.</remarks>
    /// <inheritdoc cref="TryAppendReceivedPath" path="/returns"/>
    public static bool TryAppendReceivedName(ref ByteBuffer buffer, ref ReadOnlySpan<char> query) => TryAppendReceivedPart(ref buffer, ref query, end: '=');

    /// <summary>Removes a parameter value (everything before <c>&amp;</c>) from the start of a received query, decodes it and encodes it again.</summary>
    /// <inheritdoc cref="TryAppendReceivedPath" path="/returns"/>
    public static bool TryAppendReceivedValue(ref ByteBuffer buffer, ref ReadOnlySpan<char> query) => TryAppendReceivedPart(ref buffer, ref query, end: '&');

    /// <summary>Decodes a single name or value from a received query, or returns <c>null</c> if it cannot be decoded.</summary>
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

    // Most names and values consist only of unreserved characters. The end of a name or value is searched for only if it contains other characters.
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
                // An unreserved character, which is the most common case.
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

        // This is necessary even after a failure, because the buffer zeroes only bytes that are marked as written.
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

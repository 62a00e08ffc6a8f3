namespace PresignKit;

/// <summary>A string with its escapes removed, and the position of each character in the original string.</summary>
/// <remarks>
/// Nested escapes are also removed: <c>%253D</c>, <c>\\u003D</c> and <c>&amp;amp;#61;</c> all become <c>=</c>. Escaped non-ASCII characters remain escaped because the
/// characters around a secret are ASCII.
/// </remarks>
internal sealed class UnescapedText
{
    /// <summary>A line break, including the next line's indentation and email quote markers (<c>&gt;</c>).</summary>
    public const char LineBreak = '\n';

    /// <summary>A line break that follows an <c>=</c>. In a quoted-printable email, neither the <c>=</c> nor the line break is part of the content.</summary>
    /// <remarks>Elsewhere, the <c>=</c> is ordinary content that happens to end the line, such as base64 padding.</remarks>
    public const char SoftBreak = '\v';

    /// <summary>The maximum depth of nested escapes, which also limits the number of passes over the string.</summary>
    private const int MaxDepth = 8;

    private static readonly KeyValuePair<string, char>[] Entities =
    [
        new("amp", '&'), new("quot", '"'), new("apos", '\''), new("lt", '<'), new("gt", '>'), new("nbsp", ' '), new("equals", '='), new("plus", '+'), new("colon", ':'), new("sol", '/'), new("percnt", '%'),
    ];

    private static readonly char[] Escapes = ['%', '\\', '&', '\u001B'];

    private readonly string _original;
    private readonly char[] _characters;
    private readonly int[] _starts;

    public UnescapedText(string original)
    {
        _original = original;
        _characters = new char[original.Length];
        _starts = new int[original.Length + 1];
        ReadLines();
        for (int depth = 0; depth < MaxDepth && RemoveEscapes(); depth++)
        {
        }
    }

    /// <summary>Gets the number of characters.</summary>
    public int Length { get; private set; }

    /// <summary>Gets the character at the specified index, or NUL if the index is out of range.</summary>
    public char this[int index] => (uint)index < (uint)Length ? _characters[index] : '\0';

    /// <summary>Returns the position in the original string at which a character starts, or the length of the original string if the index is past the end.</summary>
    public int StartOf(int index) => _starts[Math.Min(index, Length)];

    /// <summary>Returns the part of the original string that represents the character at the specified index, which must be in range.</summary>
    public ReadOnlySpan<char> OriginalOf(int index) => _original.AsSpan(_starts[index], _starts[index + 1] - _starts[index]);

    public bool IsBreak(int index) => this[index] is LineBreak or SoftBreak or '\r';

    // The methods below modify the arrays in place. This is safe because neither a character nor an escape ever expands to more than one character.
    private void ReadLines()
    {
        for (int at = 0; at < _original.Length;)
        {
            char c = _original[at];
            int start = at;
            at++;
            if (c is '=' or '\r' or '\n' or SoftBreak)
            {
                int lineEnd = EndOfLine(c == '=' ? at : start);
                int sign = c == '=' ? EndOfQuotedSign(at) : -1;
                at = lineEnd > 0 ? lineEnd : sign > 0 ? sign : at;
                c = lineEnd > 0 ? c == '=' ? SoftBreak : LineBreak : c == SoftBreak ? ' ' : c;
            }

            Write(c, start);
        }

        _starts[Length] = _original.Length;
    }

    // Returns the index after the '3D' in '=3D', or -1 if there is none. A soft line break can separate the '=' from the '3D'.
    private int EndOfQuotedSign(int at)
    {
        int digits = at < _original.Length && _original[at] == '=' ? EndOfLine(at + 1) : at;
        return digits > 0 && string.CompareOrdinal(_original, digits, "3D", 0, 2) == 0 ? digits + 2 : -1;
    }

    // Returns the index after a line break and the indentation that follows it, or -1 if there is no line break.
    private int EndOfLine(int at)
    {
        if (at < _original.Length && _original[at] == '\r')
        {
            at++;
        }
        else if (at >= _original.Length || _original[at] != '\n')
        {
            return -1;
        }

        if (at < _original.Length && _original[at] == '\n')
        {
            at++;
        }

        while (at < _original.Length && _original[at] is ' ' or '\t' or '>')
        {
            at++;
        }

        return at;
    }

    private bool RemoveEscapes()
    {
        int count = Length;
        Length = 0;
        for (int at = 0; at < count;)
        {
            int length = _characters.AsSpan(at, count - at).IndexOfAny(Escapes.AsSpan()) is >= 0 and int next ? next : count - at;
            if (Length < at)
            {
                Array.Copy(_characters, at, _characters, Length, length);
                Array.Copy(_starts, at, _starts, Length, length);
            }

            at += length;
            Length += length;
            if (at < count)
            {
                int start = _starts[at];
                char c = _characters[at];
                int end = c switch
                {
                    '%' => EndOfPercent(at, count, ref c),
                    '\\' => EndOfBackslash(at, count, ref c),
                    '&' => EndOfEntity(at, count, ref c),
                    _ => EndOfControlSequence(at, count, ref c),
                };
                at = end < 0 ? at + 1 : end;
                Write(end >= 0 && c == SoftBreak ? ' ' : c, start);
            }
        }

        _starts[Length] = _original.Length;
        return Length < count;
    }

    private void Write(char c, int start)
    {
        _characters[Length] = c;
        _starts[Length++] = start;
    }

    // %XX, which can contain line breaks, and %uXXXX
    private int EndOfPercent(int at, int count, ref char c)
    {
        if (at + 1 < count && _characters[at + 1] == 'u')
        {
            return EndOfCode(at + 2, digits: 4, count, ref c);
        }

        int value = 0;
        at++;
        for (int digits = 0; digits < 2; digits++, at++)
        {
            while (at < count && _characters[at] is LineBreak or SoftBreak)
            {
                at++;
            }

            if (at >= count || !Uri.IsHexDigit(_characters[at]))
            {
                return -1;
            }

            value = value * 16 + Uri.FromHex(_characters[at]);
        }

        return IsAscii(value, ref c) ? at : -1;
    }

    // \uXXXX, \xXX, \n, \r, \t, and a backslash before a punctuation mark or a line break
    private int EndOfBackslash(int at, int count, ref char c)
    {
        if (at + 1 >= count)
        {
            return -1;
        }

        char next = _characters[at + 1];
        if (next is 'u' or 'x')
        {
            return EndOfCode(at + 2, digits: next == 'u' ? 4 : 2, count, ref c);
        }

        char meaning = next switch
        {
            'n' => LineBreak,
            'r' => '\r',
            't' => '\t',
            _ => next,
        };
        if (meaning == next && !(next is LineBreak or (> ' ' and < '0') or (> '9' and < 'A') or (> 'Z' and < 'a') or (> 'z' and < (char)0x7F)))
        {
            return -1;
        }

        c = meaning;
        return at + 2;
    }

    private int EndOfCode(int at, int digits, int count, ref char c)
    {
        int end = at + digits;
        int value = 0;
        for (; at < end; at++)
        {
            if (at >= count || !Uri.IsHexDigit(_characters[at]))
            {
                return -1;
            }

            value = value * 16 + Uri.FromHex(_characters[at]);
        }

        return IsAscii(value, ref c) ? end : -1;
    }

    // &name; &#61; &#x3D;
    private int EndOfEntity(int at, int count, ref char c)
    {
        const int Longest = 10;
        int end = at + 1;
        while (end < count && end - at < Longest && _characters[end] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '#')
        {
            end++;
        }

        if (end >= count || _characters[end] != ';')
        {
            return -1;
        }

        ReadOnlySpan<char> name = _characters.AsSpan(at + 1, end - at - 1);
        foreach (KeyValuePair<string, char> entity in Entities)
        {
            if (name.Equals(entity.Key.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                c = entity.Value;
                return end + 1;
            }
        }

        bool isHex = name.Length > 2 && name[0] == '#' && name[1] is 'x' or 'X';
        if (name.Length < 2 || name[0] != '#')
        {
            return -1;
        }

        int value = 0;
        foreach (char digit in name[(isHex ? 2 : 1)..])
        {
            if (!Uri.IsHexDigit(digit) || (!isHex && digit > '9'))
            {
                return -1;
            }

            value = Math.Min(value * (isHex ? 16 : 10) + Uri.FromHex(digit), 0x80);
        }

        return IsAscii(value, ref c) ? end + 1 : -1;
    }

    // A terminal control sequence, such as ESC [ 3 3 m, is replaced with a space because it is not part of a word. Its parameters can have any length: ESC [ 38;2;206;145;120 m
    private int EndOfControlSequence(int at, int count, ref char c)
    {
        int end = at + 2;
        char kind = at + 1 < count ? _characters[at + 1] : '\0';
        while (kind == '[' && end < count && _characters[end] is >= ' ' and <= '?')
        {
            end++;
        }

        // ESC ( B selects a character set, and 'tput sgr0' prints it after each color.
        if (kind is not ('[' or '(') || end >= count || _characters[end] is not (>= '@' and <= '~'))
        {
            return -1;
        }

        c = ' ';
        return end + 1;
    }

    private static bool IsAscii(int value, ref char c)
    {
        if (value >= 0x80)
        {
            return false;
        }

        c = (char)value;
        return true;
    }
}

using System.Text;

namespace PresignKit;

/// <summary>
/// Masks secrets in presigned URLs, forms and headers within arbitrary text by locating each secret's name, separator and value.
/// <code>
/// { "name": "X-Amz-Signature", "value": "0f3c…" }
///            └── name ──────┘└ separator ┘└ value
/// </code>
/// </summary>
/// <remarks>
/// The three parts are located in the unescaped text, and the value is masked in the original text. The running time is linear because each character is read a bounded number of
/// times.
/// </remarks>
internal sealed class Redaction
{
    private const string Mask = "***";
    private const int MaxRounds = 8;
    private const int SignatureDigits = 64;

    private readonly string _original;
    private readonly UnescapedText _text;

    private Redaction(string original)
    {
        _original = original;
        _text = new UnescapedText(original);
    }

    /// <summary>Replaces each secret in a string with <c>***</c>.</summary>
    public static string Apply(string text)
    {
        // Masking one value can expose the name of another secret, so the string is masked again until nothing changes. The second pass is usually the last.
        string redacted = text;
        string? before = null;
        for (int round = 0; round < MaxRounds && before != redacted; round++)
        {
            before = redacted;
            redacted = new Redaction(before).Run();
        }

        return redacted;
    }

    private string Run()
    {
        StringBuilder? redacted = null;
        int kept = 0;
        for (int i = 0; i < _text.Length;)
        {
            if (!SecretName.TryFind(_text, i, out SecretName name))
            {
                i++;
                continue;
            }

            i = name.End;
            bool isRead = SecretSeparator.TryRead(_text, name, out SecretSeparator separator);
            if (isRead && _text[separator.End] == Mask[0])
            {
                continue;
            }

            if (!isRead || !IsSecret(name, separator))
            {
                if (!SecretSeparator.TryReadBefore(_text, name, out separator) || _text.StartOf(separator.End) < kept || !IsSecret(name, separator))
                {
                    continue;
                }
            }

            int end = EndOfValue(name, separator.End, separator.Quote);
            int from = StartInOriginal(separator.End);
            (redacted ??= new StringBuilder(_original.Length)).Append(_original, kept, from - kept).Append(Mask);
            kept = EndInOriginal(end);
            i = Math.Max(i, end);
        }

        return redacted is null ? _original : redacted.Append(_original, kept, _original.Length - kept).ToString();
    }

    // Outside a quoted-printable email, the '3D' in '=3D' is the start of the value, so it is masked too.
    private int StartInOriginal(int value) =>
        _text.StartOf(value) - (_text[value - 1] == '=' && _text.OriginalOf(value - 1).SequenceEqual("=3D".AsSpan()) ? 2 : 0);

    // Outside a quoted-printable email, the '=' before a line break is the last character of the value, so it is masked too.
    private int EndInOriginal(int end) => _text.StartOf(end) + (_text[end] == UnescapedText.SoftBreak ? 1 : 0);

    // The less certain the name and the separator are, the more the value must look like a secret.
    private bool IsSecret(in SecretName name, in SecretSeparator separator)
    {
        int value = separator.End;
        bool isEmpty = value >= _text.Length || char.IsWhiteSpace(_text[value]) || (separator.Quote < 0 && EndsUnquoted(_text[value]));
        if (isEmpty || _text[value] == Mask[0])
        {
            return false;
        }

        bool isCertain = name.Certainty switch
        {
            NameCertainty.Certain => separator.Kind != SeparatorKind.Weak,
            NameCertainty.Word => separator.Kind is SeparatorKind.Field or SeparatorKind.Equals,
            NameCertainty.CommonWord => separator.Kind == SeparatorKind.Field || (separator.Kind == SeparatorKind.Equals && StartsParameter(name.Start)),
            _ => false,
        };
        return isCertain || LooksSecret(name.Kind, value);
    }

    // Determines whether a name is in a typical position for a query or form parameter: at the start of a line or after a delimiter.
    private bool StartsParameter(int name) => name == 0 || _text[name - 1] is '?' or '&' or '"' or '\'' or '{' or '[' or '(' or ',' || _text.IsBreak(name - 1);

    private int EndOfValue(in SecretName name, int start, int quote)
    {
        // HMAC-SHA-256 signatures are the only secrets with a known length. Once the signature is complete, the next line is usually not part of the value.
        SecretKind kind = name.Kind;
        bool isHex = kind == SecretKind.Signature && !StartsWith(name.Start, "x-goog-");
        int length = 0;
        for (int at = start; at < _text.Length; at++)
        {
            if (_text.IsBreak(at))
            {
                int next = Continuation(at, isHex ? length : 0);
                if (next < 0)
                {
                    return at;
                }

                at = next;
            }

            char c = _text[at];
            bool ends = quote >= 0 ? c == _text[quote] && _text.OriginalOf(at).Length <= _text.OriginalOf(quote).Length
                : kind == SecretKind.RequestBytes ? c == '<'
                : EndsUnquoted(c);
            if (ends || (kind == SecretKind.Credential && IsScope(at)))
            {
                return at;
            }

            isHex &= IsHex(c);
            length++;
        }

        return _text.Length;
    }

    // Returns the index at which a value continues after a line break, or -1 if the next line is not part of the value (the usual case).
    private int Continuation(int lineBreak, int hexDigits)
    {
        int start = lineBreak, lines = 0;
        for (; _text.IsBreak(start); start++)
        {
            lines += _text[start] == '\r' ? 0 : 1;
        }

        bool isBoundary = _text[start] == '-' && _text[start + 1] == '-';
        if (lines > 1 || isBoundary || _text[lineBreak - 1] == '=')
        {
            return -1;
        }

        int digits = 0;
        while (hexDigits > 0 && digits < SignatureDigits && IsHex(_text[start + digits]))
        {
            digits++;
        }

        if (hexDigits < SignatureDigits && digits > 0 && (hexDigits + digits == SignatureDigits || (hexDigits + digits < SignatureDigits && EndsLine(start + digits))))
        {
            return start;
        }

        ValueShape shape = ValueShape.Of(_text, start);
        char after = _text[shape.End];
        bool continues = hexDigits >= SignatureDigits ? digits >= 16 && (after == '&' || IsAsLongAsLine(shape, lineBreak))
            : _text[lineBreak] == UnescapedText.SoftBreak ? after != ':' && (shape.IsMixed || IsAsLongAsLine(shape, lineBreak))
            : after is '&' or '"' or '\'' or '<' or '#' ? shape.IsMixed
            : EndsLine(shape.End) ? shape is { IsRandom: true, Alphanumerics: >= 8 } || IsAsLongAsLine(shape, lineBreak)
            : after is ',' or ';' or '}' or ']' or ')' && shape is { IsRandom: true, Alphanumerics: >= 8 };
        return continues ? start : -1;
    }

    // Wrapping produces lines of equal length, except for the last line.
    private bool IsAsLongAsLine(in ValueShape shape, int lineBreak)
    {
        int length = _text.StartOf(shape.End) - _text.StartOf(shape.Start);
        int line = lineBreak;
        while (line > 0 && _text.StartOf(lineBreak) - _text.StartOf(line) <= length && !_text.IsBreak(line - 1))
        {
            line--;
        }

        return length >= 16 && _text.StartOf(lineBreak) - _text.StartOf(line) == length;
    }

    private bool EndsLine(int at) => at >= _text.Length || _text.IsBreak(at);

    private bool LooksSecret(SecretKind kind, int start)
    {
        const int MaxLength = 200;
        ValueShape shape = ValueShape.Of(_text, start, MaxLength);
        bool isLong = shape.Alphanumerics >= 16;

        // Parameter and algorithm names are excluded because they look as random as secrets.
        return kind switch
        {
            SecretKind.Policy => isLong && !shape.HasHyphen && _text[start] == 'e' && _text[start + 1] is (>= 'w' and <= 'z') or (>= '0' and <= '9') or '+' or '/',
            SecretKind.Credential when HasScope(start, shape.End) => true,
            _ => isLong && shape.IsRandom && !StartsWith(start, "x-") && !StartsWith(start, "aws4-") && !StartsWith(start, "streaming-"),
        };
    }

    private bool HasScope(int start, int end)
    {
        while (start < end && !IsScope(start))
        {
            start++;
        }

        return start < end;
    }

    private bool StartsWith(int start, string lowercase)
    {
        int length = 0;
        while (length < lowercase.Length && char.ToLowerInvariant(_text[start + length]) == lowercase[length])
        {
            length++;
        }

        return length == lowercase.Length;
    }

    // Determines whether the character at an index is the slash before a credential's date: /yyyyMMdd
    private bool IsScope(int at)
    {
        if (_text[at] != '/')
        {
            return false;
        }

        for (int digits = 0; digits < 8; digits++)
        {
            at += _text.IsBreak(at + 1) ? 2 : 1;
            if (_text[at] is < '0' or > '9')
            {
                return false;
            }
        }

        return true;
    }

    private static bool EndsUnquoted(char c) =>
        c is '&' or '"' or '\'' or '`' or '<' or '>' or '#' or ',' or ';' or '|' or ')' or ']' or '}' or '”' or '’' || char.IsWhiteSpace(c) || char.IsControl(c);

    private static bool IsHex(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
}

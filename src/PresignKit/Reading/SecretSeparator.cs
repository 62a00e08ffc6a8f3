namespace PresignKit;

/// <summary>The kind of separator between a name and its value.</summary>
internal enum SeparatorKind
{
    /// <summary>Spaces, commas, line breaks or tags. The next word is not necessarily the value.</summary>
    Weak,

    /// <summary>A colon or an arrow. Both also occur in sentences and source code.</summary>
    Colon,

    /// <summary>An equals sign.</summary>
    Equals,

    /// <summary>A syntax that allows only a value after the name, such as JSON, XML, an attribute or a part of a multipart form.</summary>
    Field,
}

/// <summary>The characters between a name and its value.</summary>
/// <remarks>A separator is any run of quotation marks, brackets, commas, line breaks, tags and the word <c>value</c>. It contains at most one colon, equals sign or
/// arrow.</remarks>
/// <param name="Kind">The kind of separator.</param>
/// <param name="End">The index at which the value starts.</param>
/// <param name="Quote">The index of the quotation mark before the value, or -1.</param>
internal readonly record struct SecretSeparator(SeparatorKind Kind, int End, int Quote)
{
    private const int MaxLength = 300;
    private const int MaxTag = 100;
    private const int MaxAttributes = 16;
    private const string SignCharacters = " =:\"'";

    private static readonly string[] BooleanAttributes = ["hidden", "readonly", "disabled", "required", "autofocus"];

    /// <summary>Reads the separator after a name.</summary>
    /// <returns><c>false</c> if the name is not followed by a value.</returns>
    public static bool TryRead(UnescapedText text, in SecretName name, out SecretSeparator separator)
    {
        Reader reader = new(text, name);
        return reader.TryRead(out separator);
    }

    /// <summary>Reads a value that precedes its name, as in <c>value="…" name="policy"</c>. Other attributes can be between the two.</summary>
    /// <returns><c>false</c> if no value precedes the name.</returns>
    public static bool TryReadBefore(UnescapedText text, in SecretName name, out SecretSeparator separator) => new Reader(text, name).TryReadBefore(out separator);

    private ref struct Reader
    {
        private readonly UnescapedText _text;
        private readonly SecretName _name;
        private readonly int _limit;
        private readonly bool _isQuoted;
        private readonly bool _isElement;
        private readonly bool _isValueOfName;
        private readonly bool _isPart;
        private readonly int _quotesAfterName;
        private int _at;

        public Reader(UnescapedText text, in SecretName name)
        {
            _text = text;
            _name = name;
            _at = name.End;
            _limit = Math.Min(text.Length, name.End + MaxLength);
            char before = text[name.Start - 1];
            _isQuoted = before is '"' or '\'' or '`';
            _isElement = before == '<';
            ReadLabel(_isQuoted ? name.Start - 2 : name.Start - 1, out _isValueOfName, out _isPart);
            while (IsQuote(_at + _quotesAfterName) && text[_at + _quotesAfterName] == text[_at])
            {
                _quotesAfterName++;
            }
        }

        public bool TryRead(out SecretSeparator separator)
        {
            separator = default;
            if (_text[_name.Start - 1] == '/' && _text[_name.Start - 2] == '<')
            {
                return false;
            }

            bool hasComma = false, hasBreak = false, isPartHeader = false;
            int attributes = 0;
            for (; _at < _limit; _at++)
            {
                char c = _text[_at];
                if (isPartHeader && !_text.IsBreak(_at))
                {
                    continue;
                }

                if (c is '=' or ':' or UnescapedText.SoftBreak && !(c is ':' or UnescapedText.SoftBreak && _text[_at + 1] == '='))
                {
                    return TryReadAfterSign(c, out separator);
                }

                if (c == '>' && (_isElement || _isValueOfName))
                {
                    _at++;
                    return TryReadValue(_name.Certainty == NameCertainty.CommonWord ? SeparatorKind.Colon : SeparatorKind.Field, out separator);
                }

                if (_text.IsBreak(_at))
                {
                    // Content-Type: text/plain, in a part of a multipart form
                    hasBreak = true;
                    isPartHeader = _isPart && EndsWith(_at + "content-".Length, "content-");
                }
                else if (!TrySkip(c) && !TrySkipWord() && !(_isValueOfName && attributes++ < MaxAttributes && TrySkipAttribute()))
                {
                    // In a list of names, such as 'host;x-amz-security-token', the names are not followed by values.
                    separator = At(_isPart && hasBreak ? SeparatorKind.Field : IsPair(hasComma && !hasBreak) ? SeparatorKind.Colon : SeparatorKind.Weak);
                    return _at > _name.End && !(separator.Kind == SeparatorKind.Weak && _text[_name.Start - 1] == ';');
                }

                hasComma |= c == ',';
            }

            return false;
        }

        // The total running time remains linear: a limited number of attributes is read, and each of them ends where the previous one starts.
        public readonly bool TryReadBefore(out SecretSeparator separator)
        {
            separator = default;
            if (!_isValueOfName)
            {
                return false;
            }

            // Skips the delimiter directly before the name, which is a quotation mark, an equals sign, a colon or a space.
            int label = SkipBack(_name.Start - 2, SignCharacters);
            int at = BeforeName(EndsWith(label, "name") ? label - "name".Length : label - "key".Length);
            for (int attributes = 0; attributes < MaxAttributes; attributes++)
            {
                at = SkipBack(at, " \t\r\n,");
                bool isQuoted = _text[at] is '"' or '\'';
                if (!isQuoted && LengthOfBooleanAttribute(at) is > 0 and int length)
                {
                    at -= length;
                    continue;
                }

                int value = isQuoted ? OpeningQuote(at) + 1 : StartOfUnquotedValue(at);
                if (!isQuoted && (value > at || _text[SkipBack(value - 1, " \"")] is not ('=' or ':')))
                {
                    return false;
                }

                label = SkipBack(value - 1, SignCharacters);
                if (EndsWith(label, "value"))
                {
                    separator = new SecretSeparator(SeparatorKind.Field, value, isQuoted ? value - 1 : -1);
                    return true;
                }

                at = label;
                while (IsPartOfAttributeName(_text[at]))
                {
                    at--;
                }

                at = BeforeName(at);
            }

            return false;
        }

        // The quotation mark before a name starts the name in '"type": "hidden"', but it ends the previous value in 'value="…"type="hidden"'.
        private readonly int BeforeName(int at) => IsQuote(at) && !IsPartOfValue(_text[at - 1]) ? at - 1 : at;

        // The length of the attribute that ends at an index, such as 'hidden', or 0
        private readonly int LengthOfBooleanAttribute(int end)
        {
            foreach (string attribute in BooleanAttributes)
            {
                if (EndsWith(end, attribute) && (char.IsWhiteSpace(_text[end - attribute.Length]) || IsQuote(end - attribute.Length)))
                {
                    return attribute.Length;
                }
            }

            return 0;
        }

        // Outside of quotation marks, an '=' that another character follows separates a name from a value, and any other is base64 padding.
        private readonly int StartOfUnquotedValue(int at)
        {
            while (IsPartOfValue(_text[at]) && !(_text[at] == '=' && _text[at + 1] != '=' && IsPartOfValue(_text[at + 1])))
            {
                at--;
            }

            return at + 1;
        }

        private readonly int OpeningQuote(int closing)
        {
            int quote = closing - 1;
            while (quote > 0 && !(_text[quote] == _text[closing] && _text.OriginalOf(quote).Length <= _text.OriginalOf(closing).Length))
            {
                quote--;
            }

            return quote;
        }

        private readonly int SkipBack(int at, string characters)
        {
            int end = at - MaxTag;
            while (at > end && characters.Contains(_text[at]))
            {
                at--;
            }

            return at;
        }

        // [name, value], ("name", "value") and {"name", "value"}, but not ["name", "another-name"]
        private readonly bool IsPair(bool hasComma) =>
            hasComma && _text[_isQuoted ? _name.Start - 2 : _name.Start - 1] is '[' or '(' or '{' && !((_text[_at] | 0x20) == 'x' && _text[_at + 1] == '-');

        private bool TryReadAfterSign(char sign, out SecretSeparator separator)
        {
            bool isArrow = _text[_at + 1] == '>';
            bool isField = _isValueOfName || _isElement || _isQuoted || (isArrow && _text[_name.End] == ']');
            _at += isArrow ? 2 : 1;
            SeparatorKind kind = sign == UnescapedText.SoftBreak ? SeparatorKind.Weak
                : isField ? SeparatorKind.Field
                : sign == ':' || isArrow ? SeparatorKind.Colon
                : SeparatorKind.Equals;
            bool isRead = TryReadValue(kind, out separator);
            if (kind == SeparatorKind.Field && separator.Quote < 0 && _isQuoted && !_isValueOfName)
            {
                // "policy": exponential
                separator = separator with { Kind = SeparatorKind.Colon };
            }

            return isRead;
        }

        // Skips spaces, brackets, the value's opening quotation mark, and the scheme in an Authorization header. After a line break or a tag, the next word is not necessarily
        // the value, so the kind becomes Weak.
        private bool TryReadValue(SeparatorKind kind, out SecretSeparator separator)
        {
            for (; _at < _limit; _at++)
            {
                char c = _text[_at];
                if (IsQuote(_at))
                {
                    return TryReadQuotes(kind, out separator);
                }

                bool isDoubtful = _text.IsBreak(_at) || (c == '<' && !_isElement);
                kind = isDoubtful ? SeparatorKind.Weak : kind;
                bool isBlock = c is '|' or '>' && (_text.IsBreak(_at + 1) || (_text[_at + 1] is '-' or '+' && _text.IsBreak(_at + 2)));
                if (isBlock)
                {
                    // A YAML block: token: >-
                    _at += _text.IsBreak(_at + 1) ? 0 : 1;
                }
                else if (c is ',' or '|' or ')' or '-' or ':' || (c == '<' && _isElement) || (!TrySkip(c) && !TrySkipConstructor()))
                {
                    break;
                }
            }

            SkipScheme();

            separator = At(kind);
            return _at < _limit;
        }

        // Two identical quotation marks represent an empty value unless two quotation marks also follow the name, as in CSV. Different quotation marks indicate a string
        // within a string.
        private bool TryReadQuotes(SeparatorKind kind, out SecretSeparator separator)
        {
            separator = default;
            int same = 1;
            while (_at + 1 < _limit && IsQuote(_at + 1))
            {
                bool isSame = _text[_at + 1] == _text[_at] && _text.OriginalOf(_at + 1).Length == _text.OriginalOf(_at).Length;
                same = isSame ? same + 1 : 1;
                if (same > Math.Max(1, _quotesAfterName))
                {
                    return false;
                }

                _at++;
            }

            _at++;
            SkipScheme();
            separator = At(kind);
            return true;
        }

        // The quotation marks “ and ‘ have different closing characters, so a value that starts with one of them ends where an unquoted value would end.
        private readonly SecretSeparator At(SeparatorKind kind) => new(kind, _at, _text[_at - 1] is '"' or '\'' or '`' ? _at - 1 : -1);

        private bool TrySkip(char c)
        {
            int length = c switch
            {
                '"' or '\'' or '`' or '“' or '”' or '‘' or '’' or ',' or '|' or '[' or ']' or '(' or ')' or '\\' or '→' => 1,
                '-' when _text[_at + 1] == '>' => 2,
                ':' when _text[_at + 1] == '=' => 1,
                '*' when _text[_at + 1] == '*' && _text[_at + 2] != '*' => 2,
                '+' when !IsPartOfValue(_text[_at + 1]) => 1,
                '<' => TagLength(),
                'b' or 'u' or 'r' or 'L' or 'N' or '@' or '$' when StartsString() => 1,
                _ => char.IsWhiteSpace(c) ? 1 : 0,
            };
            _at += Math.Max(length - 1, 0);
            return length > 0;
        }

        // u'…', b"…", @"…"
        private readonly bool StartsString() => _text[_at + 1] == '\'' || (_text[_at + 1] == '"' && (char.IsWhiteSpace(_text[_at - 1]) || _text[_at - 1] is '[' or '(' or ','));

        // Some("…"), HeaderValue("…")
        private bool TrySkipConstructor()
        {
            int end = Math.Min(_limit, _at + MaxTag);
            int at = _at;
            while (at < end && _text[at] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '.' or ':')
            {
                at++;
            }

            bool isConstructor = at > _at && _text[at] == '(' && IsQuote(at + 1);
            _at = isConstructor ? at : _at;
            return isConstructor;
        }

        // Authorization: AWS AKIA…:…, Authorization: Bearer …
        private void SkipScheme()
        {
            int at = _at;
            while (_name.Kind == SecretKind.Authorization && at < _limit && IsPartOfValue(_text[at]))
            {
                at++;
            }

            _at = at > _at && _text[at] == ' ' ? at + 1 : _at;
        }

        private readonly bool IsQuote(int at) => _text[at] is '"' or '\'' or '`' or '“' or '‘';

        private static bool IsPartOfValue(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '+' or '/' or '=' or '-' or '_';

        private readonly int TagLength()
        {
            int length = _text[_at + 1] == '/' ? 2 : 1;
            if ((_text[_at + length] | 0x20) is < 'a' or > 'z')
            {
                return 0;
            }

            while (length < MaxTag && _text[_at + length] is not ('<' or '>' or '\0'))
            {
                length++;
            }

            return _text[_at + length] == '>' ? length + 1 : 0;
        }

        // "value": …, and 'the signature is …'
        private bool TrySkipWord() => TrySkipWord("value") || TrySkipWord("is") || TrySkipWord("was");

        private bool TrySkipWord(string word)
        {
            int last = _at + word.Length - 1;
            bool isWord = EndsWith(last, word) && (_text[last + 1] == '=' || !IsPartOfValue(_text[last + 1]));
            _at = isWord ? last : _at;
            return isWord;
        }

        // type="hidden" between the name and the value
        private bool TrySkipAttribute()
        {
            int end = Math.Min(_limit, _at + MaxTag);
            int at = _at;
            while (at < end && IsPartOfAttributeName(_text[at]))
            {
                at++;
            }

            int sign = at;
            while (sign < end && _text[sign] is '"' or '\'' or ' ')
            {
                sign++;
            }

            if (at == _at || _text[sign] is not ('=' or ':'))
            {
                // 'hidden' in 'name="policy" hidden value="…"'
                foreach (string attribute in BooleanAttributes)
                {
                    if (TrySkipWord(attribute))
                    {
                        return true;
                    }
                }

                return false;
            }

            at = sign + 1;
            while (at < end && _text[at] == ' ')
            {
                at++;
            }

            char quote = _text[at];
            bool isQuoted = quote is '"' or '\'';
            do
            {
                at++;
            }
            while (at < end && (isQuoted ? _text[at] != quote : !EndsUnquotedAttribute(_text[at])));

            if (at >= end)
            {
                return false;
            }

            // The caller skips the closing quotation mark or reads the delimiter.
            _at = at - 1;
            return true;
        }

        private static bool IsPartOfAttributeName(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_';

        private static bool EndsUnquotedAttribute(char c) => char.IsWhiteSpace(c) || c is UnescapedText.SoftBreak or ',' or '>' or '}';

        // name="…", "key": "…", Key = …, and in a part of a multipart form: form-data; name="…"
        private readonly void ReadLabel(int at, out bool isValueOfName, out bool isPart)
        {
            const int MaxSkipped = 4;
            isPart = isValueOfName = false;
            int end = at - MaxSkipped;
            while (at > end && _text[at] == ' ')
            {
                at--;
            }

            if (_text[at] is not ('=' or ':'))
            {
                return;
            }

            bool isAttribute = _text[at] == '=';
            at--;
            while (at > end - MaxSkipped && _text[at] is ' ' or '"' or '\'')
            {
                at--;
            }

            bool isName = EndsWith(at, "name");
            isValueOfName = isName || EndsWith(at, "key");
            isPart = isName && isAttribute && EndsWith(at - "name".Length, "form-data; ");
        }

        private readonly bool EndsWith(int at, string lowercase)
        {
            int start = at - lowercase.Length + 1;
            int length = 0;
            while (length < lowercase.Length && char.ToLowerInvariant(_text[start + length]) == lowercase[length])
            {
                length++;
            }

            return length == lowercase.Length;
        }
    }
}

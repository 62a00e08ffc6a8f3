using System.Globalization;
using System.Text;

namespace PresignKit;

/// <summary>Converts header values to the form in which .NET sends them.</summary>
/// <remarks>
/// System.Net.Http parses known headers. It rewrites their values when they are added with <c>Headers.Add</c> or enumerated, for example by a handler or by IHttpClientFactory
/// logging at the Trace level. In Blazor WebAssembly, the values are always rewritten. A signature covers the exact value, so this library signs the value that .NET sends (on the
/// right):
/// <code>
/// private,no-store            no-store, private
/// text/plain;charset=utf-8    text/plain; charset=utf-8
/// "a","b"                     "a", "b"
/// </code>
/// The rules come from System.Net.Http (<see href="https://github.com/dotnet/runtime/tree/main/src/libraries/System.Net.Http/src/System/Net/Http/Headers">Headers</see>),
/// but they are reimplemented here so that a signature does not depend on the framework. If System.Net.Http cannot parse a value, it sends the value unchanged, so these methods
/// return it unchanged.
/// </remarks>
internal static class SentHeaderForm
{
    private const int UsualDirectives = 16;

    private static readonly string[] FlagsBeforeNoCache = ["no-store", "no-transform", "only-if-cached", "public", "must-revalidate", "proxy-revalidate"];

    private static readonly string[] Seconds = ["max-age", "s-maxage", "max-stale", "min-fresh"];

    private delegate bool Element(ref HeaderReader reader, ref SentText sent);

    /// <summary>Replaces the value of a header with the form in which .NET sends it.</summary>
    /// <returns>A description of the problem with the value, or <c>null</c> if there is none.</returns>
    /// <remarks>The description contains the value only if it is a date or a length.</remarks>
    public static string? FindProblem(string name, ref string value)
    {
        // Fast path: the names of most signed headers start with 'x-'. System.Net.Http does not parse these headers.
        if (name.Length > 2 && name[1] == '-' && name[0] is 'x' or 'X')
        {
            return null;
        }

        switch (name.ToLowerInvariant())
        {
            case "content-type":
                value = Single(value, static (ref reader, ref sent) => ReadMediaType(ref reader, ref sent));
                break;
            case "cache-control":
                value = CacheControl(value);
                break;
            case "content-disposition":
                value = Single(value, static (ref reader, ref sent) => ReadToken(ref reader, ref sent) && ReadParameters(ref reader, ref sent));
                break;
            case "content-encoding" or "content-language" or "allow":
                value = List(value, static (ref reader, ref sent) => ReadToken(ref reader, ref sent));
                break;
            case "if-match" or "if-none-match":
                value = List(value, static (ref reader, ref sent) => ReadEntityTag(ref reader, ref sent));
                break;
            case "range":
                value = Single(value, static (ref reader, ref sent) => ReadRanges(ref reader, ref sent));
                break;
            case "content-range":
                value = Single(value, static (ref reader, ref sent) => ReadContentRange(ref reader, ref sent));
                break;
            case "content-md5":
                value = Base64(value);
                break;
            case "accept":
                value = List(value, static (ref reader, ref sent) => ReadMediaType(ref reader, ref sent));
                break;
            case "accept-charset" or "accept-encoding" or "accept-language":
                value = List(value, static (ref reader, ref sent) => ReadTokenWithQuality(ref reader, ref sent));
                break;
            case "pragma":
                value = List(value, static (ref reader, ref sent) => ReadNameValue(ref reader, ref sent));
                break;
            case "if-range":
                value = Single(value, static (ref reader, ref sent) => ReadEntityTag(ref reader, ref sent));
                return value.Contains('"') ? null : FindProblemOfDate(name, value);
            case "expires" or "last-modified" or "if-modified-since" or "if-unmodified-since" or "date":
                value = value.Trim(' ', '\t');
                return FindProblemOfDate(name, value);
            case "content-length":
                value = value.Trim(' ', '\t');
                return FindProblemOfLength(name, value);
            default:
                return null;
        }

        return !string.IsNullOrWhiteSpace(value) ? null : $"The value of the header '{name}' is empty. Specify a value, or remove the header.";
    }

    // System.Net.Http parses only dates that include a time and writes them in the format "R". It sends other values, such as "0", unchanged.
    private static string? FindProblemOfDate(string name, string value) =>
        value.Contains(':') && !(DateTimeOffset.TryParseExact(value, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) && InvariantText.HttpDate(date) == value)
            ? $"The header '{name}' is '{Printable.Text(value)}', which is not a date in the form that HTTP clients send. Use a date such as 'Sun, 06 Nov 1994 08:49:37 GMT' with the correct day of the week (RFC 9110 § 5.6.7)."
            : null;

    private static string? FindProblemOfLength(string name, string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long length) && InvariantText.Number(length) == value
            ? null
            : $"The header '{name}' is '{Printable.Text(value)}', which is not a length in the form that HTTP clients send. Use the number of bytes in decimal digits, without leading zeros.";

    private static string Base64(string value)
    {
        try
        {
            string sent = Convert.ToBase64String(Convert.FromBase64String(value));
            return sent == value ? value : sent;
        }
        catch (FormatException)
        {
            return value;
        }
    }

    private static string Single(string value, Element read)
    {
        HeaderReader reader = new(value);
        SentText sent = new(value);
        reader.SkipWhiteSpace();
        return read(ref reader, ref sent) && reader.IsAtEnd ? sent.ToString() : value;
    }

    private static string List(string value, Element read)
    {
        HeaderReader reader = new(value);
        SentText sent = new(value);
        reader.SkipSeparators();
        while (!reader.IsAtEnd)
        {
            sent.AppendSeparator(", ");
            if (!read(ref reader, ref sent) || (!reader.SkipSeparators() && !reader.IsAtEnd))
            {
                return value;
            }
        }

        return sent.IsEmpty ? value : sent.ToString();
    }

    private static bool ReadToken(ref HeaderReader reader, ref SentText sent)
    {
        ReadOnlySpan<char> token = reader.ReadToken();
        sent.Append(token);
        reader.SkipWhiteSpace();
        return !token.IsEmpty;
    }

    private static bool ReadNameValue(ref HeaderReader reader, ref SentText sent)
    {
        if (!reader.ReadNameValue(out Directive pair))
        {
            return false;
        }

        pair.AppendTo(ref sent, reader.Text);
        return true;
    }

    private static bool ReadParameters(ref HeaderReader reader, ref SentText sent)
    {
        while (reader.Skip(';'))
        {
            sent.Append("; ");
            if (!ReadNameValue(ref reader, ref sent))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ReadMediaType(ref HeaderReader reader, ref SentText sent)
    {
        if (!ReadToken(ref reader, ref sent) || !reader.Skip('/'))
        {
            return false;
        }

        sent.Append("/");
        return ReadToken(ref reader, ref sent) && ReadParameters(ref reader, ref sent);
    }

    private static bool ReadEntityTag(ref HeaderReader reader, ref SentText sent)
    {
        if (reader.Skip('*'))
        {
            sent.Append("*");
            return true;
        }

        if (reader.Skip('W') || reader.Skip('w'))
        {
            sent.Append("W/");
            if (!reader.Skip('/'))
            {
                return false;
            }
        }

        ReadOnlySpan<char> tag = reader.ReadQuoted();
        sent.Append(tag);
        reader.SkipWhiteSpace();
        return !tag.IsEmpty;
    }

    private static bool ReadTokenWithQuality(ref HeaderReader reader, ref SentText sent)
    {
        if (!ReadToken(ref reader, ref sent))
        {
            return false;
        }

        if (!reader.Skip(';'))
        {
            return true;
        }

        if (!(reader.Skip('q') || reader.Skip('Q')) || !reader.Skip('='))
        {
            return false;
        }

        ReadOnlySpan<char> number = reader.ReadDecimal();
        reader.SkipWhiteSpace();
        if (!double.TryParse(number.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double quality))
        {
            return false;
        }

        sent.Append("; q=");
        sent.Append(quality.ToString("0.0##", CultureInfo.InvariantCulture));
        return true;
    }

    private static bool ReadRanges(ref HeaderReader reader, ref SentText sent)
    {
        if (!ReadToken(ref reader, ref sent) || !reader.Skip('='))
        {
            return false;
        }

        sent.Append("=");
        bool isFirst = true;
        for (reader.SkipSeparators(); !reader.IsAtEnd; isFirst = false)
        {
            sent.Append(isFirst ? "" : ", ");
            if (!ReadNumberPair(ref reader, ref sent) || (!reader.SkipSeparators() && !reader.IsAtEnd))
            {
                return false;
            }
        }

        return !isFirst;
    }

    private static bool ReadContentRange(ref HeaderReader reader, ref SentText sent)
    {
        if (!ReadToken(ref reader, ref sent))
        {
            return false;
        }

        sent.Append(" ");
        if (!ReadAsteriskOr(ref reader, ref sent, static (ref reader, ref sent) => ReadNumberPair(ref reader, ref sent)) || !reader.Skip('/'))
        {
            return false;
        }

        sent.Append("/");
        return ReadAsteriskOr(ref reader, ref sent, static (ref reader, ref sent) => ReadNumber(ref reader, ref sent));
    }

    private static bool ReadAsteriskOr(ref HeaderReader reader, ref SentText sent, Element read)
    {
        if (!reader.Skip('*'))
        {
            return read(ref reader, ref sent);
        }

        sent.Append("*");
        return true;
    }

    private static bool ReadNumberPair(ref HeaderReader reader, ref SentText sent)
    {
        bool hasFirst = ReadNumber(ref reader, ref sent);
        if (!reader.Skip('-'))
        {
            return false;
        }

        sent.Append("-");
        return ReadNumber(ref reader, ref sent) || hasFirst;
    }

    private static bool ReadNumber(ref HeaderReader reader, ref SentText sent)
    {
        ReadOnlySpan<char> digits = reader.ReadDigits();
        sent.AppendNumber(digits);
        reader.SkipWhiteSpace();
        return !digits.IsEmpty;
    }

    // System.Net.Http has a property for each known directive. It writes the known directives in a fixed order, followed by the others in their original order.
    // If a directive with a number is repeated, the last number is used.
    private static string CacheControl(string value)
    {
        int max = 1;
        foreach (char c in value)
        {
            max += c == ',' ? 1 : 0;
        }

        Span<Directive> directives = max <= UsualDirectives ? stackalloc Directive[UsualDirectives] : new Directive[max];
        HeaderReader reader = new(value);
        int count = 0;
        for (reader.SkipSeparators(); !reader.IsAtEnd; count++)
        {
            if (!reader.ReadNameValue(out directives[count]) || !directives[count].Classify(value) || (!reader.SkipSeparators() && !reader.IsAtEnd))
            {
                return value;
            }
        }

        return count == 0 ? value : CacheControl(value, directives[..count]);
    }

    private static string CacheControl(string value, ReadOnlySpan<Directive> directives)
    {
        SentText sent = new(value);
        foreach (string flag in FlagsBeforeNoCache)
        {
            AppendLast(ref sent, value, directives, flag);
        }

        AppendWithFields(ref sent, value, directives, "no-cache");
        foreach (string name in Seconds)
        {
            AppendLast(ref sent, value, directives, name);
        }

        AppendWithFields(ref sent, value, directives, "private");
        foreach (Directive directive in directives)
        {
            if (!directive.IsKnown)
            {
                sent.AppendSeparator(", ");
                directive.AppendTo(ref sent, value);
            }
        }

        return sent.ToString();
    }

    private static void AppendLast(ref SentText sent, string value, ReadOnlySpan<Directive> directives, string name)
    {
        bool isPresent = false;
        ReadOnlySpan<char> seconds = default;
        foreach (Directive directive in directives)
        {
            if (directive.Has(name, value))
            {
                isPresent = true;
                seconds = directive.ValueIn(value) is { IsEmpty: false } given ? given : seconds;
            }
        }

        if (!isPresent)
        {
            return;
        }

        sent.AppendSeparator(", ");
        sent.Append(name);
        if (!seconds.IsEmpty)
        {
            sent.Append("=");
            sent.AppendNumber(seconds);
        }
    }

    // Appends a directive whose value is a list of header names, such as no-cache="Set-Cookie, Age".
    private static void AppendWithFields(ref SentText sent, string value, ReadOnlySpan<Directive> directives, string name)
    {
        bool isPresent = false;
        bool hasFields = false;
        foreach (Directive directive in directives)
        {
            if (!directive.Has(name, value))
            {
                continue;
            }

            if (!isPresent)
            {
                sent.AppendSeparator(", ");
                sent.Append(name);
                isPresent = true;
            }

            HeaderReader fields = new(value, directive.ValueStart + 1, directive.ValueStart + directive.ValueLength - 1);
            for (fields.SkipSeparators(); !fields.IsAtEnd; fields.SkipSeparators())
            {
                sent.Append(hasFields ? ", " : "=\"");
                sent.Append(fields.ReadToken());
                hasFields = true;
            }
        }

        if (hasFields)
        {
            sent.Append("\"");
        }
    }

    /// <summary>A name and its value, stored as positions in a header value.</summary>
    private struct Directive(int nameStart, int nameLength, int valueStart, int valueLength)
    {
        public readonly int ValueStart => valueStart;

        public readonly int ValueLength => valueLength;

        public bool IsKnown { get; private set; }

        public readonly ReadOnlySpan<char> ValueIn(string text) => text.AsSpan(valueStart, valueLength);

        public readonly bool Has(string name, string text) =>
            nameLength == name.Length && string.Compare(text, nameStart, name, 0, nameLength, StringComparison.OrdinalIgnoreCase) == 0;

        public readonly void AppendTo(ref SentText sent, string text)
        {
            sent.Append(text.AsSpan(nameStart, nameLength));
            if (valueLength > 0)
            {
                sent.Append("=");
                sent.Append(ValueIn(text));
            }
        }

        /// <summary>Sets <see cref="IsKnown"/> and determines whether System.Net.Http accepts the value of the directive.</summary>
        /// <remarks>A directive is known if System.Net.Http has a property for it. The value of an unknown directive is always accepted.</remarks>
        public bool Classify(string text)
        {
            IsKnown = true;
            foreach (string flag in FlagsBeforeNoCache)
            {
                if (Has(flag, text))
                {
                    return valueLength == 0;
                }
            }

            foreach (string name in Seconds)
            {
                if (Has(name, text))
                {
                    return valueLength == 0 ? name == "max-stale" : IsInt32(ValueIn(text));
                }
            }

            if (Has("no-cache", text) || Has("private", text))
            {
                return valueLength == 0 || HasFieldNames(text);
            }

            IsKnown = false;
            return true;
        }

        private readonly bool HasFieldNames(string text)
        {
            if (valueLength < 3 || text[valueStart] != '"')
            {
                return false;
            }

            HeaderReader fields = new(text, valueStart + 1, valueStart + valueLength - 1);
            bool hasAny = false;
            for (fields.SkipSeparators(); !fields.IsAtEnd; fields.SkipSeparators())
            {
                if (fields.ReadToken().IsEmpty)
                {
                    return false;
                }

                hasAny = true;
            }

            return hasAny;
        }

        private static bool IsInt32(ReadOnlySpan<char> digits)
        {
            long number = 0;
            foreach (char c in digits)
            {
                number = c is >= '0' and <= '9' && number <= int.MaxValue ? number * 10 + (c - '0') : long.MaxValue;
            }

            return number <= int.MaxValue;
        }
    }

    /// <summary>Reads the parts of a header value.</summary>
    /// <remarks>Methods that return a span do not skip the white space after it. The other methods do.</remarks>
    private ref struct HeaderReader
    {
        private readonly int _end;
        private int _at;

        public HeaderReader(string text)
            : this(text, 0, text.Length)
        {
        }

        public HeaderReader(string text, int start, int end)
        {
            Text = text;
            _at = start;
            _end = end;
        }

        public string Text { get; }

        public readonly bool IsAtEnd => _at >= _end;

        public void SkipWhiteSpace()
        {
            while (_at < _end && Text[_at] is ' ' or '\t')
            {
                _at++;
            }
        }

        /// <summary>Skips white space and commas, and determines whether there was a comma.</summary>
        public bool SkipSeparators()
        {
            bool found = false;
            for (SkipWhiteSpace(); Skip(','); found = true)
            {
            }

            return found;
        }

        public bool Skip(char expected)
        {
            if (_at >= _end || Text[_at] != expected)
            {
                return false;
            }

            _at++;
            SkipWhiteSpace();
            return true;
        }

        public ReadOnlySpan<char> ReadToken()
        {
            int length = HeaderName.LengthOfToken(Text.AsSpan(_at, _end - _at));
            _at += length;
            return Text.AsSpan(_at - length, length);
        }

        /// <summary>Reads a quoted string, including its quotation marks, or returns an empty span if there is no quoted string at the current position.</summary>
        public ReadOnlySpan<char> ReadQuoted()
        {
            int start = _at;
            if (_at >= _end || Text[_at] != '"')
            {
                return default;
            }

            for (int i = _at + 1; i < _end; i++)
            {
                // As in System.Net.Http, a backslash directly before the last character does not escape that character.
                if (Text[i] == '\\' && i + 2 < _end)
                {
                    i++;
                }
                else if (Text[i] == '"')
                {
                    _at = i + 1;
                    return Text.AsSpan(start, _at - start);
                }
            }

            return default;
        }

        public ReadOnlySpan<char> ReadDigits()
        {
            int start = _at;
            while (_at < _end && Text[_at] is >= '0' and <= '9')
            {
                _at++;
            }

            return Text.AsSpan(start, _at - start);
        }

        public ReadOnlySpan<char> ReadDecimal()
        {
            int start = _at;
            if (!ReadDigits().IsEmpty && _at < _end && Text[_at] == '.')
            {
                _at++;
                _ = ReadDigits();
            }

            return Text.AsSpan(start, _at - start);
        }

        /// <summary>Reads <c>name</c> or <c>name=value</c>. The value can be a token or a quoted string.</summary>
        public bool ReadNameValue(out Directive pair)
        {
            int nameStart = _at;
            int nameLength = ReadToken().Length;
            SkipWhiteSpace();
            int valueStart = _at;
            int valueLength = 0;
            bool hasValue = Skip('=');
            if (hasValue)
            {
                valueStart = _at;
                valueLength = ReadToken() is { IsEmpty: false } token ? token.Length : ReadQuoted().Length;
                SkipWhiteSpace();
            }

            pair = new Directive(nameStart, nameLength, valueStart, valueLength);
            return nameLength > 0 && hasValue == valueLength > 0;
        }
    }

    /// <summary>Builds the value that is sent and allocates only if it differs from the original.</summary>
    private ref struct SentText(string original)
    {
        private int _length;
        private StringBuilder? _changed;

        public readonly bool IsEmpty => _length == 0 && _changed is null;

        public void Append(string part) => Append(part.AsSpan());

        public void Append(ReadOnlySpan<char> part)
        {
            if (_changed is null && original.AsSpan(_length).StartsWith(part, StringComparison.Ordinal))
            {
                _length += part.Length;
                return;
            }

            _changed ??= new StringBuilder(original, 0, _length, original.Length + part.Length);
            foreach (char c in part)
            {
                _changed.Append(c);
            }
        }

        /// <summary>Appends a separator unless the result is still empty.</summary>
        public void AppendSeparator(string separator)
        {
            if (!IsEmpty)
            {
                Append(separator);
            }
        }

        /// <summary>Appends digits without leading zeros.</summary>
        public void AppendNumber(ReadOnlySpan<char> digits)
        {
            int zeros = 0;
            while (zeros < digits.Length - 1 && digits[zeros] == '0')
            {
                zeros++;
            }

            Append(digits[zeros..]);
        }

        public override readonly string ToString() => _changed?.ToString() ?? (_length == original.Length ? original : original[.._length]);
    }
}

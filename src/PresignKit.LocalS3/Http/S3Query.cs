using System.Text;

namespace PresignKit.LocalS3;

/// <summary>The decoded parameters of a query, in the order in which they were received.</summary>
/// <remarks>As on S3, names are case-sensitive and a plus sign is a space.</remarks>
internal sealed class S3Query
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<KeyValuePair<string, string>> _parameters;

    private S3Query(List<KeyValuePair<string, string>> parameters) => _parameters = parameters;

    public IReadOnlyList<KeyValuePair<string, string>> Parameters => _parameters;

    /// <summary>Returns the parameters, or <c>null</c> if an escape is not valid or is not UTF-8.</summary>
    public static S3Query? Parse(ReadOnlySpan<char> query)
    {
        List<KeyValuePair<string, string>> parameters = [];
        while (!query.IsEmpty)
        {
            int end = query.IndexOf('&');
            ReadOnlySpan<char> parameter = end < 0 ? query : query[..end];
            query = end < 0 ? default : query[(end + 1)..];
            if (parameter.IsEmpty)
            {
                continue;
            }

            int sign = parameter.IndexOf('=');
            string? name = Decode(sign < 0 ? parameter : parameter[..sign], plusIsSpace: true);
            string? value = sign < 0 ? "" : Decode(parameter[(sign + 1)..], plusIsSpace: true);
            if (name is null || value is null)
            {
                return null;
            }

            parameters.Add(new KeyValuePair<string, string>(name, value));
        }

        return new S3Query(parameters);
    }

    /// <summary>Gets the value of the first parameter with the specified name, or <c>null</c> if there is none.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (KeyValuePair<string, string> parameter in _parameters)
            {
                if (parameter.Key == name)
                {
                    return parameter.Value;
                }
            }

            return null;
        }
    }

    public bool Has(string name) => this[name] is not null;

    /// <summary>Returns the decoded text, or <c>null</c> if an escape is not valid or the result is not UTF-8.</summary>
    public static string? Decode(ReadOnlySpan<char> text, bool plusIsSpace)
    {
        if (text.IndexOfAny('%', '+') < 0 && Ascii.IsValid(text))
        {
            return text.ToString();
        }

        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                {
                    return null;
                }

                bytes[length++] = Convert.FromHexString(text.Slice(i + 1, 2))[0];
                i += 2;
            }
            else if (c > '\x7F')
            {
                // Kestrel rejects a request line that is not ASCII. TestServer does not.
                return null;
            }
            else
            {
                bytes[length++] = (byte)(c == '+' && plusIsSpace ? ' ' : c);
            }
        }

        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

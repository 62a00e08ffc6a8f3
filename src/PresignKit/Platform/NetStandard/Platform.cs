using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace PresignKit;

/// <summary>Operations that are implemented differently on netstandard2.0 (here) and modern .NET (Platform/Net).</summary>
internal static class Platform
{
    public static void Hash(IncrementalHash hash, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        byte[] copy = data.ToArray();
        hash.AppendData(copy);
        hash.GetHashAndReset().CopyTo(destination);

        // The copy is cleared because the data might contain a session token.
        Array.Clear(copy, 0, copy.Length);
    }

    public static string AsciiToString(ReadOnlySpan<byte> ascii) => ToString(Encoding.ASCII, ascii);

    public static string Utf8ToString(ReadOnlySpan<byte> utf8) => ToString(Encoding.UTF8, utf8);

    /// <summary>Copies the leading ASCII characters of a string and returns the number of characters copied.</summary>
    public static int CopyAscii(ReadOnlySpan<char> text, Span<byte> destination)
    {
        int count = 0;
        for (; count < text.Length && text[count] < 0x80; count++)
        {
            destination[count] = (byte)text[count];
        }

        return count;
    }

    public static void AsciiToChars(ReadOnlySpan<byte> ascii, Span<char> destination)
    {
        for (int i = 0; i < ascii.Length; i++)
        {
            destination[i] = (char)ascii[i];
        }
    }

    public static bool EqualsAscii(ReadOnlySpan<byte> ascii, ReadOnlySpan<char> text)
    {
        bool areEqual = ascii.Length == text.Length;
        for (int i = 0; areEqual && i < ascii.Length; i++)
        {
            areEqual = ascii[i] == text[i] && ascii[i] < 0x80;
        }

        return areEqual;
    }

    /// <summary>Determines whether all characters are between <paramref name="first"/> and <paramref name="last"/>, inclusive.</summary>
    public static bool IsInRange(ReadOnlySpan<char> text, char first, char last)
    {
        foreach (char c in text)
        {
            if (c < first || c > last)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Compares two spans in time that depends only on their lengths.</summary>
    /// <remarks>netstandard2.0 does not have <c>CryptographicOperations.FixedTimeEquals</c>.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static bool FixedTimeEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int difference = left.Length ^ right.Length;
        for (int i = 0; i < left.Length && i < right.Length; i++)
        {
            difference |= left[i] ^ right[i];
        }

        return difference == 0;
    }

    /// <summary>Creates a plain URI from a presigned URL.</summary>
    /// <remarks>The URI may unescape some characters, but its path and query decode to the same characters, because keys with dot segments have already been rejected.</remarks>
    public static Uri ExactUri(string url) => new(url, UriKind.Absolute);

    /// <summary>Returns parsed headers, because netstandard2.0 does not support enumerating headers without parsing them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> UnparsedHeaders(System.Net.Http.Headers.HttpHeaders headers)
    {
        foreach (KeyValuePair<string, IEnumerable<string>> header in headers)
        {
            yield return new KeyValuePair<string, string>(header.Key, string.Join(", ", header.Value));
        }
    }

    /// <summary>Writes two lowercase hexadecimal digits for each byte.</summary>
    public static void WriteHex(ReadOnlySpan<byte> values, Span<byte> destination)
    {
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        for (int i = 0; i < values.Length; i++)
        {
            destination[2 * i] = digits[values[i] >> 4];
            destination[2 * i + 1] = digits[values[i] & 15];
        }
    }

    private static string ToString(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        string text = encoding.GetString(copy);
        Array.Clear(copy, 0, copy.Length);
        return text;
    }
}

/// <summary>An immutable, thread-safe set of ASCII characters.</summary>
internal sealed class CharacterSet
{
    private readonly bool[] _isMember = new bool[128];

    public CharacterSet(string members)
    {
        foreach (char c in members)
        {
            _isMember[c] = true;
        }
    }

    /// <summary>Returns the number of leading characters that are members of the set.</summary>
    public int LengthOfRun(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && text[length] < _isMember.Length && _isMember[text[length]])
        {
            length++;
        }

        return length;
    }
}

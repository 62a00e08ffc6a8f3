using System.Buffers;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;

namespace PresignKit;

/// <summary>Operations that are implemented differently on modern .NET (here) and netstandard2.0 (Platform/NetStandard).</summary>
internal static class Platform
{
    public static void Hash(IncrementalHash hash, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        hash.AppendData(data);
        _ = hash.GetHashAndReset(destination);
    }

    public static string AsciiToString(ReadOnlySpan<byte> ascii) => Encoding.ASCII.GetString(ascii);

    public static string Utf8ToString(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    /// <summary>Copies the leading ASCII characters of a string and returns the number of characters copied.</summary>
    public static int CopyAscii(ReadOnlySpan<char> text, Span<byte> destination)
    {
        _ = Ascii.FromUtf16(text, destination, out int written);
        return written;
    }

    public static void AsciiToChars(ReadOnlySpan<byte> ascii, Span<char> destination) => _ = Encoding.ASCII.GetChars(ascii, destination);

    public static bool EqualsAscii(ReadOnlySpan<byte> ascii, ReadOnlySpan<char> text) => Ascii.Equals(ascii, text);

    /// <summary>Determines whether all characters are between <paramref name="first"/> and <paramref name="last"/>, inclusive.</summary>
    public static bool IsInRange(ReadOnlySpan<char> text, char first, char last) => !text.ContainsAnyExceptInRange(first, last);

    /// <summary>Compares two spans in time that depends only on their lengths.</summary>
    public static bool FixedTimeEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => CryptographicOperations.FixedTimeEquals(left, right);

    /// <summary>Creates a URI whose path and query are sent exactly as they appear in the URL.</summary>
    public static Uri ExactUri(string url)
    {
        // Uri.GetComponents, which ASP.NET Core's TestServer calls, throws if the Uri was created with the option below, so the option is set only if it makes a difference.
        Uri uri = new(url);
        int path = url.IndexOf('/', url.IndexOf("://", StringComparison.Ordinal) + 3);
        return path >= 0 && url.AsSpan(path).SequenceEqual(uri.PathAndQuery)
            ? uri
            : new Uri(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    /// <summary>Returns headers exactly as they are sent. Their values are not parsed, because System.Net.Http rewrites values when it parses them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> UnparsedHeaders(System.Net.Http.Headers.HttpHeaders headers)
    {
        foreach (KeyValuePair<string, System.Net.Http.Headers.HeaderStringValues> header in headers.NonValidated)
        {
            yield return new KeyValuePair<string, string>(header.Key, header.Value.ToString());
        }
    }

    /// <summary>Writes two lowercase hexadecimal digits for each byte, sixteen bytes at a time.</summary>
    public static void WriteHex(ReadOnlySpan<byte> values, Span<byte> destination)
    {
        int done = 0;
        for (; BitConverter.IsLittleEndian && values.Length - done >= Vector128<byte>.Count; done += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.Create(values[done..]);
            Vector128<byte> high = HexDigits(bytes >>> 4);
            Vector128<byte> low = HexDigits(bytes & Vector128.Create((byte)15));

            // Each pair of digits is a 16-bit number whose low byte is the first digit.
            (Vector128.WidenLower(high) | Vector128.WidenLower(low) << 8).AsByte().CopyTo(destination[(2 * done)..]);
            (Vector128.WidenUpper(high) | Vector128.WidenUpper(low) << 8).AsByte().CopyTo(destination[(2 * done + Vector128<byte>.Count)..]);
        }

        for (; done < values.Length; done++)
        {
            destination[2 * done] = HexDigit(values[done] >> 4);
            destination[2 * done + 1] = HexDigit(values[done] & 15);
        }
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);

    // The digits are computed rather than looked up, because a vector shuffle with variable indexes processes one byte at a time on .NET 8.
    private static Vector128<byte> HexDigits(Vector128<byte> values) =>
        values + Vector128.Create((byte)'0') + (Vector128.GreaterThan(values, Vector128.Create((byte)9)) & Vector128.Create((byte)('a' - 10 - '0')));
}

/// <summary>An immutable, thread-safe set of ASCII characters with a vectorized search.</summary>
internal sealed class CharacterSet(string members)
{
    private readonly SearchValues<char> _members = SearchValues.Create(members);

    /// <summary>Returns the number of leading characters that are members of the set.</summary>
    public int LengthOfRun(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(_members) is >= 0 and int end ? end : text.Length;
}

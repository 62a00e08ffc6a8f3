using System.Security.Cryptography;
using System.Text;

namespace PresignKit;

/// <summary>What differs between .NET and netstandard2.0, whose twin stands in the folder NetStandard.</summary>
internal static class Platform
{
    public static void Hash(IncrementalHash hash, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        hash.AppendData(data);
        _ = hash.GetHashAndReset(destination);
    }

    public static string AsciiToString(ReadOnlySpan<byte> ascii) => Encoding.ASCII.GetString(ascii);

    public static string Utf8ToString(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    /// <summary>Copies the characters before the first that is not ASCII; returns how many they are.</summary>
    public static int CopyAscii(ReadOnlySpan<char> text, Span<byte> destination)
    {
        _ = Ascii.FromUtf16(text, destination, out int written);
        return written;
    }

    /// <summary>Whether all characters are from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public static bool IsInRange(ReadOnlySpan<char> text, char first, char last) => !text.ContainsAnyExceptInRange(first, last);

    /// <summary>Compares in a time that depends on the lengths only.</summary>
    public static bool FixedTimeEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => CryptographicOperations.FixedTimeEquals(left, right);

    public static void AsciiToChars(ReadOnlySpan<byte> ascii, Span<char> destination) => _ = Encoding.ASCII.GetChars(ascii, destination);

    /// <summary>A Uri that sends exactly this path and query.</summary>
    public static Uri ExactUri(string url) => new(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}

using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace PresignKit;

/// <summary>What differs between .NET and netstandard2.0: here the latter.</summary>
internal static class Platform
{
    public static void Hash(IncrementalHash hash, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        byte[] copy = data.ToArray();
        hash.AppendData(copy);
        hash.GetHashAndReset().CopyTo(destination);

        // It can hold a session token, as the buffer that it comes from.
        Array.Clear(copy, 0, copy.Length);
    }

    public static string AsciiToString(ReadOnlySpan<byte> ascii) => ToString(Encoding.ASCII, ascii);

    public static string Utf8ToString(ReadOnlySpan<byte> utf8) => ToString(Encoding.UTF8, utf8);

    /// <summary>Copies the characters before the first that is not ASCII; returns how many they are.</summary>
    public static int CopyAscii(ReadOnlySpan<char> text, Span<byte> destination)
    {
        int count = 0;
        for (; count < text.Length && text[count] < 0x80; count++)
        {
            destination[count] = (byte)text[count];
        }

        return count;
    }

    /// <summary>Whether all characters are from <paramref name="first"/> to <paramref name="last"/>.</summary>
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

    /// <summary>Compares in a time that depends on the lengths only. The platform has no such method there.</summary>
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

    public static void AsciiToChars(ReadOnlySpan<byte> ascii, Span<char> destination)
    {
        for (int i = 0; i < ascii.Length; i++)
        {
            destination[i] = (char)ascii[i];
        }
    }

    private static string ToString(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        string text = encoding.GetString(copy);
        Array.Clear(copy, 0, copy.Length);
        return text;
    }

    /// <summary>A plain Uri: what it decodes to is what a presigned URL holds, because dot segments are refused.</summary>
    public static Uri ExactUri(string url) => new(url, UriKind.Absolute);
}

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

    public static string AsciiToString(ReadOnlySpan<byte> ascii) => Encoding.ASCII.GetString(ascii.ToArray());

    public static void AsciiToChars(ReadOnlySpan<byte> ascii, Span<char> destination)
    {
        for (int i = 0; i < ascii.Length; i++)
        {
            destination[i] = (char)ascii[i];
        }
    }

    /// <summary>A plain Uri: it keeps what a presigned URL holds, because dot segments are refused.</summary>
    public static Uri ExactUri(string url) => new(url, UriKind.Absolute);
}

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

    /// <summary>Compares in a time that depends on the lengths only.</summary>
    public static bool FixedTimeEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => CryptographicOperations.FixedTimeEquals(left, right);

    public static void AsciiToChars(ReadOnlySpan<byte> ascii, Span<char> destination) => _ = Encoding.ASCII.GetChars(ascii, destination);

    /// <summary>A Uri that sends exactly this path and query.</summary>
    public static Uri ExactUri(string url) => new(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}

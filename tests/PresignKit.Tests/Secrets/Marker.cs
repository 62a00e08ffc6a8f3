using System.Text;

namespace PresignKit.Tests;

/// <summary>A secret that must not appear in any output, in any form in which it could leak: raw, truncated, base64 at any alignment, hexadecimal, percent-encoded, reversed, or in a different case.</summary>
internal sealed class Marker
{
    // Messages truncate long values, so a piece of this length from the start or the end of a form counts as a leak.
    private const int Piece = 10;

    private readonly string[] _pieces;

    public Marker(string name, string text)
        : this(name, Encoding.UTF8.GetBytes(text), text)
    {
    }

    public Marker(string name, byte[] bytes)
        : this(name, bytes, Convert.ToBase64String(bytes))
    {
    }

    private Marker(string name, byte[] bytes, string text)
    {
        Name = name;
        Text = text;
        string[] forms = [text, Latin1(bytes), .. Base64Forms(bytes), Convert.ToHexString(bytes), Uri.EscapeDataString(text), Uri.EscapeDataString(Uri.EscapeDataString(text))];
        _pieces = [.. forms.Concat(forms.Select(form => new string([.. form.Reverse()]))).Where(form => form.Length >= Piece)
            .SelectMany(form => new[] { form[..Piece], form[^Piece..] }).Distinct()];
    }

    public string Name { get; }

    public string Text { get; }

    public bool IsIn(string output) => Array.Exists(_pieces, piece => output.Contains(piece, StringComparison.OrdinalIgnoreCase));

    public static string Latin1(byte[] bytes) => string.Concat(bytes.Select(one => (char)one));

    // The base64 forms of the bytes within longer data, without the characters at both ends, which depend on the adjacent bytes.
    private static IEnumerable<string> Base64Forms(byte[] bytes) =>
        Enumerable.Range(0, 3).Select(before => Convert.ToBase64String([.. new byte[before], .. bytes])[(before == 0 ? 0 : 4)..^4]);
}

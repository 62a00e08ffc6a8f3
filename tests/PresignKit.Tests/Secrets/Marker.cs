using System.Text;

namespace PresignKit.Tests;

/// <summary>A secret that no output may hold, in any form in which it could slip out: raw, cut, base64 at any alignment, hexadecimal, percent-encoded, backwards, in other case.</summary>
internal sealed class Marker
{
    // A message cuts long values: a piece of this length from the start or the end of a form gives it away.
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

    // What base64 text holds the bytes somewhere in its middle: without the characters at its edges, which depend on the neighbours.
    private static IEnumerable<string> Base64Forms(byte[] bytes) =>
        Enumerable.Range(0, 3).Select(before => Convert.ToBase64String([.. new byte[before], .. bytes])[(before == 0 ? 0 : 4)..^4]);
}

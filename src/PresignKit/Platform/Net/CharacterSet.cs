using System.Buffers;

namespace PresignKit;

/// <summary>Some characters of ASCII, looked for many at a time. Immutable and thread-safe.</summary>
internal sealed class CharacterSet(string members)
{
    private readonly SearchValues<char> _members = SearchValues.Create(members);

    /// <summary>The index of the first character that is none of them; the length where there is no such one.</summary>
    public int LengthOfStart(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(_members) is >= 0 and int end ? end : text.Length;
}

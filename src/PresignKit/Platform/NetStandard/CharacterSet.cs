namespace PresignKit;

/// <summary>Some characters of ASCII. Immutable and thread-safe.</summary>
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

    /// <summary>The index of the first character that is none of them; the length where there is no such one.</summary>
    public int LengthOfStart(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && text[length] < _isMember.Length && _isMember[text[length]])
        {
            length++;
        }

        return length;
    }
}

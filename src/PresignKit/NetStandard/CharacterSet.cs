namespace PresignKit;

/// <summary>Some characters of ASCII. Immutable and thread-safe.</summary>
internal sealed class CharacterSet(string members)
{
    /// <summary>The index of the first character that is none of them; the length where there is no such one.</summary>
    public int LengthOfStart(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && members.IndexOf(text[length]) >= 0)
        {
            length++;
        }

        return length;
    }
}

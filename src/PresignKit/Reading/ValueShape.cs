namespace PresignKit;

/// <summary>The shape of a run of characters that can occur in base64, a hexadecimal string or an access key ID.</summary>
/// <param name="Start">The index of the run's first character.</param>
/// <param name="End">The index immediately after the run's last character.</param>
/// <param name="Alphanumerics">The number of ASCII letters and digits.</param>
/// <param name="Letters">The number of letters.</param>
/// <param name="Uppercase">The number of uppercase letters.</param>
/// <param name="Changes">The number of transitions between lowercase letters, uppercase letters and digits.</param>
/// <param name="HasHyphen">Whether hyphens or periods separate words in the run.</param>
internal readonly record struct ValueShape(int Start, int End, int Alphanumerics, int Letters, int Uppercase, int Changes, bool HasHyphen)
{
    /// <summary>Gets a value that indicates whether the run contains digits or switches between uppercase and lowercase more than once.</summary>
    public bool IsMixed => Letters < Alphanumerics || Changes > 1;

    /// <summary>Gets a value that indicates whether the run is more mixed than words, file names and dates usually are.</summary>
    /// <remarks>In base64 text, more than half of the letters and digits are of a different kind (lowercase, uppercase or digit) than the preceding one.</remarks>
    public bool IsRandom => Letters == Alphanumerics
        ? Changes * 5 >= Letters * 2 && Letters > 0 && !HasHyphen
        : Letters > 0 && (Changes * 6 >= Alphanumerics || IsKeyId);

    // AKIAIOSFODNN7EXAMPLE
    private bool IsKeyId => Uppercase == Letters && Uppercase >= 3 && !HasHyphen;

    /// <summary>Measures the run that starts at the specified index.</summary>
    public static ValueShape Of(UnescapedText text, int start, int maxLength = int.MaxValue)
    {
        int alphanumerics = 0, letters = 0, uppercase = 0, changes = 0;
        bool hasHyphen = false;
        char last = '\0';
        int at = start;
        for (; at - start < maxLength; at++)
        {
            char c = text[at];
            char kind = c switch
            {
                >= 'a' and <= 'z' => 'a',
                >= 'A' and <= 'Z' => 'A',
                >= '0' and <= '9' => '0',
                '+' or '/' or '_' or '~' or '%' => '+',
                '-' or '.' => '-',
                '=' when EndsAfterPadding(text, at) => '+',
                _ => '\0',
            };
            if (kind == '\0')
            {
                break;
            }

            if (kind is 'a' or 'A' or '0')
            {
                hasHyphen |= at > start && text[at - 1] is '-' or '.';
                alphanumerics++;
                letters += kind == '0' ? 0 : 1;
                uppercase += kind == 'A' ? 1 : 0;
                changes += last != '\0' && kind != last ? 1 : 0;
                last = kind;
            }
        }

        return new ValueShape(start, at, alphanumerics, letters, uppercase, changes, hasHyphen);
    }

    // In base64, '=' appears only at the end. Elsewhere, '=' follows a name.
    private static bool EndsAfterPadding(UnescapedText text, int at)
    {
        char next = text[text[at + 1] == '=' ? at + 2 : at + 1];
        return next is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '+' or '/' or '_' or '-' or '.' or '=');
    }
}

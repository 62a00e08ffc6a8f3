using System.Text;
using System.Text.RegularExpressions;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Store;

/// <summary>Splits and quotes words by the rules of a shell.</summary>
internal static partial class ShellWords
{
    /// <summary>Splits the name of a section or a command into words, as the AWS CLI does: <c>profile "my store"</c> consists of two words.</summary>
    /// <returns>The words, or <c>null</c> if a quotation mark is not closed.</returns>
    public static List<string>? Split(string text)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool isInWord = false;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\' && quote != '\'')
            {
                if (++i == text.Length)
                {
                    return null;
                }

                // Within double quotation marks, a backslash is an ordinary character unless it precedes a quotation mark or a backslash.
                word.Append(quote == '"' && text[i] is not ('"' or '\\') ? "\\" : "").Append(text[i]);
                isInWord = true;
            }
            else if (quote != '\0')
            {
                if (c == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word.Append(c);
                }
            }
            else if (c is '"' or '\'')
            {
                quote = c;
                isInWord = true;
            }
            else if (c is not (' ' or '\t' or '\r' or '\n'))
            {
                word.Append(c);
                isInWord = true;
            }
            else if (isInWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isInWord = false;
            }
        }

        if (isInWord)
        {
            words.Add(word.ToString());
        }

        return quote == '\0' ? words : null;
    }

    /// <summary>Returns a value as one argument of a command in a message. Double quotation marks, which all shells support, are sufficient for a value without special characters.</summary>
    public static string Quote(string value)
    {
        string shown = Shown.Whole(value);
        (string home, string rest) = shown.StartsWith("~/", StringComparison.Ordinal) ? ("~/", shown[2..]) : ("", shown);
        return home + (Plain().IsMatch(rest) ? rest
            : rest.AsSpan().IndexOfAny("\"$`\\!") < 0 ? $"\"{rest}\""
            : $"'{rest.Replace("'", "'\\''", StringComparison.Ordinal)}'");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.@/:+,-]+\z")]
    private static partial Regex Plain();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace PresignKit.Tool.Store;

/// <summary>Parses the INI format of the AWS files with the rules of the AWS CLI, which are those of Python's <c>RawConfigParser</c>.</summary>
/// <remarks>
/// <para>Comments are whole lines that start with <c>#</c> or <c>;</c>. A line that is indented more than its key continues the value:</para>
/// <code>
/// [services do]
/// s3 =
///   endpoint_url = https://nyc3.digitaloceanspaces.com
/// </code>
/// <para>In contrast to the AWS CLI, a section or a key that appears twice is not an error: the last value applies.</para>
/// </remarks>
internal static partial class AwsIni
{
    // Python copies the values of this section, whose name is in uppercase, into every other section.
    private const string Defaults = "DEFAULT";

    private static readonly string[] LineEndings = ["\r\n", "\r", "\n"];
    private static readonly char[] Delimiters = ['=', ':'];

    /// <summary>Parses the text of a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The name of the file for messages.</param>
    /// <returns>The sections by name, in the order of the file.</returns>
    /// <exception cref="ToolException">A line is not valid. The message does not contain the line, which may be part of a secret.</exception>
    public static OrderedDictionary<string, AwsSection> Parse(string text, string file)
    {
        OrderedDictionary<string, AwsSection> sections = [];
        AwsSection? section = null;
        string? key = null;
        string value = "";
        int keyIndent = 0;
        int lineNumber = 0;

        // Python does not end a line at the other characters that ReplaceLineEndings replaces, such as U+2028.
        foreach (string line in text.Split(LineEndings, StringSplitOptions.None))
        {
            lineNumber++;
            string trimmed = line.Trim();
            if (trimmed.Length == 0 || trimmed[0] is '#' or ';')
            {
                continue;
            }

            int indent = line.Length - line.TrimStart().Length;
            if (key is not null && indent > keyIndent)
            {
                value += "\n" + trimmed;
                section!.Set(key, value);
                continue;
            }

            keyIndent = indent;
            if (Header().Match(trimmed) is { Success: true } header)
            {
                key = null;
                string name = header.Groups[1].Value;
                if (!sections.TryGetValue(name, out section))
                {
                    section = new AwsSection();
                    sections.Add(name, section);
                }

                continue;
            }

            int delimiter = trimmed.IndexOfAny(Delimiters);
            if (section is null || delimiter <= 0)
            {
                throw ToolException.Setup(string.Create(CultureInfo.InvariantCulture, $"{file}: Line {lineNumber} is not a section, a comment or a setting. ")
                    + (section is null ? "Add a section such as '[default]' above it." : "Use the form 'name = value'."));
            }

            key = trimmed[..delimiter].TrimEnd().ToLowerInvariant();
            value = trimmed[(delimiter + 1)..].TrimStart();
            section.Set(key, value);
        }

        if (sections.Remove(Defaults, out AwsSection? defaults))
        {
            foreach (AwsSection other in sections.Values)
            {
                other.AddMissing(defaults);
            }
        }

        return sections;
    }

    [GeneratedRegex(@"^\[(.+)\]")]
    private static partial Regex Header();
}

using System.Text;

namespace PresignKit.Tool.Input;

/// <summary>Reads short texts, such as a pasted URL or the response of a store, from standard input or from a file.</summary>
internal static class TextInput
{
    /// <summary>The longest text that is read, in characters.</summary>
    private const int MaxLength = 1 << 20;

    /// <summary>Reads standard input to its end.</summary>
    public static Task<string> ReadStandardInputAsync(ToolContext context, CancellationToken cancellationToken) =>
        ReadAsync(context.Input, "standard input", cancellationToken);

    /// <summary>Reads a file, or standard input if the name is <c>-</c>.</summary>
    public static async Task<string> ReadFileAsync(ToolContext context, string name, CancellationToken cancellationToken)
    {
        if (name == "-")
        {
            return await ReadStandardInputAsync(context, cancellationToken);
        }

        using Stream file = Open(name);
        try
        {
            return await ReadAsync(file, $"the file '{Shown.Text(name)}'", cancellationToken);
        }
        catch (IOException e)
        {
            throw ToolException.Setup($"The file '{Shown.Text(name)}' cannot be read ({Shown.Reason(e)}). Specify a different file, or check the disk of this one.", e);
        }
    }

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="ToolException">The file does not exist or cannot be read.</exception>
    public static Stream Open(string name)
    {
        try
        {
            return new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = e is FileNotFoundException or DirectoryNotFoundException ? "does not exist"
                : Directory.Exists(name) ? "is a directory"
                : "cannot be read";
            throw ToolException.Usage($"The file '{Shown.Text(name)}' {reason}. Specify the name of a file that you can read.");
        }
    }

    private static async Task<string> ReadAsync(Stream stream, string source, CancellationToken cancellationToken)
    {
        // The reader detects UTF-16 by its byte order mark: Windows PowerShell writes it when the output of a command is redirected.
        using StreamReader reader = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: true, bufferSize: 4096, leaveOpen: true);
        StringBuilder text = new();
        char[] buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer.AsMemory(), cancellationToken)) > 0)
        {
            text.Append(buffer, 0, count);
            if (text.Length > MaxLength)
            {
                throw ToolException.Usage($"The text in {source} exceeds {MaxLength >> 20} Mi characters. Pass only the part that matters.");
            }
        }

        return text.ToString();
    }
}

using System.Text;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Store;

/// <summary>Reads the files in which EKS and other platforms store a token.</summary>
internal static class TokenFile
{
    // Tokens are a few kilobytes long. Without a limit, a device such as /dev/zero would be read forever.
    private const int MaxBytes = 64 * 1024;

    /// <summary>Reads a token.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">The profile or variable that contains the path, for messages.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ToolException">The file cannot be read, is empty or is too large.</exception>
    public static async Task<string> ReadAsync(string path, string source, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MaxBytes + 1];
        int length;
        try
        {
            await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            length = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw ToolException.Setup($"{source}: The token file '{Shown.Text(path)}' cannot be read. Check that the file exists and that you have permission to read it.", e);
        }

        return length switch
        {
            0 => throw ToolException.Setup($"{source}: The token file '{Shown.Text(path)}' is empty. Check the path, and the service that writes the file."),
            > MaxBytes => throw ToolException.Setup($"{source}: The token file '{Shown.Text(path)}' is larger than 64 KiB. Specify the file that contains the token."),
            _ => Encoding.UTF8.GetString(buffer, 0, length),
        };
    }
}

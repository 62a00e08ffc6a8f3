using System.CommandLine;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.CommandLine;

/// <summary>Reads the encryption key of SSE-C from a file, because a command line is visible to other users.</summary>
internal static class SseKey
{
    private const string Name = "--sse-customer-key-file";
    private const int MaxFileSize = 200;

    public static Option<string?> Flag() => Flags.Text(Name, "FILE", "File with the SSE-C key: 32 bytes, or their base64 form");

    public static SseCustomerKey? Read(string? file)
    {
        if (file is null)
        {
            return null;
        }

        byte[] content = ReadStart(file);
        string text = System.Text.Encoding.ASCII.GetString(content).Trim();
        byte[] decoded = new byte[MaxFileSize];
        return content.Length == SseCustomerKey.Size ? new SseCustomerKey(content)
            : Convert.TryFromBase64String(text, decoded, out int length) && length == SseCustomerKey.Size ? new SseCustomerKey(decoded.AsSpan(0, length))
            : throw ToolException.Usage($"{Name}: The file '{Shown.Text(file)}' does not contain a key. It must contain exactly 32 bytes, or their base64 form.");
    }

    // A pipe, such as <(pass show sse-key), does not have a length, so the size is limited by reading.
    private static byte[] ReadStart(string file)
    {
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            byte[] content = new byte[MaxFileSize + 1];
            int length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return length <= MaxFileSize ? content[..length] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw ToolException.Usage(
                Directory.Exists(file) ? $"{Name}: '{Shown.Text(file)}' is a directory. Specify the file that contains the key."
                : File.Exists(file) ? $"{Name}: The file '{Shown.Text(file)}' cannot be read. Check its permissions."
                : $"{Name}: The file '{Shown.Text(file)}' does not exist. Create it, for example with 'openssl rand 32 > sse.key'.");
        }
    }
}

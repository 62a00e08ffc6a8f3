using Microsoft.Win32.SafeHandles;

namespace PresignKit.Tool.Output;

/// <summary>Standard output as a stream that reports a closed pipe, and standard error.</summary>
/// <remarks>
/// <see cref="Console.OpenStandardOutput()"/> ignores the error EPIPE, so <c>presign batch … | head -2</c> would sign every key and succeed. It also writes an escape sequence that
/// switches the terminal's keys to a different mode. In a log of the terminal, the sequence would precede the URL.
/// </remarks>
internal static class StandardOutput
{
    private const int BrokenPipe = 32; // EPIPE on Linux, macOS and the BSDs

    // ERROR_BROKEN_PIPE and ERROR_NO_DATA, as HRESULTs.
    private static readonly int[] BrokenPipeOnWindows = [unchecked((int)0x8007006D), unchecked((int)0x800700E8)];

    public static Stream Open() => Open(1, Console.OpenStandardOutput);

    /// <summary>Opens standard error, in UTF-8 like standard output.</summary>
    public static TextWriter OpenError() => OperatingSystem.IsWindows() ? Console.Error : new StreamWriter(Open(2, Console.OpenStandardError)) { AutoFlush = true };

    private static Stream Open(int descriptor, Func<Stream> openConsole)
    {
        if (OperatingSystem.IsWindows())
        {
            return openConsole();
        }

        // A FileStream writes to a regular file at its own position and does not move the position that the shell's commands share, so the next command in '{ presign …; presign …; } > file'
        // would overwrite the result of this one. A pipe does not have a position, and a file is never a closed pipe.
        FileStream stream = new(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? openConsole() : stream;
    }

    public static bool IsBrokenPipe(IOException e) =>
        OperatingSystem.IsWindows() ? Array.IndexOf(BrokenPipeOnWindows, e.HResult) >= 0 : e.HResult == BrokenPipe;
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace PresignKit.Tool.Input;

/// <summary>Asks on the controlling terminal, <c>/dev/tty</c>, for processes whose standard input or error is redirected, as in <c>presign batch … --ask &lt; keys.txt</c>.</summary>
/// <remarks>The terminal stays in its line mode, so a line is limited to 4,096 characters (Linux) or 1,024 (macOS), which is enough for access keys and one-time codes.</remarks>
internal sealed class ControllingTerminal : ITerminalPrompt
{
    private const string Device = "/dev/tty";

    private ControllingTerminal()
    {
    }

    /// <summary>Returns the prompt, or <c>null</c> if the process does not have a controlling terminal.</summary>
    public static ControllingTerminal? Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        try
        {
            using FileStream terminal = OpenDevice();
            return new ControllingTerminal();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public string? Ask(string question, bool isSecret)
    {
        using FileStream terminal = OpenDevice();
        terminal.Write(Encoding.UTF8.GetBytes(question + ": "));
        if (!isSecret)
        {
            return ReadLine(terminal);
        }

        // Ctrl-C must not leave a terminal without echo behind.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => SetEcho(true));
        SetEcho(false);
        try
        {
            return ReadLine(terminal);
        }
        finally
        {
            SetEcho(true);
            terminal.Write("\n"u8);
        }
    }

    private static FileStream OpenDevice() => new(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

    private static string? ReadLine(FileStream terminal)
    {
        using MemoryStream line = new();
        Span<byte> one = stackalloc byte[1];
        while (terminal.Read(one) > 0)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
            }

            line.Write(one);
        }

        return line.Length > 0 ? Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length) : null;
    }

    // GNU and BusyBox specify the device with -F, and the BSDs and macOS with -f.
    private static void SetEcho(bool isOn)
    {
        string option = OperatingSystem.IsLinux() ? "-F" : "-f";
        string? program = ProgramFile.Find("stty", Environment.GetEnvironmentVariable("PATH"));
        using Process? stty = program is null ? null : Process.Start(new ProcessStartInfo(program, [option, Device, isOn ? "echo" : "-echo"]) { RedirectStandardError = true });
        stty?.WaitForExit();
        if (!isOn && stty is not { ExitCode: 0 })
        {
            throw ToolException.Setup("The terminal cannot hide a secret, because the command 'stty' failed. Use --profile or environment variables.");
        }
    }
}

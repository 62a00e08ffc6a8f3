using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Store;

/// <summary>Runs the program of the setting <c>credential_process</c>, as the AWS CLI does.</summary>
/// <remarks>The SDK's class is not used, because it passes the setting to a shell, and because the program could read the keys that <c>batch</c> reads from standard input.</remarks>
/// <param name="context">The standard input of the command.</param>
/// <param name="source">The profile for messages. Messages do not contain the output of the program, which may be a secret.</param>
internal sealed class CredentialProcess(ToolContext context, string source)
{
    private const int MaxOutputBytes = 64 * 1024;

    /// <summary>Runs the program and parses its output.</summary>
    /// <param name="command">The program and its arguments. They are split into words, but are not interpreted by a shell.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="ToolException">The program cannot be started, fails, or does not write valid credentials.</exception>
    public async Task<S3Credentials> RunAsync(string command, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = Split(command);

        // In a shell, words such as TOKEN=secret can precede the program. They are not valid here, and their values must not appear in a message.
        string program = Shown.Text(start.FileName.Split('=')[0]);
        using Process process = Start(start, program);
        try
        {
            if (start.RedirectStandardInput)
            {
                process.StandardInput.Close();
            }

            Task errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
            byte[] output = await ReadAsync(process.StandardOutput.BaseStream, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            await errors;
            return process.ExitCode == 0 ? Parse(output)
                : throw ToolException.Setup(string.Create(
                    CultureInfo.InvariantCulture, $"{source}: The credential_process '{program}' failed with exit code {process.ExitCode}. Run it in a shell to see its error."));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private Process Start(ProcessStartInfo start, string program)
    {
        start.FileName = ProgramFile.Find(start.FileName, context.Variable("PATH"))
            ?? throw ToolException.Setup($"{source}: The credential_process '{program}' cannot be started, because PATH does not contain it. Specify its full path. The setting is not passed to a shell.");
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        // At a terminal, the program can ask for a password or a code.
        start.RedirectStandardInput = !context.IsInputTerminal;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            // The exception's own message contains the current directory. For a directory, its error code is not that of the system.
            string reason = Directory.Exists(start.FileName) ? "it is a directory" : new Win32Exception(e.NativeErrorCode).Message;
            throw ToolException.Setup($"{source}: The credential_process '{program}' cannot be started ({reason}). Check its path. The setting is not passed to a shell.", e);
        }
    }

    private ProcessStartInfo Split(string command)
    {
        if (OperatingSystem.IsWindows())
        {
            // Programs on Windows split their arguments themselves, and a backslash in a path is not an escape.
            bool isQuoted = command.StartsWith('"');
            int end = isQuoted ? command.IndexOf('"', 1) : command.IndexOfAny([' ', '\t']);
            return new ProcessStartInfo(end < 0 ? command.Trim('"') : command[(isQuoted ? 1 : 0)..end], end < 0 ? "" : command[(end + 1)..].Trim());
        }

        return ShellWords.Split(command) is [{ Length: > 0 } program, .. var arguments] ? new ProcessStartInfo(program, arguments)
            : throw ToolException.Setup($"{source}: The credential_process is not a valid command line. Check its quotation marks and backslashes.");
    }

    private async Task<byte[]> ReadAsync(Stream output, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MaxOutputBytes + 1];
        int length = await output.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxOutputBytes ? buffer[..length] : throw NotCredentials("is longer than 64 KiB");
    }

    private S3Credentials Parse(byte[] output) =>
        IssuedCredentials.Parse(output, "SessionToken", hasVersion: true, source, out string? problem, out Exception? inner) ?? throw NotCredentials(problem!, inner);

    private ToolException NotCredentials(string problem, Exception? inner = null) => ToolException.Setup(
        $"{source}: The output of the credential_process {problem}. Run it in a shell, and check that it writes JSON with Version, AccessKeyId and SecretAccessKey.", inner);
}

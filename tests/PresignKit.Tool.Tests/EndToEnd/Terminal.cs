using System.Text.Json;

namespace PresignKit.Tool.Tests.EndToEnd;

/// <summary>Runs a command in a pseudo-terminal and types into it.</summary>
internal static class Terminal
{
    // Waits for each expected text, and types the text that follows it. The output is read while the text is written, because both directions have small buffers. Prints the output, the exit code as
    // a shell reports it, and the settings of the terminal that the command left behind.
    private const string Script = """
        import fcntl, json, os, select, signal, struct, sys, termios, time
        job = json.load(sys.stdin)
        terminal, other_end = os.openpty()
        fcntl.ioctl(other_end, termios.TIOCSWINSZ, struct.pack('HHHH', 50, job['columns'], 0, 0))
        before = termios.tcgetattr(other_end)
        if (pid := os.fork()) == 0:
            os.setsid()
            fcntl.ioctl(other_end, termios.TIOCSCTTY, 0)
            for stream in range(3):
                os.dup2(other_end, stream)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execvp(job['command'][0], job['command'])
        output, typed, steps, status, deadline = b'', b'', list(job['steps']), None, time.monotonic() + 90
        start = 0
        while time.monotonic() < deadline:
            if not typed and steps and output.find(steps[0][0].encode(), start) >= 0:
                expected, text = steps.pop(0)
                start, typed = output.find(expected.encode(), start) + len(expected), text.encode()
            readable, writable, _ = select.select([terminal], [terminal] if typed else [], [], 0.05)
            if writable:
                typed = typed[os.write(terminal, typed[:512]):]
            if readable:
                output += os.read(terminal, 65536)
            elif status is not None:
                break
            elif (ended := os.waitpid(pid, os.WNOHANG))[0]:
                status = ended[1]
        else:
            os.kill(pid, signal.SIGKILL)
        after = termios.tcgetattr(other_end)
        code = -1 if status is None else os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)
        json.dump({'output': output.decode('utf-8', 'replace'), 'exitCode': code, 'isRestored': before[:4] == after[:4]}, sys.stdout)
        """;

    /// <summary>Runs a command.</summary>
    /// <param name="tool">The environment.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="columns">The width of the terminal.</param>
    /// <param name="steps">Pairs: a text to wait for, and the text to type then.</param>
    public static async Task<TerminalResult> RunAsync(FakeTool tool, IReadOnlyList<string> command, int columns = 80, params (string Expected, string Typed)[] steps)
    {
        tool.Input = JsonSerializer.Serialize(new { command, columns, steps = steps.Select(step => new[] { step.Expected, step.Typed }) });
        ToolResult result = await tool.RunProgramAsync(["python3", "-c", Script]);
        result.ExitCode.Should().Be(0, result.Error);
        TerminalResult ran = JsonSerializer.Deserialize<TerminalResult>(result.Output, JsonSerializerOptions.Web)!;
        return ran with { Output = ran.Output.Replace("\r\n", "\n", StringComparison.Ordinal) };
    }
}

using System.Diagnostics;
using PresignKit.Testing;

namespace PresignKit.Tool.Tests.EndToEnd;

/// <summary>What a shell does to the streams and to the process: closed pipes, full disks, and Ctrl-C.</summary>
[Trait("Category", "Load")]
public sealed class StreamTests : IDisposable
{
    private const string Endpoint = "--endpoint-url https://nyc3.digitaloceanspaces.com";

    private const string Remedy = "Check the free disk space, and what standard input and output are redirected to.\n";

    private readonly FakeTool _tool = new FakeTool().WithKeys();

    public void Dispose() => _tool.Dispose();

    // A program such as ssh reads standard input, which contains the keys.
    [ProgramTheory("bash", "-c", "true")]
    [InlineData("cat > /dev/null")]
    [InlineData("read line")]
    public async Task Batch_CredentialProcessReadsTheStandardInput_PrintsAllUrls(string read)
    {
        string file = Path.Combine(_tool.Home, "process.sh");
        await File.WriteAllTextAsync(file, read + "\necho '{\"Version\": 1, \"AccessKeyId\": \"AKIDPROCESS\", \"SecretAccessKey\": \"example\"}'\n");
        _tool.WithConfig($"[profile p]\ncredential_process = sh {file}\n");

        ToolResult result = await _tool.RunScriptAsync($"seq 5 | presign batch s3://my-space {Endpoint} --profile p | cut -d '?' -f 1");

        result.Should().Be(new ToolResult(0, string.Concat(Enumerable.Range(1, 5).Select(key => $"https://my-space.nyc3.digitaloceanspaces.com/{key}\n")), ""));
    }

    // The current directory can be a folder that someone else wrote.
    [ProgramFact("bash", "-c", "true")]
    public async Task Get_CurrentDirectoryContainsTheCredentialProcess_RunsTheOneInPath()
    {
        string file = Path.Combine(_tool.Home, "key.json");
        await File.WriteAllTextAsync(file, """{"Version": 1, "AccessKeyId": "AKIDPROCESS", "SecretAccessKey": "example"}""");
        _tool.WithConfig($"[profile p]\ncredential_process = cat {file}\n");

        ToolResult result = await _tool.RunScriptAsync($"mkdir ~/downloaded && cd ~/downloaded && printf '#!/bin/sh\ntouch ~/started\n' > cat && chmod +x cat && presign get s3://my-space/k {Endpoint} --profile p");

        result.Output.Should().Contain("X-Amz-Credential=AKIDPROCESS%2F", result.Error);
        File.Exists(Path.Combine(_tool.Home, "started")).Should().BeFalse();
    }

    // The fifo of the last script lets the command start after its reader has closed the pipe.
    [ProgramTheory("bash", "-c", "true")]
    [InlineData($"presign batch s3://my-space {Endpoint} < <(seq 1000000 2> /dev/null) | head -2", 2)]
    [InlineData($"presign batch s3://my-space {Endpoint} --json < <(yes a 2> /dev/null) | head -1", 1)]
    [InlineData("presign redact < <(yes https://a.example 2> /dev/null) | head -1", 1)]
    [InlineData("mkfifo \"$HOME/closed\"; { read < \"$HOME/closed\"; presign get --help; } | { exec <&-; echo > \"$HOME/closed\"; }", 0)]
    public async Task Output_ClosedPipe_ExitsWith141(string pipeline, int lines)
    {
        ToolResult result = await _tool.RunScriptAsync(pipeline + "\nexit ${PIPESTATUS[0]}");

        (result.ExitCode, result.Error).Should().Be((141, ""));
        result.Output.Split('\n')[..^1].Should().HaveCount(lines);
    }

    [ProgramTheory("test", "-c", "/dev/full")]
    [InlineData($"presign get s3://my-space/k {Endpoint}")]
    [InlineData($"presign get s3://my-space/k {Endpoint} --json")]
    [InlineData($"presign post s3://my-space/k {Endpoint} --html")]
    [InlineData($"seq 3 | presign batch s3://my-space {Endpoint}")]
    [InlineData($"seq 10000 | presign batch s3://my-space {Endpoint}")]
    [InlineData("echo a | presign redact")]
    [InlineData("presign providers")]
    [InlineData("presign get --help")]
    [InlineData("presign --version")]
    public async Task Output_FullDisk_IsOneError(string command)
    {
        ToolResult result = await _tool.RunScriptAsync($"{command} > /dev/full");

        result.Should().Be(new ToolResult(ExitCode.Setup, "", "presign: Input or output failed: No space left on device. " + Remedy));
    }

    [ProgramTheory("bash", "-c", "true")]
    [InlineData("< <(echo a)", true)]
    [InlineData("< \"$HOME/full\"", true)]
    [InlineData("< \"$HOME/empty\"", false)]
    [InlineData("< /dev/null", false)]
    public async Task Explain_StandardInputWithoutDash_IsMentionedIfItMayContainText(string redirection, bool isMentioned)
    {
        string script = $"echo a > \"$HOME/full\"; : > \"$HOME/empty\"; presign explain '{SampleUrls.Get}' --verbose {redirection}";

        (await _tool.RunScriptAsync(script)).Error.Contains("Standard input is not read.", StringComparison.Ordinal).Should().Be(isMentioned);
    }

    [ProgramTheory("test", "-c", "/dev/full")]
    [InlineData("2> /dev/full")]
    [InlineData("2>&-")]
    public async Task Error_CannotBeWritten_DoesNotChangeTheExitCode(string redirection) =>
        (await _tool.RunScriptAsync($"presign get s3://my-space {Endpoint} {redirection}")).Should().Be(new ToolResult(ExitCode.Usage, "", ""));

    // The second command must not overwrite the error of the first one.
    [ProgramFact("bash", "-c", "true")]
    public async Task Error_FileOfTwoCommands_ContainsBoth()
    {
        ToolResult result = await _tool.RunScriptAsync("{ presign gte; presign pot; } 2> \"$HOME/errors\"; cat \"$HOME/errors\"");

        result.Output.Should().Match("presign: *'gte'*\npresign: *'pot'*\n");
    }

    [ProgramFact("bash", "-c", "true")]
    public async Task Output_Closed_IsOneError() =>
        (await _tool.RunScriptAsync($"presign get s3://my-space/k {Endpoint} >&-")).Should().Be(new ToolResult(ExitCode.Setup, "", "presign: Input or output failed: Bad file descriptor. " + Remedy));

    [ProgramFact("bash", "-c", "true")]
    public async Task Input_Closed_IsNotNeededToSign() =>
        (await _tool.RunScriptAsync($"presign get s3://my-space/k {Endpoint} <&-")).Should().Match<ToolResult>(result => result.ExitCode == 0 && result.Error.Length == 0);

    [ProgramTheory("bash", "-c", "true")]
    [InlineData($"presign batch s3://my-space {Endpoint}")]
    [InlineData("presign redact")]
    [InlineData("presign inspect -")]
    public async Task Input_Folder_IsOneError(string command)
    {
        ToolResult result = await _tool.RunScriptAsync($"{command} < /");

        result.Should().Be(new ToolResult(ExitCode.Setup, "", "presign: Input or output failed: Is a directory. " + Remedy));
    }

    // In a file, the results of two commands must follow each other, although each command is a process with its own position.
    [ProgramFact("bash", "-c", "true")]
    public async Task Output_FileOfTwoCommands_ContainsBoth()
    {
        ToolResult result = await _tool.RunScriptAsync($"{{ presign get s3://my-space/a {Endpoint}; presign get s3://my-space/b {Endpoint}; }} > \"$HOME/urls\"; cut -d '?' -f 1 \"$HOME/urls\"");

        result.Should().Be(new ToolResult(0, "https://my-space.nyc3.digitaloceanspaces.com/a\nhttps://my-space.nyc3.digitaloceanspaces.com/b\n", ""));
    }

    // The command writes the result of each line before it waits for the next line, and Ctrl-C also interrupts the wait.
    [ProgramTheory("env", "--default-signal=INT", "true")]
    [InlineData("batch", "s3://my-space", "--endpoint-url", "https://nyc3.digitaloceanspaces.com")]
    [InlineData("redact")]
    public async Task Input_InterruptedWhileWaiting_ExitsWith130(params string[] args)
    {
        using Process process = PresignProcess.Start(["env", "--default-signal=INT", .. PresignProcess.Command, .. args], _tool.Environment);
        try
        {
            await process.StandardInput.WriteAsync("key\n");
            await process.StandardInput.FlushAsync();
            (await process.StandardOutput.ReadLineAsync()).Should().Contain("key");

            (await _tool.RunProgramAsync(["kill", "-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])).ExitCode.Should().Be(0);

            process.WaitForExit(TimeSpan.FromMinutes(1)).Should().BeTrue();
            process.ExitCode.Should().Be(130);
            (await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync()).Should().BeEmpty();
        }
        finally
        {
            process.Kill();
        }
    }
}

using PresignKit.Testing;

namespace PresignKit.Tool.Tests.EndToEnd;

/// <summary>Prompts, notes and colors in a real pseudo-terminal.</summary>
[Trait("Category", "Load")]
public sealed class TerminalTests : IDisposable
{
    private const string Python = "python3";
    private const string Prompt = "Paste the URL, then press Enter: ";

    // .NET switches the keys of the terminal to this mode before it reads keys or the width.
    private const string Keypad = "\e[?1h\e=";

    private const string Endpoint = "--endpoint-url=https://nyc3.digitaloceanspaces.com";

    private readonly FakeTool _tool = new FakeTool().WithVariable("TERM", "xterm-256color");

    public void Dispose() => _tool.Dispose();

    // Terminals cut off long lines in their line mode: at 4,096 characters on Linux, at 1,024 on macOS.
    [ProgramTheory(Python, "-c", "import termios")]
    [InlineData(100)]
    [InlineData(8_000)]
    [InlineData(30_000)]
    public async Task Inspect_PastedUrl_IsReadCompletely(int tokenLength)
    {
        string token = string.Concat(Enumerable.Range(0, tokenLength).Select(i => (char)('a' + (i % 26))));
        string url = SampleUrls.Create(new GetObject("reports/2026.pdf"), sessionToken: token);
        _tool.WithKeys().WithVariable("AWS_SESSION_TOKEN", token);

        TerminalResult result = await RunAsync(["inspect"], (Prompt, url + "\r"));

        result.Output.Should().Contain("s3://my-space/reports/2026.pdf").And.Contain("correct for GET").And.NotContain("note:");
        (result.ExitCode, result.IsRestored).Should().Be((ExitCode.Negative, true), "the URL expired in March 2026");
    }

    // The shell would execute any text that remains in the terminal after the first line break.
    [ProgramFact(Python, "-c", "import termios")]
    public async Task Inspect_PastedUrlWithLineBreaks_IsReadToItsEnd()
    {
        string url = SampleUrls.Get;

        TerminalResult result = await Terminal.RunAsync(
            _tool, ["sh", "-c", "\"$@\"; echo done; read -r rest; echo \"rest: $rest.\"", "sh", .. PresignProcess.Command, "inspect"], 80, (Prompt, $"{url[..100]}\r{url[100..200]}\r{url[200..]}\r"), ("done", "typed\r"));

        result.Output.Should().Contain("line breaks").And.Contain("s3://my-space/reports/2026.pdf").And.Contain("rest: typed.");
    }

    [ProgramFact(Python, "-c", "import termios")]
    public async Task Ask_Secret_IsInvisible()
    {
        TerminalResult result = await RunAsync(
            ["get", "s3://my-space/k", "--ask", Endpoint], ("Access key ID: ", "ASIAEXAMPLE\r"), ("Secret access key: ", "sekrit\u007f\u007ft-MARKER\r"), ("Session token: ", "t-MARKER-t\r"));

        result.Output.Should().Contain("Access key ID: ASIAEXAMPLE\nSecret access key: \nSession token: \nhttps://my-space.nyc3.digitaloceanspaces.com/k?").And.Contain("presign: valid until ");
        result.Output.Replace("X-Amz-Security-Token=t-MARKER-t", "", StringComparison.Ordinal).Should().NotContain("MARKER");
        (result.ExitCode, result.IsRestored).Should().Be((0, true));
    }

    [ProgramTheory(Python, "-c", "import termios")]
    [InlineData("\u0003", 130)]
    [InlineData("\u0004", ExitCode.Usage)]
    [InlineData("\r", ExitCode.Usage)]
    public async Task Ask_Interrupted_RestoresTheTerminal(string typed, int exitCode)
    {
        TerminalResult result = await RunAsync(["get", "s3://my-space/k", "--ask", Endpoint], ("Access key ID: ", "AKID\r"), ("Secret access key: ", typed));

        (result.ExitCode, result.IsRestored).Should().Be((exitCode, true), result.Output);
    }

    [ProgramFact(Python, "-c", "import termios")]
    public async Task Get_CredentialProcessAsks_ReadsTheAnswerFromTheTerminal()
    {
        string file = Path.Combine(_tool.Home, "ask.sh");
        await File.WriteAllTextAsync(file, "printf 'Code: ' > /dev/tty\nread -r code\necho \"{\\\"Version\\\": 1, \\\"AccessKeyId\\\": \\\"AKID$code\\\", \\\"SecretAccessKey\\\": \\\"example\\\"}\"\n");
        _tool.WithConfig($"[profile p]\ncredential_process = sh {file}\n");

        TerminalResult result = await RunAsync(["get", "s3://my-space/k", Endpoint, "--profile", "p"], ("Code: ", "123456\r"));

        result.Output.Should().StartWith("Code: 123456\nhttps://my-space.nyc3.digitaloceanspaces.com/k?").And.Contain("X-Amz-Credential=AKID123456%2F");
        (result.ExitCode, result.IsRestored).Should().Be((0, true));
    }

    // A script reads the URL from standard output while the person types.
    [ProgramFact(Python, "-c", "import termios")]
    public async Task Ask_OutputRedirected_WritesOnlyTheUrl()
    {
        _tool.WithVariable("OUT", Path.Combine(_tool.Home, "url"));

        TerminalResult result = await Terminal.RunAsync(
            _tool, ["sh", "-c", "\"$@\" > \"$OUT\"", "sh", .. PresignProcess.Command, "get", "s3://my-space/k", "--ask", Endpoint], 80, ("Access key ID: ", "AKID\r"), ("Secret access key: ", "secret\r"));

        result.Output.Replace(Keypad, "", StringComparison.Ordinal).Should().StartWith("Access key ID: AKID\nSecret access key: \npresign: valid until ").And.NotContain("https://");
        (await File.ReadAllTextAsync(Path.Combine(_tool.Home, "url"))).Should().StartWith("https://my-space.nyc3.digitaloceanspaces.com/k?").And.EndWith("\n");
    }

    [ProgramTheory(Python, "-c", "import termios")]
    [InlineData("xterm-256color", null, "", true)]
    [InlineData("xterm-256color", "1", "", false)]
    [InlineData("xterm-256color", "", "", true)]
    [InlineData("dumb", null, "", false)]
    [InlineData("xterm-256color", null, "--color=never", false)]
    [InlineData("dumb", "1", "--color=always", true)]
    public async Task Output_Terminal_IsColoredUnlessNotWanted(string terminal, string? noColor, string option, bool isColored)
    {
        _tool.WithVariable("TERM", terminal).WithVariable("NO_COLOR", noColor);
        string[] options = option.Length > 0 ? [option] : [];

        (await RunAsync(["get", "--help", .. options])).Output.Contains("\e[1m", StringComparison.Ordinal).Should().Be(isColored);
    }

    // A log of the terminal, such as that of 'docker run --tty', contains the URL and the notes, and nothing else.
    [ProgramFact(Python, "-c", "import termios")]
    public async Task Get_Terminal_WritesNoEscapeSequence()
    {
        _tool.WithKeys();

        TerminalResult result = await RunAsync(["get", "s3://my-space/k", Endpoint]);

        result.Output.Should().MatchRegex("^https://my-space.nyc3.digitaloceanspaces.com/k[?][-A-Za-z0-9=&%_]+\npresign: valid until [-0-9: ]+Z [(]1h[)]\n$");
        (result.ExitCode, result.IsRestored).Should().Be((0, true));
    }

    [ProgramTheory(Python, "-c", "import termios")]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Help_Terminal_FitsIntoItsWidth(int columns)
    {
        foreach (string[] args in (string[][])[["--help"], ["get", "--help"], ["batch", "--help"]])
        {
            TerminalResult result = await Terminal.RunAsync(_tool.WithVariable("NO_COLOR", "1"), [.. PresignProcess.Command, .. args], columns);

            // An option or an example that is longer than the line is not split.
            string[] lines = result.Output.Replace(Keypad, "", StringComparison.Ordinal).Split('\n');
            lines.Where(line => line.Length > columns && line.TrimStart().Contains(' ', StringComparison.Ordinal)).Should().BeEmpty();
            lines.Should().Contain(line => line.Length > Math.Min(columns, 100) - 12);
        }
    }

    private Task<TerminalResult> RunAsync(string[] args, params (string Expected, string Typed)[] steps) => Terminal.RunAsync(_tool, [.. PresignProcess.Command, .. args], 80, steps);
}

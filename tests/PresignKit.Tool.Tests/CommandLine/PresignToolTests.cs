namespace PresignKit.Tool.Tests.CommandLine;

public sealed class PresignToolTests : IDisposable
{
    private const string Address = "s3://my-space/k";
    private const string Marker = "marker-secret";

    private static readonly string Url = SampleUrls.Create(new GetObject("k"));

    private readonly FakeTool _tool = new FakeTool().WithKeys().WithVariable("AWS_ENDPOINT_URL_S3", "https://nyc3.digitaloceanspaces.com");

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("gte s3://a/b", "The command 'gte' does not exist. Did you mean 'get'? See 'presign --help'.")]
    [InlineData("xyzzy", "The command 'xyzzy' does not exist. See 'presign --help'.")]
    [InlineData("--verbose", "No command is specified. See 'presign --help'.")]
    [InlineData("--bogus", "The option '--bogus' does not exist. See 'presign --help'.")]
    [InlineData("get s3://a/b --expire-in 1h", "The option '--expire-in' does not exist. Did you mean '--expires-in'? See 'presign get --help'.")]
    [InlineData("get --expire-in 1h s3://a/b", "The option '--expire-in' does not exist. Did you mean '--expires-in'? See 'presign get --help'.")]
    [InlineData("--expire-in 1h s3://a/b", "The option '--expire-in' does not exist. Did you mean '--expires-in'? See 'presign get --help'.")]
    [InlineData("get --expire-in=1h s3://a/b", "The option '--expire-in' does not exist. Did you mean '--expires-in'? See 'presign get --help'.")]
    [InlineData("s3://a/b --expires 60", "The option '--expires' does not exist. Did you mean '--expires-in'? See 'presign get --help'.")]
    [InlineData("s3://a/b --endpoint https://a.example", "The option '--endpoint' does not exist. Did you mean '--endpoint-url'? See 'presign get --help'.")]
    [InlineData("insp", "The command 'insp' does not exist. Did you mean 'inspect'? See 'presign --help'.")]
    [InlineData("s3://a/b --expires-in --region eu-west-1", "--expires-in: The value is missing. Specify it after the option. See 'presign get --help'.")]
    [InlineData("--expires-in --region=eu-west-1 s3://a/b", "--expires-in: The value is missing. Specify it after the option. See 'presign get --help'.")]
    [InlineData("get s3://a/b --header --curl a", "--header: The value is missing. Specify it after the option. See 'presign get --help'.")]
    [InlineData("get s3://a/b --json=true", "--json: The option does not accept a value. Specify only '--json'. See 'presign get --help'.")]
    [InlineData("get --json=true s3://a/b", "--json: The option does not accept a value. Specify only '--json'. See 'presign get --help'.")]
    [InlineData("s3://a/b --download-as a\uFFFD", "--download-as: The value contains U+FFFD, which replaces bytes that are not valid UTF-8. Specify the value in UTF-8. See 'presign get --help'.")]
    [InlineData("s3://a/b --download-as=a\uFFFD", "--download-as: The value contains U+FFFD, which replaces bytes that are not valid UTF-8. Specify the value in UTF-8. See 'presign get --help'.")]
    [InlineData("s3://a/b --curl a\uFFFD", "--curl: The value contains U+FFFD, which replaces bytes that are not valid UTF-8. Specify the value in UTF-8. See 'presign get --help'.")]
    [InlineData("s3://a/\uFFFD", "'s3://a/\uFFFD' contains U+FFFD, which replaces bytes that are not valid UTF-8. Specify the key in UTF-8, or pass a key that really contains U+FFFD to 'presign batch'.")]
    [InlineData("list s3://a/\uFFFD", "'s3://a/\uFFFD' contains U+FFFD, which replaces bytes that are not valid UTF-8. Specify the key in UTF-8, or pass a key that really contains U+FFFD to 'presign batch'.")]
    [InlineData("get s3://a/b -json", "The option '-json' does not exist. Did you mean '--json'? See 'presign get --help'.")]
    [InlineData("get s3://a/b /h", "'/h' is one argument too many. Put a value that contains spaces or '&' in single quotation marks. See 'presign get --help'.")]
    [InlineData("get --version", "The option '--version' cannot be combined with a command. Use 'presign --version'. See 'presign get --help'.")]
    [InlineData("--version get", "--version cannot be combined with other arguments. Specify it alone. See 'presign get --help'.")]
    [InlineData("providers x", "'x' is one argument too many. See 'presign providers --help'.")]
    [InlineData("get s3://a/b --region", "--region: The value is missing. Specify it after the option. See 'presign get --help'.")]
    [InlineData("get s3://a/b --output", "--output: The value is missing. Specify it after the option. See 'presign get --help'.")]
    [InlineData("get s3://a/b --region x --region y", "--region: The option is specified more than once. Specify it once. See 'presign get --help'.")]
    [InlineData("s3://a/b put", "'put' is one argument too many. Put a value that contains spaces or '&' in single quotation marks. See 'presign get --help'.")]
    [InlineData("get s3://a/b --color bogus", "--color: 'bogus' is not a valid choice. Use auto, always or never.")]
    [InlineData("--help --color bogus", "--color: 'bogus' is not a valid choice. Use auto, always or never.")]
    public async Task Run_CommandLineNotValid_Returns2AndOneLine(string commandLine, string error) =>
        (await _tool.RunAsync(commandLine.Split(' '))).Should().Be(new ToolResult(2, "", $"presign: {error}\n"));

    [Fact]
    public async Task Run_ValueThatLooksLikeAnOption_IsAcceptedAfterAnEqualsSign()
    {
        (await _tool.RunAsync("get", Address, "--download-as=--region")).Output.Should().Contain("filename%3D%22--region%22");
        (await _tool.RunAsync("get", Address, "--download-as", "-a")).ExitCode.Should().Be(0);
        (await _tool.RunAsync("get", Address, "--curl", "--verbose")).Output.Should().StartWith("curl ");
        (await _tool.RunAsync("get", "--", "s3://my-space/--json=true")).ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Run_FileWhoseContentCannotBeRead_IsNotBlamedOnTheOutput()
    {
        const string File = "/proc/self/mem";
        if (!System.IO.File.Exists(File))
        {
            return;
        }

        ToolResult put = await _tool.RunAsync("put", Address, "--for", File);
        ToolResult explain = await _tool.RunAsync("explain", Url, File);

        put.Error.Should().MatchRegex(@"^presign: --for: The file '/proc/self/mem' cannot be read \(.+\)\. Specify a different file, or check the disk of this one\.\n$");
        explain.Error.Should().MatchRegex(@"^presign: The file '/proc/self/mem' cannot be read \(.+\)\. Specify a different file, or check the disk of this one\.\n$");
        new[] { put, explain }.Should().OnlyContain(result => result.ExitCode == 3);
    }

    [Fact]
    public async Task Run_NoArguments_PrintsHelpToStandardError()
    {
        ToolResult result = await _tool.RunAsync();

        result.Should().Be(new ToolResult(2, "", (await _tool.RunAsync("--help")).Output));
        result.Error.Should().StartWith("Create, read and explain presigned URLs for S3-compatible stores.\n\nExamples\n");
    }

    [Fact]
    public async Task Run_Version_PrintsIt()
    {
        ToolResult result = await _tool.RunAsync("--version");

        result.Output.Should().MatchRegex(@"^\d+\.\d+\.\d+\S*\n$");
        result.ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("[suggest:17]", "presign get --exp", "--expected-bucket-owner\n--expires-in\n")]
    [InlineData("[suggest:10]", "presign ge", "get\n")]
    [InlineData("[suggest:21]", "presign s3://b/k --ex", "--expected-bucket-owner\n--expires-in\n")]
    [InlineData("[suggest:21]", "presign s3://b/k --ex --json", "--expected-bucket-owner\n--expires-in\n")]
    [InlineData("[suggest:35]", "presign --profile p s3://b/k --down", "--download-as\n")]
    [InlineData("[suggest:28]", "presign put s3://b/k --cache", "--cache-control\n")]
    [InlineData("[suggest:2]", "presign s3://b/k", "\n")]
    [InlineData("[suggest:27]", "presign get --url-style vir", "virtual\n")]
    public async Task Run_Suggest_PrintsCompletions(string directive, string line, string completions) =>
        (await _tool.RunAsync(directive, line)).Should().Be(new ToolResult(0, completions, ""));

    [Theory]
    [InlineData("get", Address, "--profile", "list")]
    [InlineData("--profile", "list", Address)]
    [InlineData("--profile=list", Address)]
    [InlineData(Address, "--profile", "list")]
    public async Task Run_ProfileThatIsCalledLikeACommand_IsNotACommand(params string[] args)
    {
        _tool.WithCredentials($"[list]\naws_access_key_id = {SampleUrls.AccessKeyId}\naws_secret_access_key = {SampleUrls.Secret}\n");

        (await _tool.RunAsync(args)).Should().Be(new ToolResult(0, Url + "\n", ""));
    }

    [Theory]
    [InlineData("--secret-key")]
    [InlineData("--secret-access-key")]
    [InlineData("--session-token")]
    [InlineData("--aws-secret-access-key")]
    public async Task Run_SecretOnTheCommandLine_IsRejectedAndNotPrinted(string option)
    {
        string error = $"presign: {option}: A secret on the command line is visible to every user of this machine and is stored in the shell's history. Use --ask, --profile or environment variables, and replace "
            + "this key, because it may have been read already.\n";

        foreach (string[] args in (string[][])[["get", Address, option, Marker], ["get", Address, $"{option}={Marker}"], [option, Marker, Address], [option, Marker], ["get", option, "--bogus", Marker], ["bogus", option, Marker]])
        {
            (await _tool.RunAsync(args)).Should().Be(new ToolResult(2, "", error), "of {0}", string.Join(' ', args));
        }
    }

    [Fact]
    public async Task Run_AccessKeyOnTheCommandLine_IsRejected() =>
        (await _tool.RunAsync("get", Address, "--access-key", "AKIA")).Should().Be(new ToolResult(
            2, "", "presign: --access-key: The command line does not accept access keys. Use --ask, --profile, or the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n"));

    [Theory]
    [InlineData("--secretkey", Marker)]
    [InlineData("--secretkey=" + Marker)]
    [InlineData("-s" + Marker)]
    public async Task Run_UnknownOption_DoesNotPrintItsValue(params string[] args)
    {
        ToolResult result = await _tool.RunAsync(["get", Address, .. args]);

        result.Error.Should().StartWith($"presign: The option '{args[0].Split('=')[0]}' does not exist.");
        result.Error.Replace(args[0].Split('=')[0], "", StringComparison.Ordinal).Should().NotContain(Marker);
    }

    [Fact]
    public async Task Run_Help_IsColoredOnATerminalOnly()
    {
        (await _tool.RunAsync("--help")).Output.Should().NotContain("\u001b");
        (await _tool.RunAsync("--help", "--color", "always")).Output.Should().Contain("\u001b[1mExamples\u001b[0m");
        (await _tool.RunAsync("get", "--help", "--color", "on")).Output.Should().Contain("\u001b[1mUsage\u001b[0m");

        _tool.IsTerminal = true;
        (await _tool.RunAsync("--help")).Output.Should().Contain("\u001b[1mExamples\u001b[0m");
        (await _tool.RunAsync()).Error.Should().Contain("\u001b[1mExamples\u001b[0m");
        (await _tool.RunAsync("--help", "--color", "off")).Output.Should().NotContain("\u001b");
        (await _tool.WithVariable("NO_COLOR", "1").RunAsync("--help")).Output.Should().NotContain("\u001b");
        (await _tool.RunAsync("--help", "--color", "always")).Output.Should().Contain("\u001b", "because the option takes precedence over NO_COLOR");
        (await _tool.WithVariable("NO_COLOR", "").RunAsync("--help")).Output.Should().Contain("\u001b", "because an empty NO_COLOR counts as not set");
        (await _tool.WithVariable("TERM", "dumb").RunAsync("--help")).Output.Should().NotContain("\u001b");
    }

    [Fact]
    public async Task Run_OutputIsClosed_Returns141()
    {
        _tool.OutputStream = new FailingStream(new IOException("Broken pipe", OperatingSystem.IsWindows() ? unchecked((int)0x8007006D) : 32));
        _tool.Input = "a\nb\n";

        (await _tool.RunAsync("get", Address)).Should().Be(new ToolResult(141, "", ""));
        (await _tool.RunAsync("batch", "s3://my-space")).Should().Be(new ToolResult(141, "", ""));
        (await _tool.RunAsync("--help")).Should().Be(new ToolResult(141, "", ""));
    }

    [Fact]
    public async Task Run_OutputCannotBeWritten_Returns3AndOneLine()
    {
        _tool.OutputStream = new FailingStream(new IOException("No space left on device", 28));

        (await _tool.RunAsync("get", Address)).Should().Be(
            new ToolResult(3, "", "presign: Input or output failed: No space left on device. Check the free disk space, and what standard input and output are redirected to.\n"));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _presign presign\n")]
    [InlineData("zsh", "compdef _presign presign\n")]
    [InlineData("fish", "complete -c presign -a '(__presign_complete)'\n")]
    [InlineData("pwsh", "}\n")]
    [InlineData("powershell", "}\n")]
    public async Task Completion_Shell_PrintsItsScript(string shell, string end)
    {
        ToolResult result = await _tool.RunAsync("completion", shell);

        result.Output.Should().EndWith(end).And.Contain("[suggest:").And.NotContain("\r");
        (result with { Output = "" }).Should().Be(new ToolResult(0, "", ""));
    }

    [Fact]
    public async Task Completion_OtherShell_Returns2()
    {
        (await _tool.RunAsync("completion", "csh")).Should().Be(new ToolResult(2, "", "presign: The shell 'csh' is not supported. Use bash, zsh, fish or pwsh.\n"));
        (await _tool.RunAsync("completion")).Should().Be(new ToolResult(2, "", "presign: The argument bash|zsh|fish|pwsh is missing. See 'presign completion --help'.\n"));
    }

    private sealed class FailingStream(Exception error) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw error;

        public override void Write(byte[] buffer, int offset, int count) => throw error;
    }

    [Fact]
    public async Task Run_SseKeyOnTheCommandLine_NamesTheFileOption()
    {
        (await _tool.RunAsync("get", Address, "--sse-customer-key", "marker-secret")).Error.Should().Contain("--sse-customer-key-file").And.NotContain("marker-secret");
        (await _tool.WithKeys().RunAsync("get", Address, "--header", "x-amz-server-side-encryption-customer-key: marker-secret")).Error.Should()
            .Be("presign: --header: The value is an encryption key, and every user of this machine can read command lines. Use --sse-customer-key-file, and replace this key.\n");
    }

    [Theory]
    [InlineData("batch", "s3://my-space")]
    [InlineData("post", "s3://my-space/k")]
    [InlineData("inspect", "https://a.example/k")]
    public async Task Run_NoSignRequestWithoutAUrlOfAnObject_IsRejected(string verb, string argument) =>
        (await _tool.WithKeys().RunAsync(verb, argument, "--no-sign-request")).Should().Be(new ToolResult(2, "", "presign: --no-sign-request: Nothing would be signed. Remove the option.\n"));

    [Fact]
    public async Task Run_UntilThatIsTooLate_NamesTheOption() =>
        (await _tool.WithKeys().RunAsync("get", Address, "--provider", "spaces", "--region", "nyc3", "--until", "2026-12-24T18:00Z")).Error.Should().StartWith("presign: --until: The lifetime is 285d 2h 50m 34s, but must be ");

    [Fact]
    public async Task Run_UnexpectedException_IsOneLineWithoutItsMessage()
    {
        _tool.OutputStream = new FailingStream(new FormatException("marker-secret"));

        (await _tool.WithKeys().RunAsync("get", Address, "--provider", "spaces", "--region", "nyc3"))
            .Should().Be(new ToolResult(70, "", "presign: An unexpected error occurred (FormatException). Please report it, with the command but without secrets and URLs.\n"));
    }
}

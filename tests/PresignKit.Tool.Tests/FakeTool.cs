using System.Text;
using Microsoft.Extensions.Time.Testing;
using PresignKit.Testing;

namespace PresignKit.Tool.Tests;

/// <summary>Runs <c>presign</c> within the test process: with its own home directory, environment and clock, and without the network.</summary>
internal sealed class FakeTool : IDisposable
{
    public FakeTool()
    {
        Directory.CreateDirectory(Path.Combine(Home, ".aws"));
        Environment = new Dictionary<string, string?>
        {
            ["HOME"] = Home,
            ["AWS_CONFIG_FILE"] = ConfigFile,
            ["AWS_SHARED_CREDENTIALS_FILE"] = CredentialsFile,
            // Without this variable, a run without credentials would ask the metadata service of the machine.
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
    }

    /// <summary>Gets the home directory, which is deleted with the instance.</summary>
    public string Home { get; } = Directory.CreateTempSubdirectory("presign-").FullName;

    public string ConfigFile => Path.Combine(Home, ".aws", "config");

    public string CredentialsFile => Path.Combine(Home, ".aws", "credentials");

    /// <summary>Gets the environment variables. The environment of the test process is not visible to the tool.</summary>
    public Dictionary<string, string?> Environment { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero));

    /// <summary>Gets or sets a value that indicates whether standard input, output and error are a terminal.</summary>
    public bool IsTerminal { get; set; }

    /// <summary>Gets or sets standard input.</summary>
    public string Input { get; set; } = "";

    /// <summary>Gets or sets the standard input of tests for which a string is not sufficient.</summary>
    public Stream? InputStream { get; set; }

    /// <summary>Gets or sets a value that indicates whether standard error alone is a terminal, as in <c>presign … &lt; file</c>.</summary>
    public bool IsErrorTerminal { get; set; }

    /// <summary>Gets or sets the standard output of tests that observe when it is written. The result of the run does not contain it.</summary>
    public Stream? OutputStream { get; set; }

    public int Width { get; set; } = 80;

    /// <summary>Gets the answers to the prompts, in the order of the prompts. A prompt without an answer receives the end of the input. If there are no answers, the process does not have a terminal.</summary>
    public FakePrompt Prompt { get; } = new();

    /// <summary>Gets a context for tests that call a part of the tool instead of the command. <see cref="Error"/> collects its notes.</summary>
    public ToolContext Context => CreateContext(new MemoryStream(), Error);

    public StringWriter Error { get; } = new();

    /// <summary>Sets an access key in the environment.</summary>
    public FakeTool WithKeys(string accessKeyId = "DO00SPACESEXAMPLE000", string secretAccessKey = "example-secret-access-key-of-40-characters")
    {
        Environment["AWS_ACCESS_KEY_ID"] = accessKeyId;
        Environment["AWS_SECRET_ACCESS_KEY"] = secretAccessKey;
        return this;
    }

    public FakeTool WithVariable(string name, string? value)
    {
        Environment[name] = value;
        return this;
    }

    /// <summary>Writes <c>~/.aws/config</c>.</summary>
    public FakeTool WithConfig(string text)
    {
        File.WriteAllText(ConfigFile, text);
        return this;
    }

    /// <summary>Writes <c>~/.aws/credentials</c>, readable by its owner only.</summary>
    public FakeTool WithCredentials(string text)
    {
        File.WriteAllText(CredentialsFile, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(CredentialsFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return this;
    }

    /// <summary>Runs the command.</summary>
    public async Task<ToolResult> RunAsync(params string[] args)
    {
        using MemoryStream output = new();
        using StringWriter error = new() { NewLine = "\n" };
        int exitCode = await PresignTool.RunAsync(args, CreateContext(OutputStream ?? output, error));
        return new ToolResult(exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Runs the built command as a process, with the home directory, the environment and the standard input of this instance, and with the real clock.</summary>
    public Task<ToolResult> RunProcessAsync(params string[] args) => RunProgramAsync([.. PresignProcess.Command, .. args]);

    /// <summary>Runs a bash script that can call <c>presign</c>.</summary>
    public Task<ToolResult> RunScriptAsync(string script, params string[] args)
    {
        Environment["PATH"] = PresignProcess.WriteProgram(Home);
        return RunProgramAsync(["bash", "-c", script, "bash", .. args]);
    }

    /// <summary>Runs a program with the home directory, the environment and the standard input of this instance.</summary>
    public async Task<ToolResult> RunProgramAsync(IReadOnlyList<string> command)
    {
        (int exitCode, string output, string error) = await PresignProcess.RunAsync(command, Environment, Input);
        return new ToolResult(exitCode, output, error);
    }

    public void Dispose()
    {
        Directory.Delete(Home, recursive: true);
        Error.Dispose();
    }

    private ToolContext CreateContext(Stream output, TextWriter error) => new()
    {
        Input = InputStream ?? new MemoryStream(Encoding.UTF8.GetBytes(Input)),
        Output = output,
        Error = error,
        IsInputTerminal = IsTerminal,
        MayHaveInput = () => InputStream is not null || Input.Length > 0,
        IsOutputTerminal = IsTerminal,
        IsErrorTerminal = IsTerminal || IsErrorTerminal,
        Width = Width,
        GetVariable = name => Environment.GetValueOrDefault(name),
        UserProfile = Home,
        Clock = Clock,
        Prompt = IsTerminal || Prompt.Answers.Count > 0 ? Prompt : null,
    };
}

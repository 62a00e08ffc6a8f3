namespace PresignKit.Tool.Tests.EndToEnd;

/// <summary>The completion script in a real bash.</summary>
[Trait("Category", "Load")]
public sealed class CompletionTests : IDisposable
{
    // Sets the variables as bash does when Tab is pressed at the end of the line in $1, and prints the completions.
    private const string Script = """
        source <(presign completion bash)
        COMP_LINE=$1 COMP_POINT=${#1}
        read -ra COMP_WORDS <<< "$1"
        [[ $1 == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _presign presign "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\n' "${COMPREPLY[@]}"
        """;

    private readonly FakeTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [ProgramTheory("bash", "-c", "true")]
    [InlineData("presign get --reg", "--region")]
    [InlineData("presign get s3://my-space/k --response-content-t", "--response-content-type")]
    [InlineData("presign get --expires-in 1h --vers", "--version-id")]
    [InlineData("presign put --content-m", "--content-md5")]
    [InlineData("presign s3://my-space/k --ex", "--expected-bucket-owner\n--expires-in")]
    [InlineData("presign res", "resign")]
    [InlineData("presign comp", "completion")]
    [InlineData("presign completion f", "fish")]
    [InlineData("presign get --url-style v", "virtual")]
    [InlineData("presign get --provider sp", "spaces")]
    [InlineData("presign get --profile ro", "rome\nrotterdam")]
    [InlineData("presign get --nothing-begins-like-this", "")]
    public async Task Bash_Tab_CompletesTheWord(string line, string completions)
    {
        _tool.WithConfig("[profile rome]\nregion = r\n[profile rotterdam]\nregion = r\n[profile oslo]\nregion = r\n");

        (await _tool.RunScriptAsync(Script, line)).Should().Be(new ToolResult(0, completions + "\n", ""));
    }

    [ProgramFact("bash", "-c", "true")]
    public async Task Bash_TabAfterTheName_ListsTheVerbs()
    {
        ToolResult result = await _tool.RunScriptAsync(Script, "presign ");

        result.Output.Split('\n').Should().Contain(["get", "put", "head", "delete", "list", "post", "batch", "inspect", "explain", "verify", "redact", "resign", "append", "config", "providers", "completion"]);
    }

    [ProgramTheory("bash", "-c", "true")]
    [InlineData("bash", "bash -n")]
    [InlineData("zsh", "zsh -n")]
    [InlineData("fish", "fish --no-execute")]
    public async Task Script_OfAShell_IsValidThere(string shell, string check)
    {
        ToolResult result = await _tool.RunScriptAsync($"command -v {shell} > /dev/null || exit 0; presign completion {shell} > \"$HOME/script\" && {check} \"$HOME/script\"");

        result.Should().Be(new ToolResult(0, "", ""));
    }
}

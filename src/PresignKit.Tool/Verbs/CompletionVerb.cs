using System.CommandLine;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Verbs;

/// <summary>Prints the script that completes the command in a shell.</summary>
internal sealed class CompletionVerb : Verb
{
    // The command itself computes the completions: presign "[suggest:14]" "presign get --r" prints one per line. It matches anywhere in a word, so the scripts keep only the matches at the start.
    private const string Bash = """
        _presign() {
            local IFS=$'\n' line="${COMP_LINE:0:$COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}"
            COMPREPLY=($(presign "[suggest:${#line}]" "$line" 2>/dev/null | while read -r one; do [[ $one == "$word"* ]] && printf '%s\n' "$one"; done))
        }
        complete -o default -F _presign presign
        """;

    private const string Zsh = """
        #compdef presign
        _presign() {
            local line="${words[1,CURRENT]}"
            local -a found
            found=("${(@f)$(presign "[suggest:${#line}]" "$line" 2>/dev/null)}")
            compadd -- ${(M)found:#${PREFIX}*} || _files
        }
        compdef _presign presign
        """;

    private const string Fish = """
        function __presign_complete
            set -l line (commandline -cp)
            presign "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null | string match -- (commandline -ct)'*'
        end
        complete -c presign -a '(__presign_complete)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName presign -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $line = $commandAst.ToString().PadRight($cursorPosition)
            presign "[suggest:$cursorPosition]" "$line" 2>$null | Where-Object { $_.StartsWith($wordToComplete) } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }
        """;

    private readonly Argument<string> _shell = new("shell") { HelpName = "bash|zsh|fish|pwsh", Description = "Shell" };

    public CompletionVerb(ToolContext context)
        : base(context, "completion", "Print a script that completes commands and options in a shell.")
    {
        _shell.CompletionSources.Add("bash", "zsh", "fish", "pwsh");
        Arguments.Add(_shell);
    }

    public override bool UsesStore => false;

    public override IReadOnlyList<(string Line, string Comment)> Examples =>
    [
        ("source <(presign completion bash)", "In ~/.bashrc"),
        ("source <(presign completion zsh)", "In ~/.zshrc, after compinit"),
        ("presign completion fish | source", "In ~/.config/fish/config.fish"),
        ("presign completion pwsh | Out-String | Invoke-Expression", "In the PowerShell profile"),
    ];

    protected override Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string shell = result.GetRequiredValue(_shell);
        Context.WriteLine(shell switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "fish" => Fish,
            "pwsh" or "powershell" => PowerShell,
            _ => throw ToolException.Usage($"The shell '{Shown.Text(shell)}' is not supported. Use bash, zsh, fish or pwsh."),
        });
        return Task.FromResult(ExitCode.Success);
    }
}

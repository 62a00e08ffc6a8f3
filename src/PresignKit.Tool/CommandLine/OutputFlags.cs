using System.CommandLine;
using PresignKit.Tool.Output;

namespace PresignKit.Tool.CommandLine;

/// <summary>The options that select the form of the result. By default, the result is the URL alone.</summary>
internal sealed class OutputFlags
{
    private readonly Option<bool> _json = Flags.Switch("--json", "Print JSON with the URL, the method, the headers to send and the expiry");
    private readonly Option<string?> _curl;
    private readonly Option<string?> _powerShell;
    private readonly Option<bool>? _html;
    private readonly List<Option> _options;

    public OutputFlags(string verb)
    {
        bool isForm = verb == "post";
        bool isUpload = isForm || verb == "put";
        string file = isForm ? "FILE" : "[FILE]"; // For 'put', the default is the file of --for.
        string use = isUpload ? "that uploads FILE" : "that saves the response as FILE";
        _curl = Flags.Text("--curl", file, $"Print a curl command line for sh, bash and zsh {use}");
        _powerShell = Flags.Text("--powershell", file, $"Print a command line for PowerShell {use}");
        _options = [_json, _curl, _powerShell];
        if (isForm)
        {
            _html = Flags.Switch("--html", "Print an HTML form");
            _options.Insert(1, _html);
        }
        else
        {
            _curl.Arity = _powerShell.Arity = ArgumentArity.ZeroOrOne;
        }

        Group = new OptionGroup("Output", _options);
    }

    public OptionGroup Group { get; }

    public OutputFormat Read(ParseResult result)
    {
        string[] given = [.. _options.Where(option => result.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
        if (given.Length > 1)
        {
            throw ToolException.Usage($"{given[0]} and {given[1]} cannot be combined. Specify only one of them.");
        }

        return given.FirstOrDefault() switch
        {
            null => new OutputFormat(OutputKind.Url),
            "--json" => new OutputFormat(OutputKind.Json),
            "--html" => new OutputFormat(OutputKind.Html),
            "--curl" => new OutputFormat(OutputKind.Curl, result.GetValue(_curl)),
            _ => new OutputFormat(OutputKind.PowerShell, result.GetValue(_powerShell)),
        };
    }
}

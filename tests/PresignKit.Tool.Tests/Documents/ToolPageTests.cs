using System.Text;
using System.Text.RegularExpressions;

namespace PresignKit.Tool.Tests.Documents;

/// <summary>Runs the commands in the console blocks of docs/tool.md and compares the outputs. On the page, "…" stands for text that is left out.</summary>
public sealed partial class ToolPageTests : IDisposable
{
    private readonly FakeTool _tool = new FakeTool()
        .WithConfig("[profile spaces]\nregion = nyc3\nendpoint_url = https://nyc3.digitaloceanspaces.com\n")
        .WithCredentials("[spaces]\naws_access_key_id = DO00SPACESEXAMPLE000\naws_secret_access_key = example-secret-access-key-of-40-characters\n");

    private readonly Dictionary<string, string> _variables = [];

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task ConsoleBlocks_Commands_HaveTheOutputOnThePage()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "tool.md"));
        List<(string Command, string Expected, string Actual)> runs = [];
        foreach (Match block in Blocks().Matches(page))
        {
            foreach (Match run in Runs().Matches(block.Groups["text"].Value))
            {
                runs.Add((run.Groups["command"].Value, run.Groups["output"].Value, await RunAsync(run.Groups["command"].Value)));
            }
        }

        runs.Should().HaveCountGreaterThan(10);
        foreach ((string command, string expected, string actual) in runs)
        {
            string pattern = string.Join(".*", expected.Split('…').Select(Regex.Escape));
            Regex.IsMatch(actual, $@"\A{pattern}\z", RegexOptions.Singleline).Should().BeTrue($"'{command}' prints\n{actual}\nbut the page shows\n{expected}");
        }
    }

    private async Task<string> RunAsync(string command)
    {
        if (Assignment().Match(command) is { Success: true } assignment)
        {
            _variables[assignment.Groups["name"].Value] = (await RunAsync(assignment.Groups["command"].Value)).TrimEnd('\n');
            return "";
        }

        List<string> words = Split(command);
        int pipe = words.IndexOf("|");
        _tool.Input = pipe < 0 ? "" : Regex.Unescape(words[1]);
        words = words[(pipe + 1)..];
        words[0].Should().Be("presign");
        bool usesKeysOfTheEnvironment = !words.Contains("--profile");
        using FakeTool keys = usesKeysOfTheEnvironment ? new FakeTool().WithKeys() : new FakeTool();
        ToolResult result = await (usesKeysOfTheEnvironment ? keys : _tool).RunAsync([.. words.Skip(1).Select(word => word == "error.xml" ? ErrorResponse() : word)]);
        return result.Output + result.Error.Replace(_tool.Home, "~", StringComparison.Ordinal);
    }

    // The response that AWS and Swift send to a URL with an appended parameter.
    private string ErrorResponse()
    {
        string url = _variables["URL"] + "&foo=1";
        string file = Path.Combine(_tool.Home, "error.xml");
        string canonical = SignatureExplanation.Of(HttpMethod.Get, url).CanonicalRequest;
        File.WriteAllText(file, $"<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided.</Message><CanonicalRequest>{System.Net.WebUtility.HtmlEncode(canonical)}</CanonicalRequest></Error>");
        return file;
    }

    // Words are separated by spaces and can contain quoted parts, as in a POSIX shell.
    private List<string> Split(string command)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool isWord = false;
        char quote = '\0';
        foreach (char c in command)
        {
            if (c == ' ' && quote == '\0')
            {
                if (isWord)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                isWord = false;
                continue;
            }

            isWord = true;
            if (c is '\'' or '"' && (quote == '\0' || quote == c))
            {
                quote = quote == '\0' ? c : '\0';
                continue;
            }

            word.Append(c);
        }

        words.Add(word.ToString());
        return [.. words.Select(one => Variable().Replace(one, match => _variables.GetValueOrDefault(match.Groups["name"].Value, match.Value)))];
    }

    [GeneratedRegex(@"^```console\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^\$ (?<command>[^\n]*)\n(?<output>(?:(?!\$ )[^\n]*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Runs();

    [GeneratedRegex(@"^(?<name>[A-Z]+)=\$\((?<command>.*)\)$")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\$(?<name>[A-Z]+)")]
    private static partial Regex Variable();
}

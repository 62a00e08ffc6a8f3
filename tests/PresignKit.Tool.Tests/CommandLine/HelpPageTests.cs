using System.CommandLine;
using System.Text.RegularExpressions;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.Tests.CommandLine;

public sealed partial class HelpPageTests : IDisposable
{
    private const int MaxWidth = 100;

    private readonly FakeTool _tool = new();

    public static TheoryData<string, int> Pages
    {
        get
        {
            TheoryData<string, int> pages = new();
            using FakeTool tool = new();
            foreach (string verb in new CommandTree(tool.Context).Root.Subcommands.Select(verb => verb.Name).Prepend(""))
            {
                pages.Add(verb, 60);
                pages.Add(verb, 80);
                pages.Add(verb, 120);
            }

            return pages;
        }
    }

    public void Dispose() => _tool.Dispose();

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Help_Width_IsRespected(string verb, int width)
    {
        _tool.Width = width;

        string[] lines = (await HelpAsync(verb)).Split('\n');

        lines.Where(line => line.Length > Math.Min(width, MaxWidth)).Should().BeEmpty("because the terminal would break a longer line within a word");
        lines.Where(line => line != line.TrimEnd()).Should().BeEmpty();
        lines[^1].Should().BeEmpty();
        lines.Where((line, i) => line.Length == 0 && i > 0 && lines[i - 1].Length == 0).Should().BeEmpty("because one empty line separates paragraphs");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Help_Options_AreAllListed(string verb, int width)
    {
        _tool.Width = width;
        CommandTree tree = new(_tool.Context);
        Command command = verb.Length == 0 ? tree.Root : tree.Root.Subcommands.First(one => one.Name == verb);

        string help = await HelpAsync(verb);

        IEnumerable<string> terms = help.Split('\n').Select(line => line.TrimStart().Split([' ', ','])[0]);
        command.Options.Where(option => !option.Hidden && option is not VersionOption && (verb.Length > 0 || tree.Store.Store.Options.Contains(option))).Select(option => option.Name)
            .Except(terms).Should().BeEmpty();
        if (verb.Length == 0)
        {
            terms.Should().Contain(tree.Root.Subcommands.Select(one => one.Name));
        }

        help.Should().NotContain("--debug").And.NotContain("--secret").And.NotContain("--no-sign-request");
    }

    [Fact]
    public void Help_Examples_AreValidCommandLines()
    {
        CommandTree tree = new(_tool.Context);
        foreach ((string line, _) in tree.Root.Subcommands.OfType<Verb>().SelectMany(verb => verb.Examples))
        {
            string command = Command().Match(line).Groups[1].Value;
            string[] args = [.. ShellWords.Split(command)!];

            command.Should().NotBeEmpty("of {0}", line);
            ParseProblem.Find(tree.Root.Parse(CommandTree.WithAddressFirst(tree.WithDefaultVerb(args)))).Should().BeNull("of {0}", line);
        }
    }

    [Fact]
    public async Task Help_OfDelete_IsComplete() => (await HelpAsync("delete")).Should().Be(
        """
        Create a URL that deletes an object.

        Usage
          presign delete s3://BUCKET/KEY [options]

        Examples
          presign delete s3://my-space/old.pdf --expires-in 10m
                A URL that deletes the object within ten minutes

        Arguments
          s3://BUCKET/KEY  Object

        Lifetime
          --expires-in DURATION  Lifetime in seconds, or 90s, 15m, 1h30m, 7d (default:
                                 1h)
          --until TIME           Instant at which the URL expires, for example
                                 2026-12-24T18:00Z, or Unix seconds
          --window DURATION      Return the same URL for this long, so that browsers can
                                 cache the response

        Object
          --version-id ID  Version to delete

        Request
          --header 'NAME: VALUE'           Header that is signed and must be sent; can
                                           be repeated
          --query-param NAME=VALUE         Query parameter that is signed; can be
                                           repeated
          --request-payer requester        The requester pays for the request
          --expected-bucket-owner ACCOUNT  Account ID that must own the bucket

        Output
          --json               Print JSON with the URL, the method, the headers to send
                               and the expiry
          --curl [FILE]        Print a curl command line for sh, bash and zsh that saves
                               the response as FILE
          --powershell [FILE]  Print a command line for PowerShell that saves the
                               response as FILE

        Store
          --endpoint-url URL             Store, for example
                                         https://nyc3.digitaloceanspaces.com
          --provider NAME                Store by its provider, with --region ('presign
                                         providers' lists them)
          --account ID                   Account of Cloudflare R2 or project of
                                         Supabase, with --provider
          --region NAME                  Region, for example eu-west-1
          --url-style auto|path|virtual  Position of the bucket in the URL (default:
                                         what the store supports)
          --cdn-url URL                  CDN or proxy whose host replaces the store's
                                         host in the URL

        Credentials
          --profile NAME  Profile in ~/.aws/config and ~/.aws/credentials
          --ask           Ask for the access key on the terminal
          Environment: AWS_ENDPOINT_URL_S3, AWS_REGION, AWS_PROFILE, AWS_ACCESS_KEY_ID,
          AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, SPACES_ACCESS_KEY_ID,
          SPACES_SECRET_ACCESS_KEY

        General
          --verbose                  Write notes even if standard error is not a
                                     terminal
          --color auto|always|never  Color in help (default: auto)
          --help, -h                 Show this help

        """.ReplaceLineEndings("\n"));

    private async Task<string> HelpAsync(string verb)
    {
        ToolResult result = await _tool.RunAsync(verb.Length == 0 ? ["--help"] : [verb, "--help"]);

        (result with { Output = "" }).Should().Be(new ToolResult(0, "", ""));
        (await _tool.RunAsync(verb.Length == 0 ? ["-h"] : [verb, "-h"])).Should().Be(result);
        return result.Output;
    }

    // The command within a pipe, a redirection or a process substitution
    [GeneratedRegex(@"presign (.*?)(?: [|<>&]|\)|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}

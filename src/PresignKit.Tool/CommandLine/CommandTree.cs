using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using PresignKit.Tool.Verbs;

namespace PresignKit.Tool.CommandLine;

/// <summary>The root command, its verbs in the groups of the help page, and the options that all of them accept.</summary>
internal sealed class CommandTree
{
    private const string DefaultVerb = " get";
    private const string Suggest = "[suggest:";

    private readonly GetVerb _get;

    public CommandTree(ToolContext context)
    {
        Store = new StoreFlags(context);
        _get = new GetVerb(context, Store);
        Groups =
        [
            ("Create", [_get, new PutVerb(context, Store), new HeadVerb(context, Store), new DeleteVerb(context, Store), new ListVerb(context, Store), new PostVerb(context, Store), new BatchVerb(context, Store)]),
            ("Read", [new InspectVerb(context, Store), new ExplainVerb(context, Store), new VerifyVerb(context, Store), new RedactVerb(context)]),
            ("Change", [new ResignVerb(context, Store), new AppendVerb(context)]),
            ("Set up", [new ConfigVerb(context, Store), new ProvidersVerb(context), new CompletionVerb(context)]),
        ];
        Root = new RootCommand("Create, read and explain presigned URLs for S3-compatible stores.") { HelpName = "presign" };
        foreach (Verb verb in Groups.SelectMany(group => group.Verbs))
        {
            Root.Subcommands.Add(verb);
        }

        // The default help option has the alias '/h', which could be a key.
        Root.Options.Remove(Root.Options.First(option => option is HelpOption));
        Help = new HelpOption("--help", "-h") { Description = "Show this help" };
        Root.Options.Add(Help);
        Store.AddTo(Root);
    }

    public RootCommand Root { get; }

    public StoreFlags Store { get; }

    public HelpOption Help { get; }

    public IReadOnlyList<(string Heading, IReadOnlyList<Verb> Verbs)> Groups { get; }

    /// <summary>Inserts <c>get</c> in front of the arguments of <c>aws s3 presign</c>, which do not contain a verb: they start with an option or with <c>s3://</c>.</summary>
    public string[] WithDefaultVerb(string[] args) =>
        args is [string directive, string line] && directive.StartsWith(Suggest, StringComparison.Ordinal) && directive.EndsWith(']')
        && int.TryParse(directive.AsSpan()[Suggest.Length..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int cursor)
            ? ToCompleteWithDefaultVerb(line, cursor) ?? args
            : WithDefaultVerbIn(args);

    // The line to complete is one argument, and starts with the name of the command: [suggest:21] "presign s3://b/k --ex"
    private string[]? ToCompleteWithDefaultVerb(string line, int cursor)
    {
        int end = line.IndexOf(' ', StringComparison.Ordinal);
        string[] words = [.. CommandLineParser.SplitCommandLine(line).Skip(1)];
        return end > 0 && cursor > end && WithDefaultVerbIn(words).Length > words.Length
            ? [$"{Suggest}{(cursor + DefaultVerb.Length).ToString(CultureInfo.InvariantCulture)}]", line.Insert(end, DefaultVerb)]
            : null;
    }

    private string[] WithDefaultVerbIn(string[] args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (IsAddress(args[i]))
            {
                return args[0].StartsWith('-') || i == 0 ? ["get", .. args] : args;
            }

            if (Root.Subcommands.Any(verb => verb.Name == args[i]))
            {
                return args;
            }

            // The value of an option can be the name of a verb, as in '--profile list'.
            i += RequiresValue(args[i]) ? 1 : 0;
        }

        return args;
    }

    /// <summary>Moves an address or a URL in front of <c>--curl</c> and <c>--powershell</c>, whose file is optional, so that the parser does not use it as the file.</summary>
    public static string[] WithAddressFirst(string[] args)
    {
        string[] moved = [.. args];
        for (int i = 0; i + 1 < moved.Length && moved[i] != "--"; i++)
        {
            if (moved[i] is "--curl" or "--powershell" && (IsAddress(moved[i + 1]) || IsUrl(moved[i + 1])))
            {
                (moved[i], moved[i + 1]) = (moved[i + 1], moved[i]);
            }
        }

        return moved;
    }

    // Without a verb, the options are those of 'get'.
    private bool RequiresValue(string argument) =>
        Root.Options.Concat(_get.Options).Any(option => option.Name == argument && option.Arity.MinimumNumberOfValues > 0);

    private static bool IsAddress(string argument) => argument.StartsWith("s3://", StringComparison.OrdinalIgnoreCase);

    private static bool IsUrl(string argument) => argument.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || argument.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
}

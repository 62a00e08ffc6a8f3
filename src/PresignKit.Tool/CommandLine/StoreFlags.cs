using System.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.CommandLine;

/// <summary>The options that every command accepts: the store, the credentials, and the options of the AWS CLI that do not have an effect.</summary>
internal sealed class StoreFlags
{
    private readonly ToolContext _context;
    private readonly Option<string?> _endpointUrl = Flags.Text("--endpoint-url", "URL", "Store, for example https://nyc3.digitaloceanspaces.com");
    private readonly Option<string?> _provider = Flags.Text("--provider", "NAME", "Store by its provider, with --region ('presign providers' lists them)");
    private readonly Option<string?> _account = Flags.Text("--account", "ID", "Account of Cloudflare R2 or project of Supabase, with --provider");
    private readonly Option<string?> _region = Flags.Text("--region", "NAME", "Region, for example eu-west-1");
    private readonly Option<string?> _urlStyle = Flags.Choice("--url-style", "Position of the bucket in the URL (default: what the store supports)", "auto", "path", "virtual");
    private readonly Option<string?> _cdnUrl = Flags.Text("--cdn-url", "URL", "CDN or proxy whose host replaces the store's host in the URL");
    private readonly Option<string?> _profile = Flags.Text("--profile", "NAME", "Profile in ~/.aws/config and ~/.aws/credentials");
    private readonly Option<bool> _ask = Flags.Switch("--ask", "Ask for the access key on the terminal");
    private readonly Option<bool> _verbose = Flags.Switch("--verbose", "Write notes even if standard error is not a terminal");
    private readonly Option<string?> _color = Flags.Choice("--color", "Color in help (default: auto)", "auto", "always", "never");
    private readonly Option<bool> _debug = Flags.Hidden(Flags.Switch("--debug", "Same as --verbose"));
    private readonly Option<bool> _noSignRequest = Flags.Hidden(Flags.Switch("--no-sign-request", "Rejected, because there would be nothing to sign"));

    // Scripts pass these options of the AWS CLI to every command. They do not have an effect on 'aws s3 presign' either.
    private static readonly string[] IgnoredWithValue =
        ["--output", "--query", "--cli-read-timeout", "--cli-connect-timeout", "--cli-binary-format", "--cli-error-format", "--ca-bundle"];

    private static readonly string[] Ignored = ["--no-paginate", "--no-cli-pager", "--cli-auto-prompt", "--no-cli-auto-prompt", "--no-verify-ssl"];

    // Names that people try for a secret. The value is in the command line by then, so the message says that the key must be considered disclosed.
    private static readonly string[] Secrets = ["--secret-key", "--secret-access-key", "--secret", "--session-token", "--aws-secret-access-key", "--aws-session-token", "--access-key", "--access-key-id", "--aws-access-key-id", "--sse-customer-key"];

    private readonly List<Option<string?>> _secrets = [.. Secrets.Select(name => Flags.Hidden(new Option<string?>(name) { Arity = ArgumentArity.ZeroOrOne }))];

    public StoreFlags(ToolContext context)
    {
        _context = context;
        _profile.CompletionSources.Add(_ => AwsFiles.Read(context).ProfileNames.Select(name => new System.CommandLine.Completions.CompletionItem(name)));
        _provider.CompletionSources.Add([.. S3Provider.All.Select(provider => provider.Id)]);
        Store = new OptionGroup("Store", [_endpointUrl, _provider, _account, _region, _urlStyle, _cdnUrl]);
        Credentials = new OptionGroup("Credentials", [_profile, _ask]);
        General = new OptionGroup("General", [_verbose, _color]);
    }

    public OptionGroup Store { get; }

    public OptionGroup Credentials { get; }

    public OptionGroup General { get; }

    public void AddTo(Command root)
    {
        IEnumerable<Option> ignored =
        [
            .. IgnoredWithValue.Select(name => Flags.Hidden(Flags.Text(name, "VALUE", "No effect, for compatibility with the AWS CLI"))),
            .. Ignored.Select(name => Flags.Hidden(Flags.Switch(name, "No effect, for compatibility with the AWS CLI"))),
        ];
        foreach (Option option in (Option[])[.. Store.Options, .. Credentials.Options, .. General.Options, _debug, _noSignRequest, .. ignored, .. _secrets])
        {
            option.Recursive = true;
            root.Options.Add(option);
        }
    }

    public bool IsVerbose(ParseResult result) => result.GetValue(_verbose) || result.GetValue(_debug);

    public bool IsUnsigned(ParseResult result) => result.GetValue(_noSignRequest);

    /// <summary>Returns whether output to a terminal is colored.</summary>
    public bool IsColored(ParseResult result, bool isTerminal) => result.GetValue(_color) switch
    {
        "always" or "on" => true,
        "never" or "off" => false,
        null or "auto" => isTerminal && _context.Variable("NO_COLOR") is null && _context.Variable("TERM") != "dumb",
        string other => throw ToolException.Usage($"--color: '{Shown.Text(other)}' is not a valid choice. Use auto, always or never."),
    };

    public void RejectSecrets(ParseResult result)
    {
        Option<string?>? secret = _secrets.Find(option => result.GetResult(option) is not null);
        if (secret is null)
        {
            return;
        }

        throw ToolException.Usage(secret.Name is "--access-key" or "--access-key-id" or "--aws-access-key-id"
            ? $"{secret.Name}: The command line does not accept access keys. Use --ask, --profile, or the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            : $"{secret.Name}: A secret on the command line is visible to every user of this machine and is stored in the shell's history. Use "
            + $"{(secret.Name == "--sse-customer-key" ? "--sse-customer-key-file" : "--ask, --profile or environment variables")}, and replace this key, because it may have been read already.");
    }

    public StoreSettings Read(ParseResult result) => new()
    {
        EndpointUrl = result.GetValue(_endpointUrl),
        Provider = result.GetValue(_provider),
        Account = result.GetValue(_account),
        Region = result.GetValue(_region),
        UrlStyle = result.GetValue(_urlStyle) is { } style ? Styles.Parse(style, "--url-style") : null,
        CdnUrl = result.GetValue(_cdnUrl),
        Profile = result.GetValue(_profile),
        Ask = result.GetValue(_ask),
        IsVerbose = IsVerbose(result),
    };
}

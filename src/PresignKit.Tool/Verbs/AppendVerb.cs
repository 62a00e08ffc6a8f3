using System.CommandLine;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Reading;

namespace PresignKit.Tool.Verbs;

/// <summary>Appends query parameters to the text of any URL, without signing it.</summary>
internal sealed class AppendVerb : Verb
{
    private readonly Argument<string> _url = new("URL") { HelpName = "URL", Description = "Any URL; '-' reads standard input" };
    private readonly Argument<string[]> _parameters = new("NAME=VALUE")
    {
        HelpName = "NAME=VALUE",
        Description = "Parameter, not percent-encoded; can be repeated",
        Arity = ArgumentArity.OneOrMore,
    };

    public AppendVerb(ToolContext context)
        : base(context, "append", "Append query parameters to a URL that is not presigned")
    {
        Arguments.Add(_url);
        Arguments.Add(_parameters);
    }

    public override IReadOnlyList<(string Line, string Comment)> Examples =>
    [
        ("presign append 'https://files.example.com/a.pdf' 'download=Report 2026.pdf'", "Percent-encodes the value"),
    ];

    public override bool UsesStore => false;

    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string url = result.GetRequiredValue(_url);
        url = url == "-" ? (await TextInput.ReadStandardInputAsync(Context, cancellationToken)).Trim() : url;
        if (url.Length == 0)
        {
            throw ToolException.Usage("The URL is empty. Specify the URL in single quotation marks, or pass it on standard input.");
        }

        if (url.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw ToolException.Usage("URL: The URL contains white space or a control character. Percent-encode it, for example a space as %20.");
        }

        List<KeyValuePair<string, string?>> parameters = Pairs.Parameters(result.GetRequiredValue(_parameters), "NAME=VALUE");
        Context.WriteLine(UrlQuery.Append(url, parameters!));
        if (PresignedUrlInfo.TryParse(url, out PresignedUrlInfo? info))
        {
            // A script needs this note as much as a person does, because the new URL does not work.
            Context.Note(
                info.Algorithm == SignatureAlgorithm.SigV2
                    ? "note: The URL is presigned with SigV2. Stores respond with 403 if an appended parameter belongs to S3, such as response-content-type. Create the URL again with this parameter."
                    : "note: The URL is presigned, and stores respond with 403 to an appended parameter, because the signature covers the whole query. Use 'presign resign --set-query' instead.",
                isVerbose: true);
        }

        return ExitCode.Success;
    }
}

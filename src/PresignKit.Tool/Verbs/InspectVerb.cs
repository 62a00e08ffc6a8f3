using System.CommandLine;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Output;
using PresignKit.Tool.Reading;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.Verbs;

/// <summary>Prints what a presigned URL contains and, with its credentials, whether its signature is correct.</summary>
internal sealed class InspectVerb : Verb
{
    private readonly StoreFlags _store;
    private readonly Argument<string?> _url = UrlInput.Argument();
    private readonly SignedUrlFlags _signed = new("Signed header, so that the signature can be checked");
    private readonly Option<bool> _json = Flags.Switch("--json", "Print JSON");

    public InspectVerb(ToolContext context, StoreFlags store)
        : base(context, "inspect", "Print what a presigned URL contains, and whether it is valid")
    {
        _store = store;
        Arguments.Add(_url);
        Add("Inspect", [.. _signed.Options, _json]);
    }

    public override IReadOnlyList<(string Line, string Comment)> Examples =>
    [
        ("presign inspect", "Asks for the URL, so that it does not get into the shell's history"),
        ("presign inspect 'https://…' --profile spaces", "Also checks the signature and finds the method"),
        ("pbpaste | presign inspect -", "Reads the URL from standard input"),
    ];

    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string? argument = result.GetValue(_url);
        List<KeyValuePair<string, string>> headers = _signed.ReadHeaders(result);
        PastedUrl pasted = await UrlInput.ReadAsync(Context, argument, cancellationToken);
        StoreSettings settings = _store.Read(result);
        OptionalStore store = new(Context, settings);
        SignedUrl url = store.Parse(pasted.Url, argument is not null and not "-", _signed.ReadBucket(result), usesEndpoint: true);
        PresignedUrlInfo info = url.Info;
        _signed.CheckKey(result, info);
        (Resolved<S3Credentials>? credentials, string? problem) = await store.FindCredentialsAsync(cancellationToken);
        SignatureCheck check = SignatureCheck.Of(url.Url, info, headers, credentials, method: null, Context.Clock, problem);
        S3Provider? provider = UrlEndpoint.FindKnown(info, UrlEndpoint.SchemeOf(url.Url))?.Provider;
        UrlReport report = new(info, UrlVerdict.Of(info, url.Flaw, provider, check, Context.Clock.GetUtcNow()), check, provider, url.Url == pasted.Url ? null : url.Cdn!.Cdn, pasted.Notes);
        if (result.GetValue(_json))
        {
            ResultJson.WriteLine(Context, report.WriteTo);
        }
        else
        {
            Context.Write(report.ToString());
        }

        return report.Verdict.IsValid ? ExitCode.Success : ExitCode.Negative;
    }
}

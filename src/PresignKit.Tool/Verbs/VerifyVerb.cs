using System.CommandLine;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Output;
using PresignKit.Tool.Reading;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.Verbs;

/// <summary>Verifies a presigned URL as a store would, for scripts: the exit code is 0 only if the URL is valid.</summary>
internal sealed class VerifyVerb : Verb
{
    private readonly StoreFlags _store;
    private readonly Argument<string?> _url = UrlInput.Argument();
    private readonly Option<string?> _method = Flags.Choice("--method", "Method of the request (default: the common methods are tried)", "GET", "HEAD", "PUT", "POST", "DELETE");
    private readonly SignedUrlFlags _signed = new("Header of the request");
    private readonly Option<bool> _json = Flags.Switch("--json", "Print JSON");

    public VerifyVerb(ToolContext context, StoreFlags store)
        : base(context, "verify", "Verify the signature and the expiry of a presigned URL")
    {
        _store = store;
        Arguments.Add(_url);
        Add("Verify", [_method, .. _signed.Options, _json]);
    }

    public override IReadOnlyList<(string Line, string Comment)> Examples =>
    [
        ("presign verify 'https://…' --profile spaces && echo valid", "Exit code 0 if the URL is valid, 1 if it is not"),
        ("presign verify - --method PUT --header 'Content-Type: image/png' < url.txt", "For one request"),
    ];

    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string? argument = result.GetValue(_url);
        HttpMethod? method = result.GetValue(_method) is { } name ? MethodName.Parse(name) : null;
        List<KeyValuePair<string, string>> headers = _signed.ReadHeaders(result);
        StoreSettings settings = _store.Read(result);
        PastedUrl pasted = await UrlInput.ReadAsync(Context, argument, cancellationToken);
        StoreResolver resolver = new(Context);
        SignedUrl url = SignedUrl.Parse(pasted.Url, argument is not null and not "-", _signed.ReadBucket(result), settings, resolver);
        PresignedUrlInfo info = url.Info;
        _signed.CheckKey(result, info);
        Resolved<S3Credentials> credentials = await resolver.FindCredentialsAsync(settings, cancellationToken)
            ?? throw ToolException.Setup("A signature can be verified only with the secret access key, and no credentials are configured. Specify --profile or --ask, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");

        SignatureCheck check = SignatureCheck.Of(url.Url, info, headers, credentials, method, Context.Clock);
        S3Provider? provider = UrlEndpoint.FindKnown(info, UrlEndpoint.SchemeOf(url.Url))?.Provider;
        UrlVerdict verdict = UrlVerdict.Of(info, url.Flaw, provider, check, Context.Clock.GetUtcNow());
        bool isValid = verdict.IsValid && check.IsCorrect && (settings.Region is null || settings.Region == info.Region);
        if (result.GetValue(_json))
        {
            ResultJson.WriteLine(Context, json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("valid", isValid);
                json.WriteString("message", Describe(info, verdict, check, settings.Region));
                json.WriteString("expiresAt", info.ExpiresAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
                json.WritePropertyName("signature");
                UrlReport.WriteSignature(json, check);
                json.WriteEndObject();
            });
        }
        else
        {
            Context.WriteLine(Shown.Whole(Describe(info, verdict, check, settings.Region)));
        }

        return check.State switch
        {
            SignatureState.Unchecked => ExitCode.Setup,
            SignatureState.Uncheckable => ExitCode.Usage,
            _ => isValid ? ExitCode.Success : ExitCode.Negative,
        };
    }

    private string Describe(PresignedUrlInfo info, UrlVerdict verdict, SignatureCheck check, string? region)
    {
        DateTimeOffset now = Context.Clock.GetUtcNow();
        return check.State switch
        {
            SignatureState.Wrong => $"the signature does not match: {check.Reason}",
            SignatureState.Rejected => $"not valid: {check.Reason}",
            SignatureState.Uncheckable => $"cannot be verified: {check.Reason}",
            SignatureState.Unchecked => $"not verified: {check.Reason}",
            _ when region is not null && region != info.Region => $"not valid: signed for the region '{info.Region}', not for '{region}'",
            _ when verdict.Status == "expired" => $"{verdict.Text} (at {Shown.Time(info.ExpiresAt)}); the signature is correct for {check.Method}",
            _ when !verdict.IsValid => verdict.Text,
            _ => $"valid for {check.Method} until {Shown.Time(info.ExpiresAt)} ({Shown.Duration(info.Remaining(now))})",
        };
    }
}

using System.CommandLine;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Output;
using PresignKit.Tool.Reading;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.Verbs;

/// <summary>Explains why a store rejected a presigned URL, or prints the text that the URL signs.</summary>
internal sealed class ExplainVerb : Verb
{
    private readonly StoreFlags _store;
    private readonly Argument<string?> _url = UrlInput.Argument();
    private readonly Argument<string?> _file = new("FILE")
    {
        HelpName = "FILE",
        Description = "Response of the store, for example the output of curl -i; '-' reads standard input",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _method = Flags.Choice("--method", "Method that was sent (default: from the response or the signature)", "GET", "HEAD", "PUT", "POST", "DELETE");
    private readonly SignedUrlFlags _signed = new("Header that was sent");
    private readonly Option<bool> _json = Flags.Switch("--json", "Print JSON");

    public ExplainVerb(ToolContext context, StoreFlags store)
        : base(context, "explain", "Explain why a store rejected a presigned URL")
    {
        _store = store;
        Arguments.Add(_url);
        Arguments.Add(_file);
        Add("Explain", [_method, .. _signed.Options, _json]);
    }

    public override IReadOnlyList<(string Line, string Comment)> Examples =>
    [
        ("presign explain", "Asks for the URL and the response"),
        ("presign explain 'https://…' 403.xml --profile spaces", "With credentials, it also finds changes after signing"),
        ("curl -si 'https://…' | presign explain 'https://…' -", "The response comes from standard input"),
    ];

    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        (string? argument, string? file) = (result.GetValue(_url), result.GetValue(_file));
        HttpMethod? method = result.GetValue(_method) is { } name ? MethodName.Parse(name) : null;
        List<KeyValuePair<string, string>> headers = _signed.ReadHeaders(result);
        if (file == "-" && argument == "-")
        {
            throw ToolException.Usage("The URL and the response cannot both come from standard input. Specify a file for one of them.");
        }

        StoreSettings settings = _store.Read(result);
        PastedUrl pasted = await UrlInput.ReadAsync(Context, argument, cancellationToken);
        string? text = await ReadResponseAsync(argument, file, settings.IsVerbose, cancellationToken);
        OptionalStore store = new(Context, settings);
        SignedUrl url = store.Parse(pasted.Url, argument is not null and not "-", _signed.ReadBucket(result), usesEndpoint: false);
        PresignedUrlInfo info = url.Info;
        _signed.CheckKey(result, info);
        (Resolved<S3Credentials>? credentials, string? problem) = await store.FindCredentialsAsync(cancellationToken);
        StoreResponse? response = text is null ? null : StoreResponse.Parse(text);

        // For headers that are not specified, the response itself shows the client's values, unless a proxy changed them.
        headers = [.. headers, .. (response?.Headers ?? []).Where(one => info.SignedHeaders.Contains(one.Key) && !headers.Exists(given => given.Key.Equals(one.Key, StringComparison.OrdinalIgnoreCase)))];
        SignatureCheck check = SignatureCheck.Of(url.Url, info, headers, credentials, method, Context.Clock, problem);
        method ??= response?.Method ?? check.Method ?? HttpMethod.Get;
        SignatureExplanation explanation;
        try
        {
            explanation = SignatureExplanation.Of(method, UrlEndpoint.AtOrigin(url.Url, info), headers);
        }
        catch (ArgumentException e) when (info.Algorithm == SignatureAlgorithm.SigV4)
        {
            // Every store rejects this request, regardless of its signature, so this is the explanation.
            return PrintRejection(Messages.ToFlags(Messages.WithoutSuffix(e)), result.GetValue(_json));
        }

        if (response is not null && problem is not null)
        {
            Context.Note("The signature is not checked. " + problem, settings.IsVerbose);
        }

        return response is null
            ? PrintSignedText(explanation, info, check, result.GetValue(_json))
            : PrintComparison(credentials is null ? explanation.CompareWith(response.Text) : explanation.CompareWith(response.Text, credentials.Value), response, method, result.GetValue(_json));
    }

    private async Task<string?> ReadResponseAsync(string? url, string? file, bool isVerbose, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            string response = await TextInput.ReadFileAsync(Context, file, cancellationToken);
            return !string.IsNullOrWhiteSpace(response) ? response
                : throw ToolException.Usage("The response is empty. Save the complete response with 'curl -si', without -f, which suppresses the response of a request that failed.");
        }

        if (url is null)
        {
            string? answer = Context.IsInputTerminal ? Context.Prompt?.Ask("Paste the store's response, or press Enter if you do not have it", isSecret: false) : null;
            return string.IsNullOrWhiteSpace(answer) ? null : answer;
        }

        // Without '-', standard input is not read, because it can belong to the loop that runs the command, or it can be a pipe that never ends.
        if (url != "-" && Context.MayHaveInput())
        {
            Context.Note("Standard input is not read. If it contains the store's response, add '-' after the URL.", isVerbose);
        }

        return null;
    }

    private int PrintRejection(string cause, bool isJson)
    {
        if (isJson)
        {
            ResultJson.WriteLine(Context, json =>
            {
                json.WriteStartObject();
                json.WriteString("difference", "rejectedByEveryStore");
                json.WriteString("cause", cause);
                json.WriteEndObject();
            });
        }
        else
        {
            Context.WriteLine(Shown.Whole(cause));
        }

        return ExitCode.Negative;
    }

    private int PrintComparison(SignatureComparison comparison, StoreResponse response, HttpMethod method, bool isJson)
    {
        ComparisonReport report = new(comparison, response, method);
        if (isJson)
        {
            ResultJson.WriteLine(Context, report.WriteTo);
        }
        else
        {
            Context.Write(report.ToString());
        }

        return comparison.Difference == SignatureDifference.None ? ExitCode.Success : ExitCode.Negative;
    }

    private int PrintSignedText(SignatureExplanation explanation, PresignedUrlInfo info, SignatureCheck check, bool isJson)
    {
        DateTimeOffset now = Context.Clock.GetUtcNow();
        if (isJson)
        {
            ResultJson.WriteLine(Context, json =>
            {
                json.WriteStartObject();
                json.WriteString("canonicalRequest", explanation.CanonicalRequest);
                json.WriteString("stringToSign", explanation.StringToSign);
                json.WriteString("expiresAt", info.ExpiresAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
                json.WritePropertyName("signature");
                UrlReport.WriteSignature(json, check);
                json.WriteEndObject();
            });
        }
        else
        {
            string[] lines = explanation.ToString().Split('\n');
            Context.WriteLine(string.Join('\n', lines.Select(Shown.Whole)));
            Context.WriteLine("");
            Context.WriteLine(Shown.Whole("Signature: " + UrlReport.Describe(check)));
            Context.WriteLine($"Expires: {Shown.Time(info.ExpiresAt)} ({(info.IsExpired(now) ? $"{Shown.Duration(now - info.ExpiresAt)} ago" : $"in {Shown.Duration(info.Remaining(now))}")})");
        }

        return check.State is SignatureState.Wrong or SignatureState.Rejected || info.IsExpired(now) ? ExitCode.Negative : ExitCode.Success;
    }
}

using System.CommandLine;
using System.Text;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Output;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.Verbs;

/// <summary>Presigns one URL for each line of standard input, in constant memory.</summary>
internal sealed class BatchVerb : Verb
{
    // The collector would let about 64 MB of short-lived objects accumulate before it runs. A collection takes less than a millisecond here, because almost nothing survives.
    private const int LinesPerCollection = 20_000;
    private const int RequestsPerCollection = 1_000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly StoreFlags _store;
    private readonly LifetimeFlags _lifetime = new();
    private readonly ReadFlags _read = new();
    private readonly Argument<string> _address = new("address") { HelpName = "s3://BUCKET", Description = "Bucket. The keys come from standard input" };
    private readonly Option<string?> _method = Flags.Choice("--method", "Method of the URLs (default: get)", "get", "put", "head", "delete");
    private readonly Option<string?> _contentType = Flags.Text("--content-type", "TYPE", "Content-Type that the client must send, with --method put");
    private readonly Option<bool> _ndjson = Flags.Switch("--ndjson", "Each line is a request such as {\"key\": \"a.png\", \"method\": \"put\", \"contentType\": \"image/png\"}");
    private readonly Option<bool> _null = Flags.Switch("--null", "Keys end with a NUL character instead of a line feed");
    private readonly Option<bool> _json = Flags.Switch("--json", "Print JSON: {\"key\": …, \"url\": …}");
    private readonly Option<bool> _tsv = Flags.Switch("--tsv", "Print the key, a tab, and the URL");
    private readonly Option<bool> _stop = Flags.Switch("--stop", "Stop at the first line that is not valid");
    private readonly Option<bool> _dryRun = Flags.Switch("--dry-run", "Check all lines, but print only the number of URLs");

    public BatchVerb(ToolContext context, StoreFlags store)
        : base(context, "batch", "Create one URL for each key on standard input, in the same order. A line that is not valid gives an empty line and an error.")
    {
        _store = store;
        _null.Aliases.Add("-0");
        Arguments.Add(_address);
        Add("Input", _method, _contentType, _ndjson, _null, _stop, _dryRun);
        Add("Output", _json, _tsv);
        Add(_lifetime.Group);
        Add(_read.Response);
    }

    public override IReadOnlyList<(string Line, string Comment)> Examples =>
    [
        ("presign batch s3://my-space --expires-in 1d < keys.txt > urls.txt", "One URL for each key"),
        ("presign batch s3://my-space --ndjson --json < requests.ndjson", "Requests with different options"),
    ];

    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        ObjectAddress address = ObjectAddress.Parse(result.GetRequiredValue(_address));
        if (address.Key.Length > 0)
        {
            throw ToolException.Usage($"'{address}' contains a key. Specify only the bucket, because standard input contains the complete keys.");
        }

        if (result.GetValue(_json) && result.GetValue(_tsv))
        {
            throw ToolException.Usage("--json and --tsv cannot be combined. Specify only one of them.");
        }

        RejectOptionsOfLines(result);
        S3ObjectOperation template = ReadTemplate(result);
        StoreSettings settings = _store.Read(result) with { RegionOfArn = address.Region };
        ResolvedStore store = await new StoreResolver(Context).ResolveAsync(settings, cancellationToken);
        PresignerOptions options = store.ToOptions(address.Bucket);
        options.SigningWindow = _lifetime.ReadWindow(result);
        S3Presigner presigner = new(options, Context.Clock);

        // Rejects options that are not valid once, instead of once per line.
        PresignedUrl sample = await presigner.PresignAsync(template, cancellationToken);
        if (!result.GetValue(_ndjson))
        {
            UrlOutput.NoteUnusedCdn(Context, settings.CdnUrl, sample.Url, settings.IsVerbose);
        }

        PresignVerb[] verbs = result.GetValue(_ndjson) ? [new GetVerb(Context, _store), new PutVerb(Context, _store), new HeadVerb(Context, _store), new DeleteVerb(Context, _store)] : [];
        BatchRequest? request = verbs.Length > 0 ? new BatchRequest(verbs, ReadMethod(result), address.Bucket, store.Endpoint.Value) : null;
        return Run(result, presigner, template, request, cancellationToken);
    }

    private void RejectOptionsOfLines(ParseResult result)
    {
        if (result.GetValue(_ndjson) && ((Option[])[_contentType, .. _read.Response.Options]).FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } option)
        {
            throw ToolException.Usage($"{option.Name} cannot be combined with --ndjson, because each line contains its own options. Add it to the lines, for example {{\"key\": \"a.png\", \"contentType\": \"image/png\"}}.");
        }
    }

    private string ReadMethod(ParseResult result) => result.GetValue(_method)?.ToLowerInvariant() ?? "get";

    private S3ObjectOperation ReadTemplate(ParseResult result)
    {
        const string AnyKey = "key";
        string method = ReadMethod(result);
        if (method != "put" && result.GetValue(_contentType) is not null)
        {
            throw ToolException.Usage($"--content-type requires --method put, because a {method} request does not have a body. Remove it, or use --response-content-type.");
        }

        if (method is "put" or "delete" && _read.Response.Options.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } option)
        {
            throw ToolException.Usage($"{option.Name} cannot be combined with --method {method}, because stores return response headers for get and head only. Remove it.");
        }

        S3ObjectOperation template = method switch
        {
            "get" => _read.Apply(result, new GetObject(AnyKey)),
            "head" => _read.Apply(result, new HeadObject(AnyKey)),
            "put" => new PutObject(AnyKey) { ContentType = result.GetValue(_contentType) },
            "delete" => new DeleteObject(AnyKey),
            _ => throw ToolException.Usage($"--method: '{Shown.Text(method)}' is not supported. Use get, put, head or delete."),
        };
        return template with { ExpiresIn = _lifetime.ReadExpiresIn(result, Context.Clock) };
    }

    private int Run(ParseResult result, S3Presigner presigner, S3ObjectOperation template, BatchRequest? request, CancellationToken cancellationToken)
    {
        bool isJson = result.GetValue(_json);
        bool isDryRun = result.GetValue(_dryRun);
        bool isUntil = _lifetime.IsUntil(result);
        BatchOutput output = new(Context.Output, isDryRun ? BatchForm.None : isJson ? BatchForm.Json : result.GetValue(_tsv) ? BatchForm.Tsv : BatchForm.Url, mayHaveHeaders: request is not null);
        bool isNull = result.GetValue(_null);
        bool isVerbose = _store.IsVerbose(result);
        LineReader lines = new(Context.Input, isNull ? (byte)0 : (byte)'\n', output.Flush);
        long failed = 0;
        while (lines.TryRead(cancellationToken, out ReadOnlySpan<byte> line))
        {
            // PowerShell and Windows editors start a file with a byte order mark, which is not part of the first key.
            if (lines.Number == 1 && !isNull && line.StartsWith(Encoding.UTF8.Preamble))
            {
                line = line[Encoding.UTF8.Preamble.Length..];
                Context.Note("The byte order mark at the start of the input is ignored.", isVerbose);
            }

            try
            {
                TimeSpan? lifetime = isUntil ? _lifetime.ReadExpiresIn(result, Context.Clock) : template.ExpiresIn;
                if (request is null)
                {
                    output.Add(presigner, template with { Key = ReadKey(line, isNull), ExpiresIn = lifetime });
                }
                else
                {
                    S3ObjectOperation operation = request.Parse(line.ToArray());
                    output.Add(presigner, operation.ExpiresIn is null ? operation with { ExpiresIn = lifetime } : operation);
                }

                if (lines.Number % (request is null ? LinesPerCollection : RequestsPerCollection) == 0)
                {
                    GC.Collect(0);
                }
            }
            catch (Exception e) when (Messages.Describe(e) is { Code: ExitCode.Usage } error)
            {
                failed++;
                output.AddError(error.Message);
                output.Flush();
                Context.WriteError(FormattableString.Invariant($"line {lines.Number}: {Shown.Whole(error.Message)}"));
                if (result.GetValue(_stop))
                {
                    return ExitCode.Negative;
                }
            }
        }

        output.Flush();
        if (isDryRun)
        {
            Context.WriteLine(FormattableString.Invariant($"{lines.Number - failed} valid, {failed} not valid"));
        }

        return failed == 0 ? ExitCode.Success : ExitCode.Negative;
    }

    private static string ReadKey(ReadOnlySpan<byte> line, bool isNull)
    {
        if (line.IsEmpty)
        {
            throw ToolException.Usage("The key is empty. Remove the line.");
        }

        // Windows ends lines with CR and LF. A CR in a key is possible, but it would be a mistake in almost every list.
        if (!isNull && line[^1] == '\r')
        {
            throw ToolException.Usage("The key ends with a carriage return. Convert the line endings, for example with 'tr -d \"\\r\"', or use --null if it is part of the key.");
        }

        try
        {
            return Utf8.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            throw ToolException.Usage("The key is not valid UTF-8. Convert the list to UTF-8.");
        }
    }
}

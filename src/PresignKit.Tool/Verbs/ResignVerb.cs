using System.CommandLine;
using Microsoft.Extensions.Options;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Output;
using PresignKit.Tool.Reading;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.Verbs;

/// <summary>Signs a presigned URL again, with changed parameters or a new lifetime.</summary>
internal sealed class ResignVerb : Verb
{
    // If a host is bound to one bucket, its URLs do not contain the bucket, but a presigner requires a bucket name.
    private const string BoundBucket = "bucket";

    private readonly StoreFlags _store;
    private readonly Argument<string?> _url = UrlInput.Argument();
    private readonly Option<string?> _method = Flags.Choice("--method", "Method of the URL (default: the one that it is signed for)", "GET", "HEAD", "PUT", "POST", "DELETE");
    private readonly Option<string[]> _setQuery = Flags.List("--set-query", "NAME=VALUE", "Query parameter to add or replace; can be repeated");
    private readonly Option<string[]> _removeQuery = Flags.List("--remove-query", "NAME", "Query parameter to remove; can be repeated");
    private readonly SignedUrlFlags _signed = new("Header that the URL signs");
    private readonly Option<bool> _acceptExpired = Flags.Switch("--accept-expired", "Accept an expired URL, with --expires-in or --until");
    private readonly Option<string[]> _acceptAppended = Flags.List("--accept-appended", "NAME", "Sign a parameter that was appended after signing; can be repeated");
    private readonly LifetimeFlags _lifetime = new("the remaining lifetime");
    private readonly ReadFlags _read = new();
    private readonly OutputFlags _output = new("resign");

    public ResignVerb(ToolContext context, StoreFlags store)
        : base(context, "resign", "Sign a presigned URL again, with changes")
    {
        _store = store;
        Arguments.Add(_url);
        Add("Changes", _setQuery, _removeQuery, _acceptAppended);
        Add(_read.Response);
        Add("URL", [_method, .. _signed.Options, _acceptExpired]);
        Add(_lifetime.ForForms);
        Add(_output.Group);
    }

    public override IReadOnlyList<(string Line, string Comment)> Examples =>
    [
        ("presign resign 'https://…' --download-as report.pdf", "The new URL expires at the same time as the old one"),
        ("presign resign - --accept-expired --expires-in 1h < url.txt", "Renews an expired URL"),
        ("presign resign 'https://…&versionId=3' --accept-appended versionId", "Signs a parameter that was appended"),
    ];

    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        string? argument = result.GetValue(_url);
        HttpMethod? method = result.GetValue(_method) is { } name ? MethodName.Parse(name) : null;
        OutputFormat format = _output.Read(result);
        ResignChanges changes = ReadChanges(result);
        StoreSettings settings = _store.Read(result);
        PastedUrl pasted = await UrlInput.ReadAsync(Context, argument, cancellationToken);
        StoreResolver resolver = new(Context);
        SignedUrl url = SignedUrl.Parse(pasted.Url, argument is not null and not "-", _signed.ReadBucket(result), settings, resolver);
        PresignedUrlInfo info = url.Info;
        if (url.Flaw is not null)
        {
            throw ToolException.Usage(url.Flaw);
        }

        _signed.CheckKey(result, info);
        Resolved<S3Credentials> credentials = await resolver.FindCredentialsAsync(settings, cancellationToken)
            ?? throw ToolException.Setup("A URL can be signed again only with the access key that signed it, and no credentials are configured. Specify --profile or --ask, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
        SignatureCheck check = SignatureCheck.Of(url.Url, info, [.. changes.Headers], credentials, method, Context.Clock);
        Require(check);

        method ??= check.Method ?? HttpMethod.Get;
        PresignerOptions options = CreateOptions(settings, resolver, url, credentials.Value);

        // A provider's CDN accepts only downloads without signed headers, so the library signs a URL with its host again only for those. It replaces the host of the store with that of a proxy for every
        // request.
        bool isForCdn = url.Cdn is not null && method == HttpMethod.Get && info.SignedHeaders.Count == 1;
        ResignedUrl resigned = await ResignAsync(options, isForCdn ? url.Cdn!.ToCdn(url.Url) : url.Url, method, info, changes, cancellationToken);
        UrlOutput.Write(Context, resigned.Presigned, format, settings.IsVerbose);
        UrlOutput.NoteUnusedCdn(Context, settings.CdnUrl, resigned.Url, settings.IsVerbose);
        Note("kept", resigned.KeptParameters, settings);
        Note("set", resigned.SetParameters, settings);
        Note("removed", resigned.RemovedParameters, settings);
        return ExitCode.Success;
    }

    private ResignChanges ReadChanges(ParseResult result)
    {
        ResponseHeaderOverrides? response = _read.ReadResponseHeaders(result);
        if (_read.ReadDownloadName(result) is { } fileName)
        {
            response = (response ?? new ResponseHeaderOverrides()) with { ContentDisposition = ContentDisposition.Attachment(fileName) };
        }

        return new ResignChanges
        {
            SetQuery = Pairs.Parameters(result.GetValue(_setQuery)!, "--set-query")!,
            RemoveQuery = result.GetValue(_removeQuery)!,
            ResponseHeaders = response,
            ExpiresIn = _lifetime.ReadExpiresIn(result, Context.Clock),
            Headers = _signed.ReadHeaders(result),
            AcceptExpired = result.GetValue(_acceptExpired),
            AcceptAppended = result.GetValue(_acceptAppended)!,
        };
    }

    // A wrong signature is not rejected here, because the library rejects it with a more detailed message.
    private static void Require(SignatureCheck check)
    {
        if (check.State == SignatureState.Unchecked)
        {
            throw ToolException.Setup($"The URL cannot be signed again: {check.Reason}.");
        }

        if (check.State == SignatureState.Uncheckable)
        {
            throw ToolException.Usage($"The URL cannot be signed again: {check.Reason}.");
        }
    }

    // The URL itself contains the host and the region, and its correct signature shows that they match the credentials. Only command-line options take precedence. The store in a profile
    // or in the environment does not, because it is meant for new URLs.
    private static S3Endpoint FindEndpoint(StoreSettings settings, StoreResolver resolver, PresignedUrlInfo info, string scheme)
    {
        if ((settings.EndpointUrl ?? settings.Provider) is not null && resolver.FindEndpoint(settings) is { } configured)
        {
            return configured.Value;
        }

        if (UrlEndpoint.FindKnown(info, scheme) is { } known)
        {
            return known;
        }

        // For an unknown host, the whole path is signed as the key, so it does not matter whether the bucket is in the host or in the path.
        string host = info.Host.StartsWith('[') ? info.Host[..(info.Host.IndexOf(']', StringComparison.Ordinal) + 1)] : info.Host.Split(':')[0];
        bool isName = Uri.CheckHostName(host) == UriHostNameType.Dns;
        return S3Endpoint.Create($"{scheme}://{info.Host}", info.Region!, isName ? UrlStyle.BucketBoundHostname : UrlStyle.Path);
    }

    private static PresignerOptions CreateOptions(StoreSettings settings, StoreResolver resolver, SignedUrl url, S3Credentials credentials)
    {
        PresignedUrlInfo info = url.Info;
        if (settings.Region is { } region && region != info.Region)
        {
            throw ToolException.Usage($"--region: The URL is signed for the region '{Shown.Text(info.Region!)}', not for '{Shown.Text(region)}', and the region cannot be changed. Remove --region.");
        }

        if (url.Cdn is { } cdn)
        {
            return (cdn.Store with { Credentials = new Resolved<S3Credentials>(credentials, "") }).ToOptions(cdn.Bucket);
        }

        if (settings.CdnUrl is not null)
        {
            throw ToolException.Usage($"--cdn-url: The URL with the host '{Shown.Text(info.Host)}' belongs neither to this CDN nor to the selected store. Select the store of the URL with --endpoint-url or --provider.");
        }

        string scheme = UrlEndpoint.SchemeOf(url.Url);
        S3Endpoint endpoint = FindEndpoint(settings, resolver, info, scheme);
        bool isAtCdn = UrlEndpoint.AtOrigin(url.Url, info) != url.Url;
        PresignerOptions options = new() { PublicUrl = isAtCdn ? $"{scheme}://{info.Host}" : null };
        options.UseEndpoint(endpoint);
        options.UseCredentials(credentials);
        if (endpoint.UrlStyle == UrlStyle.BucketBoundHostname)
        {
            options.Bucket = BoundBucket;
        }
        else if (info.Bucket is { } bucket && !bucket.StartsWith("arn:", StringComparison.Ordinal))
        {
            options.Bucket = isAtCdn ? bucket : null;
            options.UrlStyle = settings.UrlStyle ?? (info.Host.StartsWith(bucket + ".", StringComparison.Ordinal) ? UrlStyle.VirtualHosted : UrlStyle.Path);
        }

        return options;
    }

    private async Task<ResignedUrl> ResignAsync(
        PresignerOptions options, string url, HttpMethod method, PresignedUrlInfo info, ResignChanges changes, CancellationToken cancellationToken)
    {
        // Headers that are signed but not specified are locked ('presign put --lock'), because the signature was correct without them.
        bool isLocked = info.SignedHeaders.Any(name => name != "host" && !changes.Headers.Any(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)));
        try
        {
            return await CreatePresigner(options, isLocked).ResignAsync(url, method, changes, cancellationToken);
        }
        catch (ArgumentException e) when (e.ParamName == "url")
        {
            throw new ToolException(ExitCode.Negative, Messages.ToFlags(Messages.WithoutSuffix(e)), e);
        }
    }

    private S3Presigner CreatePresigner(PresignerOptions options, bool isLocked)
    {
        options.LockUnsignedHeaders = isLocked;
        try
        {
            return new S3Presigner(options, Context.Clock);
        }
        catch (OptionsValidationException) when (isLocked)
        {
            // The store does not support locked headers, so the headers are missing instead, which Resign reports.
            options.LockUnsignedHeaders = false;
            return new S3Presigner(options, Context.Clock);
        }
    }

    private void Note(string what, IReadOnlyList<string> names, StoreSettings settings)
    {
        if (names.Count > 0)
        {
            Context.Note($"{what} {(names.Count == 1 ? "the parameter" : "the parameters")} {string.Join(", ", names.Select(Shown.Text))}", settings.IsVerbose);
        }
    }
}

using System.CommandLine;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Output;
using PresignKit.Tool.Reading;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.Verbs;

/// <summary>Prints the store, the region and the access key that other commands would use, and where each value comes from.</summary>
internal sealed class ConfigVerb : Verb
{
    // A sample bucket name, which is also a valid DNS label, so that virtual-hosted style can be used.
    private const string Bucket = "my-bucket";

    private readonly StoreFlags _store;
    private readonly Option<bool> _json = Flags.Switch("--json", "Print JSON");

    public ConfigVerb(ToolContext context, StoreFlags store)
        : base(context, "config", "Print which store and access key are used, and where they come from")
    {
        _store = store;
        Add("Config", _json);
    }

    public override IReadOnlyList<(string Line, string Comment)> Examples =>
    [
        ("presign config", "Shows what a command without options would use"),
        ("presign config --profile spaces", "Checks a profile, including its role or SSO session"),
    ];

    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        ConfigReport report = await CreateAsync(_store.Read(result), cancellationToken);
        if (result.GetValue(_json))
        {
            ResultJson.WriteLine(Context, report.WriteTo);
        }
        else
        {
            Context.Write(report.ToString());
        }

        return report.CanSign ? ExitCode.Success : ExitCode.Setup;
    }

    private async Task<ConfigReport> CreateAsync(StoreSettings settings, CancellationToken cancellationToken)
    {
        ConfigReport report = new();
        StoreResolver resolver = new(Context);
        if (!report.Try("profile", "profile", () => resolver.SelectProfile(settings), out SelectedProfile? profile))
        {
            return report;
        }

        report.Add("profile", "profile", profile?.Profile.Name, profile?.Source ?? SelectedEndpoint.DefaultSource);
        EndpointSelection selection = resolver.SelectEndpoint(settings);
        if (report.Try("store", "endpoint", selection.Require, out SelectedEndpoint? endpoint))
        {
            report.Add("store", "endpoint", endpoint!.Endpoint.ToString(), endpoint.Source);
            report.Add("provider", "provider", endpoint.Endpoint.Provider?.Name, SelectedEndpoint.HostOfEndpoint);
            report.Add("region", "region", endpoint.Endpoint.Region, RegionSource(endpoint, selection));
            if (report.Try("URL style", "urlStyle", () => FindStyle(resolver, settings, endpoint.Endpoint), out Resolved<string>? style))
            {
                report.Add("URL style", "urlStyle", style!.Value, style.Source);
            }
        }

        report.Add("CDN URL", "cdnUrl", settings.CdnUrl, "--cdn-url");
        if (await report.TryAsync("access key", "accessKeyId", resolver.SelectCredentials(settings).RequireAsync(cancellationToken)) is { } credentials)
        {
            report.Add(credentials, Context.Clock.GetUtcNow());
            if (endpoint is not null)
            {
                // Finds problems with the combination of settings, such as an unsuitable CDN URL.
                report.Try("problem", "problem", () => new S3Presigner(resolver.Combine(settings, endpoint, credentials).ToOptions(SampleBucket(settings.CdnUrl))), out _);
            }
        }

        return report;
    }

    // The host of a provider's CDN, such as 'my-space.nyc3.cdn.digitaloceanspaces.com', starts with the bucket. A different CDN can belong to any bucket.
    private static string SampleBucket(string? cdnUrl) =>
        Uri.TryCreate(cdnUrl, UriKind.Absolute, out Uri? url) && url.Host.Contains(".cdn.", StringComparison.Ordinal) ? url.Host[..url.Host.IndexOf('.', StringComparison.Ordinal)] : Bucket;

    // With the style 'auto', the result also depends on the bucket's name.
    private static Resolved<string> FindStyle(StoreResolver resolver, StoreSettings settings, S3Endpoint endpoint)
    {
        Resolved<UrlStyle> style = resolver.SelectStyle(settings, endpoint);
        ResolvedStore store = new() { Endpoint = new(endpoint, ""), Style = style, Credentials = new(new S3Credentials("example", "example-secret"), "") };
        string url = new S3Presigner(store.ToOptions(Bucket)).Presign(new GetObject("key")).Url;
        return new Resolved<string>(url.StartsWith($"{endpoint.Scheme}://{Bucket}.", StringComparison.Ordinal) ? "virtual" : "path", style.Source);
    }

    private static string RegionSource(SelectedEndpoint endpoint, EndpointSelection selection) =>
        endpoint.RegionSource == SelectedEndpoint.HostOfEndpoint && selection.FindRegion() is { } other && other.Value != endpoint.Endpoint.Region
            ? $"{endpoint.RegionSource} ('{Shown.Text(other.Value)}' from {other.Source} is not used)"
            : endpoint.RegionSource;
}

using System.CommandLine;
using PresignKit;

namespace QuickStart;

/// <summary>The settings from the command line and, if they are not specified there, from environment variables.</summary>
internal sealed class Settings
{
    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "URL of the store, for example https://nyc3.digitaloceanspaces.com. Environment variables: AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL." };
    private readonly Option<string?> _region = new("--region") { Description = "Region. Not needed if it is part of a known provider's endpoint. Environment variables: AWS_REGION, AWS_DEFAULT_REGION." };
    private readonly Option<string?> _bucket = new("--bucket") { Description = "Bucket." };
    private readonly Option<string> _key = new("--key") { Description = "Object key.", DefaultValueFactory = _ => "hello/world 1.txt" };
    private readonly Option<string?> _accessKey = new("--access-key") { Description = "Access key ID. Environment variables: AWS_ACCESS_KEY_ID, SPACES_ACCESS_KEY_ID." };
    private readonly Option<string?> _secretKey = new("--secret-key") { Description = "Secret access key. Process lists show this option, so prefer the environment variable AWS_SECRET_ACCESS_KEY or SPACES_SECRET_ACCESS_KEY." };
    private readonly Option<string?> _sessionToken = new("--session-token") { Description = "Token of temporary credentials. Environment variable: AWS_SESSION_TOKEN." };
    private readonly Option<UrlStyle> _style = new("--style") { Description = "Where the bucket appears in the URL." };
    private readonly Option<int?> _expiresIn = new("--expires-in") { Description = "Lifetime of the URLs in seconds, from 1 to 604800. Default: one hour." };

    private readonly Option<bool> _urls = new("--urls") { Description = "Print URLs even without credentials. They are signed with made-up credentials." };
    private readonly Option<bool> _json = new("--json") { Description = "Print the results as JSON, as a browser would receive them." };

    public void AddTo(RootCommand command)
    {
        foreach (Option option in (Option[])[_endpoint, _region, _bucket, _key, _accessKey, _secretKey, _sessionToken, _style, _expiresIn, _urls, _json])
        {
            command.Options.Add(option);
        }
    }

    public StoreAccess Read(ParseResult result)
    {
        PresignerOptions options = new()
        {
            Endpoint = result.GetValue(_endpoint) ?? FromEnvironment("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"),
            Region = result.GetValue(_region),
            Bucket = result.GetValue(_bucket),
            UrlStyle = result.GetValue(_style),
        };
        TimeSpan? expiresIn = result.GetValue(_expiresIn) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

        ReadCredentials(result, options);
        bool isMadeUp = options is { AccessKeyId: null, SecretAccessKey: null };
        if (isMadeUp)
        {
            options.AccessKeyId = "DO00EXAMPLEACCESSKEY";
            options.SecretAccessKey = "an+example/secret+that+opens+nothing";
            options.SessionToken = null;
            options.Bucket ??= "my-space";
        }

        bool usesLocalStore = isMadeUp && options.Endpoint is null && !((Option[])[_region, _bucket, _sessionToken, _style, _expiresIn, _urls, _json]).Any(option => result.GetResult(option) is { Implicit: false });
        if (options.Endpoint is null)
        {
            UseDefaultEndpoint(options, isMadeUp);
        }
        else if (result.GetValue(_endpoint) is null)
        {
            // The environment's region belongs to the environment's endpoint.
            options.Region ??= FromEnvironment("AWS_REGION", "AWS_DEFAULT_REGION");
        }

        return new StoreAccess(options, result.GetValue(_key)!, expiresIn, isMadeUp, result.GetValue(_json), usesLocalStore);
    }

    // A key ID and its secret belong together, so the variables AWS_… and SPACES_… are never mixed.
    private void ReadCredentials(ParseResult result, PresignerOptions options)
    {
        options.AccessKeyId = result.GetValue(_accessKey);
        options.SessionToken = result.GetValue(_sessionToken);
        string set = FromEnvironment("AWS_ACCESS_KEY_ID") is null && FromEnvironment("SPACES_ACCESS_KEY_ID") is not null ? "SPACES" : "AWS";
        if (options.AccessKeyId is null)
        {
            options.AccessKeyId = FromEnvironment(set + "_ACCESS_KEY_ID");
            options.SessionToken ??= FromEnvironment(set + "_SESSION_TOKEN");
        }

        options.SecretAccessKey = result.GetValue(_secretKey) ?? (options.AccessKeyId is null ? null : FromEnvironment(set + "_SECRET_ACCESS_KEY"));
    }

    // As in the AWS tools, a region without an endpoint selects AWS.
    private static void UseDefaultEndpoint(PresignerOptions options, bool isMadeUp)
    {
        if (isMadeUp)
        {
            options.UseDigitalOceanSpaces(options.Region ?? "nyc3");
        }
        else
        {
            options.UseAws(options.Region ?? FromEnvironment("AWS_REGION", "AWS_DEFAULT_REGION") ?? throw new ArgumentException(
                "The store is not specified. Use --endpoint, for example --endpoint https://nyc3.digitaloceanspaces.com, or --region for AWS."));
        }
    }

    private static string? FromEnvironment(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }
}

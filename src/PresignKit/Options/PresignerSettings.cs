using System.Text;

namespace PresignKit;

/// <summary>Valid options, resolved and immutable: what a presigner works with.</summary>
internal sealed class PresignerSettings
{
    private const int MaxSigningWindow = 86_400;

    private PresignerSettings(
        S3Endpoint endpoint, string? bucket, ValidityRules validity, S3Credentials? credentials, IS3CredentialsProvider? credentialsProvider)
    {
        Endpoint = endpoint;
        Bucket = bucket;
        Validity = validity;
        Credentials = credentials;
        CredentialsProvider = credentialsProvider;
    }

    public S3Endpoint Endpoint { get; }

    public string? Bucket { get; }

    public ValidityRules Validity { get; }

    /// <summary>Scheme and host that download URLs show; <c>null</c> for the store's.</summary>
    public string? CdnOrigin { get; private init; }

    /// <summary>The same, as it is emitted.</summary>
    public byte[]? EmittedOrigin { get; private init; }

    /// <summary>Whether upload URLs are locked against headers that their holder adds.</summary>
    public bool LocksHeaders { get; private init; }

    /// <summary>The credentials of the options; where they are <c>null</c>, the provider has them.</summary>
    public S3Credentials? Credentials { get; }

    public IS3CredentialsProvider? CredentialsProvider { get; }

    /// <summary>Resolves options; <c>null</c> where something is wrong with them, and then the list says all of it.</summary>
    public static PresignerSettings? Create(PresignerOptions options, List<string> problems)
    {
        problems.AddRange(options.ConfigurationProblems);
        S3Endpoint? endpoint = ResolveEndpoint(options, out string? bucketInHost, problems);
        string? bucket = ResolveBucket(options, endpoint, bucketInHost, problems);
        S3Credentials? credentials = ResolveCredentials(options, problems);
        ValidityRules validity = ResolveValidity(options, endpoint?.MaxExpirySeconds ?? S3Provider.SigV4MaxExpirySeconds, problems);
        string? cdnOrigin = ResolveCdn(options, endpoint, bucket, problems);
        if (options.LockUnsignedHeaders && endpoint?.Provider is { IsCeph: false } provider)
        {
            problems.Add($"LockUnsignedHeaders: {provider.Name} does not run Ceph; it refuses unsigned headers by itself, and would answer 403 to every locked URL. Leave it out.");
        }

        return problems.Count > 0
            ? null
            : new PresignerSettings(endpoint!, bucket, validity, credentials, options.CredentialsProvider)
            {
                CdnOrigin = cdnOrigin,
                EmittedOrigin = cdnOrigin is null ? null : Encoding.ASCII.GetBytes(cdnOrigin),
                LocksHeaders = options.LockUnsignedHeaders,
            };
    }

    private static ValidityRules ResolveValidity(PresignerOptions options, int max, List<string> problems)
    {
        if (!Expiry.TryGetSeconds(options.DefaultExpiresIn, max, out int defaultExpiresIn))
        {
            problems.Add($"DefaultExpiresIn: {Expiry.Problem(options.DefaultExpiresIn, max)}");
        }

        int window = 0;
        if (options.SigningWindow is { } asked && (!Expiry.TryGetSeconds(asked, MaxSigningWindow, out window) || asked.Ticks % TimeSpan.TicksPerSecond != 0))
        {
            problems.Add(FormattableString.Invariant($"SigningWindow: '{asked:c}' is not a whole number of seconds from 1 second to 1 day. Write like '00:15:00'."));
        }

        if (defaultExpiresIn > 0 && defaultExpiresIn + window > max)
        {
            problems.Add(FormattableString.Invariant($"DefaultExpiresIn: {defaultExpiresIn} seconds and the SigningWindow of {window} are more than the {max} seconds that the store takes. Shorten one of them."));
        }

        if (options.CredentialExpiry is < CredentialExpiry.Auto or > CredentialExpiry.Refuse)
        {
            problems.Add(FormattableString.Invariant($"CredentialExpiry: {(int)options.CredentialExpiry} is no choice. Write Auto, Clamp or Refuse."));
        }

        return new ValidityRules(defaultExpiresIn, max, window, options.CredentialExpiry);
    }

    private static S3Credentials? ResolveCredentials(PresignerOptions options, List<string> problems)
    {
        if (options is { AccessKeyId: null, SecretAccessKey: null, SessionToken: null })
        {
            if (options.CredentialsProvider is null)
            {
                problems.Add("AccessKeyId: not set, and neither is SecretAccessKey. Set both, call UseCredentials, or register an IS3CredentialsProvider (for a named presigner, under its name).");
            }
            else if (options.CredentialsProvider is EnvironmentCredentialsProvider environment)
            {
                problems.AddRange(environment.FindProblems());
            }

            return null;
        }

        int before = problems.Count;
        CheckCredential(options.AccessKeyId, nameof(options.AccessKeyId), "access key id", problems);
        CheckCredential(options.SecretAccessKey, nameof(options.SecretAccessKey), "secret access key", problems);
        if (options.SessionToken is { Length: 0 })
        {
            problems.Add("SessionToken: The session token is empty. Leave it out (null) where the credentials are not temporary.");
        }
        else if (options.SessionToken is not null)
        {
            CheckCredential(options.SessionToken, nameof(options.SessionToken), "session token", problems);
        }

        return problems.Count > before ? null : new S3Credentials(options.AccessKeyId!, options.SecretAccessKey!, options.SessionToken);
    }

    private static void CheckCredential(string? value, string property, string name, List<string> problems)
    {
        string? problem = value is null ? "not set, while other parts of the credentials are." : CredentialRules.FindProblem(value, name);
        if (problem is not null)
        {
            problems.Add($"{property}: {problem}");
        }
    }

    private static string? ResolveCdn(PresignerOptions options, S3Endpoint? endpoint, string? bucket, List<string> problems)
    {
        if (options.CdnUrl is null || endpoint is null)
        {
            return null;
        }

        string? origin = PresignKit.CdnOrigin.Resolve(options.CdnUrl, endpoint, bucket, out string? problem);
        if (problem is not null)
        {
            problems.Add($"CdnUrl: {problem}");
        }

        return origin;
    }

    private static S3Endpoint? ResolveEndpoint(PresignerOptions options, out string? bucketInHost, List<string> problems)
    {
        bucketInHost = null;
        S3Endpoint? endpoint = null;
        string? problem = null;
        string? regionProblem = options.Region is { } region ? RegionRules.FindProblem(region) : null;
        if (options.UsedEndpoint is { } used)
        {
            endpoint = regionProblem is null ? used.WithRegion(options.Region ?? used.Region, out regionProblem) : null;
        }
        else if (options.Endpoint is null)
        {
            problem = "not set. Write the URL of the store, like 'https://nyc3.digitaloceanspaces.com', or call UseDigitalOceanSpaces, UseAws or UseEndpoint.";
        }
        else if (regionProblem is not null)
        {
            _ = EndpointUrl.Parse(options.Endpoint, out problem);
        }
        else
        {
            endpoint = S3Endpoint.TryCreate(options.Endpoint, options.Region, UrlStyle.Auto, out bucketInHost, out problem);
        }

        if (regionProblem is not null)
        {
            problems.Add($"Region: {regionProblem}");
        }

        string? undefined = S3Endpoint.FindUndefined(options.UrlStyle);
        if (undefined is not null)
        {
            problems.Add($"UrlStyle: {undefined}");
        }

        if (problem is not null)
        {
            problems.Add($"Endpoint: {problem}");
            return null;
        }

        if (undefined is null && endpoint?.FindStyleProblem(options.UrlStyle) is { } styleProblem)
        {
            problems.Add($"UrlStyle: {styleProblem}");
        }

        return options.UrlStyle == UrlStyle.Auto ? endpoint : endpoint?.WithStyle(options.UrlStyle);
    }

    private static string? ResolveBucket(PresignerOptions options, S3Endpoint? endpoint, string? bucketInHost, List<string> problems)
    {
        string? bucket = options.Bucket ?? bucketInHost;
        if (bucket is null)
        {
            return null;
        }

        string? problem = BucketName.FindProblem(bucket);
        if (problem is null && bucketInHost is not null && bucketInHost != bucket)
        {
            problem = $"'{bucket}' is not the bucket '{bucketInHost}' in the {S3Endpoint.PlaceOf(options.Endpoint!, bucketInHost)} of the endpoint. Use the same bucket in both, or the endpoint '{endpoint}'.";
        }

        if (problem is null)
        {
            _ = endpoint?.Locate(bucket, out problem);
        }

        if (problem is not null)
        {
            problems.Add($"Bucket: {problem}");
        }

        return bucket;
    }
}

namespace PresignKit;

/// <summary>A validated, immutable snapshot of <see cref="PresignerOptions"/>.</summary>
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

    /// <summary>Gets the URL that replaces the store's URL in presigned URLs, or <c>null</c> if there is none.</summary>
    public PublicUrl? PublicUrl { get; private init; }

    /// <summary>Gets a value that indicates whether upload URLs are locked against unsigned headers.</summary>
    public bool LocksHeaders { get; private init; }

    /// <summary>Gets the credentials from the options, or <c>null</c> if <see cref="CredentialsProvider"/> supplies them.</summary>
    public S3Credentials? Credentials { get; }

    public IS3CredentialsProvider? CredentialsProvider { get; }

    /// <summary>Creates a snapshot, or returns <c>null</c> and adds all problems to the list.</summary>
    public static PresignerSettings? Create(PresignerOptions options, List<OptionsProblem> problems)
    {
        // Duplicates are removed, because the same section may have been bound twice.
        problems.AddRange(options.ConfigurationProblems.Distinct());
        S3Endpoint? endpoint = ResolveEndpoint(options, out string? bucketInEndpoint, problems);
        string? bucket = ResolveBucket(options, endpoint, bucketInEndpoint, problems);
        S3Credentials? credentials = ResolveCredentials(options, endpoint?.Provider == S3Provider.Aws, problems);
        ValidityRules validity = ResolveValidity(options, endpoint?.MaxExpirySeconds ?? S3Provider.SigV4MaxExpirySeconds, problems);
        PublicUrl? publicUrl = ResolvePublicUrl(options, endpoint, bucket, problems);
        if (options.LockUnsignedHeaders && endpoint?.Provider is { IsCeph: false } provider)
        {
            Add(
                problems,
                nameof(options.LockUnsignedHeaders),
                $"LockUnsignedHeaders is for stores that run Ceph, but {provider.Name} already rejects unsigned headers and would reject every locked URL with 403. Remove the setting.");
        }

        return problems.Count > 0
            ? null
            : new PresignerSettings(endpoint!, bucket, validity, credentials, options.CredentialsProvider)
            {
                PublicUrl = publicUrl,
                LocksHeaders = options.LockUnsignedHeaders,
            };
    }

    private static S3Endpoint? ResolveEndpoint(PresignerOptions options, out string? bucketInEndpoint, List<OptionsProblem> problems)
    {
        bucketInEndpoint = null;
        S3Endpoint? endpoint = null;
        string? problem = null;
        string? regionProblem = options.Region is { } region ? RegionRules.FindProblem(region) : null;
        if (options.UsedEndpoint is { } used)
        {
            endpoint = regionProblem is null ? used.WithRegion(options.Region ?? used.Region, out regionProblem) : null;
        }
        else if (options.Endpoint is null)
        {
            problem = "The store is not set. Set its URL, for example 'https://nyc3.digitaloceanspaces.com', or call a method such as UseDigitalOceanSpaces, UseAws or UseEndpoint.";
        }
        else if (regionProblem is not null)
        {
            _ = EndpointUrl.Parse(options.Endpoint, out problem);
        }
        else
        {
            endpoint = S3Endpoint.TryCreate(options.Endpoint, options.Region, UrlStyle.Auto, out bucketInEndpoint, out problem);
        }

        if (regionProblem is not null)
        {
            Add(problems, nameof(options.Region), regionProblem);
        }

        string? undefined = S3Endpoint.FindUndefined(options.UrlStyle);
        if (undefined is not null)
        {
            Add(problems, nameof(options.UrlStyle), undefined);
        }

        if (problem is not null)
        {
            Add(problems, nameof(options.Endpoint), problem);
            return null;
        }

        if (undefined is null && endpoint?.FindStyleProblem(options.UrlStyle) is { } styleProblem)
        {
            Add(problems, nameof(options.UrlStyle), styleProblem);
        }

        return options.UrlStyle == UrlStyle.Auto ? endpoint : endpoint?.WithStyle(options.UrlStyle);
    }

    private static string? ResolveBucket(PresignerOptions options, S3Endpoint? endpoint, string? bucketInEndpoint, List<OptionsProblem> problems)
    {
        string? bucket = options.Bucket ?? bucketInEndpoint;
        if (bucket is null)
        {
            return null;
        }

        string? problem = BucketName.FindProblem(bucket);
        if (problem is null && bucketInEndpoint is not null && bucketInEndpoint != bucket)
        {
            problem = $"Bucket is '{bucket}', but the {S3Endpoint.PlaceOf(options.Endpoint!, bucketInEndpoint)} of the endpoint contains the bucket '{bucketInEndpoint}'. Use the same bucket in both, or the endpoint '{endpoint}'.";
        }

        if (problem is null)
        {
            _ = endpoint?.Locate(bucket, out problem);
        }

        if (problem is not null)
        {
            Add(problems, nameof(options.Bucket), problem);
        }

        return bucket;
    }

    private static S3Credentials? ResolveCredentials(PresignerOptions options, bool isAws, List<OptionsProblem> problems)
    {
        if (options is { AccessKeyId: null, SecretAccessKey: null, SessionToken: null })
        {
            IS3CredentialsProvider? provider = options.CredentialsProvider;
            while (provider is RefreshingCredentialsProvider refreshing)
            {
                provider = refreshing.Inner;
            }

            S3Credentials? provided = provider as S3Credentials;
            if (provider is null)
            {
                Add(
                    problems,
                    nameof(options.AccessKeyId),
                    "The credentials are not set. Set AccessKeyId and SecretAccessKey, call UseCredentials, or register an IS3CredentialsProvider (for a named presigner, with its name as the key).");
            }
            else if (provider is EnvironmentCredentialsProvider environment)
            {
                List<string> faults = [];
                provided = environment.TryGet(faults);
                problems.AddRange(faults.Select(fault => new OptionsProblem(null, fault)));
            }

            // Other providers are called later, and their credentials are checked each time a URL or form is presigned.
            if (isAws && provided is { LacksSessionToken: true })
            {
                problems.Add(new OptionsProblem(null, CredentialRules.MissingToken(provided.AccessKeyId)));
            }

            return null;
        }

        int before = problems.Count;
        CheckCredential(options.AccessKeyId, nameof(options.AccessKeyId), "access key ID", problems);
        CheckCredential(options.SecretAccessKey, nameof(options.SecretAccessKey), "secret access key", problems);
        if (options.SessionToken is not null)
        {
            CheckCredential(options.SessionToken, nameof(options.SessionToken), CredentialRules.SessionToken, problems);
        }

        if (problems.Count == before && CredentialRules.FindSwap(options.AccessKeyId!, options.SecretAccessKey!) is { } swap)
        {
            Add(problems, nameof(options.SecretAccessKey), swap);
        }

        if (isAws && options is { AccessKeyId: { } id, SessionToken: null } && CredentialRules.IsTemporary(id))
        {
            Add(problems, nameof(options.SessionToken), CredentialRules.MissingToken(id));
        }

        return problems.Count > before ? null : new S3Credentials(options.AccessKeyId!, options.SecretAccessKey!, options.SessionToken);
    }

    private static void CheckCredential(string? value, string property, string name, List<OptionsProblem> problems)
    {
        string? problem = value is null
            ? $"The {name} is not set, but other parts of the credentials are. Set both AccessKeyId and SecretAccessKey, or neither."
            : CredentialRules.FindProblem(value, name);
        if (problem is not null)
        {
            Add(problems, property, problem);
        }
    }

    private static ValidityRules ResolveValidity(PresignerOptions options, int max, List<OptionsProblem> problems)
    {
        if (!Expiry.TryGetSeconds(options.DefaultExpiresIn, max, out int defaultExpiresIn))
        {
            Add(problems, nameof(options.DefaultExpiresIn), Expiry.Problem(nameof(options.DefaultExpiresIn), options.DefaultExpiresIn, max));
        }

        int window = 0;
        if (options.SigningWindow is { } requested && (!Expiry.TryGetSeconds(requested, MaxSigningWindow, out window) || requested.Ticks % TimeSpan.TicksPerSecond != 0))
        {
            Add(
                problems,
                nameof(options.SigningWindow),
                FormattableString.Invariant($"SigningWindow is {requested:c}, which is not a whole number of seconds from 1 second to 1 day. Use a value such as '00:15:00'."));
        }

        if (defaultExpiresIn > 0 && defaultExpiresIn + window > max)
        {
            Add(
                problems,
                nameof(options.DefaultExpiresIn),
                FormattableString.Invariant($"DefaultExpiresIn is {defaultExpiresIn} s, which together with the SigningWindow of {window} s exceeds the store's maximum of {max} s. Reduce one of them."));
        }

        if (!Enum.IsDefined(options.CredentialExpiry))
        {
            Add(
                problems,
                nameof(options.CredentialExpiry),
                FormattableString.Invariant($"CredentialExpiry is {(int)options.CredentialExpiry}, which is not a defined value. {PresignerOptionsBinder.OneOf<CredentialExpiry>()}"));
        }

        return new ValidityRules(defaultExpiresIn, max, window, options.CredentialExpiry);
    }

    private static PublicUrl? ResolvePublicUrl(PresignerOptions options, S3Endpoint? endpoint, string? bucket, List<OptionsProblem> problems)
    {
        if (options.PublicUrl is null || endpoint is null)
        {
            return null;
        }

        PublicUrl? publicUrl = PublicUrl.Create(options.PublicUrl, endpoint, bucket, out string? problem);
        if (problem is not null)
        {
            Add(problems, nameof(options.PublicUrl), problem);
        }

        return publicUrl;
    }

    private static void Add(List<OptionsProblem> problems, string setting, string message) => problems.Add(new OptionsProblem(setting, message));
}

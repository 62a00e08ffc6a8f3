namespace PresignKit.Tool.Store;

/// <summary>Determines the store, the credentials and the URL style of a command.</summary>
internal sealed class StoreResolver(ToolContext context)
{
    private AwsFiles? _files;

    private AwsFiles Files => _files ??= AwsFiles.Read(context);

    /// <summary>Determines everything that is necessary to sign a URL.</summary>
    /// <exception cref="ToolException">Something is missing, not valid or not available.</exception>
    public async Task<ResolvedStore> ResolveAsync(StoreSettings settings, CancellationToken cancellationToken)
    {
        SelectedEndpoint endpoint = SelectEndpoint(settings).Require();
        return Combine(settings, endpoint, await SelectCredentials(settings).RequireAsync(cancellationToken));
    }

    /// <summary>Determines the store and the URL style, and combines them with given credentials.</summary>
    /// <exception cref="ToolException">Something is missing or not valid.</exception>
    public ResolvedStore ResolveWith(StoreSettings settings, S3Credentials credentials) =>
        Combine(settings, SelectEndpoint(settings).Require(), new Resolved<S3Credentials>(credentials, ""));

    /// <summary>Finds the store that the options, the environment or the profile select, or returns <c>null</c> if they do not select one.</summary>
    /// <exception cref="ToolException">The selection is not valid.</exception>
    public Resolved<S3Endpoint>? FindEndpoint(StoreSettings settings) =>
        SelectEndpoint(settings).Find() is { } selected ? new Resolved<S3Endpoint>(selected.Endpoint, selected.Source) : null;

    /// <summary>Finds the credentials, or returns <c>null</c> if none are configured. The network is used only for a profile that the command line selects.</summary>
    /// <exception cref="ToolException">The selected credentials are not valid or not available.</exception>
    public Task<Resolved<S3Credentials>?> FindCredentialsAsync(StoreSettings settings, CancellationToken cancellationToken) => SelectCredentials(settings).FindAsync(cancellationToken);

    /// <exception cref="ToolException">The selected profile does not exist.</exception>
    public SelectedProfile? SelectProfile(StoreSettings settings) => SelectedProfile.Find(settings, context, Files);

    public EndpointSelection SelectEndpoint(StoreSettings settings) => new(settings, context, Files, SelectProfile(settings));

    public Resolved<UrlStyle> SelectStyle(StoreSettings settings, S3Endpoint endpoint) => StyleSelection.Select(settings, SelectProfile(settings), endpoint);

    public CredentialSelection SelectCredentials(StoreSettings settings) => new(settings, context, Files, SelectProfile(settings));

    /// <summary>Combines the store and the credentials.</summary>
    /// <exception cref="ToolException">The credentials are for a different store, or the URL style is not valid.</exception>
    public ResolvedStore Combine(StoreSettings settings, SelectedEndpoint endpoint, Resolved<S3Credentials> credentials) =>
        endpoint.IsDefault && EnvironmentKeys.IsForSpaces(credentials)
            ? throw ToolException.Setup(
                $"{credentials.Source}: The access key is for DigitalOcean Spaces, but no store is selected. Use --endpoint-url, or --provider spaces with --region.")
            : new ResolvedStore
            {
                Endpoint = new Resolved<S3Endpoint>(endpoint.Endpoint, endpoint.Source),
                Credentials = credentials,
                Style = SelectStyle(settings, endpoint.Endpoint),
                CdnUrl = settings.CdnUrl,
            };
}

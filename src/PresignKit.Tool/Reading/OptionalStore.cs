using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.Reading;

/// <summary>The store and the credentials of a command that also works without them. A configuration that is not valid must not prevent such a command from reading a URL.</summary>
/// <remarks>Errors in the options themselves, and in a profile that the command line selects, still end the command.</remarks>
internal sealed class OptionalStore(ToolContext context, StoreSettings settings)
{
    private readonly StoreResolver _resolver = new(context);

    /// <summary>Gets a value that indicates whether the command line selects the store, so that the configuration is not needed to find it.</summary>
    private bool IsStoreSelected => (settings.EndpointUrl ?? settings.Provider) is not null;

    /// <summary>Parses a URL.</summary>
    /// <param name="url">The received URL.</param>
    /// <param name="isArgument">Whether the URL comes from the command line, where a shell may have cut it.</param>
    /// <param name="bucket">The value of <c>--bucket</c>, or <c>null</c>.</param>
    /// <param name="usesEndpoint">Whether the configured endpoint is used to find the bucket if the host is not known.</param>
    /// <exception cref="ToolException">The URL is not a presigned URL, an option is not valid, or the store or the bucket behind the CDN is missing.</exception>
    public SignedUrl Parse(string url, bool isArgument, string? bucket, bool usesEndpoint)
    {
        try
        {
            return Parse(_resolver);
        }
        catch (ToolException e) when (e.Code == ExitCode.Setup && settings.Profile is null && (settings.CdnUrl is null || IsStoreSelected))
        {
            context.Note($"The configured store is not used. {e.Message}", settings.IsVerbose);
            return Parse(new StoreResolver(context.WithoutVariables()));
        }

        SignedUrl Parse(StoreResolver resolver) =>
            SignedUrl.Parse(url, isArgument, bucket, settings, resolver, usesEndpoint && settings.CdnUrl is null ? resolver.FindEndpoint(settings)?.Value : null);
    }

    /// <summary>Finds the credentials.</summary>
    /// <returns>The credentials, or <c>null</c> if none are configured, and the problem if the configuration is not valid.</returns>
    /// <exception cref="ToolException">The credentials that the command line selects are not valid or not available.</exception>
    public async Task<(Resolved<S3Credentials>? Credentials, string? Problem)> FindCredentialsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _resolver.FindCredentialsAsync(settings, cancellationToken), null);
        }
        catch (Exception e) when (!settings.Ask && settings.Profile is null && Messages.Describe(e) is not null)
        {
            return (null, Messages.Describe(e)!.Message);
        }
    }
}

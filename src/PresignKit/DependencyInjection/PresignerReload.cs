using Microsoft.Extensions.Logging;

namespace PresignKit;

/// <summary>Updates one presigner when its options change and logs an error if the new options are rejected.</summary>
internal sealed partial class PresignerReload(string name, Func<PresignerOptions> read, TimeProvider? timeProvider, ILogger? logger) : IDisposable
{
    // The delay between attempts to fetch the credentials for reloaded options.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly CancellationTokenSource _disposed = new();
    private S3Presigner? _presigner;
    private RefreshingCredentialsProvider? _provider;
    private int _version;

    /// <summary>Creates the presigner.</summary>
    public S3Presigner Start()
    {
        lock (_gate)
        {
            PresignerSettings settings = Read(read);
            _provider = settings.CredentialsProvider as RefreshingCredentialsProvider;
            _provider?.AddUser();
            return _presigner = new S3Presigner(settings, timeProvider);
        }
    }

    /// <summary>Replaces the settings of the presigner with the current options.</summary>
    public void Run() => Run(read);

    public void Run(Func<PresignerOptions> readCurrent)
    {
        try
        {
            // Reloads run one at a time and read the options inside the lock. This ensures that the last reload to finish uses the newest options.
            lock (_gate)
            {
                if (_presigner is null)
                {
                    return;
                }

                PresignerSettings settings = Read(readCurrent);
                int version = ++_version;
                if (settings.CredentialsProvider is RefreshingCredentialsProvider { HasCredentials: false } provider && !ReferenceEquals(provider, _provider))
                {
                    // If the application's callback creates the provider, every reload creates a new provider. Presign never waits, so the old options are used until the new
                    // provider has credentials.
                    _ = UseWhenFetchedAsync(settings, provider, version);
                }
                else
                {
                    Use(settings);
                }
            }
        }
        catch (Exception e) when (logger is not null)
        {
            // All exceptions are caught, not only OptionsValidationException, because Microsoft's binder and the application's callback can throw exceptions of any type.
            LogReloadRejected(logger, name.Length == 0 ? "(default)" : name, e);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _version++;
            _disposed.Cancel();
            _provider?.RemoveUser();
            _provider = null;
        }
    }

    private void Use(PresignerSettings settings)
    {
        _presigner!.Use(settings);
        RefreshingCredentialsProvider? provider = settings.CredentialsProvider as RefreshingCredentialsProvider;
        provider?.AddUser();
        _provider?.RemoveUser();
        _provider = provider;
    }

    private async Task UseWhenFetchedAsync(PresignerSettings settings, RefreshingCredentialsProvider provider, int version)
    {
        provider.AddUser();
        try
        {
            // The version changes when the options are reloaded again or the container is disposed.
            while (Volatile.Read(ref _version) == version)
            {
                if (await TryFetchAsync(provider).ConfigureAwait(false))
                {
                    lock (_gate)
                    {
                        if (version == _version)
                        {
                            Use(settings);
                        }
                    }

                    return;
                }

                await (timeProvider ?? TimeProvider.System).Delay(RetryAfter, _disposed.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The container was disposed.
        }
        finally
        {
            provider.RemoveUser();
        }
    }

    private async Task<bool> TryFetchAsync(RefreshingCredentialsProvider provider)
    {
        try
        {
            _ = await provider.GetCredentialsAsync(_disposed.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (!_disposed.IsCancellationRequested)
        {
            if (logger is not null)
            {
                LogCredentialsMissing(logger, name.Length == 0 ? "(default)" : name, e);
            }

            return false;
        }
    }

    private PresignerSettings Read(Func<PresignerOptions> readCurrent)
    {
        PresignerOptions options = readCurrent();
        PresignerSettings settings = PresignerOptionsValidator.Require(options, name);
        if (logger is not null && settings.CredentialsProvider is RefreshingCredentialsProvider provider)
        {
            provider.UseLogger(logger);
        }

        return settings;
    }

    [LoggerMessage(1, LogLevel.Error, "The reloaded options of the presigner {PresignerName} were rejected. The presigner continues to use its last valid options.", EventName = "OptionsReloadRejected")]
    private static partial void LogReloadRejected(ILogger logger, string presignerName, Exception exception);

    [LoggerMessage(
        3, LogLevel.Warning, "The credentials for the reloaded options of the presigner {PresignerName} could not be fetched. The presigner continues to use its previous options, and fetches the credentials again after 30 s.", EventName = "ReloadedCredentialsMissing")]
    private static partial void LogCredentialsMissing(ILogger logger, string presignerName, Exception exception);
}

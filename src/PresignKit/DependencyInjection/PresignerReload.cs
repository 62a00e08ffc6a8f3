using Microsoft.Extensions.Logging;

namespace PresignKit;

/// <summary>Keeps one presigner at its last valid options, and logs options that are rejected.</summary>
internal sealed partial class PresignerReload(string name, Func<PresignerOptions> read, TimeProvider? timeProvider, ILogger? logger)
{
    private readonly object _gate = new();
    private S3Presigner? _presigner;

    /// <summary>Creates the presigner.</summary>
    public S3Presigner Start()
    {
        lock (_gate)
        {
            return _presigner = new S3Presigner(Read(read), timeProvider);
        }
    }

    /// <summary>Replaces the settings of the presigner by the current options.</summary>
    public void Run() => Run(read);

    public void Run(Func<PresignerOptions> readCurrent)
    {
        try
        {
            // One reload after the other, and read within the lock: the last one to finish has read the newest options.
            lock (_gate)
            {
                _presigner?.Use(Read(readCurrent));
            }
        }
        catch (Exception e) when (logger is not null)
        {
            // Not only OptionsValidationException: Microsoft's binder, or a callback of the application, may throw anything.
            LogReloadRejected(logger, name.Length == 0 ? "(default)" : name, e);
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

    [LoggerMessage(1, LogLevel.Error, "The reloaded options of the presigner {PresignerName} were rejected. It keeps its last valid options.", EventName = "OptionsReloadRejected")]
    private static partial void LogReloadRejected(ILogger logger, string presignerName, Exception exception);
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace PresignKit;

/// <summary>Creates a container's presigners and passes changed options to them until the factory is disposed.</summary>
internal sealed class PresignerFactory(
    IOptionsFactory<PresignerOptions> optionsFactory,
    IOptionsMonitor<PresignerOptions> monitor,
    IEnumerable<IOptionsChangeTokenSource<PresignerOptions>> sources,
    TimeProvider? timeProvider = null,
    ILoggerFactory? loggerFactory = null) : IDisposable
{
    private readonly ILogger? _logger = loggerFactory?.CreateLogger("PresignKit");
    private readonly List<IDisposable> _subscriptions = [];

    public S3Presigner Create(string name)
    {
        // The framework's OptionsMonitor does not notify its listeners if the new options are not valid, and it may still return the old options when a change token fires. For
        // this reason, the options factory creates the options again. A custom monitor, such as a test double, may get its options from anywhere, so it is read and observed instead.
        bool isCustomMonitor = monitor is not OptionsMonitor<PresignerOptions>;
        PresignerReload reload = new(name, () => isCustomMonitor ? monitor.Get(name) : optionsFactory.Create(name), timeProvider, _logger);

        // Subscribe before reading the options, so that no change is missed.
        List<IDisposable> subscriptions = isCustomMonitor ? SubscribeToMonitor(name, reload) : SubscribeToSources(name, reload);
        subscriptions.Add(reload);
        try
        {
            return reload.Start();
        }
        catch
        {
            Unsubscribe(subscriptions);
            throw;
        }
        finally
        {
            lock (_subscriptions)
            {
                _subscriptions.AddRange(subscriptions);
            }
        }
    }

    public void Dispose()
    {
        lock (_subscriptions)
        {
            Unsubscribe(_subscriptions);
        }
    }

    private List<IDisposable> SubscribeToMonitor(string name, PresignerReload reload)
    {
        IDisposable? subscription = monitor.OnChange((options, changed) =>
        {
            if ((changed ?? Options.DefaultName) == name)
            {
                reload.Run(() => options);
            }
        });
        return subscription is null ? [] : [subscription];
    }

    private List<IDisposable> SubscribeToSources(string name, PresignerReload reload)
    {
        IOptionsChangeTokenSource<PresignerOptions>[] named = [.. sources.Where(source => (source.Name ?? Options.DefaultName) == name)];

        // In version 8.0, Microsoft's BindConfiguration registers the change token source for named options without the name. If no source has the name, all sources are used.
        // Sections of the same configuration share a token, so the sources are grouped by token to handle each reload only once.
        return [.. (named.Length > 0 ? named : sources).GroupBy(source => source.GetChangeToken())
            .Select(same => ChangeToken.OnChange(same.First().GetChangeToken, reload.Run))];
    }

    private static void Unsubscribe(List<IDisposable> subscriptions)
    {
        subscriptions.ForEach(subscription => subscription.Dispose());
        subscriptions.Clear();
    }
}

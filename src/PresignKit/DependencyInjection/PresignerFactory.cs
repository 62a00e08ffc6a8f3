using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace PresignKit;

/// <summary>Creates the presigners of a container, and passes changed options to them until the factory is disposed.</summary>
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
        // The framework's OptionsMonitor notifies its listeners of valid options only, and may still return the old options when a change token fires, so the factory creates
        // the options again. A custom monitor, such as that of a test, may obtain its options from anywhere, so the monitor itself is read and observed.
        bool isCustomMonitor = monitor is not OptionsMonitor<PresignerOptions>;
        PresignerReload reload = new(name, () => isCustomMonitor ? monitor.Get(name) : optionsFactory.Create(name), timeProvider, _logger);

        // Subscribe before the options are read, so that no change is missed.
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

        // Version 8.0 of Microsoft's BindConfiguration registers the source of named options without the name, so all sources are used if none of them has the name.
        // The sections of one configuration share a token, and grouping by token makes a reload a single change.
        return [.. (named.Length > 0 ? named : sources).GroupBy(source => source.GetChangeToken())
            .Select(same => ChangeToken.OnChange(same.First().GetChangeToken, reload.Run))];
    }

    private static void Unsubscribe(List<IDisposable> subscriptions)
    {
        subscriptions.ForEach(subscription => subscription.Dispose());
        subscriptions.Clear();
    }
}

using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace PresignKit;

/// <summary>Makes the presigners of a container, and hands them their options again whenever these change. The container disposes it, which ends that.</summary>
internal sealed class PresignerFactory(
    IOptionsFactory<PresignerOptions> optionsFactory,
    IOptionsMonitor<PresignerOptions> monitor,
    IEnumerable<IOptionsChangeTokenSource<PresignerOptions>> sources,
    TimeProvider? timeProvider = null) : IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];

    public S3Presigner Create(string name)
    {
        // The framework's monitor tells its listeners of valid options only, and it may still hold the old ones when a change is told. So these are made anew.
        // Of another monitor (a test's, say), nothing is known but its interface.
        bool isOwnMonitor = monitor is not OptionsMonitor<PresignerOptions>;
        PresignerReload reload = new(name, () => isOwnMonitor ? monitor.Get(name) : optionsFactory.Create(name));

        // Before the options are read: no change is missed.
        List<IDisposable> subscriptions = isOwnMonitor ? SubscribeToMonitor(name, reload) : SubscribeToSources(name, reload);
        try
        {
            return reload.Start(timeProvider);
        }
        catch
        {
            End(subscriptions);
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
            End(_subscriptions);
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

        // The general BindConfiguration of Microsoft.Extensions 8.0 registers the source of named options without the name.
        // Sections of one configuration have one token: a reload is one.
        return [.. (named.Length > 0 ? named : sources).GroupBy(source => source.GetChangeToken())
            .Select(same => ChangeToken.OnChange(same.First().GetChangeToken, reload.Run))];
    }

    private static void End(List<IDisposable> subscriptions)
    {
        subscriptions.ForEach(subscription => subscription.Dispose());
        subscriptions.Clear();
    }
}

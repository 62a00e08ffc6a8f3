using Microsoft.Extensions.Logging;

namespace PresignKit;

/// <summary>Caches another provider's credentials for all callers and renews them in the background before they expire.</summary>
/// <remarks>
/// <para>Instances are thread-safe. The first call fetches the credentials. From then on, a timer renews them, even if the provider is not called for hours.
/// <see cref="IPresigner.Presign"/> never waits, so await <see cref="GetCredentialsAsync"/> once before the application accepts requests.
/// By contrast, <see cref="IPresigner.PresignAsync"/> waits for the credentials.</para>
/// <para>If a renewal fails, it is retried after 1 second and then at intervals that double each time, up to 32 seconds. In the meantime, the cached credentials are returned
/// until they expire. Once they have expired, the exception from the failed renewal propagates to the caller.
/// Credentials without <see cref="S3Credentials.ExpiresAt"/> are fetched only once.</para>
/// <para>Create one instance (for example, as a singleton <see cref="IS3CredentialsProvider"/>), and dispose it to stop the timer.</para>
/// </remarks>
public sealed partial class RefreshingCredentialsProvider : IS3CredentialsProvider, IDisposable
{
    private const int MaxPauseSeconds = 32;

    // Timers can wait for at most about 49 days, and 24 days is well below this limit. If the timer fires before the renewal is due, it is restarted.
    private static readonly TimeSpan MaxDueTime = TimeSpan.FromDays(24);

    // The callback of a timer that is due immediately could run before the timer is assigned to the field.
    private static readonly TimeSpan MinDueTime = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private readonly TimeProvider _timeProvider;
    private ILogger? _logger;

    private volatile CachedCredentials? _cached;
    private Task<S3Credentials>? _renewal;

    // At most one renewal runs at a time, and only the running renewal accesses this field.
    private Task<S3Credentials>? _abandoned;
    private ITimer? _timer;
    private DateTimeOffset _nextAttempt = DateTimeOffset.MinValue;
    private int _pauseSeconds;
    private bool _isDisposed;

    // The number of container-created presigners that use this provider. -1 means that no such presigner has used the provider yet, so the timer runs.
    // 0 means that no such presigner uses the provider any longer, so the timer is stopped.
    private int _users = -1;

    /// <summary>Initializes a new instance of the <see cref="RefreshingCredentialsProvider"/> class.</summary>
    /// <param name="provider">The provider that fetches the credentials. It is called on a thread-pool thread, never concurrently, and without the caller's cancellation token
    /// or execution context.</param>
    /// <param name="timeProvider">The clock, or <c>null</c> for the system clock.</param>
    /// <param name="logger">The logger for failed renewals (event 2, <c>CredentialRenewalFailed</c>). If this is <c>null</c>, the provider uses
    /// the logger from the container of the first presigner that uses this instance and was registered with <c>AddPresigner</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="provider"/> is <c>null</c>.</exception>
    public RefreshingCredentialsProvider(IS3CredentialsProvider provider, TimeProvider? timeProvider = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(provider);
        Inner = provider;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = logger;
    }

    /// <summary>Gets a value that specifies how long before expiry the credentials are renewed.</summary>
    /// <value>Zero or greater. The default is 5 minutes.</value>
    /// <remarks>If newly fetched credentials are valid for less than twice this duration, they are renewed after half of the remaining time.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan RenewBefore
    {
        get;
        init => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, FormattableString.Invariant($"RenewBefore is {value:c}, which is negative. Use zero or a positive duration."));
    } = TimeSpan.FromMinutes(5);

    /// <summary>Gets the maximum duration of a fetch.</summary>
    /// <value>Greater than zero and at most 1 day. The default is 30 seconds.</value>
    /// <remarks>If a fetch takes longer, it counts as failed, and its cancellation token is canceled.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative, or more than 1 day.</exception>
    public TimeSpan FetchTimeout
    {
        get;
        init => field = value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, FormattableString.Invariant($"FetchTimeout is {value:c}, which is not a positive duration of at most 1 day. Use a value such as TimeSpan.FromSeconds(30)."));
    } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the provider that fetches the credentials.</summary>
    internal IS3CredentialsProvider Inner { get; }

    /// <summary>Gets a value that indicates whether credentials have been fetched and are still valid.</summary>
    internal bool HasCredentials => _cached is { } cached && cached.IsValidAt(_timeProvider.GetUtcNow());

    /// <summary>Gets a value that indicates whether a renewal is running.</summary>
    internal bool IsRenewing => Volatile.Read(ref _renewal) is { IsCompleted: false };

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The provider was disposed, and its credentials have expired or were never fetched.</exception>
    /// <exception cref="TimeoutException">The fetch took longer than <see cref="FetchTimeout"/>.</exception>
    public ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default)
    {
        CachedCredentials? cached = _cached;
        DateTimeOffset now = _timeProvider.GetUtcNow();
        if (cached is null || !cached.IsValidAt(now))
        {
            return PendingTasks.WaitAsync(new ValueTask<S3Credentials>(BeginRenewal()), cancellationToken);
        }

        if (now >= cached.RenewAt && !Volatile.Read(ref _isDisposed))
        {
            _ = BeginRenewal();
        }

        return new ValueTask<S3Credentials>(cached.Credentials);
    }

    /// <summary>Stops renewing the credentials.</summary>
    /// <remarks>Cached credentials are still returned until they expire.</remarks>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            StopTimer();
        }
    }

    /// <summary>Sets the logger if it has not been set yet.</summary>
    internal void UseLogger(ILogger logger) => Interlocked.CompareExchange(ref _logger, logger, null);

    /// <summary>Registers a presigner as a user of this provider and starts the timer if the presigner is the only user.</summary>
    internal void AddUser()
    {
        lock (_gate)
        {
            _users = Math.Max(_users, 0) + 1;
            if (_users == 1 && _cached is { } cached)
            {
                SetTimer(DueAt(cached));
            }
        }
    }

    /// <summary>Unregisters a presigner and stops the timer if the presigner was the last user.</summary>
    /// <remarks>A call that needs credentials still fetches them.</remarks>
    internal void RemoveUser()
    {
        lock (_gate)
        {
            if (--_users == 0)
            {
                StopTimer();
            }
        }
    }

    /// <summary>Returns the current renewal if it is running or has just failed, or starts a new one.</summary>
    private Task<S3Credentials> BeginRenewal()
    {
        TaskCompletionSource<S3Credentials> own;
        lock (_gate)
        {
            DateTimeOffset now = _timeProvider.GetUtcNow();
            if (_renewal is not null && (!_renewal.IsCompleted || now < _nextAttempt))
            {
                return _renewal;
            }

            // Another caller may have renewed the credentials in the meantime.
            if (_cached is { } cached && now < cached.RenewAt)
            {
                return Task.FromResult(cached.Credentials);
            }

            if (_isDisposed)
            {
                return Task.FromException<S3Credentials>(new ObjectDisposedException(nameof(RefreshingCredentialsProvider)));
            }

            own = new TaskCompletionSource<S3Credentials>(TaskCreationOptions.RunContinuationsAsynchronously);
            _renewal = own.Task;
        }

        using (SuppressFlow())
        {
            _ = RenewAsync(own);
        }

        return own.Task;
    }

    // Every path must complete the task, because all callers wait for it.
    private async Task RenewAsync(TaskCompletionSource<S3Credentials> renewal)
    {
        try
        {
            S3Credentials credentials = await FetchAsync().ConfigureAwait(false);
            CachedCredentials cached = new(credentials, _timeProvider.GetUtcNow(), RenewBefore);
            lock (_gate)
            {
                _cached = cached;
                _pauseSeconds = 0;
                _nextAttempt = DateTimeOffset.MinValue;
                SetTimer(cached.RenewAt);
            }

            renewal.SetResult(credentials);
        }
        catch (Exception e)
        {
            int pauseSeconds = PauseAfterFailure();
            renewal.TrySetException(e);

            // If no caller awaits the task, its exception would be reported as unobserved. Reading the Exception property marks it as observed.
            _ = renewal.Task.Exception;
            if (Volatile.Read(ref _logger) is { } logger)
            {
                LogRenewalFailed(logger, pauseSeconds, e);
            }
        }
    }

    private async Task<S3Credentials> FetchAsync()
    {
        // A provider that blocks ties up a thread, so the provider is not called again while the previous call is still running.
        if (_abandoned is { IsCompleted: false })
        {
            throw TimedOut();
        }

        // The source is not disposed, because a provider that ignores the timeout may still use the token.
        CancellationTokenSource cancellation = new();

        // The fetch does not run on the caller's thread, because the provider may block.
        Task<S3Credentials> fetch = Task.Run(() => Inner.FetchAsync(cancellation.Token).AsTask());
        try
        {
            return await fetch.WaitAsync(FetchTimeout, _timeProvider, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            if (fetch.IsCompleted)
            {
                return await fetch.ConfigureAwait(false);
            }

            // Cancel runs on the thread pool, because a callback that the provider registered may block or throw.
            PendingTasks.Abandon(Task.Run(cancellation.Cancel));
            PendingTasks.Abandon(fetch);
            _abandoned = fetch;
            throw TimedOut();
        }
    }

    private TimeoutException TimedOut() => new(FormattableString.Invariant(
        $"The credentials provider did not return credentials within {FetchTimeout.TotalSeconds} s. Check that its source is reachable, or set FetchTimeout to a longer duration."));

    private int PauseAfterFailure()
    {
        lock (_gate)
        {
            _pauseSeconds = _pauseSeconds == 0 ? 1 : Math.Min(_pauseSeconds * 2, MaxPauseSeconds);
            try
            {
                DateTimeOffset now = _timeProvider.GetUtcNow();
                TimeSpan pause = TimeSpan.FromSeconds(_pauseSeconds);
                _nextAttempt = now < DateTimeOffset.MaxValue - pause ? now + pause : DateTimeOffset.MaxValue;

                // Until the first credentials have been fetched, no timer is set, and the next caller tries again.
                if (_cached is not null)
                {
                    SetTimer(_nextAttempt);
                }
            }
            catch (Exception)
            {
                // The application's TimeProvider threw an exception, which may have caused the renewal to fail. The next caller tries again.
                _nextAttempt = DateTimeOffset.MinValue;
            }

            return _pauseSeconds;
        }
    }

    // The timer intentionally keeps this object alive until Dispose is called, because Presign may need valid credentials at any time.
    private void SetTimer(DateTimeOffset dueAt)
    {
        StopTimer();
        if (_isDisposed || _users == 0 || dueAt == DateTimeOffset.MaxValue)
        {
            return;
        }

        TimeSpan due = dueAt - _timeProvider.GetUtcNow();
        due = due < MinDueTime ? MinDueTime : due < MaxDueTime ? due : MaxDueTime;
        using (SuppressFlow())
        {
            _timer = _timeProvider.CreateTimer(static state => ((RefreshingCredentialsProvider)state!).OnTimer(), this, due, Timeout.InfiniteTimeSpan);
        }
    }

    private DateTimeOffset DueAt(CachedCredentials cached) => cached.RenewAt > _nextAttempt ? cached.RenewAt : _nextAttempt;

    // The provider and the timer serve all callers, so they must not capture the HttpContext, user and trace of the caller that happens to start them.
    private static AsyncFlowControl? SuppressFlow() => ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();

    private void StopTimer()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private void OnTimer()
    {
        try
        {
            lock (_gate)
            {
                if (_isDisposed || _timer is null)
                {
                    return;
                }

                // The timer can fire before the renewal is due, because it counts whole milliseconds and waits for at most 24 days.
                if (_cached is { } cached && DueAt(cached) is var dueAt && _timeProvider.GetUtcNow() < dueAt)
                {
                    SetTimer(dueAt);
                    return;
                }
            }

            _ = BeginRenewal();
        }
        catch (Exception)
        {
            // The application's TimeProvider threw an exception. If the exception escaped the timer callback, it would terminate the process. The next call renews the credentials
            // anyway.
        }
    }

    [LoggerMessage(
        2, LogLevel.Warning, "Renewing the credentials failed. Cached credentials are used until they expire, and the next attempt is made in {RetryAfterSeconds} s or later.", EventName = "CredentialRenewalFailed")]
    private static partial void LogRenewalFailed(ILogger logger, int retryAfterSeconds, Exception exception);
}

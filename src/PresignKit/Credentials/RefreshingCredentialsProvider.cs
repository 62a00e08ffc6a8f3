using Microsoft.Extensions.Logging;

namespace PresignKit;

/// <summary>Caches the credentials of another provider and renews them before they expire, once for all callers and in the background. Thread-safe.</summary>
/// <remarks>
/// <para>The first call fetches the credentials. Call <c>await provider.GetCredentialsAsync()</c> at the start of the application, so that
/// <see cref="IPresigner.Presign"/>, which never waits, finds them; <see cref="IPresigner.PresignAsync"/> waits for them.</para>
/// <para>If a renewal fails, the cached credentials are returned until they expire, and the next attempts follow after 1 second and then at doubling intervals of up to
/// 32 seconds. Once the credentials have expired, callers get the exception. Credentials without <see cref="S3Credentials.ExpiresAt"/> are fetched once.</para>
/// <para>Create one instance and keep it, for example as a singleton <see cref="IS3CredentialsProvider"/>.</para>
/// </remarks>
public sealed partial class RefreshingCredentialsProvider : IS3CredentialsProvider
{
    private const int MaxPauseSeconds = 32;

    private readonly object _gate = new();
    private readonly IS3CredentialsProvider _provider;
    private readonly TimeProvider _timeProvider;
    private ILogger? _logger;

    private volatile CachedCredentials? _cached;
    private Task<S3Credentials>? _renewal;
    private DateTimeOffset _nextAttempt = DateTimeOffset.MinValue;
    private int _pauseSeconds;

    /// <summary>Initializes a new instance of the <see cref="RefreshingCredentialsProvider"/> class.</summary>
    /// <param name="provider">The provider that fetches the credentials. It is called by one caller at a time, without the caller's cancellation token.</param>
    /// <param name="timeProvider">The clock, or <c>null</c> for the system clock.</param>
    /// <param name="logger">The logger for failed renewals (event 2, <c>CredentialRenewalFailed</c>). If it is <c>null</c>, a presigner that was registered with
    /// <c>AddPresigner</c> and uses this provider supplies the logger of its container.</param>
    /// <exception cref="ArgumentNullException"><paramref name="provider"/> is <c>null</c>.</exception>
    public RefreshingCredentialsProvider(IS3CredentialsProvider provider, TimeProvider? timeProvider = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(provider);
        _provider = provider;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = logger;
    }

    /// <summary>Gets how long before their expiry the credentials are renewed.</summary>
    /// <value>Zero or more. The default is 5 minutes.</value>
    /// <remarks>If the credentials are valid for less than twice this duration, they are renewed after half of the time that is left.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan RenewBefore
    {
        get;
        init => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, FormattableString.Invariant($"RenewBefore: '{value:c}' is negative. Use zero or a positive duration."));
    } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default)
    {
        CachedCredentials? cached = _cached;
        DateTimeOffset now = _timeProvider.GetUtcNow();
        if (cached is null || !cached.IsValidAt(now))
        {
            return FetchAsync(cancellationToken);
        }

        if (now >= cached.RenewAt)
        {
            RenewInBackground();
        }

        return new ValueTask<S3Credentials>(cached.Credentials);
    }

    /// <summary>Sets the logger, unless there is one already.</summary>
    internal void UseLogger(ILogger logger) => Interlocked.CompareExchange(ref _logger, logger, null);

    // All callers wait for the same call of the provider. If it completes synchronously, so does this method.
    private ValueTask<S3Credentials> FetchAsync(CancellationToken cancellationToken)
    {
        Task<S3Credentials> renewal = Begin(out TaskCompletionSource<S3Credentials>? own);
        if (own is not null)
        {
            _ = RenewAsync(own);
        }

        return new ValueTask<S3Credentials>(
            renewal.IsCompleted ? renewal : renewal.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
    }

    // On a different thread, because a provider that blocks would block Presign.
    private void RenewInBackground()
    {
        _ = Begin(out TaskCompletionSource<S3Credentials>? own);
        if (own is not null)
        {
            _ = Task.Run(() => RenewAsync(own));
        }
    }

    /// <summary>Returns the renewal that is running or that has just failed; otherwise a new one, which the caller must carry out.</summary>
    private Task<S3Credentials> Begin(out TaskCompletionSource<S3Credentials>? own)
    {
        lock (_gate)
        {
            own = null;
            DateTimeOffset now = _timeProvider.GetUtcNow();
            if (_renewal is not null && (!_renewal.IsCompleted || now < _nextAttempt))
            {
                return _renewal;
            }

            // Another caller may have renewed them in the meantime.
            if (_cached is { } cached && now < cached.RenewAt)
            {
                return Task.FromResult(cached.Credentials);
            }

            own = new TaskCompletionSource<S3Credentials>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _renewal = own.Task;
        }
    }

    private async Task RenewAsync(TaskCompletionSource<S3Credentials> renewal)
    {
        try
        {
            Cache(await _provider.FetchAsync(CancellationToken.None).ConfigureAwait(false), renewal);
        }
        catch (Exception e)
        {
            int pauseSeconds = Pause();
            renewal.SetException(e);

            // There may be nobody who awaits the task: its exception must not surface as an unobserved one.
            _ = renewal.Task.Exception;
            if (Volatile.Read(ref _logger) is { } logger)
            {
                LogRenewalFailed(logger, pauseSeconds, e);
            }
        }
    }

    private void Cache(S3Credentials credentials, TaskCompletionSource<S3Credentials> renewal)
    {
        CachedCredentials cached = new(credentials, _timeProvider.GetUtcNow(), RenewBefore);
        lock (_gate)
        {
            _cached = cached;
            _pauseSeconds = 0;
            _nextAttempt = DateTimeOffset.MinValue;
        }

        renewal.SetResult(credentials);
    }

    private int Pause()
    {
        lock (_gate)
        {
            _pauseSeconds = _pauseSeconds == 0 ? 1 : Math.Min(_pauseSeconds * 2, MaxPauseSeconds);
            _nextAttempt = _timeProvider.GetUtcNow().AddSeconds(_pauseSeconds);
            return _pauseSeconds;
        }
    }

    [LoggerMessage(
        2, LogLevel.Warning, "Renewing the credentials failed. Cached credentials are used until they expire, and the next attempt follows in {RetryAfterSeconds} s at the earliest.", EventName = "CredentialRenewalFailed")]
    private static partial void LogRenewalFailed(ILogger logger, int retryAfterSeconds, Exception exception);
}

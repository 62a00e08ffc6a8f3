namespace PresignKit;

/// <summary>
/// Keeps the credentials of another provider, and renews them before they end: once for all callers, and beside their work. The current ones are always at hand, so
/// that <see cref="IPresigner.Presign"/> works. Thread-safe.
/// </summary>
/// <remarks>
/// The first call fetches: start with <c>await provider.GetCredentialsAsync()</c>, or <see cref="IPresigner.PresignAsync"/>. While a renewal fails, the old
/// credentials are given out as long as they hold; it is tried again after 1 second, and then at intervals that double, up to 32 seconds. Where none hold, callers get its exception.
/// Credentials without <see cref="S3Credentials.ExpiresAt"/> are fetched once. Make one and keep it: as a singleton <see cref="IS3CredentialsProvider"/>, for instance.
/// </remarks>
public sealed class RefreshingCredentialsProvider : IS3CredentialsProvider
{
    private const int LongestPause = 32;

    private readonly object _gate = new();
    private readonly IS3CredentialsProvider _provider;
    private readonly TimeProvider _timeProvider;

    private volatile KeptCredentials? _kept;
    private Task<S3Credentials>? _renewal;
    private DateTimeOffset _nextTry = DateTimeOffset.MinValue;
    private int _pause;

    /// <summary>Puts this before a provider.</summary>
    /// <param name="provider">The provider that fetches credentials. It is asked by one caller at a time, and without the caller's cancellation token.</param>
    /// <param name="timeProvider">The clock; <c>null</c> for the system's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="provider"/> is <c>null</c>.</exception>
    public RefreshingCredentialsProvider(IS3CredentialsProvider provider, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(provider);
        _provider = provider;
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>How long before their end credentials are renewed; where they live shorter than twice that, at the half of the time that is left. Zero or more. Default:
    /// 5 minutes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public TimeSpan RenewBefore
    {
        get;
        init => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, FormattableString.Invariant($"RenewBefore: '{value:c}' is negative. Write zero or more."));
    } = TimeSpan.FromMinutes(5);

    /// <summary>What to do when a renewal fails, which callers do not see while the old credentials hold: write it to a log, say. <c>null</c> (the default) for nothing.</summary>
    public Action<Exception>? RenewalFailed { get; init; }

    /// <inheritdoc/>
    public ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default)
    {
        KeptCredentials? kept = _kept;
        DateTimeOffset now = _timeProvider.GetUtcNow();
        if (kept is null || !kept.HoldsAt(now))
        {
            return FetchAsync(cancellationToken);
        }

        if (now >= kept.RenewAt)
        {
            RenewBeside();
        }

        return new ValueTask<S3Credentials>(kept.Credentials);
    }

    // Nothing to give out: everybody waits for the same call. Where it answers at once, so does this.
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

    // On a thread of its own: a provider that blocks would block Presign.
    private void RenewBeside()
    {
        _ = Begin(out TaskCompletionSource<S3Credentials>? own);
        if (own is not null)
        {
            _ = Task.Run(() => RenewAsync(own));
        }
    }

    /// <summary>The renewal that runs, or that has failed just now; otherwise a new one, which the caller has to carry out.</summary>
    private Task<S3Credentials> Begin(out TaskCompletionSource<S3Credentials>? own)
    {
        lock (_gate)
        {
            own = null;
            DateTimeOffset now = _timeProvider.GetUtcNow();
            if (_renewal is not null && (!_renewal.IsCompleted || now < _nextTry))
            {
                return _renewal;
            }

            // Another caller may have renewed them since they were looked at.
            if (_kept is { } kept && now < kept.RenewAt)
            {
                return Task.FromResult(kept.Credentials);
            }

            own = new TaskCompletionSource<S3Credentials>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _renewal = own.Task;
        }
    }

    private async Task RenewAsync(TaskCompletionSource<S3Credentials> renewal)
    {
        try
        {
            S3Credentials? credentials = await _provider.GetCredentialsAsync(CancellationToken.None).ConfigureAwait(false);
            Keep(credentials ?? throw new InvalidOperationException("The provider of the credentials returned null. It has to return credentials or throw."), renewal);
        }
        catch (Exception e)
        {
            Pause();
            renewal.SetException(e);

            // Perhaps nobody waits: it must not turn up as an unobserved exception.
            _ = renewal.Task.Exception;
            RenewalFailed?.Invoke(e);
        }
    }

    private void Keep(S3Credentials credentials, TaskCompletionSource<S3Credentials> renewal)
    {
        KeptCredentials kept = new(credentials, _timeProvider.GetUtcNow(), RenewBefore);
        lock (_gate)
        {
            _kept = kept;
            _pause = 0;
            _nextTry = DateTimeOffset.MinValue;
        }

        renewal.SetResult(credentials);
    }

    private void Pause()
    {
        lock (_gate)
        {
            _pause = _pause == 0 ? 1 : Math.Min(_pause * 2, LongestPause);
            _nextTry = _timeProvider.GetUtcNow().AddSeconds(_pause);
        }
    }
}

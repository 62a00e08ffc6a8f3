using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

public class RefreshingCredentialsProviderTests
{
    private readonly FakeTimeProvider _clock = new(TestPresigner.Now);
    private readonly FakeRole _role;

    public RefreshingCredentialsProviderTests() => _role = new FakeRole(_clock);

    [Fact]
    public async Task Get_First_Fetches()
    {
        RefreshingCredentialsProvider provider = Provider();

        (await provider.GetCredentialsAsync()).AccessKeyId.Should().Be("KEY1");
        (await provider.GetCredentialsAsync()).AccessKeyId.Should().Be("KEY1");

        _role.Calls.Should().Be(1);
    }

    [Fact]
    public async Task Get_NoExpiry_FetchesOnce()
    {
        _role.Lifetime = null;
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();

        _clock.Advance(TimeSpan.FromDays(10_000));

        (await provider.GetCredentialsAsync()).AccessKeyId.Should().Be("KEY1");
        _role.Calls.Should().Be(1);
    }

    [Fact]
    public async Task Get_SeveralWaiters_FetchOnce()
    {
        _role.Hold();
        RefreshingCredentialsProvider provider = Provider();
        Task<S3Credentials>[] waiters = [.. Enumerable.Range(0, 8).Select(_ => provider.GetCredentialsAsync().AsTask())];

        _role.LetGo();

        (await Task.WhenAll(waiters)).Should().OnlyContain(credentials => credentials.AccessKeyId == "KEY1");
        _role.Calls.Should().Be(1);
    }

    [Fact]
    public async Task Get_OneWaiterCanceled_OthersStillGetCredentials()
    {
        _role.Hold();
        RefreshingCredentialsProvider provider = Provider();
        using CancellationTokenSource source = new();
        Task<S3Credentials> first = provider.GetCredentialsAsync(source.Token).AsTask();
        Task<S3Credentials> second = provider.GetCredentialsAsync().AsTask();

        await source.CancelAsync();
        await FluentActions.Awaiting(() => first).Should().ThrowAsync<OperationCanceledException>();
        _role.LetGo();

        (await second).AccessKeyId.Should().Be("KEY1");
        (await provider.GetCredentialsAsync()).AccessKeyId.Should().Be("KEY1");
        _role.Calls.Should().Be(1);
    }

    [Fact]
    public async Task Get_JustBeforeRenewal_DoesNotCallTheProvider()
    {
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();

        _clock.Advance(TimeSpan.FromMinutes(55) - TimeSpan.FromTicks(1));
        await provider.GetCredentialsAsync();

        _role.Calls.Should().Be(1);
    }

    [Fact]
    public async Task Get_ShortlyBeforeExpiry_ReturnsTheOldCredentialsWhileItRenews()
    {
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();
        _role.Hold();

        _clock.Advance(TimeSpan.FromMinutes(55));
        ValueTask<S3Credentials>[] results = [.. Enumerable.Range(0, 8).Select(_ => provider.GetCredentialsAsync())];

        results.Should().OnlyContain(result => result.IsCompleted && result.Result.AccessKeyId == "KEY1");
        await _role.Asked(2);
        _role.LetGo();
        await WaitForKey(provider, "KEY2");
        _role.Calls.Should().Be(2);
    }

    // Some SDKs have providers that work or block on the caller's thread.
    [Fact]
    public async Task Presign_ProviderBlocks_DoesNotWait()
    {
        using ManualResetEventSlim blocked = new();
        RefreshingCredentialsProvider provider = new(
            new FakeProvider(token =>
            {
                if (_role.Calls > 0)
                {
                    blocked.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
                }

                return _role.GetCredentialsAsync(token);
            }),
            _clock);
        S3Presigner presigner = TestPresigner.With(provider, _clock);
        await provider.GetCredentialsAsync();

        _clock.Advance(TimeSpan.FromMinutes(56));
        PresignedUrl url = presigner.Presign(new GetObject("key"));

        url.Parameter("X-Amz-Credential").Should().StartWith("KEY1%2F");
        _role.Calls.Should().Be(1);
        blocked.Set();
        await WaitForKey(provider, "KEY2");
    }

    [Fact]
    public async Task Get_RenewalFails_ReturnsTheOldCredentialsAndRetriesAtDoublingIntervals()
    {
        using CollectedLogs logs = new();
        RefreshingCredentialsProvider provider = new(_role, _clock, logs) { FetchTimeout = TimeSpan.FromDays(1) };
        await provider.GetCredentialsAsync();
        _role.Failure = new TimeoutException("STS does not respond");
        _clock.Advance(TimeSpan.FromMinutes(55));

        int[] tries = [0, 1, 3, 7, 15, 31, 63, 95];
        for (int second = 0; second < 100; second++)
        {
            for (int call = 0; call < 10; call++)
            {
                (await provider.GetCredentialsAsync()).AccessKeyId.Should().Be("KEY1");
            }

            int expected = tries.Count(at => at <= second);
            await WaitUntil(() => logs.Entries.Count >= expected);
            _role.Calls.Should().Be(1 + expected, "every attempt that is due by second {0} has been made", second);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        logs.Entries.Should().HaveCount(8).And.OnlyContain(entry => entry.Level == LogLevel.Warning && entry.Id.Id == 2 && entry.Exception is TimeoutException);
        logs.Entries.Select(entry => entry.Message).Should().StartWith(
            "Renewing the credentials failed. Cached credentials are used until they expire, and the next attempt is made in 1 s or later.").And.Contain(message => message.Contains(" in 32 s "));
    }

    [Fact]
    public async Task Get_RenewalFailsOnce_SucceedsOnTheNextAttempt()
    {
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();
        _role.Failure = new TimeoutException();
        _clock.Advance(TimeSpan.FromMinutes(55));
        await provider.GetCredentialsAsync();
        await WaitForRenewal(provider);

        _role.Failure = null;
        await WaitForKey(provider, "KEY3");
    }

    [Fact]
    public async Task Get_ExpiredWhileRenewalFails_ThrowsItsExceptionToEveryCaller()
    {
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();
        _role.Failure = new TimeoutException("STS does not respond");

        _clock.Advance(TimeSpan.FromHours(1));
        Func<Task> get = () => provider.GetCredentialsAsync().AsTask();

        for (int call = 0; call < 10; call++)
        {
            await get.Should().ThrowAsync<TimeoutException>();
        }

        _role.Calls.Should().Be(2, "the provider is not called again within a second");
        _role.Failure = null;
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await provider.GetCredentialsAsync()).AccessKeyId.Should().Be("KEY3");
    }

    [Fact]
    public async Task Get_ExpiredWithoutCalls_WaitsForNewCredentials()
    {
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();
        _role.Hold();

        _clock.Advance(TimeSpan.FromHours(1));
        ValueTask<S3Credentials> result = provider.GetCredentialsAsync();
        bool before = result.IsCompleted;
        _role.LetGo();

        before.Should().BeFalse();
        (await result).AccessKeyId.Should().Be("KEY2");
    }

    [Fact]
    public async Task Get_LifetimeShorterThanRenewBefore_RenewsAfterHalfOfIt()
    {
        _role.Lifetime = TimeSpan.FromMinutes(4);
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();

        _clock.Advance(TimeSpan.FromSeconds(119));
        await provider.GetCredentialsAsync();
        _role.Calls.Should().Be(1);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await WaitForKey(provider, "KEY2");
    }

    [Fact]
    public async Task Get_RenewBeforeSet_RenewsThatLongBeforeExpiry()
    {
        RefreshingCredentialsProvider provider = new(_role, _clock) { RenewBefore = TimeSpan.FromMinutes(20), FetchTimeout = TimeSpan.FromDays(1) };
        await provider.GetCredentialsAsync();

        _clock.Advance(TimeSpan.FromMinutes(40));

        await WaitForKey(provider, "KEY2");
    }

    [Fact]
    public async Task Get_ProviderReturnsExpiredCredentialsOrNull_Throws()
    {
        _role.Lifetime = TimeSpan.Zero;
        await FluentActions.Awaiting(() => Provider().GetCredentialsAsync().AsTask()).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("The credentials provider returned credentials for 'KEY1' that expired at 2026-03-14 15:09:26Z.*");

        await FluentActions.Awaiting(() => new RefreshingCredentialsProvider(new FakeProvider(_ => new((S3Credentials)null!))).GetCredentialsAsync().AsTask())
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("The credentials provider returned null.*");
    }

    [Fact]
    public async Task Get_ManyThreadsAcrossRenewals_NeverReturnsExpiredCredentials()
    {
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();
        bool stop = false;
        Task clock = WaitUntil(() =>
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            bool isDone = _role.Calls >= 15;
            Volatile.Write(ref stop, isDone);
            return isDone;
        });

        Task[] callers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref stop))
            {
                DateTimeOffset before = _clock.GetUtcNow();
                (await provider.GetCredentialsAsync()).ExpiresAt.Should().BeAfter(before);

                // The renewal and the clock also need thread pool threads.
                await Task.Yield();
            }
        }))];

        await Task.WhenAll([clock, .. callers]);
        _role.MostAtOnce.Should().Be(1);
    }

    [Fact]
    public async Task Presign_AfterTheFirstFetch_Works()
    {
        _role.Hold();
        S3Presigner presigner = TestPresigner.With(Provider(), _clock);
        FluentActions.Invoking(() => presigner.Presign(new GetObject("key"))).Should().Throw<InvalidOperationException>().WithMessage("*Use PresignAsync*");

        _role.LetGo();
        PresignedUrl first = await presigner.PresignAsync(new GetObject("key"));

        presigner.Presign(new GetObject("key")).Url.Should().Be(first.Url);
        _role.Calls.Should().Be(1);
    }

    // A timer renews the credentials overnight, when there are no calls, so that the first Presign in the morning does not have to wait.
    [Fact]
    public async Task Presign_AfterANightWithoutCalls_UsesCurrentCredentials()
    {
        using RefreshingCredentialsProvider provider = Provider();
        S3Presigner presigner = TestPresigner.With(provider, _clock);
        await provider.GetCredentialsAsync();

        for (int minute = 0; minute < 12 * 60; minute += 5)
        {
            _clock.Advance(TimeSpan.FromMinutes(5));
            await WaitForRenewal(provider);
            _role.Calls.Should().Be(1 + (minute + 5) / 55);
        }

        presigner.Presign(new GetObject("key")).Parameter("X-Amz-Credential").Should().StartWith($"KEY{_role.Calls}%2F");
        _role.Calls.Should().Be(14, "each call covers 55 minutes of the 12 hours");
    }

    [Fact]
    public async Task Timer_RenewalFails_RetriesWithoutCalls()
    {
        using RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();
        _role.Failure = new TimeoutException();
        _clock.Advance(TimeSpan.FromMinutes(55));
        await WaitForRenewal(provider);
        _role.Failure = null;

        await WaitUntil(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return _role.Calls >= 3;
        });
    }

    // System.Threading.Timer counts whole milliseconds, so it can fire before the instant of the next attempt.
    [Fact]
    public async Task Timer_FiresEarlyAfterAFailure_IsRestarted()
    {
        EarlyClock clock = new(_clock);
        using RefreshingCredentialsProvider provider = new(_role, clock);
        await provider.GetCredentialsAsync();
        _role.Failure = new TimeoutException();
        _clock.Advance(TimeSpan.FromMinutes(55));
        await WaitForRenewal(provider);
        _role.Failure = null;

        await WaitUntil(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(0.1));
            return _role.Calls >= 3;
        });
    }

    [Fact]
    public async Task Timer_LastUserRemoved_StopsUntilAUserIsAdded()
    {
        using RefreshingCredentialsProvider provider = Provider();
        provider.AddUser();
        provider.AddUser();
        await provider.GetCredentialsAsync();

        provider.RemoveUser();
        _clock.Advance(TimeSpan.FromMinutes(55));
        await _role.Asked(2);
        await WaitUntil(() => provider.GetCredentialsAsync().AsTask().GetAwaiter().GetResult().AccessKeyId == "KEY2");
        provider.RemoveUser();
        _clock.Advance(TimeSpan.FromMinutes(58));
        await Task.Delay(50);
        _role.Calls.Should().Be(2);

        provider.AddUser();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await WaitUntil(() => _role.Calls == 3);
    }

    [Fact]
    public async Task Get_ProviderBlocks_DoesNotCallItAgain()
    {
        int calls = 0;
        using ManualResetEventSlim blocked = new();
        using RefreshingCredentialsProvider provider = new(
            new FakeProvider(token =>
            {
                Interlocked.Increment(ref calls);
                blocked.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
                return _role.GetCredentialsAsync(token);
            }),
            _clock)
        { FetchTimeout = TimeSpan.FromMilliseconds(1) };

        for (int attempt = 0; attempt < 5; attempt++)
        {
            Task<S3Credentials> fetch = provider.GetCredentialsAsync().AsTask();
            await WaitUntil(() =>
            {
                _clock.Advance(TimeSpan.FromMinutes(1));
                return fetch.IsCompleted;
            });
            await FluentActions.Awaiting(() => fetch).Should().ThrowAsync<TimeoutException>().WithMessage("The credentials provider did not return*");
        }

        calls.Should().Be(1);
        blocked.Set();
    }

    [Fact]
    public async Task Get_FetchHangs_TimesOutForAllCallersAndIsCanceled()
    {
        CancellationToken received = default;
        int calls = 0;
        using RefreshingCredentialsProvider provider = new(
            new FakeProvider(token =>
            {
                received = token;
                return Interlocked.Increment(ref calls) == 1 ? new(new TaskCompletionSource<S3Credentials>().Task) : _role.GetCredentialsAsync(token);
            }),
            _clock);
        Task<S3Credentials>[] waiters = [provider.GetCredentialsAsync().AsTask(), provider.GetCredentialsAsync().AsTask()];
        await WaitUntil(() => Volatile.Read(ref calls) == 1);

        await WaitUntil(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return Array.TrueForAll(waiters, waiter => waiter.IsCompleted);
        });

        foreach (Task<S3Credentials> waiter in waiters)
        {
            await FluentActions.Awaiting(() => waiter).Should().ThrowAsync<TimeoutException>()
                .WithMessage("The credentials provider did not return credentials within 30 s. Check that its source is reachable, or set FetchTimeout*");
        }

        await WaitUntil(() => received.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await provider.GetCredentialsAsync()).AccessKeyId.Should().Be("KEY1", "the next call starts a new fetch");
    }

    [Fact]
    public async Task Get_ClockThrowsDuringAFetch_ThrowsAndTheNextCallSucceeds()
    {
        FlakyClock clock = new(_clock);
        using RefreshingCredentialsProvider provider = new(
            new FakeProvider(token =>
            {
                clock.Failure ??= _role.Calls == 0 ? new ArithmeticException("no time") : null;
                return _role.GetCredentialsAsync(token);
            }),
            clock);

        await FluentActions.Awaiting(() => provider.GetCredentialsAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).Should().ThrowAsync<ArithmeticException>();
        clock.Failure = null;

        (await provider.GetCredentialsAsync()).AccessKeyId.Should().Be("KEY2");
    }

    [Fact]
    public async Task Get_ClockAtTheEndOfTheYear9999_Throws()
    {
        _clock.SetUtcNow(DateTimeOffset.MaxValue);

        await FluentActions.Awaiting(() => Provider().GetCredentialsAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Get_Provider_RunsOnADifferentThreadWithoutTheCallersContext()
    {
        AsyncLocal<string> user = new() { Value = "alice" };
        List<string?> seen = [];
        using ManualResetEventSlim returned = new();
        bool isOnCaller = false;
        using RefreshingCredentialsProvider provider = new(
            new FakeProvider(token =>
            {
                seen.Add(user.Value);

                // On the caller's thread, this would wait for itself. Comparing thread IDs is not enough, because the pool can reuse the caller's thread.
                isOnCaller |= !returned.Wait(TimeSpan.FromSeconds(10), CancellationToken.None);
                return _role.GetCredentialsAsync(token);
            }),
            _clock);

        Task<S3Credentials> fetch = provider.GetCredentialsAsync().AsTask();
        returned.Set();
        await WaitUntil(() => fetch.IsCompleted);
        _clock.Advance(TimeSpan.FromMinutes(55));
        await _role.Asked(2);

        isOnCaller.Should().BeFalse();
        seen.Should().HaveCount(2).And.OnlyContain(value => value == null);
        user.Value.Should().Be("alice");
    }

    [Fact]
    public async Task Dispose_StopsTheTimerAndLaterFetches()
    {
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();
        provider.Dispose();

        _clock.Advance(TimeSpan.FromMinutes(56));
        (await provider.GetCredentialsAsync()).AccessKeyId.Should().Be("KEY1", "the credentials are still valid");
        _clock.Advance(TimeSpan.FromMinutes(4));

        await FluentActions.Awaiting(() => provider.GetCredentialsAsync().AsTask()).Should().ThrowAsync<ObjectDisposedException>();
        _role.Calls.Should().Be(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Async_ProviderIgnoresItsToken_IsCanceled(bool isRefreshing)
    {
        FakeProvider hanging = new(_ => new(new TaskCompletionSource<S3Credentials>().Task));
        S3Presigner presigner = TestPresigner.With(isRefreshing ? new RefreshingCredentialsProvider(hanging, _clock) : hanging, _clock);
        string url = TestPresigner.Create().Presign(new GetObject("k")).Url;
        PresignedUrlVerifier verifier = new(async (_, _) => await hanging.GetCredentialsAsync(CancellationToken.None), timeProvider: _clock);
        SigV4QuerySigner signer = new(hanging, "nyc3", "s3");

        foreach (Func<CancellationToken, Task> call in new Func<CancellationToken, Task>[]
        {
            token => presigner.PresignAsync(new GetObject("k"), token).AsTask(),
            token => presigner.PresignPostAsync(new PostPolicy(PostKey.Exact("k")), token).AsTask(),
            token => presigner.ResignAsync(url, HttpMethod.Get, cancellationToken: token).AsTask(),
            token => verifier.VerifyAsync(HttpMethod.Get, url, null, token).AsTask(),
            token => signer.PresignAsync(new SigV4QueryRequest(HttpMethod.Get, "sts.example.com"), token).AsTask(),
        })
        {
            using CancellationTokenSource source = new();
            Task pending = call(source.Token);
            pending.IsCompleted.Should().BeFalse();
            await source.CancelAsync();
            await FluentActions.Awaiting(() => pending.WaitAsync(TimeSpan.FromSeconds(30))).Should().ThrowAsync<OperationCanceledException>();
        }
    }

    [Fact]
    public void New_WrappedEnvironment_IsValidatedWithTheOptions() => FluentActions
        .Invoking(() => TestPresigner.With(new RefreshingCredentialsProvider(new EnvironmentCredentialsProvider(_ => null))))
        .Should().Throw<Microsoft.Extensions.Options.OptionsValidationException>().WithMessage("*The environment contains no credentials*");

    [Fact]
    public void New_BadArguments_Throw()
    {
        foreach (TimeSpan timeout in new[] { TimeSpan.Zero, TimeSpan.FromTicks(-1), Timeout.InfiniteTimeSpan, TimeSpan.FromDays(1.1) })
        {
            FluentActions.Invoking(() => new RefreshingCredentialsProvider(_role) { FetchTimeout = timeout })
                .Should().Throw<ArgumentOutOfRangeException>().WithMessage(FormattableString.Invariant($"FetchTimeout is {timeout:c}, which is not a positive duration of at most 1 day.*"));
        }

        FluentActions.Invoking(() => new RefreshingCredentialsProvider(null!)).Should().Throw<ArgumentNullException>().WithParameterName("provider");
        FluentActions.Invoking(() => new RefreshingCredentialsProvider(_role) { RenewBefore = TimeSpan.FromTicks(-1) })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("RenewBefore is -00:00:00.0000001, which is negative.*");
    }

    private sealed class EarlyClock(TimeProvider inner) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            inner.CreateTimer(callback, state, dueTime > TimeSpan.FromMilliseconds(200) && dueTime < TimeSpan.FromMinutes(1) ? dueTime - TimeSpan.FromMilliseconds(200) : dueTime, period);
    }

    private sealed class FlakyClock(TimeProvider inner) : TimeProvider
    {
        public Exception? Failure { get; set; }

        public override DateTimeOffset GetUtcNow() => Failure is null ? inner.GetUtcNow() : throw Failure;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
    }

    // The clock of these tests jumps, even while a fetch waits for a thread pool thread, so the fetch timeout must be long enough not to matter.
    private RefreshingCredentialsProvider Provider() => new(_role, _clock) { FetchTimeout = TimeSpan.FromDays(1) };

    // A renewal runs in the background, so callers get its result a moment later. The clock advances past the delay that follows a failure.
    private async Task WaitForKey(RefreshingCredentialsProvider provider, string accessKeyId) =>
        await WaitUntil(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(0.5));
            return provider.GetCredentialsAsync().AsTask().GetAwaiter().GetResult().AccessKeyId == accessKeyId;
        });

    // The fake clock runs timer callbacks inside Advance, so a renewal that is due has already started.
    private static Task WaitForRenewal(RefreshingCredentialsProvider provider) => WaitUntil(() => !provider.IsRenewing);

    private static async Task WaitUntil(Func<bool> condition)
    {
        DateTime deadline = DateTime.UtcNow.AddSeconds(30);
        while (!condition())
        {
            DateTime.UtcNow.Should().BeBefore(deadline, "a background renewal finishes soon");
            await Task.Delay(1);
        }
    }
}

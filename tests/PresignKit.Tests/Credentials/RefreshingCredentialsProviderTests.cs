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
    public async Task Get_OneWaiterCancelled_TheOthersGetTheirs()
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
    public async Task Get_JustBeforeRenewal_AsksNobody()
    {
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();

        _clock.Advance(TimeSpan.FromMinutes(55) - TimeSpan.FromTicks(1));
        await provider.GetCredentialsAsync();

        _role.Calls.Should().Be(1);
    }

    [Fact]
    public async Task Get_BeforeTheEnd_GivesTheOldOnesWhileItRenews()
    {
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();
        _role.Hold();

        _clock.Advance(TimeSpan.FromMinutes(55));
        ValueTask<S3Credentials>[] answers = [.. Enumerable.Range(0, 8).Select(_ => provider.GetCredentialsAsync())];

        answers.Should().OnlyContain(answer => answer.IsCompleted && answer.Result.AccessKeyId == "KEY1");
        await _role.Asked(2);
        _role.LetGo();
        await Become(provider, "KEY2");
        _role.Calls.Should().Be(2);
    }

    // A provider that works or blocks on the caller's thread, as some of the SDKs' do.
    [Fact]
    public async Task Presign_ProviderBlocks_IsNotHeldUp()
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
        await Become(provider, "KEY2");
    }

    [Fact]
    public async Task Get_RenewalFails_GivesTheOldOnesAndTriesAtDoublingIntervals()
    {
        using CollectedLogs logs = new();
        RefreshingCredentialsProvider provider = new(_role, _clock, logs) { FetchTimeout = TimeSpan.FromDays(1) };
        await provider.GetCredentialsAsync();
        _role.Failure = new TimeoutException("STS does not answer");
        _clock.Advance(TimeSpan.FromMinutes(55));

        int[] tries = [0, 1, 3, 7, 15, 31, 63, 95];
        for (int second = 0; second < 100; second++)
        {
            for (int call = 0; call < 10; call++)
            {
                (await provider.GetCredentialsAsync()).AccessKeyId.Should().Be("KEY1");
            }

            int expected = tries.Count(at => at <= second);
            await Settled(() => logs.Entries.Count >= expected);
            _role.Calls.Should().Be(1 + expected, "of the tries up to second {0}", second);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        logs.Entries.Should().HaveCount(8).And.OnlyContain(entry => entry.Level == LogLevel.Warning && entry.Id.Id == 2 && entry.Exception is TimeoutException);
        logs.Entries.Select(entry => entry.Message).Should().StartWith(
            "Renewing the credentials failed. Cached credentials are used until they expire, and the next attempt follows in 1 s at the earliest.").And.Contain(message => message.Contains(" in 32 s "));
    }

    [Fact]
    public async Task Get_RenewalFailsOnce_IsMadeGood()
    {
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();
        _role.Failure = new TimeoutException();
        _clock.Advance(TimeSpan.FromMinutes(55));
        await provider.GetCredentialsAsync();
        await Renewed(provider);

        _role.Failure = null;
        await Become(provider, "KEY3");
    }

    [Fact]
    public async Task Get_EndedWhileRenewalFails_ThrowsItsExceptionToEveryone()
    {
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();
        _role.Failure = new TimeoutException("STS does not answer");

        _clock.Advance(TimeSpan.FromHours(1));
        Func<Task> get = () => provider.GetCredentialsAsync().AsTask();

        for (int call = 0; call < 10; call++)
        {
            await get.Should().ThrowAsync<TimeoutException>();
        }

        _role.Calls.Should().Be(2, "within a second, it is not asked again");
        _role.Failure = null;
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await provider.GetCredentialsAsync()).AccessKeyId.Should().Be("KEY3");
    }

    [Fact]
    public async Task Get_EndedWhileNobodyAsked_WaitsForNewOnes()
    {
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();
        _role.Hold();

        _clock.Advance(TimeSpan.FromHours(1));
        ValueTask<S3Credentials> answer = provider.GetCredentialsAsync();
        bool before = answer.IsCompleted;
        _role.LetGo();

        before.Should().BeFalse();
        (await answer).AccessKeyId.Should().Be("KEY2");
    }

    [Fact]
    public async Task Get_LifeShorterThanRenewBefore_IsRenewedAtItsHalf()
    {
        _role.Lifetime = TimeSpan.FromMinutes(4);
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();

        _clock.Advance(TimeSpan.FromSeconds(119));
        await provider.GetCredentialsAsync();
        _role.Calls.Should().Be(1);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await Become(provider, "KEY2");
    }

    [Fact]
    public async Task Get_RenewBefore_IsWhenItRenews()
    {
        RefreshingCredentialsProvider provider = new(_role, _clock) { RenewBefore = TimeSpan.FromMinutes(20), FetchTimeout = TimeSpan.FromDays(1) };
        await provider.GetCredentialsAsync();

        _clock.Advance(TimeSpan.FromMinutes(40));

        await Become(provider, "KEY2");
    }

    [Fact]
    public async Task Get_ExpiredOrNull_AreFailuresOfTheProvider()
    {
        _role.Lifetime = TimeSpan.Zero;
        await FluentActions.Awaiting(() => Provider().GetCredentialsAsync().AsTask()).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("The credentials provider returned credentials for 'KEY1' that expired at 2026-03-14 15:09:26Z.*");

        await FluentActions.Awaiting(() => new RefreshingCredentialsProvider(new FakeProvider(_ => new((S3Credentials)null!))).GetCredentialsAsync().AsTask())
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("The credentials provider returned null.*");
    }

    [Fact]
    public async Task Get_ManyThreadsAcrossRenewals_NeverGivesEndedOnes()
    {
        RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();
        bool stop = false;
        Task clock = Settled(() =>
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

                // The renewal and the clock need threads of the pool, too.
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

    // Nobody presigns from evening to morning: a timer renews the credentials, and the first Presign does not have to wait.
    [Fact]
    public async Task Presign_AfterANightWithoutCalls_FindsCredentials()
    {
        using RefreshingCredentialsProvider provider = Provider();
        S3Presigner presigner = TestPresigner.With(provider, _clock);
        await provider.GetCredentialsAsync();

        for (int minute = 0; minute < 12 * 60; minute += 5)
        {
            _clock.Advance(TimeSpan.FromMinutes(5));
            await Renewed(provider);
            _role.Calls.Should().Be(1 + (minute + 5) / 55);
        }

        presigner.Presign(new GetObject("key")).Parameter("X-Amz-Credential").Should().StartWith($"KEY{_role.Calls}%2F");
        _role.Calls.Should().Be(14, "of 12 hours, each call covers 55 minutes");
    }

    [Fact]
    public async Task Timer_FailedRenewal_IsRepeatedWithoutCalls()
    {
        using RefreshingCredentialsProvider provider = Provider();
        await provider.GetCredentialsAsync();
        _role.Failure = new TimeoutException();
        _clock.Advance(TimeSpan.FromMinutes(55));
        await Renewed(provider);
        _role.Failure = null;

        await Settled(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return _role.Calls >= 3;
        });
    }

    // System.Threading.Timer counts whole milliseconds, so it can fire before the instant of the next attempt.
    [Fact]
    public async Task Timer_FiresEarlyAfterAFailure_IsSetAgain()
    {
        EarlyClock clock = new(_clock);
        using RefreshingCredentialsProvider provider = new(_role, clock);
        await provider.GetCredentialsAsync();
        _role.Failure = new TimeoutException();
        _clock.Advance(TimeSpan.FromMinutes(55));
        await Renewed(provider);
        _role.Failure = null;

        await Settled(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(0.1));
            return _role.Calls >= 3;
        });
    }

    [Fact]
    public async Task Timer_LastPresignerLeaves_StopsUntilOneUsesTheProviderAgain()
    {
        using RefreshingCredentialsProvider provider = Provider();
        provider.AddUser();
        provider.AddUser();
        await provider.GetCredentialsAsync();

        provider.RemoveUser();
        _clock.Advance(TimeSpan.FromMinutes(55));
        await _role.Asked(2);
        await Settled(() => provider.GetCredentialsAsync().AsTask().GetAwaiter().GetResult().AccessKeyId == "KEY2");
        provider.RemoveUser();
        _clock.Advance(TimeSpan.FromMinutes(58));
        await Task.Delay(50);
        _role.Calls.Should().Be(2);

        provider.AddUser();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await Settled(() => _role.Calls == 3);
    }

    [Fact]
    public async Task Get_ProviderBlocks_IsNotCalledAgainMeanwhile()
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
            await Settled(() =>
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
        await Settled(() => Volatile.Read(ref calls) == 1);

        await Settled(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return Array.TrueForAll(waiters, waiter => waiter.IsCompleted);
        });

        foreach (Task<S3Credentials> waiter in waiters)
        {
            await FluentActions.Awaiting(() => waiter).Should().ThrowAsync<TimeoutException>()
                .WithMessage("The credentials provider did not return credentials within 30 s. Check that its source is reachable, or set FetchTimeout*");
        }

        await Settled(() => received.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await provider.GetCredentialsAsync()).AccessKeyId.Should().Be("KEY1", "the next fetch is a new one");
    }

    [Fact]
    public async Task Get_ClockThrowsDuringAFetch_IsAFailureThatTheNextCallMakesGood()
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
    public async Task Get_ClockAtTheEndOfTheYear9999_Fails()
    {
        _clock.SetUtcNow(DateTimeOffset.MaxValue);

        await FluentActions.Awaiting(() => Provider().GetCredentialsAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Get_Provider_RunsOnAnotherThreadWithoutTheCallersContext()
    {
        AsyncLocal<string> user = new() { Value = "alice" };
        List<string?> seen = [];
        int caller = Environment.CurrentManagedThreadId;
        bool isOnCaller = false;
        using RefreshingCredentialsProvider provider = new(
            new FakeProvider(token =>
            {
                seen.Add(user.Value);
                isOnCaller |= Environment.CurrentManagedThreadId == caller && seen.Count == 1;
                return _role.GetCredentialsAsync(token);
            }),
            _clock);

        Task<S3Credentials> fetch = provider.GetCredentialsAsync().AsTask();
        await Settled(() => fetch.IsCompleted);
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
                .Should().Throw<ArgumentOutOfRangeException>().WithMessage("FetchTimeout: '*' is not a positive duration of at most 1 day.*");
        }

        FluentActions.Invoking(() => new RefreshingCredentialsProvider(null!)).Should().Throw<ArgumentNullException>().WithParameterName("provider");
        FluentActions.Invoking(() => new RefreshingCredentialsProvider(_role) { RenewBefore = TimeSpan.FromTicks(-1) })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("RenewBefore: '-00:00:00.0000001' is negative.*");
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

    // The clock of these tests leaps, also while a fetch waits for a thread of the pool, so its timeout must not be among what they measure.
    private RefreshingCredentialsProvider Provider() => new(_role, _clock) { FetchTimeout = TimeSpan.FromDays(1) };

    // A renewal runs beside the callers: they get its outcome soon after. The clock goes on, past the pause after a failure.
    private async Task Become(RefreshingCredentialsProvider provider, string accessKeyId) =>
        await Settled(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(0.5));
            return provider.GetCredentialsAsync().AsTask().GetAwaiter().GetResult().AccessKeyId == accessKeyId;
        });

    // The timer of the fake clock calls back within Advance, so the renewal that is due has begun.
    private static Task Renewed(RefreshingCredentialsProvider provider) => Settled(() => !provider.IsRenewing);

    private static async Task Settled(Func<bool> isSo)
    {
        DateTime deadline = DateTime.UtcNow.AddSeconds(30);
        while (!isSo())
        {
            DateTime.UtcNow.Should().BeBefore(deadline, "a renewal beside the callers ends soon");
            await Task.Delay(1);
        }
    }
}

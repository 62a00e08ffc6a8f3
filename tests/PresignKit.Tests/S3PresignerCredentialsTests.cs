namespace PresignKit.Tests;

/// <summary>Credentials that come from a provider.</summary>
public class S3PresignerCredentialsTests
{
    private static readonly S3Credentials First = new("FIRST", "first-secret");
    private static readonly S3Credentials Second = new("SECOND", "second-secret", "second-token");

    [Fact]
    public async Task PresignAsync_CredentialsInTheOptions_ReturnsTheUrlOfPresign()
    {
        S3Presigner presigner = TestPresigner.Create();

        PresignedUrl result = await presigner.PresignAsync(new GetObject("key"));

        result.Should().BeEquivalentTo(presigner.Presign(new GetObject("key")));
    }

    [Fact]
    public async Task PresignAsync_CompletedProvider_ReturnsTheUrlOfTheSameCredentialsInOptions()
    {
        string expected = TestPresigner.Of(Second).Presign(new GetObject("key")).Url;
        S3Presigner presigner = TestPresigner.With(new FakeProvider(Second));

        (await presigner.PresignAsync(new GetObject("key"))).Url.Should().Be(expected);
        presigner.Presign(new GetObject("key")).Url.Should().Be(expected);
    }

    [Fact]
    public async Task PresignAsync_PendingProvider_WaitsForIt()
    {
        TaskCompletionSource<S3Credentials> pending = new();
        ValueTask<PresignedUrl> result = TestPresigner.With(new FakeProvider(_ => new(pending.Task))).PresignAsync(new GetObject("key"));
        bool before = result.IsCompleted;

        pending.SetResult(First);

        before.Should().BeFalse();
        (await result).Parameter("X-Amz-Credential").Should().StartWith("FIRST%2F");
    }

    [Fact]
    public void Presign_PendingProvider_NamesPresignAsync() => Presign(_ => new(new TaskCompletionSource<S3Credentials>().Task))
        .Should().Throw<InvalidOperationException>().WithMessage("*has to fetch the credentials first, but Presign never waits. Use PresignAsync (PresignPostAsync for a form), or a provider*");

    [Fact]
    public void TryPresign_PendingProvider_NamesPresignAsync() => FluentActions
        .Invoking(() => TestPresigner.With(new FakeProvider(_ => new(new TaskCompletionSource<S3Credentials>().Task)))
            .TryPresign(new GetObject("key"), new char[2048], out _))
        .Should().Throw<InvalidOperationException>().WithMessage("*Use PresignAsync*");

    [Fact]
    public async Task Presign_ProviderReturnsNull_ThrowsInvalidOperationException()
    {
        const string message = "The credentials provider returned null. It must return credentials or throw.";

        Presign(_ => new((S3Credentials)null!)).Should().Throw<InvalidOperationException>().WithMessage(message);
        await PresignAsync(_ => new((S3Credentials)null!)).Should().ThrowAsync<InvalidOperationException>().WithMessage(message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Presign_ProviderFails_ThrowsItsException(bool atOnce)
    {
        TimeoutException failure = new("the secret store does not respond");
        ValueTask<S3Credentials> Fail(CancellationToken _) => atOnce ? throw failure : new(Task.FromException<S3Credentials>(failure));

        Presign(Fail).Should().Throw<TimeoutException>().Which.Should().BeSameAs(failure);
        (await PresignAsync(Fail).Should().ThrowAsync<TimeoutException>()).Which.Should().BeSameAs(failure);
    }

    [Fact]
    public async Task PresignAsync_CanceledWhileWaiting_Throws()
    {
        using CancellationTokenSource source = new();
        S3Presigner presigner = TestPresigner.With(new FakeProvider(async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return First;
        }));
        Task<PresignedUrl> result = presigner.PresignAsync(new GetObject("key"), source.Token).AsTask();

        await source.CancelAsync();

        await FluentActions.Awaiting(() => result).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task PresignAsync_ProviderFailedOnce_CallsItAgain()
    {
        int calls = 0;
        S3Presigner presigner = TestPresigner.With(new FakeProvider(_ => ++calls == 1 ? throw new TimeoutException() : new(First)));

        await FluentActions.Awaiting(() => presigner.PresignAsync(new GetObject("key")).AsTask()).Should().ThrowAsync<TimeoutException>();

        (await presigner.PresignAsync(new GetObject("key"))).Url.Should().Be(TestPresigner.Of(First).Presign(new GetObject("key")).Url);
    }

    [Fact]
    public async Task PresignAsync_Null_Throws() => await FluentActions.Awaiting(() => TestPresigner.Create().PresignAsync(null!).AsTask())
        .Should().ThrowAsync<ArgumentNullException>().WithParameterName("operation");

    [Fact]
    public void Presign_KeysAndProviderInTheOptions_UsesTheKeys() => TestPresigner
        .Create(options => options.UseCredentials(new FakeProvider(_ => throw new InvalidOperationException("The provider must not be called."))))
        .Presign(new GetObject("key")).Parameter("X-Amz-Credential").Should().StartWith(TestPresigner.AccessKeyId);

    [Fact]
    public void UseCredentials_Null_Throws() => FluentActions.Invoking(() => new PresignerOptions().UseCredentials(null!))
        .Should().Throw<ArgumentNullException>().WithParameterName("provider");

    private static Action Presign(Func<CancellationToken, ValueTask<S3Credentials>> get) =>
        () => TestPresigner.With(new FakeProvider(get)).Presign(new GetObject("key"));

    private static Func<Task> PresignAsync(Func<CancellationToken, ValueTask<S3Credentials>> get) =>
        () => TestPresigner.With(new FakeProvider(get)).PresignAsync(new GetObject("key")).AsTask();
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>Credentials that must be fetched, and that are requested only if all other checks succeed.</summary>
public class FetchedCredentialsTests
{
    private static readonly Received Good = new();

    [Fact]
    public async Task VerifyAsync_SlowCredentials_WaitsForThem()
    {
        PresignedUrlVerifier verifier = Slow(Received.Credentials);

        (await verifier.VerifyAsync(HttpMethod.Get, Good.Url, [])).Status.Should().Be(PresignedUrlVerificationStatus.Valid);
        (await verifier.VerifyAsync(HttpMethod.Head, Good.Url, [])).Status.Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);
        (await Slow(null).VerifyAsync(HttpMethod.Get, Good.Url, [])).Status.Should().Be(PresignedUrlVerificationStatus.UnknownAccessKey);
    }

    [Fact]
    public void Verify_CredentialsNotAvailableImmediately_NamesVerifyAsync()
    {
        TaskCompletionSource<S3Credentials?> never = new();
        PresignedUrlVerifier verifier = new((_, _) => new(never.Task), timeProvider: new FakeTimeProvider(TestPresigner.Now));

        FluentActions.Invoking(() => verifier.Verify(HttpMethod.Get, Good.Url, []).Status).Should().Throw<InvalidOperationException>()
            .WithMessage("*fetched first, but Verify never waits. Use VerifyAsync.");
    }

    // Applications often end the process or raise an alarm in TaskScheduler.UnobservedTaskException.
    [Fact]
    public void Verify_FetchThatFailsAfterVerifyHasThrown_IsObserved()
    {
        List<string> unobserved = [];
        EventHandler<UnobservedTaskExceptionEventArgs> handler = (_, e) =>
        {
            lock (unobserved)
            {
                unobserved.Add(e.Exception.InnerException!.Message);
            }
        };
        TaskScheduler.UnobservedTaskException += handler;
        try
        {
            FailAfterVerify("the fetch for a URL failed", pending => new PresignedUrlVerifier((_, _) => new(pending), timeProvider: new FakeTimeProvider(TestPresigner.Now))
                .Verify(HttpMethod.Get, Good.Url, []).IsValid);
            FailAfterVerify("the fetch for a form failed", pending => new PresignedPostVerifier((_, _) => new(pending), timeProvider: new FakeTimeProvider(TestPresigner.Now))
                .Verify(ReceivedPost.Good.Bucket, ReceivedPost.Good.All).IsValid);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= handler;
        }

        lock (unobserved)
        {
            // Tests that run in parallel may cause other events.
            unobserved.Should().NotContain(message => message.StartsWith("the fetch for a", StringComparison.Ordinal));
        }

        // A separate method, so that no local variable references the task when the garbage collector runs.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void FailAfterVerify(string message, Func<Task<S3Credentials?>, bool> verify)
        {
            TaskCompletionSource<S3Credentials?> source = new();
            FluentActions.Invoking(() => verify(source.Task)).Should().Throw<InvalidOperationException>();
            source.SetException(new IOException(message));
        }
    }

    [Fact]
    public async Task VerifyAsync_Callback_ReceivesAccessKeyIdAndCancellationToken()
    {
        using CancellationTokenSource source = new();
        (string, CancellationToken) received = default;
        PresignedUrlVerifier verifier = new(
            (id, token) =>
            {
                received = (id, token);
                return new(Received.Credentials);
            },
            timeProvider: new FakeTimeProvider(TestPresigner.Now));

        await verifier.VerifyAsync(HttpMethod.Get, Good.Url, [], source.Token);

        received.Should().Be((TestPresigner.AccessKeyId, source.Token));
    }

    [Theory]
    [InlineData("X-Amz-Expires=3600", "X-Amz-Expires=0", PresignedUrlVerificationStatus.ExpiryOutOfRange)]
    [InlineData("T150926Z", "T130926Z", PresignedUrlVerificationStatus.Expired)]
    [InlineData("X-Amz-Signature=", "Y=", PresignedUrlVerificationStatus.Malformed)]
    public async Task Verify_RequestThatFailsOtherChecks_DoesNotFetchCredentials(string part, string other, PresignedUrlVerificationStatus expected)
    {
        PresignedUrlVerifier verifier = new(
            (_, _) => throw new InvalidOperationException("The verifier must not request credentials."), timeProvider: new FakeTimeProvider(TestPresigner.Now));
        string url = Good.Url.Replace(part, other, StringComparison.Ordinal);

        verifier.Verify(HttpMethod.Get, url, []).Status.Should().Be(expected);
        (await verifier.VerifyAsync(HttpMethod.Get, url, [])).Status.Should().Be(expected);
    }

    [Fact]
    public async Task Null_Throws()
    {
        PresignedUrlVerifier verifier = Received.Verifier();

        FluentActions.Invoking(() => new PresignedUrlVerifier((Func<string, S3Credentials?>)null!)).Should().Throw<ArgumentNullException>().WithParameterName("findCredentials");
        FluentActions.Invoking(() => new PresignedUrlVerifier((Func<string, CancellationToken, ValueTask<S3Credentials?>>)null!)).Should().Throw<ArgumentNullException>()
            .WithParameterName("findCredentials");
        FluentActions.Invoking(() => verifier.Verify(null!, Good.Url, [])).Should().Throw<ArgumentNullException>().WithParameterName("method");
        await verifier.Awaiting(one => one.VerifyAsync(null!, Good.Url, []).AsTask()).Should().ThrowAsync<ArgumentNullException>().WithParameterName("method");
    }

    private static PresignedUrlVerifier Slow(S3Credentials? credentials) => new(
        async (_, _) =>
        {
            await Task.Yield();
            return credentials;
        },
        timeProvider: new FakeTimeProvider(TestPresigner.Now));
}

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

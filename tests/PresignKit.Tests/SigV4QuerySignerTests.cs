using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>The credentials of SigV4QuerySigner. OtherServiceTests covers the requests that it signs.</summary>
public class SigV4QuerySignerTests
{
    private static readonly S3Credentials Credentials = new("AK", "secret", "token");
    private static readonly SigV4QueryRequest Request = new(HttpMethod.Get, "sts.eu-west-1.amazonaws.com");

    [Fact]
    public async Task Presign_Provider_SignsWithItsCredentials()
    {
        string expected = Signer(Credentials).Presign(Request).Url;
        SigV4QuerySigner signer = Signer(new FakeProvider(Credentials));

        signer.Presign(Request).Url.Should().Be(expected);
        (await signer.PresignAsync(Request)).Url.Should().Be(expected);
        (await Signer(Credentials).PresignAsync(Request)).Url.Should().Be(expected);
    }

    [Fact]
    public void Presign_ProviderRotates_SignsWithTheCurrentCredentials()
    {
        S3Credentials current = Credentials;
        SigV4QuerySigner signer = Signer(new FakeProvider(_ => new(current)));
        string before = signer.Presign(Request).Url;

        current = new S3Credentials("AK2", "secret2");

        signer.Presign(Request).Url.Should().NotBe(before).And.Be(Signer(current).Presign(Request).Url);
    }

    [Fact]
    public async Task Presign_CredentialsNotFetchedYet_ThrowsAndNamesPresignAsync()
    {
        TaskCompletionSource<S3Credentials> pending = new();
        SigV4QuerySigner signer = Signer(new FakeProvider(_ => new(pending.Task)));

        FluentActions.Invoking(() => signer.Presign(Request)).Should().Throw<InvalidOperationException>().WithMessage("*Use PresignAsync*");
        ValueTask<PresignedUrl> waiting = signer.PresignAsync(Request);
        waiting.IsCompleted.Should().BeFalse();
        pending.SetResult(Credentials);

        (await waiting).Url.Should().Be(Signer(Credentials).Presign(Request).Url);
    }

    [Fact]
    public async Task Presign_ProviderReturnsNull_Throws()
    {
        SigV4QuerySigner signer = Signer(new FakeProvider(_ => new((S3Credentials)null!)));

        FluentActions.Invoking(() => signer.Presign(Request)).Should().Throw<InvalidOperationException>().WithMessage("The credentials provider returned null.*");
        await FluentActions.Awaiting(() => signer.PresignAsync(Request).AsTask()).Should().ThrowAsync<InvalidOperationException>().WithMessage("The credentials provider returned null.*");
    }

    [Fact]
    public async Task PresignAsync_Canceled_Throws()
    {
        CancellationToken canceled = new(canceled: true);

        await FluentActions.Awaiting(() => Signer(Credentials).PresignAsync(Request, canceled).AsTask()).Should().ThrowAsync<OperationCanceledException>();
    }

    // Thrown before a task is created, so that the stack trace shows the caller.
    [Fact]
    public void Presign_Null_ThrowsImmediately()
    {
        FluentActions.Invoking(() => Signer(Credentials).Presign(null!)).Should().Throw<ArgumentNullException>().WithParameterName("request");
        Action presignAsync = () => Signer(Credentials).PresignAsync(null!).AsTask();
        presignAsync.Should().Throw<ArgumentNullException>().WithParameterName("request");
    }

    [Fact]
    public void New_BadArguments_Throw()
    {
        FluentActions.Invoking(() => new SigV4QuerySigner(null!, "eu-west-1", "sts")).Should().Throw<ArgumentNullException>().WithParameterName("credentials");
        FluentActions.Invoking(() => new SigV4QuerySigner(Credentials, null!, "sts")).Should().Throw<ArgumentNullException>().WithParameterName("region");
        FluentActions.Invoking(() => new SigV4QuerySigner(Credentials, "eu-west-1", null!)).Should().Throw<ArgumentNullException>().WithParameterName("service");
        FluentActions.Invoking(() => new SigV4QuerySigner(Credentials, "eu west", "sts")).Should().Throw<ArgumentException>().WithParameterName("region");
        FluentActions.Invoking(() => new SigV4QuerySigner(Credentials, "eu-west-1", "s ts")).Should().Throw<ArgumentException>().WithParameterName("service")
            .WithMessage("The service 's ts' is not a valid service name. Use the name in the credential scope*");
    }

    private static SigV4QuerySigner Signer(IS3CredentialsProvider credentials) => new(credentials, "eu-west-1", "sts", new FakeTimeProvider(TestPresigner.Now));
}

namespace PresignKit.Tests;

public class DelegateCredentialsProviderTests
{
    [Fact]
    public async Task Get_Function_IsCalledWithTheToken()
    {
        S3Credentials credentials = new("AK", "secret");
        using CancellationTokenSource source = new();
        CancellationToken seen = default;
        DelegateCredentialsProvider provider = new(token =>
        {
            seen = token;
            return new(credentials);
        });

        (await provider.GetCredentialsAsync(source.Token)).Should().BeSameAs(credentials);

        seen.Should().Be(source.Token);
    }

    [Fact]
    public void New_Null_Throws() => FluentActions.Invoking(() => new DelegateCredentialsProvider(null!))
        .Should().Throw<ArgumentNullException>().WithParameterName("getCredentials");

    [Fact]
    public void UseCredentials_Credentials_AreUsedAsTheProvider()
    {
        S3Credentials credentials = FakeProvider.ExpiringIn(TimeSpan.FromMinutes(10));

        PresignedUrl url = TestPresigner.With(credentials).Presign(new GetObject("key"));

        url.ExpiresAt.Should().Be(TestPresigner.SignedAt.AddMinutes(10));
        url.Parameter("X-Amz-Security-Token").Should().NotBeNull();
    }
}

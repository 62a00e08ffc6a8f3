using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>The signing window, and the expiry of the credentials.</summary>
public class SigningWindowTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 20, 53, 40, 500, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    [Fact]
    public void SigningWindow_SameWindow_ReturnsTheSameUrl()
    {
        PresignedUrl first = Presign(Now, Window);
        PresignedUrl last = Presign(new DateTimeOffset(2026, 11, 23, 20, 59, 59, TimeSpan.Zero), Window);
        PresignedUrl next = Presign(new DateTimeOffset(2026, 11, 23, 21, 0, 0, TimeSpan.Zero), Window);

        last.Url.Should().Be(first.Url);
        next.Url.Should().NotBe(first.Url);
    }

    [Fact]
    public void SigningWindow_AnyInstant_UrlIsValidAtLeastAsLongAsRequested()
    {
        for (int second = 0; second < 1800; second += 7)
        {
            DateTimeOffset now = Now.AddSeconds(second);
            PresignedUrl url = Presign(now, Window, new GetObject("k") { ExpiresIn = TimeSpan.FromMinutes(5) });

            url.SignedAt.Should().BeOnOrBefore(now);
            (url.ExpiresAt - now).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(5)).And.BeLessThanOrEqualTo(TimeSpan.FromMinutes(20));
        }
    }

    [Fact]
    public void SigningWindow_LifetimeTooLong_NamesTheLongestPossibleLifetime() => FluentActions
        .Invoking(() => Presign(Now, Window, new GetObject("k") { ExpiresIn = TimeSpan.FromDays(7) }))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage("ExpiresIn is * s, which together with the SigningWindow of 900 s exceeds*Request at most 603900 s*");

    [Fact]
    public void SigningWindow_LongestPossibleLifetime_IsAccepted() =>
        Presign(Now, Window, new GetObject("k") { ExpiresIn = TimeSpan.FromSeconds(603_900) }).Url.Should().Contain("X-Amz-Expires=604800&");

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("-00:15:00")]
    [InlineData("1.00:00:01")]
    [InlineData("00:00:01.5")]
    public void SigningWindow_OutOfRange_IsRejectedWithTheRange(string window)
    {
        Action act = () => Presign(Now, TimeSpan.Parse(window, System.Globalization.CultureInfo.InvariantCulture));

        act.Should().Throw<Microsoft.Extensions.Options.OptionsValidationException>().WithMessage("*SigningWindow*1 second to 1 day*");
    }

    [Theory]
    [InlineData(CredentialExpiry.Auto, null, 600)]
    [InlineData(CredentialExpiry.Clamp, null, 600)]
    [InlineData(CredentialExpiry.Clamp, 3600, 600)]
    [InlineData(CredentialExpiry.Auto, 300, 300)]
    [InlineData(CredentialExpiry.Throw, 600, 600)]
    public void CredentialExpiry_CredentialsExpireInTenMinutes_UrlExpiresNoLater(CredentialExpiry choice, int? asked, int expected)
    {
        PresignedUrl url = PresignWithExpiry(choice, asked, Now.AddSeconds(600));

        (url.ExpiresAt - url.SignedAt).TotalSeconds.Should().Be(expected);
    }

    [Theory]
    [InlineData(CredentialExpiry.Auto, 601)]
    [InlineData(CredentialExpiry.Throw, 601)]
    [InlineData(CredentialExpiry.Throw, null)]
    public void CredentialExpiry_LongerLifetimeRequested_NamesTheRemainingTime(CredentialExpiry choice, int? asked)
    {
        Action act = () => PresignWithExpiry(choice, asked, Now.AddSeconds(600));

        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*expire in 600 s*Request at most 600 s*");
    }

    [Fact]
    public void CredentialExpiry_WithinSigningWindow_ShortensOnlyTheSlack()
    {
        PresignedUrl url = PresignWithExpiry(CredentialExpiry.Auto, 300, Now.AddSeconds(600), Window);

        url.ExpiresAt.Should().Be(new DateTimeOffset(2026, 11, 23, 21, 3, 40, TimeSpan.Zero));
        url.SignedAt.Should().Be(new DateTimeOffset(2026, 11, 23, 20, 45, 0, TimeSpan.Zero));
    }

    private static PresignedUrl Presign(DateTimeOffset now, TimeSpan window, S3Operation? operation = null)
    {
        PresignerOptions options = new() { Bucket = "my-space", AccessKeyId = "AK", SecretAccessKey = "secret", SigningWindow = window };
        options.UseDigitalOceanSpaces("nyc3");
        return new S3Presigner(options, new FakeTimeProvider(now)).Presign(operation ?? new GetObject("k"));
    }

    private static PresignedUrl PresignWithExpiry(CredentialExpiry choice, int? asked, DateTimeOffset end, TimeSpan? window = null)
    {
        PresignerOptions options = new() { Bucket = "my-space", CredentialExpiry = choice, SigningWindow = window };
        options.UseDigitalOceanSpaces("nyc3");
        options.UseCredentials(new Fixed(new S3Credentials("AK", "secret", "token", end)));
        return new S3Presigner(options, new FakeTimeProvider(Now)).Presign(new GetObject("k")
        {
            ExpiresIn = asked is null ? null : TimeSpan.FromSeconds(asked.Value),
        });
    }

    private sealed class Fixed(S3Credentials credentials) : IS3CredentialsProvider
    {
        public ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default) => new(credentials);
    }
}

using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>The signing key that a presigner caches, across credential rotations, midnight and threads.</summary>
public class S3PresignerSigningKeyTests
{
    private static readonly S3Credentials First = new("FIRST", "first-secret");
    private static readonly S3Credentials Second = new("SECOND", "second-secret", "second-token");

    [Fact]
    public void Presign_Rotation_SignsWithTheNewCredentials()
    {
        S3Credentials current = First;
        S3Presigner presigner = TestPresigner.With(new FakeProvider(_ => new(current)));
        string[] urls = [.. new[] { First, Second, First }.Select(credentials =>
        {
            current = credentials;
            return presigner.Presign(new GetObject("key")).Url;
        })];

        string first = TestPresigner.Of(First).Presign(new GetObject("key")).Url;
        urls.Should().Equal(first, TestPresigner.Of(Second).Presign(new GetObject("key")).Url, first);
    }

    [Fact]
    public void Presign_SameSecretUnderADifferentId_UsesTheNewIdAndToken()
    {
        S3Credentials current = First;
        S3Presigner presigner = TestPresigner.With(new FakeProvider(_ => new(current)));
        presigner.Presign(new GetObject("key"));

        current = new S3Credentials("RENAMED", First.SecretAccessKey, "token");

        presigner.Presign(new GetObject("key")).Url.Should().Be(TestPresigner.Of(current).Presign(new GetObject("key")).Url);
    }

    [Fact]
    public void Presign_AcrossUtcMidnight_SignsWithTheKeyOfTheDay()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 12, 31, 23, 59, 59, 999, TimeSpan.Zero));
        S3Presigner kept = TestPresigner.Create(clock: clock);
        string lastYear = kept.Presign(new GetObject("key")).Url;

        clock.Advance(TimeSpan.FromMilliseconds(1));
        PresignedUrl newYear = kept.Presign(new GetObject("key"));

        newYear.Parameter("X-Amz-Date").Should().Be("20270101T000000Z");
        newYear.Parameter("X-Amz-Credential").Should().Contain("%2F20270101%2F");
        newYear.Url.Should().Be(TestPresigner.Create(clock: clock).Presign(new GetObject("key")).Url).And.NotBe(lastYear);
    }

    // Two signing keys alternate while all threads use them. Mixing the two, or sharing a hash object, would yield a third URL.
    [Fact]
    public void Presign_SeveralThreadsDuringRotation_YieldsOnlyTheTwoRightUrls()
    {
        int asked = 0;
        S3Presigner presigner = TestPresigner.With(new FakeProvider(_ => new(Interlocked.Increment(ref asked) % 3 == 0 ? Second : First)));
        string[] urls = new string[5_000];

        Parallel.For(0, urls.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => urls[i] = presigner.Presign(new GetObject("key")).Url);

        urls.Distinct().Should().BeEquivalentTo(
            TestPresigner.Of(First).Presign(new GetObject("key")).Url, TestPresigner.Of(Second).Presign(new GetObject("key")).Url);
    }
}

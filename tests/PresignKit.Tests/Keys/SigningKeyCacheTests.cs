using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

public class SigningKeyCacheTests
{
    private static readonly DateTime Day = TestPresigner.Now.UtcDateTime.Date;
    private static readonly S3Credentials One = new("AKIAONE", "secret-one");

    private readonly SigningKeyCache _keys = new("s3");

    [Fact]
    public void Add_EachDayOfAWeek_CachesAll()
    {
        SigningKey[] kept = [.. Week().Select(day => Add(One, "nyc3", day))];

        Week().Select(day => _keys.Find(One, "nyc3", day.AddHours(23))).Should().Equal(kept, ReferenceEquals);
    }

    // Which keys share a set of four slots depends on hash codes, which differ from process to process.
    [Fact]
    public void Add_ManyAccessKeysAndRegions_CachesMost()
    {
        (S3Credentials Credentials, string Region)[] tenants =
            [.. Enumerable.Range(0, 20).Select(i => (new S3Credentials("AKIA" + i, "secret-" + i), "region-" + i))];
        SigningKey[] kept = [.. tenants.Select(tenant => Add(tenant.Credentials, tenant.Region, Day))];

        tenants.Where((tenant, i) => ReferenceEquals(_keys.Find(tenant.Credentials, tenant.Region, Day), kept[i])).Should().HaveCountGreaterThan(15);
    }

    [Fact]
    public void Find_DifferentSecretAccessKeyRegionOrDay_IsNull()
    {
        SigningKey key = Add(One, "nyc3", Day);

        _keys.Find(new S3Credentials("AKIAONE", "rotated"), "nyc3", Day).Should().BeNull();
        _keys.Find(One, "ams3", Day).Should().BeNull();
        _keys.Find(One, "nyc3", Day.AddDays(1)).Should().BeNull();
        _keys.Find(One, "nyc3", Day.AddDays(256)).Should().BeNull("it is in the same set, but for a different day");
        _keys.Find(new S3Credentials("AKIAONE", "secret-one", "token"), "nyc3", Day.AddHours(1)).Should().BeSameAs(key);
        key.Scope.Should().BeEquivalentTo(new { Region = "nyc3", Service = "s3", Date = Day });
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Add_RegionThatIsTooLong_IsNotCached(int length, bool isCached)
    {
        string region = new('r', length);

        SigningKey key = Add(One, region, Day);

        _keys.Find(One, region, Day).Should().Be(isCached ? key : null);
        Sign(key).Should().Equal(Sign(SigningKey.Derive(One.SecretAccessKey, new CredentialScope(Day, region, "s3"))));
        key.IdleCount.Should().Be(isCached ? 1 : 0, "the hash objects of a key that is not cached are disposed after each use");
    }

    // Every URL shows its access key ID, so anyone can send requests with this ID for any region and day.
    [Fact]
    public void Verify_WrongSignature_CachesNoKey()
    {
        PresignedUrlVerifier verifier = Received.Verifier();

        verifier.Verify(HttpMethod.Get, (Received.Good with { SecretAccessKey = "another" }).Url, []).Status.Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);
        verifier.Keys.Find(Received.Credentials, "nyc3", Day).Should().BeNull();

        verifier.Verify(HttpMethod.Get, Received.Good.Url, []).Status.Should().Be(PresignedUrlVerificationStatus.Valid);
        SigningKey? key = verifier.Keys.Find(Received.Credentials, "nyc3", Day);
        key.Should().NotBeNull();

        verifier.Verify(HttpMethod.Get, Received.Good.Url, []).Status.Should().Be(PresignedUrlVerificationStatus.Valid);
        verifier.Keys.Find(Received.Credentials, "nyc3", Day).Should().BeSameAs(key);
    }

    // There are more keys than slots, so evicted keys are derived again.
    [Fact]
    public void Verify_ManyTenantsRegionsAndDaysInTurns_IsValidForEachAndForNoOther()
    {
        PresignedUrlVerifier verifier = new(
            id => new S3Credentials(id, "secret-of-" + id), timeProvider: new FakeTimeProvider(TestPresigner.Now));
        Received[] requests = [.. from tenant in Enumerable.Range(0, 30)
                                               from region in new[] { "nyc3", "ams3" }
                                               from day in new[] { "20260308", "20260310", "20260312", "20260313", "20260314" }
                                               let id = "AKIA" + tenant
                                               select Received.Good with
                                               {
                                                   Credential = $"{id}%2F{day}%2F{region}%2Fs3%2Faws4_request",
                                                   Date = day + "T150926Z",
                                                   Expires = "604800",
                                                   SecretAccessKey = "secret-of-" + id,
                                               }];

        foreach (Received request in requests.Concat(requests))
        {
            verifier.Verify(HttpMethod.Get, request.Url, []).Status.Should().Be(PresignedUrlVerificationStatus.Valid);
            verifier.Verify(HttpMethod.Get, (request with { SecretAccessKey = "another" }).Url, []).Status.Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);
        }
    }

    [Fact]
    public void GetOrAdd_SameCredentials_ReturnsTheSameKey()
    {
        SigningKey key = _keys.GetOrAdd(One, "nyc3", Day);

        _keys.GetOrAdd(new S3Credentials("AKIAONE", "secret-one"), "nyc3", Day.AddHours(3)).Should().BeSameAs(key);
        _keys.GetOrAdd(new S3Credentials("AKIAONE", "rotated"), "nyc3", Day).Should().NotBeSameAs(key);
    }

    [Fact]
    public void GetOrAdd_TwoCredentialsInTurns_DerivesEachKeyOnce()
    {
        S3Credentials two = new("AKIATWO", "secret-two");
        SigningKey[] keys = [.. Enumerable.Range(0, 10).Select(i => _keys.GetOrAdd(i % 2 == 0 ? One : two, "nyc3", Day))];

        keys.Distinct().Should().HaveCount(2);
    }

    [Fact]
    public void Clear_CachedKeys_AreRemovedButStillSign()
    {
        SigningKey key = Add(One, "nyc3", Day);
        byte[] before = Sign(key);

        _keys.Clear();

        _keys.Find(One, "nyc3", Day).Should().BeNull();
        Sign(key).Should().Equal(before);
    }

    // Threads sign with keys that other threads evict at the same time. A hash object that is disposed while in use would throw, and a shared one would compute wrong signatures.
    [Fact]
    public void GetOrAdd_EvictionUnderLoad_SignsCorrectly()
    {
        S3Credentials[] tenants = [.. Enumerable.Range(0, 600).Select(i => new S3Credentials("AKIA" + i, "secret-" + i))];
        byte[][] expected = [.. tenants.Select(tenant => Sign(SigningKey.Derive(tenant.SecretAccessKey, new CredentialScope(Day, "nyc3", "s3"))))];

        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            int tenant = i * 7919 % tenants.Length;
            Sign(_keys.GetOrAdd(tenants[tenant], "nyc3", Day)).Should().Equal(expected[tenant]);
        });
    }

    [Fact]
    public void Retire_WhileThreadsSign_LeavesNoHashObjectBehind()
    {
        for (int round = 0; round < 200; round++)
        {
            SigningKey key = SigningKey.Derive("secret", new CredentialScope(Day, "nyc3", "s3"));
            byte[] expected = Sign(key);
            Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            {
                if (i == 5)
                {
                    key.Retire();
                }

                Sign(key).Should().Equal(expected);
            });

            key.IdleCount.Should().Be(0, "a hash object is disposed when its last user returns it");
        }
    }

    private static byte[] Sign(SigningKey key)
    {
        byte[] signature = new byte[SigningKey.SignatureSize];
        key.SignText("text"u8, signature);
        return signature;
    }

    private SigningKey Add(S3Credentials credentials, string region, DateTime signedAt)
    {
        SigningKey key = _keys.Derive(credentials, region, signedAt);
        _keys.Add(credentials, key);
        return key;
    }

    private static IEnumerable<DateTime> Week() => Enumerable.Range(0, 7).Select(i => Day.AddDays(-i));
}

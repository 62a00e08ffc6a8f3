using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>Signing keys that are needed in turns are derived once.</summary>
public class RecentKeysTests
{
    private static readonly DateTime Day = TestPresigner.Now.UtcDateTime.Date;
    private static readonly S3Credentials One = new("AKIAONE", "secret-one");

    private readonly RecentKeys _keys = new("s3");

    [Fact]
    public void Keep_EachDayOfAWeek_KeepsAll()
    {
        SigningKey[] kept = [.. Week().Select(day => Keep(One, "nyc3", day))];

        Week().Select(day => _keys.Find(One, "nyc3", day.AddHours(23))).Should().Equal(kept, ReferenceEquals);
    }

    // Where the hashes of a process put two of them into one place, the first is gone.
    [Fact]
    public void Keep_ManyAccessKeysAndRegions_KeepsMost()
    {
        (S3Credentials Credentials, string Region)[] tenants =
            [.. Enumerable.Range(0, 20).Select(i => (new S3Credentials("AKIA" + i, "secret-" + i), "region-" + i))];
        SigningKey[] kept = [.. tenants.Select(tenant => Keep(tenant.Credentials, tenant.Region, Day))];

        tenants.Where((tenant, i) => ReferenceEquals(_keys.Find(tenant.Credentials, tenant.Region, Day), kept[i])).Should().HaveCountGreaterThan(8);
    }

    [Fact]
    public void Find_AnotherSecretAccessKeyRegionOrDay_IsNone()
    {
        SigningKey key = Keep(One, "nyc3", Day);

        _keys.Find(new S3Credentials("AKIAONE", "rotated"), "nyc3", Day).Should().BeNull();
        _keys.Find(One, "ams3", Day).Should().BeNull();
        _keys.Find(One, "nyc3", Day.AddDays(1)).Should().BeNull();
        _keys.Find(One, "nyc3", Day.AddDays(256)).Should().BeNull("it has the same place, and is of another day");
        _keys.Find(new S3Credentials("AKIAONE", "secret-one", "token"), "nyc3", Day.AddHours(1)).Should().BeSameAs(key);
        key.Scope.Should().BeEquivalentTo(new { Region = "nyc3", Service = "s3", Date = Day });
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Keep_RegionThatIsNone_IsNotKept(int length, bool isKept)
    {
        string region = new('r', length);

        SigningKey key = Keep(One, region, Day);

        _keys.Find(One, region, Day).Should().Be(isKept ? key : null);
    }

    // Whoever knows an access key id, which stands in every URL, can ask for any region and day.
    [Fact]
    public void Verify_OfWrongSignatures_KeepsNoKeys()
    {
        PresignedUrlVerifier verifier = Received.Verifier();

        verifier.Verify(HttpMethod.Get, (Received.Good with { SecretAccessKey = "another" }).Url, []).Should().Be(PresignVerification.SignatureMismatch);
        verifier.Keys.Find(Received.Credentials, "nyc3", Day).Should().BeNull();

        verifier.Verify(HttpMethod.Get, Received.Good.Url, []).Should().Be(PresignVerification.Valid);
        SigningKey? key = verifier.Keys.Find(Received.Credentials, "nyc3", Day);
        key.Should().NotBeNull();

        verifier.Verify(HttpMethod.Get, Received.Good.Url, []).Should().Be(PresignVerification.Valid);
        verifier.Keys.Find(Received.Credentials, "nyc3", Day).Should().BeSameAs(key);
    }

    // More than there are places, several times: whoever loses a place to another one loses no more than time.
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
            verifier.Verify(HttpMethod.Get, request.Url, []).Should().Be(PresignVerification.Valid);
            verifier.Verify(HttpMethod.Get, (request with { SecretAccessKey = "another" }).Url, []).Should().Be(PresignVerification.SignatureMismatch);
        }
    }

    private SigningKey Keep(S3Credentials credentials, string region, DateTime signedAt)
    {
        SigningKey key = _keys.Derive(credentials, region, signedAt);
        _keys.Keep(credentials, key);
        return key;
    }

    private static IEnumerable<DateTime> Week() => Enumerable.Range(0, 7).Select(i => Day.AddDays(-i));
}

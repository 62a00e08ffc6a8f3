using Microsoft.Extensions.Time.Testing;
using PresignKit.Signing;
using PresignKit.Tests.Verification;

namespace PresignKit.Tests.Credentials;

/// <summary>Signing keys that are needed in turns are derived once.</summary>
public class RecentKeysTests
{
    private static readonly DateTime Day = TestPresigner.Now.UtcDateTime.Date;
    private static readonly S3Credentials One = new("AKIAONE", "secret-one");

    private readonly RecentKeys _keys = new("s3");

    [Fact]
    public void For_EachDayOfAWeekInTurns_KeepsAll()
    {
        SigningKey[] first = [.. Week().Select(day => _keys.For(One, "nyc3", day))];

        first.Should().OnlyHaveUniqueItems();
        Week().Select(day => _keys.For(One, "nyc3", day.AddHours(23))).Should().Equal(first, ReferenceEquals);
    }

    // Where the hashes of a process put two of them into one place, both are derived again each time.
    [Fact]
    public void For_ManyAccessKeysAndRegionsInTurns_KeepsMost()
    {
        (S3Credentials Credentials, string Region)[] tenants =
            [.. Enumerable.Range(0, 20).Select(i => (new S3Credentials("AKIA" + i, "secret-" + i), "region-" + i))];
        SigningKey[] first = [.. tenants.Select(tenant => _keys.For(tenant.Credentials, tenant.Region, Day))];

        tenants.Where((tenant, i) => ReferenceEquals(_keys.For(tenant.Credentials, tenant.Region, Day), first[i])).Should().HaveCountGreaterThan(8);
    }

    [Fact]
    public void For_AnotherSecretRegionOrDay_IsAnotherKey()
    {
        SigningKey key = _keys.For(One, "nyc3", Day);

        _keys.For(new S3Credentials("AKIAONE", "rotated"), "nyc3", Day).Should().NotBeSameAs(key);
        _keys.For(One, "ams3", Day).Scope.Region.Should().Be("ams3");
        _keys.For(One, "nyc3", Day.AddDays(256)).Scope.Date.Should().Be(Day.AddDays(256));
        _keys.For(One, "nyc3", Day).Scope.Should().BeEquivalentTo(new { Region = "nyc3", Service = "s3", Date = Day });
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

    private static IEnumerable<DateTime> Week() => Enumerable.Range(0, 7).Select(i => Day.AddDays(-i));
}

namespace PresignKit.Tests;

/// <summary>The signed host comes from the URL, from the <c>Host</c> header, or from both if they agree.</summary>
public class HostTests
{
    private const string Name = "my-space.nyc3.digitaloceanspaces.com";

    private static readonly Received Good = new();

    [Theory]
    [InlineData(Name)]
    [InlineData("MY-SPACE.nyc3.DigitalOceanSpaces.com")]
    [InlineData(Name + ":443")]
    [InlineData(" " + Name + "\t")]
    public void Verify_HostHeaderThatMatchesTheUrl_IsValid(string host) => Sent(url => url, host).Should().Be(PresignedUrlVerificationStatus.Valid);

    [Theory]
    [InlineData("other.example")]
    [InlineData(Name + ":80")]
    [InlineData(Name + ":8443")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("user@" + Name)]
    [InlineData(Name + "/")]
    public void Verify_HostHeaderThatDiffersFromTheUrl_IsMalformed(string host) => Sent(url => url, host).Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Theory]
    [InlineData(Name)]
    [InlineData("My-Space.nyc3.digitaloceanspaces.COM")]
    public void Verify_PathAndQueryOnly_UsesTheHostHeader(string host) => Sent(PathAndQuery, host).Should().Be(PresignedUrlVerificationStatus.Valid);

    [Fact]
    public void Verify_PathAndQueryOnlyWithADifferentHost_IsMismatch() => Sent(PathAndQuery, "other.example").Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);

    // The scheme of the request is not known, so the default port is not known either.
    [Fact]
    public void Verify_PathAndQueryOnlyWithADefaultPort_IsMismatch() => Sent(PathAndQuery, Name + ":443").Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);

    [Fact]
    public void Verify_PathAndQueryOnlyWithoutHost_IsMalformed() => Good.VerifyChanged(PathAndQuery).Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Fact]
    public void Verify_TwoHosts_AreMalformed()
    {
        Sent(url => url, Name, Name).Should().Be(PresignedUrlVerificationStatus.Malformed);
        Sent(PathAndQuery, Name, Name).Should().Be(PresignedUrlVerificationStatus.Malformed);
        Sent(PathAndQuery, "", Name).Should().Be(PresignedUrlVerificationStatus.Malformed);
    }

    [Fact]
    public void Verify_UrlWithoutPath_HasTheRootPath() =>
        (Good with { Address = "https://" + Name }).Verify().Should().Be(PresignedUrlVerificationStatus.Valid);

    [Theory]
    [InlineData("http://h.example", "http://H.example:80")]
    [InlineData("http://h.example:443", "HTTP://h.example:443")]
    [InlineData("https://h.example:80", "Https://h.example:80")]
    [InlineData("https://[::1]:9000", "https://[::1]:9000")]
    [InlineData("https://a-z0_9.example", "https://A-Z0_9.EXAMPLE")]
    public void Verify_EquivalentHost_IsValid(string written, string sent) =>
        (Good with { Address = written + "/k" }).VerifyChanged(url => url.Replace(written, sent, StringComparison.Ordinal)).Should().Be(PresignedUrlVerificationStatus.Valid);

    [Fact]
    public void Verify_DifferentPort_IsMismatch() =>
        (Good with { Address = "https://h.example/k" }).VerifyChanged(url => url.Replace("h.example", "h.example:80", StringComparison.Ordinal))
            .Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);

    private static string PathAndQuery(string url) => url[(url.IndexOf(Name, StringComparison.Ordinal) + Name.Length)..];

    private static PresignedUrlVerificationStatus Sent(Func<string, string> url, params string[] hosts) =>
        Good.VerifyChanged(url, headers: TestPresigner.Pairs([.. hosts.Select(host => ("Host", host))]));
}

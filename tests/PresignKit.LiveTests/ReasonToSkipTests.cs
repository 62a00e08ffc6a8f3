namespace PresignKit.LiveTests;

/// <summary>The checks that decide whether the live tests run or are skipped. They do not require live servers.</summary>
public sealed class ReasonToSkipTests
{
    [Fact]
    public void Stores_NoVariable_AreNotConfigured() => LiveStore.ReasonToSkip(_ => null).Should().StartWith("No live store is configured. On Debian 12: eng/live-servers install, ");

    [Fact]
    public void Stores_SomeVariables_NamesTheMissingOnes() => LiveStore.ReasonToSkip(name => name is "SWIFT_URL" or "RGW_STS_URL" ? null : "value").Should()
        .StartWith("The live stores are only partly configured: PRESIGNKIT_RGW_STS_URL, PRESIGNKIT_SWIFT_URL not set. On Debian 12: ");

    [Fact]
    public void Stores_CertificateIsGone_NamesTheFile() => LiveStore.ReasonToSkip(_ => "/none/ca.pem").Should()
        .StartWith("The certificate authority of the live stores is missing: /none/ca.pem (PRESIGNKIT_RGW_TLS_CA). On Debian 12: ");

    [Fact]
    public void Stores_AllVariables_AreConfigured() => LiveStore.ReasonToSkip(_ => typeof(ReasonToSkipTests).Assembly.Location).Should().BeNull();

    [Fact]
    public void Browser_NotInstalled_NamesBothPrograms() => BrowserFactAttribute.ReasonToSkip(searchPath: AppContext.BaseDirectory).Should()
        .Be("None of chromium-headless-shell, chromium is on the PATH. On Debian 12: eng/live-servers install");

    [Fact]
    public void Curl_NotInstalled_IsNamed() => CurlFactAttribute.ReasonToSkip(searchPath: AppContext.BaseDirectory).Should().EndWith("On Debian 12: eng/live-servers install");
}

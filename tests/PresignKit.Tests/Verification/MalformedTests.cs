using System.Text.RegularExpressions;

namespace PresignKit.Tests;

/// <summary>Requests that cannot be read, regardless of their signature.</summary>
public class MalformedTests
{
    private static readonly Received Good = new();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("k")]
    [InlineData("?X-Amz-Signature=00")]
    [InlineData("ftp://h/k")]
    [InlineData("https:/h/k")]
    [InlineData("https://")]
    [InlineData("https:///k")]
    [InlineData("https://user@h/k")]
    [InlineData("https://user:password@h/k")]
    [InlineData("https://h%2Fk")]
    [InlineData("https://h\\k")]
    [InlineData("https://hé/k")]
    [InlineData("https://h /k")]
    [InlineData("*")]
    public void Verify_NotAUrl_IsMalformed(string? url) => Verify(url).Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Theory]
    [InlineData("%g")]
    [InlineData("%2g")]
    [InlineData("%zz")]
    [InlineData("%+1")]
    [InlineData("% 1")]
    [InlineData(" ")]
    [InlineData("\t")]
    [InlineData("\r\n")]
    [InlineData("\0")]
    [InlineData("\u007F")]
    public void Verify_InvalidText_IsMalformedInPathNameAndValue(string text)
    {
        foreach (Func<string, string> place in Places(text))
        {
            Good.VerifyChanged(place).Should().Be(PresignedUrlVerificationStatus.Malformed);
        }
    }

    [Theory]
    [InlineData("%")]
    [InlineData("%4")]
    public void Verify_IncompleteEscape_IsMalformedInPathNameAndValue(string text)
    {
        foreach (Func<string, string> place in new Func<string, string>[] { url => url.Replace("k.txt", text, StringComparison.Ordinal), url => url + "&" + text, url => url + "&a=" + text })
        {
            Good.VerifyChanged(place).Should().Be(PresignedUrlVerificationStatus.Malformed);
        }
    }

    // The name of a SigV4 algorithm contains only letters, digits and hyphens. Any other value comes from a damaged URL, for example with \u0026 instead of an ampersand.
    [Theory]
    [InlineData("%2FAWS4-HMAC-SHA256", PresignedUrlVerificationStatus.Malformed)]
    [InlineData("AWS4-HMAC-SHA256%5Cu0026a", PresignedUrlVerificationStatus.Malformed)]
    [InlineData("AWS4-HMAC-SHA512", PresignedUrlVerificationStatus.UnsupportedAlgorithm)]
    public void Verify_OtherAlgorithm_IsMalformedIfItContainsAnEscape(string algorithm, PresignedUrlVerificationStatus status) =>
        (Good with { Algorithm = algorithm }).Verify().Should().Be(status);

    // A fact instead of a theory, because theory data would turn the surrogate into U+FFFD.
    [Fact]
    public void Verify_LoneSurrogate_IsMalformedInPathNameValueAndHeader()
    {
        foreach (Func<string, string> place in Places("\uD83D").Concat(Places("\uDE42")).Concat(Places("\uDE42\uD83D")))
        {
            Good.VerifyChanged(place).Should().Be(PresignedUrlVerificationStatus.Malformed);
        }

        Good.VerifyChanged(headers: TestPresigner.Pairs(("a", "\uD83D"))).Should().Be(PresignedUrlVerificationStatus.Malformed);
    }

    [Theory]
    [InlineData("X-Amz-Algorithm")]
    [InlineData("X-Amz-Credential")]
    [InlineData("X-Amz-Date")]
    [InlineData("X-Amz-Expires")]
    [InlineData("X-Amz-SignedHeaders")]
    [InlineData("X-Amz-Signature")]
    public void Verify_PartOfTheSignatureMissingEmptyOrNotText_IsNotValid(string name)
    {
        Good.VerifyChanged(url => url.Replace(name + "=", "Y=", StringComparison.Ordinal)).Should().Be(PresignedUrlVerificationStatus.Malformed);
        Good.VerifyChanged(url => url.Replace(name + "=", name + "=%FF", StringComparison.Ordinal)).Should().Be(PresignedUrlVerificationStatus.Malformed);
        Good.VerifyChanged(url => url.Replace(name + "=", name + "=&Y=", StringComparison.Ordinal)).Should().BeOneOf(
            PresignedUrlVerificationStatus.Malformed, PresignedUrlVerificationStatus.UnsupportedAlgorithm, PresignedUrlVerificationStatus.SignatureMismatch);
    }

    // A multibyte character starts in the value and ends in the name of the next parameter. Together, the two would be valid UTF-8.
    [Theory]
    [InlineData("X-Amz-Algorithm", "%C3", "%A9")]
    [InlineData("X-Amz-Credential", "%E2%82", "%AC")]
    [InlineData("X-Amz-Date", "%C3", "%A9")]
    [InlineData("X-Amz-Expires", "%F0%9F%99", "%82")]
    [InlineData("X-Amz-SignedHeaders", "%C3", "%A9")]
    [InlineData("X-Amz-SignedHeaders", "%E2%82", "%AC")]
    [InlineData("X-Amz-Signature", "%C3", "%A9")]
    public void Verify_CharacterSplitAcrossParameters_IsMalformed(string name, string end, string start)
    {
        string url = Regex.Replace(Good.Url, $"({name}=[^&]*)", $"$1{end}&{start}=1");

        Verify(url).Should().Be(PresignedUrlVerificationStatus.Malformed);
        PresignedUrlInfo.TryParse(url, out _).Should().BeFalse();
    }

    [Fact]
    public void Verify_SessionTokenThatIsNotText_IsMalformed() => (Good with { Extra = "&X-Amz-Security-Token=%FF" }).Verify().Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Fact]
    public void Verify_FirstParameterIsASessionTokenThatIsNotText_IsMalformed() =>
        Good.VerifyChanged(url => url.Replace("?", "?X-Amz-Security-Token=%FF&", StringComparison.Ordinal)).Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Theory]
    [InlineData("X-Amz-Algorithm=AWS4-HMAC-SHA256")]
    [InlineData("X-Amz-Credential=AK%2F20260314%2Fnyc3%2Fs3%2Faws4_request")]
    [InlineData("X-Amz-Signature=0f")]
    [InlineData("X-Amz-Security-Token=%FF")]
    public void Verify_OnlyOnePartOfTheSignature_IsMalformed(string query) => Verify("https://h/k?" + query).Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Theory]
    [InlineData("DO00EXAMPLEKEY")]
    [InlineData("DO00EXAMPLEKEY%2F20260314%2Fnyc3%2Fs3")]
    [InlineData("DO00EXAMPLEKEY%2F20260314%2Fnyc3%2Fs3%2Faws4_requests")]
    [InlineData("DO00EXAMPLEKEY%2F20260314%2Fnyc3%2Fs3%2FAWS4_REQUEST")]
    [InlineData("DO00EXAMPLEKEY%2F20260314%2Fnyc3%2Fs3%2Faws4_request%2F")]
    [InlineData("DO00EXAMPLEKEY%2F2026031%2Fnyc3%2Fs3%2Faws4_request")]
    [InlineData("DO00EXAMPLEKEY%2F2026-3-14%2Fnyc3%2Fs3%2Faws4_request")]
    [InlineData("DO00EXAMPLEKEY%2F２０２６０３１４%2Fnyc3%2Fs3%2Faws4_request")]
    [InlineData("DO00EXAMPLEKEY%2F20260314%2F%2Fs3%2Faws4_request")]
    [InlineData("DO00EXAMPLEKEY%2F20260314%2Fnyc3%2F%2Faws4_request")]
    [InlineData("%2F20260314%2Fnyc3%2Fs3%2Faws4_request")]
    [InlineData("20260314%2Fnyc3%2Fs3%2Faws4_request")]
    public void Verify_InvalidCredential_IsMalformed(string credential) =>
        Good.VerifyChanged(url => url.Replace(Good.Credential, credential, StringComparison.Ordinal)).Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Theory]
    [InlineData("20260314T150926")]
    [InlineData("20260314T150926z")]
    [InlineData("2O260314T150926Z")]
    [InlineData("20260314T15O926Z")]
    [InlineData("20260314t150926Z")]
    [InlineData("20260314T150960Z")]
    [InlineData("20260314T240000Z")]
    [InlineData("99991231T240000Z")]
    [InlineData("99991231T235960Z")]
    [InlineData("99991231T236000Z")]
    [InlineData("20260314T156026Z")]
    [InlineData("20260230T150926Z")]
    [InlineData("20261314T150926Z")]
    [InlineData("00000314T150926Z")]
    [InlineData("+20260314T150926Z")]
    [InlineData("20260314T150926Z%00")]
    [InlineData("2026-03-14T15:09:26Z")]
    [InlineData("Sat,+14+Mar+2026+15:09:26+GMT")]
    [InlineData("２０２６0314T150926Z")]
    public void Verify_InvalidDate_IsMalformed(string date) => (Good with { Date = date }).Verify().Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Theory]
    [InlineData("-")]
    [InlineData("+60")]
    [InlineData("%2B60")]
    [InlineData("6e1")]
    [InlineData("60.0")]
    [InlineData("0x60")]
    [InlineData("60s")]
    [InlineData("%2060")]
    [InlineData("６０")]
    [InlineData("--60")]
    public void Verify_InvalidExpiry_IsMalformed(string expires) => (Good with { Expires = expires }).Verify().Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Theory]
    [InlineData("Host")]
    [InlineData("A%3Bhost")]
    [InlineData("Z%3Bhost")]
    [InlineData("host%3B")]
    [InlineData("%3Bhost")]
    [InlineData("host%3Bhost")]
    [InlineData("host%3B%3Brange")]
    [InlineData("range%3Bhost")]
    [InlineData("content-type%3Bhost%3Bcontent-md5")]
    [InlineData("host%2Crange")]
    [InlineData("host%20")]
    [InlineData("ho%0Ast")]
    [InlineData("hosé%3Bhost")]
    public void Verify_InvalidSignedHeaders_IsMalformed(string names) =>
        (Good with { SignedHeaders = names }).VerifyChanged(headers: TestPresigner.Pairs(("range", "x"))).Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("x-amz-acl ")]
    [InlineData(" x-amz-acl")]
    [InlineData("x-amz-acl:")]
    [InlineData("é")]
    [InlineData("\0")]
    [InlineData("a\r\nx-amz-acl")]
    public void Verify_InvalidHeaderName_IsMalformed(string name) =>
        Good.VerifyChanged(headers: TestPresigner.Pairs((name, "x"))).Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Fact]
    public void Verify_TwoInvalidHeaderNames_AreMalformed() =>
        Good.VerifyChanged(headers: TestPresigner.Pairs(("a b", "x"), ("é", "x"))).Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Fact]
    public void Verify_KelvinSignForK_IsMalformed() =>
        Good.With(("x-amz-meta-k", "1")).VerifyChanged(headers: TestPresigner.Pairs(("x-amz-meta-\u212A", "1"))).Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Fact]
    public void Verify_NullHeaderName_IsMalformed() =>
        Good.VerifyChanged(headers: [new KeyValuePair<string, string>(null!, null!)]).Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Fact]
    public void Verify_131072Characters_IsTheMaximum()
    {
        string extra = "&a=" + new string('x', 131_072 - (Good with { Extra = "&a=" }).Url.Length);

        (Good with { Extra = extra }).Verify().Should().Be(PresignedUrlVerificationStatus.Valid);
        (Good with { Extra = extra + "x" }).Verify().Should().Be(PresignedUrlVerificationStatus.Malformed);
    }

    private static IEnumerable<Func<string, string>> Places(string text)
    {
        yield return url => url.Replace("k.txt", "k" + text, StringComparison.Ordinal);
        yield return url => url + "&" + text;
        yield return url => url + "&a" + text + "b=c";
        yield return url => url + "&a=" + text;
        yield return url => url.Replace("X-Amz-Expires=", "X-Amz-Expires=" + text, StringComparison.Ordinal);
    }

    private static PresignedUrlVerificationStatus Verify(string? url) => Received.Verifier().Verify(HttpMethod.Get, url, []).Status;
}

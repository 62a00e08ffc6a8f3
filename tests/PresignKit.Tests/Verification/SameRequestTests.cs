namespace PresignKit.Tests;

/// <summary>Requests that are written differently but mean the same, and requests that mean something else.</summary>
public class SameRequestTests
{
    private static readonly Received Good = new() { Extra = "&a%20b=c%2Fd&e=f&g=%C2%AF%E2%82%AC" };

    [Theory]
    [InlineData("&a%20b=", "&a+b=")]
    [InlineData("c%2Fd", "c%2fd")]
    [InlineData("c%2Fd", "c/d")]
    [InlineData("c%2Fd", "%63%2F%64")]
    [InlineData("%C2%AF", "%c2%af")]
    [InlineData("%E2%82%AC", "%e2%82%aC")]
    [InlineData("&a%20b", "&&a%20b")]
    [InlineData("&e=f", "&e=f&")]
    [InlineData("?X-Amz", "?&X-Amz")]
    [InlineData("/a/k.txt", "/%61%2Fk%2etxt")]
    [InlineData("&X-Amz-Date=20260314T150926Z&X-Amz-Expires=3600", "&X-Amz-Expires=3600&X-Amz-Date=20260314T150926Z")]
    [InlineData("https://my-space", "HTTPS://MY-Space")]
    public void Verify_EquivalentRequest_IsValid(string part, string other) => Changed(Good, part, other).Should().Be(PresignedUrlVerificationStatus.Valid);

    [Theory]
    [InlineData("c%2Fd", "c%252Fd")]
    [InlineData("/a/k.txt", "/a//k.txt")]
    [InlineData("/a/k.txt", "/a/K.txt")]
    [InlineData("/a/k.txt", "/a/+k.txt")]
    [InlineData("/a/k.txt", "/a/k.txt/")]
    [InlineData("&e=f", "&e=F")]
    [InlineData("&e=f", "&E=f")]
    [InlineData("&e=f", "")]
    public void Verify_DifferentRequest_IsMismatch(string part, string other) => Changed(Good, part, other).Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);

    [Theory]
    [InlineData("ä", "%C3%A4")]
    [InlineData("\u0080", "%C2%80")]
    [InlineData("€", "%E2%82%AC")]
    [InlineData("🙂", "%F0%9F%99%82")]
    public void Verify_UnescapedCharacters_AreReadAsUtf8(string raw, string escaped)
    {
        Received received = Received.Good with { Address = "https://h.example/" + escaped, Extra = "&a=" + escaped };

        received.VerifyChanged(url => url.Replace(escaped, raw, StringComparison.Ordinal)).Should().Be(PresignedUrlVerificationStatus.Valid);
    }

    [Fact]
    public void Verify_LongUnescapedText_IsReadCompletely()
    {
        string escaped = string.Concat(Enumerable.Repeat("%E2%82%AC", 3000));
        Received received = Received.Good with { Address = "https://h.example/" + escaped, Extra = "&a=" + escaped };

        received.VerifyChanged(url => url.Replace("%E2%82%AC", "€", StringComparison.Ordinal)).Should().Be(PresignedUrlVerificationStatus.Valid);
    }

    // The result could not report such a parameter as it was verified, and a server that ignored the parameter would act on a different request.
    [Theory]
    [InlineData("&g=%A0%AF%F1%FF%80")]
    [InlineData("&%FF=1")]
    public void Verify_QueryThatIsNotUtf8_IsMalformed(string extra) =>
        (Received.Good with { Extra = extra }).Verify().Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Fact]
    public void Verify_ParameterWithoutName_IsSignedToo()
    {
        Received received = Received.Good with { Extra = "&=v" };

        received.Verify().Should().Be(PresignedUrlVerificationStatus.Valid);
        received.VerifyChanged(url => url.Replace("&=v", "&=", StringComparison.Ordinal)).Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);
        received.VerifyChanged(url => url.Replace("&=v", "&v", StringComparison.Ordinal)).Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);
    }

    // A plus sign means a space only in a query.
    [Fact]
    public void Verify_PlusInThePath_IsAPlus() =>
        Changed(Received.Good with { Address = "https://h.example/a%2Bb" }, "a%2Bb", "a+b").Should().Be(PresignedUrlVerificationStatus.Valid);

    [Theory]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(100)]
    public void Verify_ManyParameters_AreAllRead(int count)
    {
        Received many = Received.Good with { Extra = string.Concat(Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"&n{count - i:D3}=v{i}"))) };

        many.Verify().Should().Be(PresignedUrlVerificationStatus.Valid);
        Changed(many, "=v1&", "=v0&").Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);
        Changed(many, "&n001=", "&n002=").Should().Be(PresignedUrlVerificationStatus.DuplicateParameter);
    }

    [Fact]
    public void Verify_EquivalentHeaders_AreValid()
    {
        Received received = Received.Good.With(("x-amz-meta-a", "1  2"), ("x-amz-meta-a", "3"), ("content-type", "text/plain"));

        received.Verify().Should().Be(PresignedUrlVerificationStatus.Valid);
        received.VerifyChanged(headers: TestPresigner.Pairs(("Content-Type", " text/plain\t"), ("X-AMZ-Meta-A", " 1 \t 2 "), ("x-amz-meta-a", "3"))).Should().Be(PresignedUrlVerificationStatus.Valid);
        received.VerifyChanged(headers: TestPresigner.Pairs(("content-type", "text/plain"), ("x-amz-meta-a", "1 2,3"))).Should().Be(PresignedUrlVerificationStatus.Valid);
        received.VerifyChanged(headers: TestPresigner.Pairs(("content-type", "text/plain"), ("x-amz-meta-a", "3"), ("x-amz-meta-a", "1 2"))).Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);
        received.VerifyChanged(headers: TestPresigner.Pairs(("content-type", "text/plain"), ("x-amz-meta-a", "1 2"))).Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);
    }

    [Fact]
    public void Verify_UnsignedHeadersThatAreNotAmz_AreIgnored() => Received.Good
        .VerifyChanged(headers: TestPresigner.Pairs(("accept", "*/*"), ("content-type", "text/plain"), ("amz-x", "1"), ("x-amzn-trace-id", "1")))
        .Should().Be(PresignedUrlVerificationStatus.Valid);

    [Fact]
    public void Verify_LowercaseMethod_IsValid() => Received.Good.VerifyChanged(method: "get").Should().Be(PresignedUrlVerificationStatus.Valid);

    [Fact]
    public void Verify_SignedPayloadHash_IsThePayloadLine()
    {
        Received received = Received.Good.With(("x-amz-content-sha256", new string('a', 64)));

        received.Verify().Should().Be(PresignedUrlVerificationStatus.Valid);
        received.VerifyChanged(headers: TestPresigner.Pairs(("x-amz-content-sha256", new string('b', 64)))).Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);
    }

    [Fact]
    public void Verify_Fragment_IsMalformed() => Received.Good.VerifyChanged(url => url + "#").Should().Be(PresignedUrlVerificationStatus.Malformed);

    [Fact]
    public void Verify_NullHeaderValue_IsEmpty() => Received.Good.With(("x-amz-meta-a", ""))
        .VerifyChanged(headers: TestPresigner.Pairs(("x-amz-meta-a", null!))).Should().Be(PresignedUrlVerificationStatus.Valid);

    [Fact]
    public void Verify_NullHeaders_IsValid() => Received.Verifier().Verify(HttpMethod.Get, Received.Good.Url, null).Status.Should().Be(PresignedUrlVerificationStatus.Valid);

    private static PresignedUrlVerificationStatus Changed(Received received, string part, string other) => received.VerifyChanged(url =>
    {
        url.Should().Contain(part);
        return url.Replace(part, other, StringComparison.Ordinal);
    });
}

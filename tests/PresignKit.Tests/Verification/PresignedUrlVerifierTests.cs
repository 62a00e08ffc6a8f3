namespace PresignKit.Tests;

/// <summary>Every reason for a failure has its own status.</summary>
public class PresignedUrlVerifierTests
{
    private static readonly Received Good = new();

    [Fact]
    public void Default_IsNotValid() => default(PresignedUrlVerificationStatus).Should().Be(PresignedUrlVerificationStatus.Malformed).And.NotBe(PresignedUrlVerificationStatus.Valid);

    [Fact]
    public void Verify_CorrectlySigned_IsValid() => Good.Verify().Should().Be(PresignedUrlVerificationStatus.Valid);

    [Theory]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com/k")]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com/k?")]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com")]
    [InlineData("https://h/k?versionId=3&x-amz-acl=private&Signature=abc&X-Goog-Signature=abc")]
    [InlineData("https://h/k?AWSAccessKeyId=AK&Expires=1")]
    [InlineData("https://h/k?x-amz-algorithm=AWS4-HMAC-SHA256&x-amz-signature=abc")]
    public void Verify_WithoutSignature_IsNotPresigned(string url) => Verify(url).Should().Be(PresignedUrlVerificationStatus.NotPresigned);

    [Theory]
    [InlineData("https://h/k?AWSAccessKeyId=AK&Expires=1&Signature=abc%3D")]
    [InlineData("https://h/k?Signature=abc&Expires=1&AWSAccessKeyId=AK&x-amz-security-token=t")]
    public void Verify_SigV2_IsUnsupported(string url) => Verify(url).Should().Be(PresignedUrlVerificationStatus.UnsupportedAlgorithm);

    [Theory]
    [InlineData("AWS4-ECDSA-P256-SHA256")]
    [InlineData("aws4-hmac-sha256")]
    [InlineData("AWS4-HMAC-SHA1")]
    [InlineData("")]
    [InlineData("none")]
    public void Verify_DifferentAlgorithm_IsUnsupported(string algorithm) =>
        (Good with { Algorithm = algorithm }).Verify().Should().Be(PresignedUrlVerificationStatus.UnsupportedAlgorithm);

    [Fact]
    public void Verify_AccessKeyWithoutCredentials_IsUnknown() =>
        (Good with { Credential = "OTHER%2F20260314%2Fnyc3%2Fs3%2Faws4_request" }).Verify().Should().Be(PresignedUrlVerificationStatus.UnknownAccessKey);

    [Theory]
    [InlineData("20260314%2Fams3%2Fs3")]
    [InlineData("20260314%2FNYC3%2Fs3")]
    [InlineData("20260314%2Fnyc3%2Fs3express")]
    [InlineData("20260313%2Fnyc3%2Fs3")]
    [InlineData("20260315%2Fnyc3%2Fs3")]
    public void Verify_ScopeOfADifferentRegionServiceOrDay_IsWrong(string scope) =>
        (Good with { Credential = $"{TestPresigner.AccessKeyId}%2F{scope}%2Faws4_request" }).Verify(new() { Region = "nyc3" })
            .Should().Be(PresignedUrlVerificationStatus.WrongScope);

    [Theory]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData("-0")]
    [InlineData("-1")]
    [InlineData("-99999999999999999999")]
    [InlineData("604801")]
    [InlineData("2147483647")]
    [InlineData("2147483648")]
    [InlineData("4294967297")]
    [InlineData("18446744073709551617")]
    public void Verify_ExpiryOutOfRange_IsRejected(string expires) => (Good with { Expires = expires }).Verify().Should().Be(PresignedUrlVerificationStatus.ExpiryOutOfRange);

    [Fact]
    public void Verify_HugeExpiry_IsOutOfRange() => (Good with { Expires = new string('9', 50_000) }).Verify().Should().Be(PresignedUrlVerificationStatus.ExpiryOutOfRange);

    [Fact]
    public void Verify_SignedHeadersNotSent_AreMissing()
    {
        Good.With(("content-type", "text/plain")).VerifyChanged(headers: []).Should().Be(PresignedUrlVerificationStatus.MissingSignedHeader);
        Good.With(("content-type", "text/plain"), ("x-amz-acl", "private")).VerifyChanged(headers: []).Should().Be(PresignedUrlVerificationStatus.MissingSignedHeader);
    }

    [Theory]
    [InlineData("x-amz-acl")]
    [InlineData("X-Amz-Copy-Source")]
    [InlineData("x-amz-meta-a")]
    [InlineData("X-AMZ-CONTENT-SHA256")]
    [InlineData("x-amz-security-token")]
    [InlineData("x-amz-")]
    public void Verify_UnsignedAmzHeader_IsRejected(string name) =>
        Good.VerifyChanged(headers: TestPresigner.Pairs((name, "x"))).Should().Be(PresignedUrlVerificationStatus.UnsignedHeader);

    [Fact]
    public void Verify_HostThatIsNotSigned_IsRejected() => Good.VerifyChanged(url => url.Replace("=host&", "=range&", StringComparison.Ordinal))
        .Should().Be(PresignedUrlVerificationStatus.UnsignedHeader);

    [Theory]
    [InlineData("&a=1&a=2")]
    [InlineData("&a&a")]
    [InlineData("&a=1&%61=1")]
    [InlineData("&a%20b=1&a+b=2")]
    [InlineData("&X-Amz-Expires=60")]
    [InlineData("&X-Amz-Signature=00")]
    [InlineData("&x-amz-expires=60")]
    [InlineData("&X-AMZ-SIGNATURE=00")]
    [InlineData("&x-amz-security-token=t")]
    [InlineData("&%78-amz-dat%65=1")]
    public void Verify_ParameterTwice_IsDuplicate(string extra)
    {
        (Good with { Extra = extra }).Verify().Should().Be(PresignedUrlVerificationStatus.DuplicateParameter);
        Good.VerifyChanged(url => url + extra).Should().Be(PresignedUrlVerificationStatus.DuplicateParameter);
    }

    [Fact]
    public void Verify_TwoNamesInDifferentCase_AreDuplicates() =>
        (Good with { Extra = "&x-amz-date=1&x-amz-expires=1" }).Verify().Should().Be(PresignedUrlVerificationStatus.DuplicateParameter);

    // These names have the same length as names of signature parameters, and some start the same way.
    [Theory]
    [InlineData("x-other-ab")]
    [InlineData("X-Amz-Datf")]
    [InlineData("x-other-abcde")]
    [InlineData("X-Amz-SignedHeader2")]
    public void Verify_NameSimilarToASignatureParameter_IsAnOrdinaryParameter(string name) =>
        (Good with { Extra = $"&{name}=1" }).Verify().Should().Be(PresignedUrlVerificationStatus.Valid);

    [Fact]
    public void Verify_AdditionalAuthorizationHeader_IsConflicting() =>
        Good.VerifyChanged(headers: TestPresigner.Pairs(("authorization", ""))).Should().Be(PresignedUrlVerificationStatus.ConflictingAuthorization);

    [Fact]
    public void Verify_TwoAuthorizationHeaders_AreConflicting() =>
        Good.VerifyChanged(headers: TestPresigner.Pairs(("Authorization", "Basic x"), ("authorization", "Basic y"))).Should().Be(PresignedUrlVerificationStatus.ConflictingAuthorization);

    [Theory]
    [InlineData("POST", "")]
    [InlineData("HEAD", "")]
    [InlineData("GET", "&response-content-type=text/html")]
    [InlineData("GET", "&foo")]
    public void Verify_DifferentMethodOrAppendedParameters_IsMismatch(string method, string appended) =>
        Good.VerifyChanged(url => url + appended, method).Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("%00")]
    [InlineData("é")]
    public void Verify_DifferentSignature_IsMismatch(string signature) =>
        Good.VerifyChanged(url => url[..^64] + signature).Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);

    [Fact]
    public void Verify_DifferentCharacterAnywhereInTheSignature_IsMismatch()
    {
        string url = Good.Url;
        foreach (int at in Enumerable.Range(url.Length - 64, 64))
        {
            foreach (char other in "09afAF/:@`gG".Where(other => other != url[at]))
            {
                Good.VerifyChanged(_ => url[..at] + other + url[(at + 1)..]).Should().Be(PresignedUrlVerificationStatus.SignatureMismatch, $"'{other}' is at index {at} of {url}");
            }
        }
    }

    [Fact]
    public void Verify_UppercaseSignature_IsMismatch() =>
        Good.VerifyChanged(url => url[..^64] + url[^64..].ToUpperInvariant()).Should().Be(PresignedUrlVerificationStatus.SignatureMismatch, "stores compare signatures as text");

    [Fact]
    public void Verify_DifferentSecretKey_IsMismatch() => (Good with { SecretAccessKey = "another" }).Verify().Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);

    private static PresignedUrlVerificationStatus Verify(string url) => Received.Verifier().Verify(HttpMethod.Get, url, []).Status;
}

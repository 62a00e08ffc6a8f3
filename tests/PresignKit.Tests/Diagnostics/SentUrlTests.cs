namespace PresignKit.Tests;

/// <summary>URLs as they were sent, for which the store computed the same canonical request. Later changes are found by their position in the URL or with the credentials.</summary>
public class SentUrlTests
{
    private const string NoText = "<Error><Code>SignatureDoesNotMatch</Code></Error>";

    [Theory]
    [InlineData("GET", "GET", "", SignatureDifference.Unknown, "Check, in this order, that the URL was presigned for the method that was sent, that no signed header, path or parameter was changed after signing, and that the secret access key is the store's")]
    [InlineData("GET", "HEAD", "", SignatureDifference.Unknown, "CompareWith finds out which of them it is if you pass the credentials.")]
    [InlineData("GET", "GET", "&foo=bar", SignatureDifference.AppendedParameter, "The parameter 'foo' after X-Amz-Signature was probably appended after signing. Instead of appending")]
    [InlineData("GET", "GET", "&a=1&b%20=2", SignatureDifference.AppendedParameter, "The parameters 'a', 'b ' after X-Amz-Signature were probably appended")]
    public void CompareWith_SameTextWithoutCredentials_NamesThePossibleCauses(string signedFor, string sent, string appended, SignatureDifference difference, string cause)
    {
        SignatureExplanation explanation = Sent(signedFor, sent, appended);

        explanation.CompareWith(SameText(explanation)).Should().Match<SignatureComparison>(one => one.Difference == difference && one.Cause.Contains(cause) && one.Line == null);
    }

    [Theory]
    [InlineData("GET", "GET", "", SignatureDifference.SecretKey, "the URL is signed with these credentials, so the secret access key differs from the store's key")]
    [InlineData("GET", "HEAD", "", SignatureDifference.Method, "The signature is the one for GET, but the request was sent as HEAD. Send the signed method")]
    [InlineData("HEAD", "GET", "", SignatureDifference.Method, "The signature is the one for HEAD, but the request was sent as GET.")]
    [InlineData("PUT", "POST", "", SignatureDifference.Method, "The signature is the one for PUT, but")]
    [InlineData("POST", "PUT", "", SignatureDifference.Method, "The signature is the one for POST, but")]
    [InlineData("DELETE", "PATCH", "", SignatureDifference.Method, "The signature is the one for DELETE, but the request was sent as PATCH.")]
    [InlineData("PATCH", "GET", "", SignatureDifference.Unknown, "The signature does not match these credentials, neither for GET nor for any other common method.")]
    [InlineData("GET", "GET", "&foo=bar", SignatureDifference.AppendedParameter, "The signature is correct without the parameter 'foo', which was appended after signing. Instead of")]
    [InlineData("GET", "GET", "&foo=bar&foo%5B%5D", SignatureDifference.AppendedParameter, "The signature is correct without the parameters 'foo', 'foo[]', which were appended after signing.")]
    [InlineData("GET", "HEAD", "&foo=bar", SignatureDifference.AppendedParameter, "The signature is the one for GET, but the request was sent as HEAD, and it is correct without the parameter 'foo', which was appended")]
    [InlineData("GET", "GET", "&X-Amz-Security-Token=abc", SignatureDifference.AppendedParameter, "The signature is correct without the parameter 'X-Amz-Security-Token', which")]
    public void CompareWith_Credentials_FindsTheChange(string signedFor, string sent, string appended, SignatureDifference difference, string cause)
    {
        SignatureExplanation explanation = Sent(signedFor, sent, appended);

        explanation.CompareWith(SameText(explanation), Received.Credentials).Should().Match<SignatureComparison>(one => one.Difference == difference && one.Cause.Contains(cause));
        explanation.CompareWith(NoText, Received.Credentials).Difference.Should().Be(difference == SignatureDifference.SecretKey ? SignatureDifference.Unknown : difference);
    }

    // Some signers sort the signature among the other parameters, so its position does not show what was appended.
    [Fact]
    public void CompareWith_SignatureBetweenOtherParameters_RemovesOnlyAppendedParameters()
    {
        string[] parts = (Received.Good with { Extra = "&x-id=GetObject" }).Url.Split('?', '&');
        string sorted = $"{parts[0]}?{string.Join('&', parts.Skip(1).Order(StringComparer.Ordinal))}";
        SignatureExplanation good = SignatureExplanation.Of(HttpMethod.Get, sorted), appended = SignatureExplanation.Of(HttpMethod.Get, sorted + "&foo=bar&z=1");

        sorted.Should().Contain("&X-Amz-Signature=").And.EndWith("&x-id=GetObject");
        good.CompareWith(SameText(good)).Difference.Should().Be(SignatureDifference.Unknown);
        good.CompareWith(SameText(good), Received.Credentials).Difference.Should().Be(SignatureDifference.SecretKey);
        appended.CompareWith(SameText(appended), Received.Credentials).Cause.Should().StartWith("The signature is correct without the parameters 'foo', 'z',");
    }

    [Fact]
    public void CompareWith_ManyParametersAppended_RemovesThemAll()
    {
        SignatureExplanation explanation = Sent("GET", "GET", string.Concat(Enumerable.Range(0, 100).Select(i => FormattableString.Invariant($"&p{i:D3}=1"))));

        explanation.CompareWith(SameText(explanation), Received.Credentials).Cause.Should().StartWith("The signature is correct without the parameters 'p000', ").And.Contain("'p009' and 90 more, which were appended");
    }

    [Fact]
    public void CompareWith_DifferentSecret_ReportsThatNothingMatches()
    {
        SignatureExplanation explanation = Sent("GET", "GET", "");

        SignatureComparison comparison = explanation.CompareWith(SameText(explanation), new S3Credentials(TestPresigner.AccessKeyId, "0therSecret0therSecret"));

        comparison.Difference.Should().Be(SignatureDifference.Unknown);
        comparison.ToString().Should().Contain("signed with a different secret access key, or its host, its path, a parameter or a signed header was changed").And.NotContain("0therSecret");
    }

    [Theory]
    [InlineData("&foo=bar", SignatureDifference.AppendedParameter, "The parameter 'foo' after X-Amz-Signature was probably appended after signing.")]
    [InlineData("", SignatureDifference.Unknown, "The store signed the same text as that of the URL that was sent,")]
    public void CompareWith_CredentialsOfADifferentKeyId_AnswersAsWithoutThemAndSaysSo(string appended, SignatureDifference difference, string cause)
    {
        SignatureExplanation explanation = Sent("GET", "GET", appended);

        SignatureComparison comparison = explanation.CompareWith(SameText(explanation), new S3Credentials("OTHER", "secret"));

        comparison.Difference.Should().Be(difference);
        comparison.Cause.Should().StartWith(cause).And.Be(
            explanation.CompareWith(SameText(explanation)).Cause + " The credentials for 'OTHER' were not used, because the URL is signed with the access key 'DO00EXAMPLEKEY'.");
        explanation.CompareWith("<html>", new S3Credentials("OTHER", "secret")).Cause.Should().StartWith(explanation.CompareWith("<html>").Cause).And.EndWith(" with the access key 'DO00EXAMPLEKEY'.");
    }

    [Fact]
    public void CompareWith_CredentialsOfADifferentKeyId_DoesNotMentionThemIfTheResponseShowsTheCause()
    {
        SignatureExplanation explanation = Sent("GET", "GET", "");
        string[] responses = [SameText(explanation).Replace("host:my-space", "host:other", StringComparison.Ordinal), "<Error><Code>NoSuchKey</Code></Error>"];

        foreach (string response in responses)
        {
            explanation.CompareWith(response, new S3Credentials("OTHER", "secret")).Should().BeEquivalentTo(explanation.CompareWith(response));
        }
    }

    [Theory]
    [InlineData(40)]
    [InlineData(0)]
    public void CompareWith_TruncatedSignature_IsNamed(int length)
    {
        SignatureExplanation explanation = SignatureExplanation.Of(HttpMethod.Get, Received.Good.Url[..^(64 - length)]);

        explanation.CompareWith(NoText).Should().Match<SignatureComparison>(one => one.Difference == SignatureDifference.ParameterValue && one.Cause.Contains("64 lowercase hexadecimal digits"));
        explanation.CompareWith(NoText, Received.Credentials).Difference.Should().Be(SignatureDifference.ParameterValue);
    }

    [Fact]
    public void CompareWith_SignedHeaderThatWasNotPassed_IsNamed()
    {
        SignatureExplanation explanation = SignatureExplanation.Of(HttpMethod.Get, Received.Good.With(("content-type", "a")).Url);
        const string cause = "The client did not send the header 'content-type', which is signed. Send every header in RequiredHeaders.";

        explanation.CompareWith(SameText(explanation)).Should().BeEquivalentTo(new { Difference = SignatureDifference.MissingHeader, Cause = cause });
        explanation.CompareWith(SameText(explanation), Received.Credentials).Should().BeEquivalentTo(new { Difference = SignatureDifference.MissingHeader, Cause = cause });
    }

    [Fact]
    public void CompareWith_LockedHeader_IsNotMissing()
    {
        PresignedUrl presigned = TestPresigner.Create(options => options.LockUnsignedHeaders = true).Presign(new PutObject("k"));
        SignatureExplanation explanation = SignatureExplanation.Of(presigned.Method, presigned.Url);

        explanation.CompareWith(NoText).Difference.Should().Be(SignatureDifference.Unknown);
        explanation.CompareWith(SameText(explanation), Received.Credentials).Difference.Should().Be(SignatureDifference.SecretKey);
    }

    [Fact]
    public void CompareWith_Html_IsNamedUnlessTheCredentialsShowTheCause()
    {
        Sent("GET", "GET", "&foo=bar").CompareWith("<html>").Cause.Should().Contain("is an HTML page");
        Sent("GET", "GET", "&foo=bar").CompareWith("<html>", Received.Credentials).Difference.Should().Be(SignatureDifference.AppendedParameter);
        Sent("GET", "GET", "").CompareWith("<html>", Received.Credentials).Cause.Should().StartWith("The URL is signed with these credentials. ").And.Contain("is an HTML page");
    }

    [Theory]
    [InlineData("99991231", "604800")]
    [InlineData("99991231", "999999999999")]
    [InlineData("00010101", "-999999999999")]
    public void CompareWith_ExtremeInstant_DoesNotThrow(string day, string expires)
    {
        Received received = new() { Credential = $"{TestPresigner.AccessKeyId}%2F{day}%2Fnyc3%2Fs3%2Faws4_request", Date = day + "T235959Z", Expires = expires };
        SignatureExplanation explanation = SignatureExplanation.Of(HttpMethod.Get, received.Url);

        explanation.CompareWith("<Error><Code>AccessDenied</Code></Error>").Difference.Should().Be(SignatureDifference.OtherError);
        explanation.CompareWith(SameText(explanation), Received.Credentials).Difference.Should().Be(SignatureDifference.SecretKey);
    }

    [Fact]
    public void CompareWith_ExplanationOfAnOperation_AcceptsCredentialsToo()
    {
        SignatureExplanation explanation = TestPresigner.Create().Explain(new GetObject("k"));

        explanation.CompareWith(SameText(explanation), Received.Credentials).Should().Match<SignatureComparison>(one => one.Difference == SignatureDifference.SecretKey && one.Cause.Contains("except for the instant"));
    }

    private static SignatureExplanation Sent(string signedFor, string sent, string appended) => SignatureExplanation.Of(new HttpMethod(sent), (Received.Good with { Method = signedFor }).Url + appended);

    private static string SameText(SignatureExplanation explanation) =>
        $"<Error><Code>SignatureDoesNotMatch</Code><StringToSign>{explanation.StringToSign}</StringToSign><CanonicalRequest>{System.Security.SecurityElement.Escape(Unmasked(explanation))}</CanonicalRequest></Error>";

    private static string Unmasked(SignatureExplanation explanation) => explanation.CanonicalRequest.Replace("X-Amz-Security-Token=***", "X-Amz-Security-Token=abc", StringComparison.Ordinal);
}

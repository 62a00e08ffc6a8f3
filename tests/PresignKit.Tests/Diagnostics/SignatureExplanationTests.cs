using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

public class SignatureExplanationTests
{
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    // A URL copied from an email, a log or JSON is not the exact URL that was sent, but it still shows the signed text.
    [Theory]
    [InlineData("&", "&amp;", "*'&amp;'*")]
    [InlineData("&", "\\u0026", "*'\\u0026'*")]
    [InlineData("X-Amz-Date", "\r\n X-Amz-Date", "*line break*")]
    public void Of_PastedUrl_IsRepairedAndTheDamageIsNamed(string text, string damaged, string message)
    {
        string url = TestPresigner.Create().Presign(new GetObject("k")).Url;

        SignatureExplanation explanation = SignatureExplanation.Of(HttpMethod.Get, url.Replace(text, damaged));

        explanation.CanonicalRequest.Should().Be(SignatureExplanation.Of(HttpMethod.Get, url).CanonicalRequest);
        explanation.CompareWith("<Error><Code>SignatureDoesNotMatch</Code></Error>").Cause.Should().Match(message);
    }

    [Fact]
    public void Explain_Operation_ReturnsTheSignedText()
    {
        SignatureExplanation explanation = TestPresigner.Create().Explain(new PutObject("a b") { ContentType = "image/png" });

        explanation.CanonicalRequest.Should().Be(
            "PUT\n/a%20b\n"
            + "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=DO00EXAMPLEKEY%2F20260314%2Fnyc3%2Fs3%2Faws4_request&X-Amz-Date=20260314T150926Z&X-Amz-Expires=3600"
            + "&X-Amz-SignedHeaders=content-type%3Bhost\n"
            + "content-type:image/png\nhost:my-space.nyc3.digitaloceanspaces.com\n\ncontent-type;host\nUNSIGNED-PAYLOAD");
        explanation.StringToSign.Should().StartWith("AWS4-HMAC-SHA256\n20260314T150926Z\n20260314/nyc3/s3/aws4_request\n").And.HaveLength(16 + 1 + 16 + 1 + 29 + 1 + 64 + 1 - 1);
        explanation.SignedHeaders.Should().Equal("content-type", "host");
        explanation.ToString().Should().Contain(explanation.CanonicalRequest).And.Contain(explanation.StringToSign);
    }

    [Fact]
    public void Explain_Secrets_AreMasked()
    {
        S3Presigner presigner = TestPresigner.Create(options => options.SessionToken = TestPresigner.SessionToken);
        PutObject put = new("k") { SseCustomerKey = SseCustomerKey.FromBase64(Key) };

        SignatureExplanation explanation = presigner.Explain(put);
        SignatureComparison comparison = explanation.CompareWith(ErrorResponse(explanation.CanonicalRequest.Replace("***", "S3CRET", StringComparison.Ordinal)));

        explanation.ToString().Should().NotContain("t0ken").And.NotContain(Key).And.NotContain("s3cr3t").And.Contain("X-Amz-Security-Token=***&")
            .And.Contain("x-amz-server-side-encryption-customer-key:***\n").And.Contain("x-amz-server-side-encryption-customer-algorithm:AES256");
        comparison.Difference.Should().Be(SignatureDifference.ParameterValue);
        comparison.ToString().Should().NotContain("S3CRET").And.NotContain("t0ken").And.Contain("X-Amz-Security-Token=***").And.Contain("the credentials to which the session token belongs");
    }

    [Fact]
    public void Explain_BehindACdn_ShowsTheSignedHost() =>
        TestPresigner.Create(options => options.PublicUrl = "https://files.example").Explain(new GetObject("k")).CanonicalRequest
            .Should().Contain("\nhost:my-space.nyc3.digitaloceanspaces.com\n");

    [Fact]
    public void Of_Url_IsTheSameAsExplain()
    {
        S3Presigner presigner = TestPresigner.Create();
        GetObject get = new("k") { ResponseHeaders = new() { ContentType = "text/plain" } };

        SignatureExplanation.Of(HttpMethod.Get, presigner.Presign(get).Url).ToString().Should().Be(presigner.Explain(get).ToString());
    }

    [Theory]
    [InlineData("https://a.example/k", "does not contain a signature")]
    [InlineData("nonsense", "does not start with 'https://' or 'http://'")]
    [InlineData("https://a.example/k?AWSAccessKeyId=AK&Expires=1&Signature=b", "SigV2 or SigV4a, which SignatureExplanation.Of does not support")]
    public void Of_NotAPresignedUrl_Throws(string url, string problem) =>
        FluentActions.Invoking(() => SignatureExplanation.Of(HttpMethod.Get, url)).Should().Throw<ArgumentException>().WithMessage($"*{problem}*");

    [Theory]
    [InlineData("&a=1&a=2", "", "parameter more than once, or*which stores reject with 403. Remove one of the two")]
    [InlineData("&a=%zz", "", "The URL contains a '%' without two hexadecimal digits*Pass the URL as it was created")]
    [InlineData("", "authorization", "Authorization header*which stores reject with 400 or 403. Remove the header")]
    [InlineData("", "x-amz-acl", "The request contains an x-amz-* header that the URL does not sign*so stores reject it with 403. Presign the operation with that header")]
    public void Of_RequestThatNoStoreAccepts_NamesTheRemedy(string appended, string header, string problem)
    {
        KeyValuePair<string, string>[] headers = header.Length == 0 ? [] : TestPresigner.Pairs((header, "x"));

        FluentActions.Invoking(() => SignatureExplanation.Of(HttpMethod.Get, Received.Good.Url + appended, headers))
            .Should().Throw<ArgumentException>().WithMessage($"*{problem}*").WithParameterName("url");
    }

    [Fact]
    public void Of_ScopeOfADifferentDay_Throws()
    {
        Received received = Received.Good with { Date = "20260315T150926Z" };

        FluentActions.Invoking(() => SignatureExplanation.Of(HttpMethod.Get, received.Url)).Should().Throw<ArgumentException>().WithMessage("X-Amz-Credential and X-Amz-Date have different dates, so they were taken from different URLs. Presign the operation again*");
    }

    [Theory]
    [InlineData("GET\n", "HEAD\n", SignatureDifference.Method, 1, "GET does not cover HEAD")]
    [InlineData("\n/a%20b\n", "\n/other\n", SignatureDifference.Path, 2, "Compare the bucket and the key")]
    [InlineData("\n/a%20b\n", "\n/my-space/a%20b\n", SignatureDifference.Path, 2, "prefix")]
    [InlineData("\n/a%20b\n", "\n/a%2520b\n", SignatureDifference.Encoding, 2, "encoded twice")]
    [InlineData("\n/a%20b\n", "\n/%61%20b\n", SignatureDifference.Encoding, 2, "in a different encoding")]
    [InlineData("&X-Amz-SignedHeaders", "&X-Amz-SignedHeaders=host&foo=bar&X-Amz-SignedHeaders", SignatureDifference.AppendedParameter, 3, "'foo'")]
    [InlineData("&response-content-type=text%2Fplain", "", SignatureDifference.MissingParameter, 3, "'response-content-type'")]
    [InlineData("response-content-type=text%2Fplain", "response-content-type=text/plain", SignatureDifference.Encoding, 3, "'response-content-type'")]
    [InlineData("response-content-type=text%2Fplain", "response-content-type=text%2Fhtml", SignatureDifference.ParameterValue, 3, "'response-content-type'")]
    [InlineData("X-Amz-Credential=DO00EXAMPLEKEY", "X-Amz-Credential=OTHER", SignatureDifference.ParameterValue, 3, "the same access key")]
    [InlineData("X-Amz-Credential=DO00EXAMPLEKEY%2F20260314%2Fnyc3%2Fs3%2Faws4_request", "X-Amz-Credential=OTHER", SignatureDifference.ParameterValue, 3, "the same access key")]
    [InlineData("response-content-type=text%2Fplain", "response-content-type=", SignatureDifference.ParameterValue, 3, "'response-content-type'")]
    [InlineData("&X-Amz-SignedHeaders", "&foo&X-Amz-SignedHeaders", SignatureDifference.AppendedParameter, 3, "received the unsigned parameter 'foo'. ")]
    [InlineData("&X-Amz-SignedHeaders", "&=x&X-Amz-SignedHeaders", SignatureDifference.AppendedParameter, 3, "received the unsigned parameter ''. ")]
    [InlineData("&X-Amz-SignedHeaders", "&&X-Amz-SignedHeaders", SignatureDifference.Encoding, 3, "a different order or encoding")]
    [InlineData("host:my-space.nyc3.digitaloceanspaces.com", "host:minio:9000", SignatureDifference.Host, 5, "proxy")]
    [InlineData("cache-control:no-cache\n", "", SignatureDifference.MissingHeader, 4, "'cache-control'")]
    [InlineData("cache-control:no-cache", "cache-control:no-store", SignatureDifference.HeaderValue, 4, "'cache-control'")]
    [InlineData("cache-control:no-cache\n", "cache-control:no-cache\nfoo:bar\n", SignatureDifference.SignedHeaders, 5, "'foo'")]
    [InlineData("\ncache-control;host\n", "\nhost\n", SignatureDifference.SignedHeaders, 7, "lists of signed headers")]
    [InlineData("UNSIGNED-PAYLOAD", "e3b0c442", SignatureDifference.Payload, 8, "UNSIGNED-PAYLOAD")]
    public void CompareWith_OneChange_FindsLineAndCause(string part, string theirs, SignatureDifference difference, int line, string cause)
    {
        SignatureExplanation ours = Explanation();
        string canonicalRequest = ours.CanonicalRequest;
        canonicalRequest.Should().Contain(part);

        SignatureComparison comparison = ours.CompareWith(ErrorResponse(canonicalRequest.Replace(part, theirs, StringComparison.Ordinal)));

        comparison.Difference.Should().Be(difference);
        comparison.Line.Should().Be(line);
        comparison.Cause.Should().Contain(cause);
        comparison.ToString().Should().Contain($"Line {line} differs").And.Contain(comparison.Ours).And.Contain(comparison.Theirs).And.EndWith(comparison.Cause);
    }

    [Theory]
    [InlineData("X-Amz-Expires=3600", "X-Amz-Expires=7200", "cannot be changed after signing: use Resign")]
    [InlineData("X-Amz-SignedHeaders=cache-control%3Bhost", "X-Amz-SignedHeaders=host", "Presign with the same headers")]
    [InlineData("text%2Fplain", "text%2Fhtml", "To change it after signing, use Resign")]
    [InlineData("X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Algorithm=AWS4-HMAC-SHA512", "Presign the operation with that value.")]
    public void CompareWith_ParameterWithADifferentValue_HintsAtTheCause(string part, string theirs, string hint)
    {
        SignatureExplanation ours = Explanation();

        SignatureComparison comparison = ours.CompareWith(ErrorResponse(ours.CanonicalRequest.Replace(part, theirs, StringComparison.Ordinal)));

        comparison.Difference.Should().Be(SignatureDifference.ParameterValue);
        comparison.Cause.Should().Contain(hint);
    }

    [Theory]
    [InlineData("20260314T150926Z", "20260314")]
    [InlineData("20260313T150926Z", "20260313")]
    public void CompareWith_ResponseToADifferentUrl_SaysSo(string date, string day)
    {
        SignatureExplanation url = SignatureExplanation.Of(HttpMethod.Get, (Received.Good with { Date = "20260314T160000Z" }).Url);
        string other = SignatureExplanation.Of(HttpMethod.Get, Received.Good.Url).CanonicalRequest
            .Replace("20260314T150926Z", date, StringComparison.Ordinal).Replace("%2F20260314%2F", $"%2F{day}%2F", StringComparison.Ordinal).Replace("&X-Amz-SignedHeaders", "&foo=1&X-Amz-SignedHeaders", StringComparison.Ordinal);

        SignatureComparison comparison = url.CompareWith(ErrorResponse(other));

        comparison.Difference.Should().Be(SignatureDifference.ParameterValue);
        comparison.Cause.Should().Be("The store received a URL that was signed at a different time, so it is not this URL. Pass the response to this URL.");
    }

    [Fact]
    public void CompareWith_SameParametersInADifferentOrder_IsAnEncodingDifference()
    {
        SignatureExplanation ours = Explanation();
        const string moved = "&response-content-type=text%2Fplain";
        string theirs = ours.CanonicalRequest.Replace(moved, "", StringComparison.Ordinal).Replace("\nX-Amz-Algorithm", "\n" + moved[1..] + "&X-Amz-Algorithm", StringComparison.Ordinal);

        ours.CompareWith(ErrorResponse(theirs)).Should().Match<SignatureComparison>(
            one => one.Difference == SignatureDifference.Encoding && one.Line == 3 && one.Cause.Contains("a different order or encoding"));
    }

    [Theory]
    [InlineData(10, "'p09'. ")]
    [InlineData(11, "'p09' and 1 more. ")]
    [InlineData(30, "'p09' and 20 more. ")]
    public void CompareWith_ManyParametersAppended_ListsTen(int count, string end)
    {
        SignatureExplanation ours = Explanation();
        string appended = string.Concat(Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"&p{i:D2}=%20")));

        SignatureComparison comparison = ours.CompareWith(ErrorResponse(ours.CanonicalRequest.Replace("&X-Amz-SignedHeaders", appended + "&X-Amz-SignedHeaders", StringComparison.Ordinal)));

        comparison.Difference.Should().Be(SignatureDifference.AppendedParameter);
        comparison.Cause.Should().StartWith("The store received the unsigned parameters 'p00', 'p01', ").And.Contain(end).And.NotContain("'p10'");
    }

    [Fact]
    public void CompareWith_LineThatOnlyOneSideHas_ShowsTheMissingLine()
    {
        SignatureExplanation ours = Explanation();

        SignatureComparison shorter = ours.CompareWith(ErrorResponse(ours.CanonicalRequest[..ours.CanonicalRequest.LastIndexOf('\n')]));
        SignatureComparison longer = ours.CompareWith(ErrorResponse(ours.CanonicalRequest + "\nmore"));

        shorter.Should().BeEquivalentTo(new { Difference = SignatureDifference.Payload, Line = 8, Ours = "UNSIGNED-PAYLOAD", Theirs = (string?)null });
        shorter.ToString().Should().Contain("seen by the store: (no such line)");
        longer.Should().BeEquivalentTo(new { Line = 9, Ours = (string?)null, Theirs = "more" });
        longer.ToString().Should().Contain("signed here:       (no such line)");
    }

    [Fact]
    public void CompareWith_IncompleteCanonicalRequest_FindsTheFirstDifference()
    {
        SignatureExplanation ours = Explanation();

        ours.CompareWith(ErrorResponse("HEAD")).Should().Match<SignatureComparison>(
            one => one.Difference == SignatureDifference.Method && one.Cause.StartsWith("The URL is signed for GET, but the store received HEAD.", StringComparison.Ordinal));
        ours.CompareWith(ErrorResponse("GET\n/a%20b")).Should().BeEquivalentTo(new { Difference = SignatureDifference.MissingParameter, Line = 3, Theirs = (string?)null });
        ours.CompareWith(ErrorResponse(string.Join('\n', ours.CanonicalRequest.Split('\n')[..3]))).Should().BeEquivalentTo(
            new { Difference = SignatureDifference.MissingHeader, Line = 4, Ours = "cache-control:no-cache", Theirs = (string?)null });
        ours.CompareWith(ErrorResponse("GET")).Should().Match<SignatureComparison>(
            one => one.Difference == SignatureDifference.Path && one.Line == 2 && one.Theirs == null && one.Cause.StartsWith("The store received a different path", StringComparison.Ordinal));
        ours.CompareWith(ErrorResponse("")).Cause.Should().StartWith("The URL is signed for GET, but the store received no method.");
    }

    [Fact]
    public void CompareWith_StoresRequestThatEndsAfterTheHeaders_DoesNotNameAHeader()
    {
        SignatureExplanation ours = Explanation();

        ours.CompareWith(ErrorResponse(string.Join('\n', ours.CanonicalRequest.Split('\n')[..5]))).Should().Match<SignatureComparison>(
            one => one.Difference == SignatureDifference.SignedHeaders && one.Line == 6 && one.Theirs == null && one.Cause.Contains("ends before the list of signed headers"));
    }

    // XML parsers read a plain \r\n as \n, but keep an escaped one.
    [Theory]
    [InlineData("&#13;\n")]
    [InlineData("\n")]
    public void CompareWith_LineBreaksInTheResponse_AreIgnored(string lineBreak)
    {
        PresignedUrl presigned = TestPresigner.Create().Presign(Operation);
        SignatureExplanation ours = SignatureExplanation.Of(presigned.Method, presigned.Url, presigned.RequiredHeaders);

        string response = ErrorResponse("\n" + ours.CanonicalRequest + "\n", "\n" + ours.StringToSign + "\n");

        ours.CompareWith(response[response.IndexOf("<Error>", StringComparison.Ordinal)..].Replace("\n", lineBreak, StringComparison.Ordinal), Received.Credentials)
            .Difference.Should().Be(SignatureDifference.SecretKey);
    }

    [Fact]
    public void CompareWith_ParameterWithoutEqualsSign_IsAnEncodingDifference()
    {
        SignatureExplanation ours = TestPresigner.Create().Explain(new GetObject("k") { Query = TestPresigner.Pairs(("flag", "")) });

        ours.CompareWith(ErrorResponse(ours.CanonicalRequest.Replace("flag=", "flag", StringComparison.Ordinal))).Difference.Should().Be(SignatureDifference.Encoding);
    }

    [Fact]
    public void Null_Throws()
    {
        FluentActions.Invoking(() => SignatureExplanation.Of(null!, Received.Good.Url)).Should().Throw<ArgumentNullException>().WithParameterName("method");
        FluentActions.Invoking(() => SignatureExplanation.Of(HttpMethod.Get, null!)).Should().Throw<ArgumentNullException>().WithParameterName("url");
        FluentActions.Invoking(() => Explanation().CompareWith(null!)).Should().Throw<ArgumentNullException>().WithParameterName("errorResponse");
        FluentActions.Invoking(() => Explanation().CompareWith(null!, Received.Credentials)).Should().Throw<ArgumentNullException>().WithParameterName("errorResponse");
        FluentActions.Invoking(() => Explanation().CompareWith("", null!)).Should().Throw<ArgumentNullException>().WithParameterName("credentials");
    }

    [Fact]
    public void CompareWith_StringToSignAlone_IsNotComparedWithThatOfADifferentInstant() =>
        Explanation().CompareWith(ErrorResponse(null, Explanation().StringToSign)).Difference.Should().Be(SignatureDifference.Unknown);

    [Fact]
    public void CompareWith_DifferentStringToSign_NamesTheLineAndTheCause()
    {
        PresignedUrl presigned = TestPresigner.Create().Presign(Operation);
        SignatureExplanation ours = SignatureExplanation.Of(presigned.Method, presigned.Url, presigned.RequiredHeaders);

        ours.CompareWith(ErrorResponse(null, ours.StringToSign[..^4] + "0000")).Cause.Should().Contain("does not contain the store's canonical request");
        ours.CompareWith(ErrorResponse(ours.CanonicalRequest, ours.StringToSign[..^4] + "0000")).Cause.Should().Contain("Check that X-Amz-Date and X-Amz-Credential");
        ours.CompareWith(ErrorResponse(null, ours.StringToSign.Replace("T150926Z", "T150927Z", StringComparison.Ordinal)))
            .Should().Match<SignatureComparison>(one => one.Line == 2 && one.Cause.Contains("Check that X-Amz-Date and X-Amz-Credential"));
        ours.CompareWith(ErrorResponse(null, "AWS4-HMAC-SHA256")).Should().BeEquivalentTo(new { Line = 2, Theirs = (string?)null });
    }

    [Fact]
    public void CompareWith_SignedOnADifferentDayWithASlashInTheAccessKeyId_ComparesTheRest()
    {
        static SignatureExplanation At(DateTimeOffset now) => TestPresigner.Create(options => options.AccessKeyId = "team/AK", new FakeTimeProvider(now)).Explain(Operation);

        At(TestPresigner.Now.AddDays(3)).CompareWith(ErrorResponse(At(TestPresigner.Now).CanonicalRequest)).Difference.Should().Be(SignatureDifference.SecretKey);
    }

    [Fact]
    public void CompareWith_SignedAtADifferentInstant_ExplainsHowToCompareIt() =>
        Explanation().CompareWith(ErrorResponse(Explanation().CanonicalRequest, "another")).Cause.Should().Contain("except for the instant").And.Contain("Compare the two keys");

    [Fact]
    public void CompareWith_LastHeaderOnOneSideOnly_IsNamed()
    {
        SignatureExplanation ours = TestPresigner.Create().Explain(new PutObject("k") { Metadata = new Dictionary<string, string> { ["a"] = "1" } });

        ours.CompareWith(ErrorResponse(ours.CanonicalRequest.Replace("x-amz-meta-a:1\n", "", StringComparison.Ordinal)))
            .Should().Match<SignatureComparison>(one => one.Difference == SignatureDifference.MissingHeader && one.Line == 5 && one.Cause.Contains("did not receive the header 'x-amz-meta-a', which is signed"));
        ours.CompareWith(ErrorResponse(ours.CanonicalRequest.Replace("x-amz-meta-a:1\n", "x-amz-meta-a:1\nx-amz-meta-b:2\n", StringComparison.Ordinal)))
            .Should().Match<SignatureComparison>(one => one.Difference == SignatureDifference.SignedHeaders && one.Line == 6 && one.Cause.Contains("signed the header 'x-amz-meta-b'"));
    }

    [Fact]
    public void CompareWith_TokenTwiceInTheStoresLine_IsMaskedTwice()
    {
        SignatureExplanation ours = Explanation();
        string theirs = ours.CanonicalRequest.Replace("&X-Amz-SignedHeaders", "&X-Amz-Security-Token=one&a=1&X-Amz-Security-Token=two&X-Amz-SignedHeaders", StringComparison.Ordinal);

        ours.CompareWith(ErrorResponse(theirs)).Theirs.Should().Contain("&X-Amz-Security-Token=***&a=1&X-Amz-Security-Token=***&X-Amz-SignedHeaders=");
    }

    [Fact]
    public void CompareWith_ElementsInAnyOrder_AreAllRead()
    {
        SignatureExplanation ours = SignatureExplanation.Of(HttpMethod.Get, Received.Good.Url);
        string request = $"<CanonicalRequest>{Escape(ours.CanonicalRequest)}</CanonicalRequest>", text = "<StringToSign>other</StringToSign>";

        ours.CompareWith($"<Error>{request}{text}<Code>SignatureDoesNotMatch</Code></Error>").Difference.Should().Be(SignatureDifference.StringToSign);
        ours.CompareWith($"<Error><Code>SignatureDoesNotMatch</Code>{text}{request}</Error>").Difference.Should().Be(SignatureDifference.StringToSign);
        ours.CompareWith($"<Error>{request}<Code>AccessDenied</Code></Error>").Difference.Should().Be(SignatureDifference.OtherError);
        ours.CompareWith($"<Error>{text}<Code>AccessDenied</Code></Error>").Difference.Should().Be(SignatureDifference.OtherError);
    }

    [Fact]
    public void CompareWith_SignedAtADifferentInstant_ComparesTheRest()
    {
        SignatureExplanation later = TestPresigner.Create(clock: new FakeTimeProvider(TestPresigner.Now.AddDays(40))).Explain(Operation);
        string theirs = Explanation().CanonicalRequest;

        later.CompareWith(ErrorResponse(theirs)).Difference.Should().Be(SignatureDifference.SecretKey);
        later.CompareWith(ErrorResponse(theirs.Replace("host:", "host:x", StringComparison.Ordinal))).Difference.Should().Be(SignatureDifference.Host);
    }

    [Fact]
    public void CompareWith_SameRequestOfAUrl_ComparesTheStringToSign()
    {
        PresignedUrl presigned = TestPresigner.Create().Presign(Operation);
        SignatureExplanation ours = SignatureExplanation.Of(presigned.Method, presigned.Url, presigned.RequiredHeaders);

        ours.CompareWith(ErrorResponse(ours.CanonicalRequest, ours.StringToSign), Received.Credentials).Should().Match<SignatureComparison>(
            one => one.Difference == SignatureDifference.SecretKey && one.Cause.Contains("white space at either end"));
        ours.CompareWith(ErrorResponse(ours.CanonicalRequest, ours.StringToSign.Replace("nyc3", "ams3", StringComparison.Ordinal)))
            .Should().BeEquivalentTo(new { Difference = SignatureDifference.StringToSign, Line = 3, Theirs = "20260314/ams3/s3/aws4_request" });
        ours.CompareWith(ErrorResponse(null, ours.StringToSign[..^4] + "0000")).Should().BeEquivalentTo(new { Difference = SignatureDifference.StringToSign, Line = 4 });
        SignatureExplanation.Of(presigned.Method, presigned.Url.Replace("3600", "3601", StringComparison.Ordinal), presigned.RequiredHeaders)
            .CompareWith(ErrorResponse(ours.CanonicalRequest)).Difference.Should().Be(SignatureDifference.ParameterValue);
    }

    [Theory]
    [InlineData("<Error><Code>SignatureDoesNotMatch</Code></Error>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><Error><CanonicalRequest>&b;</CanonicalRequest></Error>")]
    public void CompareWith_ResponseWithoutTheSignedText_IsUnknown(string response)
    {
        SignatureComparison comparison = Explanation().CompareWith(response);

        comparison.Difference.Should().Be(SignatureDifference.Unknown);
        comparison.ToString().Should().Be(comparison.Cause).And.Contain("does not contain the text that the store signed").And.Contain("debug_rgw is 20");
    }

    [Theory]
    [InlineData("AccessDenied", "expired")]
    [InlineData("RequestTimeTooSkewed", "clock")]
    [InlineData("InvalidAccessKeyId", "does not know the access key")]
    [InlineData("ExpiredToken", "session token")]
    [InlineData("InvalidToken", "session token")]
    [InlineData("TokenRefreshRequired", "session token")]
    [InlineData("AuthorizationQueryParametersError", "a wrong region")]
    [InlineData("AuthorizationHeaderMalformed", "a wrong region")]
    [InlineData("NoSuchBucket", "bucket and the key")]
    [InlineData("NoSuchTagSet", "Look up the error code")]
    public void CompareWith_OtherError_NamesTheCodeAndTheCause(string code, string hint) => Explanation().CompareWith($"<Error><Code>{code}</Code></Error>")
        .Should().Match<SignatureComparison>(one => one.Difference == SignatureDifference.OtherError && one.Cause.Contains(code) && one.Cause.Contains(hint));

    private static GetObject Operation => new("a b")
    {
        ResponseHeaders = new() { ContentType = "text/plain" },
        Headers = TestPresigner.Pairs(("cache-control", "no-cache")),
    };

    private static SignatureExplanation Explanation() => TestPresigner.Create().Explain(Operation);

    private static string ErrorResponse(string? canonicalRequest, string? stringToSign = null) =>
        "<?xml version='1.0' encoding='UTF-8'?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request…</Message>"
        + (stringToSign is null ? "" : $"<StringToSign>{Escape(stringToSign)}</StringToSign>")
        + (canonicalRequest is null ? "" : $"<CanonicalRequest>{Escape(canonicalRequest)}</CanonicalRequest>") + "</Error>";

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);
}

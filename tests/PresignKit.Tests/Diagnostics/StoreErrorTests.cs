namespace PresignKit.Tests;

/// <summary>Error responses of stores, with the elements that AWS and other stores send.</summary>
public class StoreErrorTests
{
    [Theory]
    [InlineData(
        "<Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>60</X-Amz-Expires><Expires>2026-03-14T15:10:26Z</Expires><ServerTime>2026-03-14T16:00:00Z</ServerTime>",
        "'AccessDenied' and the message 'Request has expired' (Expires '2026-03-14T15:10:26Z', ServerTime '2026-03-14T16:00:00Z'). The URL has expired*use Resign with ExpiresIn.")]
    [InlineData("<Code>ExpiredRequest</Code><Message>Request has expired.</Message>", "*The URL has expired by the store's clock*")]
    [InlineData("<Code>AccessDenied</Code><Message>Access Denied.</Message>", "*may have expired*check the policy*")]
    [InlineData("<Code>AccessDenied</Code>", "*may have expired*check the policy*")]
    [InlineData(
        "<Code>AccessDenied</Code><Message>There were headers present in the request which were not signed</Message><HeadersNotSigned>x-amz-acl, x-amz-meta-a</HeadersNotSigned>",
        "*which were not signed' (HeadersNotSigned 'x-amz-acl, x-amz-meta-a')*sends 'x-amz-acl, x-amz-meta-a', which the URL does not sign*")]
    [InlineData(
        "<Code>AuthorizationQueryParametersError</Code><Message>Error parsing the X-Amz-Credential parameter; the region 'us-east-1' is wrong; expecting 'eu-west-1'</Message><Region>eu-west-1</Region>",
        "*expecting 'eu-west-1''*expects the region 'eu-west-1'. Presign with that region.")]
    [InlineData("<Code>AuthorizationHeaderMalformed</Code><Message>the region 'a' is wrong; expecting 'b-1'</Message>", "*expects the region 'b-1'*")]
    [InlineData("<Code>AuthorizationHeaderMalformed</Code><Message>wrong; expecting 'b-1</Message>", "*usually because of a wrong region*")]
    [InlineData(
        "<Code>PermanentRedirect</Code><Message>Please send all future requests to this endpoint.</Message><Endpoint>my-space.s3.eu-west-1.amazonaws.com</Endpoint><Bucket>my-space</Bucket>",
        "*The bucket is at 'my-space.s3.eu-west-1.amazonaws.com'. Presign with that endpoint and its region*")]
    [InlineData(
        "<Code>NotImplemented</Code><Message>A header you provided implies functionality that is not implemented</Message><Header>x-amz-tagging</Header>",
        "*(Header 'x-amz-tagging')*does not support the header 'x-amz-tagging'*")]
    [InlineData("<Code>NotImplemented</Code>", "*Use an operation that it supports.")]
    [InlineData(
        "<Code>InvalidArgument</Code><Message>Part number must be an integer between 1 and 10000, inclusive</Message><ArgumentName>partNumber</ArgumentName><ArgumentValue>0</ArgumentValue>",
        "*ArgumentName 'partNumber', ArgumentValue '0')*Correct the value of 'partNumber'.")]
    [InlineData("<Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message>", "*has an Authorization header in addition*without that header.")]
    [InlineData(
        "<Code>RequestTimeTooSkewed</Code><RequestTime>20260314T150926Z</RequestTime><ServerTime>2026-03-14T17:00:00Z</ServerTime><MaxAllowedSkewMilliseconds>300000</MaxAllowedSkewMilliseconds>",
        "*by more than 5 minutes. Correct the clock.")]
    [InlineData("<Code>RequestTimeTooSkewed</Code>", "*by more than 15 minutes*")]
    [InlineData("<Code>AccessDenied</Code><Message>Invalid according to Policy: Policy Condition failed: [\"eq\", \"$acl\", \"private\"]</Message>", "*[\"eq\", \"$acl\", \"private\"]*that its policy does not allow*")]
    [InlineData("<Code>AccessDenied</Code><Message>Invalid according to Policy: Policy expired.</Message>", "*The URL has expired*")]
    [InlineData("<Code>EntityTooLarge</Code><ProposedSize>9</ProposedSize><MaxSizeAllowed>5</MaxSizeAllowed>", "*(ProposedSize '9', MaxSizeAllowed '5')*Send a body within these limits.")]
    [InlineData("<Code>ExpiredToken</Code><Message>The provided token has expired.</Message><Token-0>abc</Token-0>", "*'The provided token has expired'. The session token*Renew the credentials.")]
    public void CompareWith_OtherError_QuotesTheStoresMessage(string elements, string cause)
    {
        SignatureComparison comparison = Explanation().CompareWith($"<?xml version=\"1.0\"?><Error>{elements}<RequestId>4442587FB7D0A2F9</RequestId><HostId>h</HostId></Error>");

        comparison.Difference.Should().Be(SignatureDifference.OtherError);
        comparison.Cause.Should().Match((cause[0] == '*' ? "" : "*") + cause).And.NotContain("4442587FB7D0A2F9").And.NotContain("Message.");
        comparison.Line.Should().BeNull();
    }

    [Fact]
    public void CompareWith_AccessDeniedForAUrl_ContainsTheExpiry() =>
        SignatureExplanation.Of(HttpMethod.Get, Received.Good.Url).CompareWith("<Error><Code>AccessDenied</Code></Error>").Cause.Should().Contain("valid until 2026-03-14 16:09:26Z");

    [Theory]
    [InlineData("<Message>The token t0ken/Do+Not=Show is bad</Message>")]
    [InlineData("<Message>The token 't0ken/Do+Not=…' is bad</Message>")]
    [InlineData("<Message>The token t0ken%2FDo%2BNot%3DShow is bad</Message>")]
    [InlineData("<Message>bad: X-Amz-Security-Token=0therT0ken&amp;X-Amz-Signature=5ecret</Message>")]
    [InlineData("<Message>key AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= is bad</Message>")]
    [InlineData("<ArgumentName>x-amz-security-token</ArgumentName><ArgumentValue>0therT0ken</ArgumentValue>")]
    [InlineData("<ArgumentName>Authorization</ArgumentName><ArgumentValue>Bearer 5ecret</ArgumentValue>")]
    [InlineData("<ArgumentName>x-amz-server-side-encryption-customer-key</ArgumentName><ArgumentValue>5ecret</ArgumentValue>")]
    [InlineData("<Token-0>t0ken/Do+Not=Show</Token-0><SignatureProvided>5ecret</SignatureProvided>")]
    [InlineData("<Details>Signature=5ecret</Details>")]
    public void CompareWith_MessageWithASecret_IsMasked(string elements)
    {
        SignatureExplanation explanation = TestPresigner.Create(options => options.SessionToken = TestPresigner.SessionToken)
            .Explain(new PutObject("k") { SseCustomerKey = new SseCustomerKey(new byte[32]) });

        explanation.CompareWith($"<Error><Code>InvalidArgument</Code>{elements}</Error>").ToString()
            .Should().Contain("InvalidArgument").And.NotContain("t0ken").And.NotContain("0therT0ken").And.NotContain("5ecret").And.NotContain("AAAA");
    }

    [Fact]
    public void CompareWith_LongMessage_IsTruncated() =>
        Explanation().CompareWith($"<Error><Code>AccessDenied</Code><Message>{new string('x', 100_000)}</Message></Error>").Cause.Should().Contain("xxx…").And.Subject.Length.Should().BeLessThan(1_000);

    [Theory]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Type: application/xml\r\nServer: AmazonS3\r\n\r\n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/2 403\r\n\r\n", "\n")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?>", "")]
    [InlineData("\uFEFF", "")]
    [InlineData("This XML file does not appear to have any style information associated with it. The document tree is shown below.\n", "\n")]
    [InlineData("2026-03-14 15:09:26 WARN upload failed: 403 <ErrorCount>1</ErrorCount> ", " (attempt 3 of 3)")]
    [InlineData("<ErrorResponse xmlns=\"https://example.com/\">", "<RequestId>1</RequestId></ErrorResponse>")]
    [InlineData("", "<unclosed")]
    public void CompareWith_TextAroundTheXml_IsIgnored(string before, string after)
    {
        Explanation().CompareWith(before + "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>" + after).Cause
            .Should().Be("The store responded with 'AccessDenied' and the message 'Request has expired'. The URL has expired by the store's clock. Presign the operation again, or use Resign with ExpiresIn.");
        Explanation().CompareWith(before + "<Error xmlns=\"a\">\n  <Code> AccessDenied </Code>\n</Error>" + after).Cause.Should().StartWith("The store responded with 'AccessDenied'. ");
    }

    [Fact]
    public void CompareWith_ControlCharacterInTheKey_IsRead()
    {
        SignatureExplanation explanation = Explanation();

        explanation.CompareWith("<Error><Key>a&#x1;b</Key><Code>SignatureDoesNotMatch</Code><CanonicalRequest>HEAD</CanonicalRequest></Error>").Difference.Should().Be(SignatureDifference.Method);
    }

    [Theory]
    [InlineData("", "does not have a body")]
    [InlineData(" \r\n", "does not have a body")]
    [InlineData("HTTP/1.1 403 Forbidden\r\nServer: AmazonS3\r\n\r\n", "does not have a body")]
    [InlineData("HTTP/1.1 403 Forbidden\r\nServer: AmazonS3", "does not have a body")]
    [InlineData("<!DOCTYPE html><html><body>403 Forbidden</body></html>", "is an HTML page")]
    [InlineData("HTTP/1.1 403 Forbidden\r\nServer: nginx\r\n\r\n<html>\r\n<head><title>403 Forbidden</title></head>", "is an HTML page")]
    [InlineData("{\"statusCode\":\"403\",\"error\":\"Unauthorized\"}", "is JSON")]
    [InlineData("\uFEFF[]", "is JSON")]
    [InlineData("no XML", "does not contain an <Error> element")]
    [InlineData("<ListBucketResult/>", "does not contain an <Error> element")]
    [InlineData("<Error", "does not contain the text that the store signed")]
    public void CompareWith_ResponseWithoutAnError_DescribesIt(string response, string cause) => Explanation().CompareWith(response)
        .Should().Match<SignatureComparison>(one => one.Difference == SignatureDifference.Unknown && one.Line == null && one.Cause.Contains(cause));

    [Theory]
    [InlineData("x-amz-meta-user_id", "", "nginx does so with names that contain '_' or '.', unless it is configured with 'underscores_in_headers on'. Use a name with '-'")]
    [InlineData("x-amz-meta-user.id", "", "unless it is configured with 'ignore_invalid_headers off'")]
    [InlineData("x-amz-meta-user_id", "HTTP/1.1 403\r\nServer: nginx/1.22.1\r\n\r\n", "'underscores_in_headers on' (the response came through a proxy: 'Server: nginx/1.22.1')")]
    [InlineData("x-amz-meta-id", "HTTP/1.1 403\r\nVia: 1.1 varnish\r\n\r\n", "Send every header in RequiredHeaders, and if the client does, look for a proxy that drops it (the response came through a proxy: 'Via: 1.1 varnish').")]
    [InlineData("x-amz-meta-id", "< HTTP/1.1 403\r\n< Via: 1.1 varnish\r\n< \r\n", "'Via: 1.1 varnish'")]
    [InlineData("x-amz-meta-id", "HTTP/1.1 403\r\nServer: AmazonS3\r\n\r\n", "look for a proxy that drops it.")]
    public void CompareWith_HeaderThatDidNotArrive_SuspectsTheProxyToo(string name, string before, string cause)
    {
        SignatureExplanation explanation = TestPresigner.Create().Explain(new PutObject("k") { Headers = TestPresigner.Pairs((name, "1")) });
        string theirs = explanation.CanonicalRequest.Replace(name + ":1\n", "", StringComparison.Ordinal);

        explanation.CompareWith($"{before}<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>{System.Security.SecurityElement.Escape(theirs)}</CanonicalRequest></Error>")
            .Should().Match<SignatureComparison>(one => one.Difference == SignatureDifference.MissingHeader && one.Cause.StartsWith($"The store did not receive the header '{name}', which is signed") && one.Cause.Contains(cause));
    }

    [Theory]
    [InlineData("cache-control", "private, no-store", "no-store, private", true)]
    [InlineData("content-type", "text/plain;charset=utf-8", "text/plain; charset=utf-8", true)]
    [InlineData("content-disposition", "attachment;filename=\"a.txt\"", "attachment; filename=\"a.txt\"", true)]
    [InlineData("accept-language", "de,en", "de, en", true)]
    [InlineData("if-modified-since", "Saturday, 14-Mar-26 15:09:26 GMT", "Sat, 14 Mar 2026 15:09:26 GMT", true)]
    [InlineData("cache-control", "no-store", "no-cache", false)]
    [InlineData("content-type", "text/plain", "text/plain; charset=utf-8", false)]
    public void CompareWith_ValueInADifferentForm_SuspectsSystemNetHttp(string name, string signedValue, string sent, bool isRewritten)
    {
        string url = Received.Good.With((name, signedValue)).Url;
        SignatureExplanation explanation = SignatureExplanation.Of(HttpMethod.Get, url, TestPresigner.Pairs((name, signedValue)));
        string theirs = explanation.CanonicalRequest.Replace($"{name}:{signedValue}\n", $"{name}:{sent}\n", StringComparison.Ordinal);

        SignatureComparison comparison = explanation.CompareWith($"<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>{System.Security.SecurityElement.Escape(theirs)}</CanonicalRequest></Error>");

        comparison.Difference.Should().Be(SignatureDifference.HeaderValue);
        comparison.Cause.Should().Contain(isRewritten ? $"System.Net.Http rewrites values as soon as a handler, a logger or Headers.Add reads them, and so do proxies, so presign the operation with the form that is sent: '{sent}'." : "Send the exact value in RequiredHeaders.");
    }

    private static SignatureExplanation Explanation() => TestPresigner.Create().Explain(new GetObject("k"));
}

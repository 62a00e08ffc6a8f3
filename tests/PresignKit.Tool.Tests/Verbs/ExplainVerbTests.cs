using System.Net;
using System.Text.Json;

namespace PresignKit.Tool.Tests.Verbs;

public sealed class ExplainVerbTests : IDisposable
{
    private const string NoText = "<?xml version=\"1.0\"?><Error><Code>SignatureDoesNotMatch</Code><RequestId>tx0</RequestId></Error>";

    private readonly FakeTool _tool = new FakeTool().WithKeys();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Explain_StoreSawAnotherHost_PrintsOnlyThatLine()
    {
        string response = Response(HttpMethod.Get, SampleUrls.Get, text => text.Replace("host:my-space.nyc3", "host:files", StringComparison.Ordinal));

        ToolResult result = await _tool.RunAsync("explain", SampleUrls.Get, File("HTTP/1.1 403 Forbidden\r\nserver: ceph\r\n\r\n" + response));

        result.Output.Should().Be("""
            403 SignatureDoesNotMatch: the host is different
              signed here         host:my-space.nyc3.digitaloceanspaces.com
              seen by the store   host:files.digitaloceanspaces.com
            The store received a different host, because of a proxy, a CDN, a Docker host name or a missing port. Sign the host that the store receives (--endpoint-url), or configure the proxy to forward the Host header.

            """);
        result.Error.Should().BeEmpty();
        result.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Explain_AppendedParameter_PrintsOnlyTheParameter()
    {
        string response = Response(HttpMethod.Get, SampleUrls.Get, text => text.Replace("&response-content-type=", "&foo=1&response-content-type=", StringComparison.Ordinal));

        ToolResult result = await _tool.RunAsync("explain", SampleUrls.Get, File(response));

        result.Output.Should().Be("""
            SignatureDoesNotMatch: a query parameter was appended after signing
              signed here         (nothing)
              seen by the store   foo=1
            The store received the unsigned parameter 'foo'. Instead of appending to a URL, use --query-param or --response-… when you create it, or 'presign resign'.

            """);
        result.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Explain_UrlAsItWasSent_FindsTheAppendedParameterWithCredentials()
    {
        string sent = SampleUrls.Get + "&foo=1";
        string response = Response(HttpMethod.Get, sent);

        ToolResult with = await _tool.RunAsync("explain", sent, File(response));
        ToolResult without = await new FakeToolWithoutKeys(_tool).RunAsync("explain", sent, File(response));

        with.Output.Should().Be("""
            SignatureDoesNotMatch: a query parameter was appended after signing
            The signature is correct without the parameter 'foo', which was appended after signing. Instead of appending to a URL, use --query-param or --response-… when you create it, or 'presign resign'.

            """);
        without.Output.Should().StartWith("SignatureDoesNotMatch: a query parameter was appended after signing\nThe parameter 'foo' after X-Amz-Signature was probably appended after signing.");
        new[] { with, without }.Should().OnlyContain(result => result.ExitCode == 1);
    }

    [Fact]
    public async Task Explain_KeysOfAnotherAccount_AnswersAsWithoutThem()
    {
        string sent = SampleUrls.Get + "&foo=1";
        string response = Response(HttpMethod.Get, sent);
        ToolResult without = await new FakeToolWithoutKeys(_tool).RunAsync("explain", sent, File(response));
        _tool.WithCredentials("[other]\naws_access_key_id = OTHERPROFILEKEY00000\naws_secret_access_key = other-secret\n").WithKeys("OTHERACCESSKEY000000");

        ToolResult ambient = await _tool.RunAsync("explain", sent, File(response));
        ToolResult selected = await _tool.RunAsync("explain", sent, File(response), "--profile", "other");
        ToolResult sameText = await _tool.RunAsync("explain", SampleUrls.Get, File(Response(HttpMethod.Get, SampleUrls.Get)));

        ambient.Should().Be(new ToolResult(
            1, without.Output[..^1] + " The credentials for 'OTHERACCESSKEY000000' were not used, because the URL is signed with the access key 'DO00SPACESEXAMPLE000'.\n", ""));
        selected.Output.Should().Be(ambient.Output.Replace("OTHERACCESSKEY000000", "OTHERPROFILEKEY00000", StringComparison.Ordinal));
        sameText.Output.Should().StartWith("SignatureDoesNotMatch: the response does not show the cause\nThe store signed the same text").And.Contain("if you add --profile or --ask. The credentials for");
    }

    [Fact]
    public async Task Explain_ResponseToAnEarlierUrl_SaysSo()
    {
        string response = Response(HttpMethod.Get, SampleUrls.Create(new GetObject("reports/2026.pdf"), age: TimeSpan.FromMinutes(5)));

        ToolResult result = await _tool.RunAsync("explain", SampleUrls.Create(new GetObject("reports/2026.pdf")), File(response));

        result.Output.Should().EndWith("\nThe store received a URL that was signed at a different time, so it is not this URL. Specify the response to this URL.\n");
        result.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Explain_SentWithAnotherMethod_NamesTheSignedOne()
    {
        string url = SampleUrls.Create(new PutObject("k"));

        ToolResult byResponse = await _tool.RunAsync("explain", url, File(Response(HttpMethod.Get, url)));
        ToolResult byOption = await _tool.RunAsync("explain", url, File(NoText), "--method", "GET");

        byResponse.Output.Should().StartWith("SignatureDoesNotMatch: the method is different\nThe signature is the one for PUT, but the request was sent as GET. Send the signed method, or create a URL for the method that was sent");
        byOption.Output.Should().Be(byResponse.Output);
    }

    [Fact]
    public async Task Explain_MethodIsUnknown_AssumesTheSignedOne()
    {
        string url = SampleUrls.Create(new PutObject("k"));

        ToolResult result = await _tool.RunAsync("explain", url, File(NoText));

        result.Output.Should().StartWith("SignatureDoesNotMatch: the response does not show the cause\nThe URL is signed with these credentials, and the store's response does not contain the text");
        result.Output.Should().NotContain("method is different");
    }

    [Fact]
    public async Task Explain_SignedHeader_IsTakenFromTheResponse()
    {
        string wrong = Response(HttpMethod.Put, SampleUrls.Put, headers: [new("content-type", "image/png")]);
        string missing = Response(HttpMethod.Put, SampleUrls.Put, text => text.Replace("content-type:image/jpeg\n", "", StringComparison.Ordinal), [new("content-type", "image/jpeg")]);

        ToolResult given = await _tool.RunAsync("explain", SampleUrls.Put, File(wrong), "--header", "Content-Type: image/jpeg");
        ToolResult taken = await _tool.RunAsync("explain", SampleUrls.Put, File(wrong));
        ToolResult notSent = await _tool.RunAsync("explain", SampleUrls.Put, File(missing), "--header", "Content-Type: image/jpeg");

        given.Output.Should().StartWith("""
            SignatureDoesNotMatch: a signed header is different
              signed here         content-type:image/jpeg
              seen by the store   content-type:image/png
            The header 'content-type' was received with a different value than the signed one. Send the exact value that was signed.
            """);
        taken.Output.Should().StartWith("SignatureDoesNotMatch: the response does not show the cause\nThe signature does not match these credentials, neither for PUT nor for any other common method.");
        notSent.Output.Should().Contain("Send every signed header with its signed value");
    }

    [Fact]
    public async Task Explain_OtherSecret_IsNotBlamedOnTheRequest()
    {
        string url = SampleUrls.Create(new GetObject("k"));
        string response = Response(HttpMethod.Get, url);

        ToolResult result = await _tool.RunAsync("explain", url, File(response));

        result.Output.Should().StartWith("SignatureDoesNotMatch: the secret access key is different\nThe store signed the same text, and the URL is signed with these credentials");
        result.ExitCode.Should().Be(1);
    }

    [Theory]
    [InlineData("<Error><Code>AccessDenied</Code><Message>Request has expired</Message><Expires>2026-03-14T16:09:26Z</Expires><ServerTime>2026-03-15T16:09:26Z</ServerTime></Error>",
        "AccessDenied\nThe store responded with 'AccessDenied' and the message 'Request has expired' (Expires '2026-03-14T16:09:26Z', ServerTime '2026-03-15T16:09:26Z'). The URL has expired by the store's clock. Create the URL again, or use 'presign resign --accept-expired --expires-in'.\n")]
    [InlineData("HTTP/1.1 404 Not Found\n\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>",
        "404 NoSuchKey\nThe store responded with 'NoSuchKey' and the message 'The specified key does not exist'. The signature is not the cause. Check the bucket and the key in the URL, and that the bucket does not appear in both the host and the path.\n")]
    [InlineData("This XML file does not appear to have any style information.\n<Error>\n<Code>AuthorizationQueryParametersError</Code>\n<Message>Error parsing the X-Amz-Credential parameter; the region 'nyc3' is wrong; expecting 'fra1'</Message><Region>fra1</Region></Error>",
        "AuthorizationQueryParametersError\nThe store responded with 'AuthorizationQueryParametersError' and the message 'Error parsing the X-Amz-Credential parameter; the region 'nyc3' is wrong; expecting 'fra1'' (Region 'fra1'). The store expects the region 'fra1'. Create the URL with that region.\n")]
    public async Task Explain_OtherError_PrintsTheRemedy(string response, string output) =>
        (await _tool.RunAsync("explain", SampleUrls.Get, File(response))).Should().Be(new ToolResult(1, output, ""));

    [Theory]
    [InlineData("HTTP/1.1 100 Continue\n\nHTTP/1.1 502 Bad Gateway\nserver: nginx\n\n<html>Bad gateway</html>", "502: the response does not show the cause\n", "The response is an HTML page")]
    [InlineData("{\"error\":1}", "the response does not show the cause\n", "The response is JSON rather than XML")]
    [InlineData("nothing of the kind", "the response does not show the cause\n", "does not contain an <Error> element, so it is not the error response of a store. Specify the complete body of the response.")]
    public async Task Explain_NotTheResponseOfAStore_SaysSo(string response, string start, string cause)
    {
        ToolResult result = await _tool.RunAsync("explain", SampleUrls.Get, File(response));

        result.Output.Should().StartWith(start).And.Contain(cause);
        result.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Explain_ResponseOnStandardInput_IsRead()
    {
        _tool.Input = NoText;

        ToolResult result = await _tool.RunAsync("explain", SampleUrls.Get, "-", "--method", "PUT");

        result.Output.Should().StartWith("SignatureDoesNotMatch: the method is different\n");
    }

    [Theory]
    [InlineData("-", "")]
    [InlineData("-", " \r\n")]
    [InlineData("file", "")]
    public async Task Explain_EmptyResponse_Returns2(string file, string response)
    {
        _tool.Input = response;

        ToolResult result = await _tool.RunAsync("explain", SampleUrls.Get, file == "-" ? file : File(response));

        result.Should().Be(new ToolResult(
            2, "", "presign: The response is empty. Save the complete response with 'curl -si', without -f, which suppresses the response of a request that failed.\n"));
    }

    [Fact]
    public async Task Explain_StandardInputWithoutDash_IsNotReadButMentioned()
    {
        using MemoryStream input = new([1, 2, 3]);
        _tool.InputStream = input;

        ToolResult script = await _tool.RunAsync("explain", SampleUrls.Get);
        ToolResult verbose = await _tool.RunAsync("explain", SampleUrls.Get, "--verbose");
        _tool.IsErrorTerminal = true;
        ToolResult terminal = await _tool.RunAsync("explain", SampleUrls.Get);
        _tool.InputStream = null;
        ToolResult without = await _tool.RunAsync("explain", SampleUrls.Get);

        script.Output.Should().StartWith("Canonical request:\n");
        input.Position.Should().Be(0, "because the input can belong to the loop that runs the command");
        const string Note = "presign: Standard input is not read. If it contains the store's response, add '-' after the URL.\n";
        new[] { script, verbose, terminal, without }.Select(result => result.Error).Should().Equal("", Note, Note, "");
    }

    [Fact]
    public async Task Explain_OwnCdnUrl_SignsTheHostOfTheStore()
    {
        string url = SampleUrls.Create(new GetObject("k"), configure: options => options.PublicUrl = "https://cdn.example.com");

        ToolResult result = await _tool.RunAsync("explain", url, "--cdn-url", "https://cdn.example.com", "--endpoint-url", "https://nyc3.digitaloceanspaces.com", "--bucket", "my-space");

        result.Output.Should().Contain("\nhost:my-space.nyc3.digitaloceanspaces.com\n").And.Contain("Signature: correct for GET");
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Explain_Terminal_AsksForBoth()
    {
        _tool.IsTerminal = true;
        _tool.Prompt.Answers.Enqueue(SampleUrls.Get + "&foo=1");
        _tool.Prompt.Answers.Enqueue("some text\n" + NoText);

        ToolResult result = await _tool.RunAsync("explain");

        _tool.Prompt.Questions.Should().Equal("Paste the URL, then press Enter", "Paste the store's response, or press Enter if you do not have it");
        result.Output.Should().StartWith("SignatureDoesNotMatch: a query parameter was appended after signing\n");
    }

    [Fact]
    public async Task Explain_WithoutResponse_PrintsTheSignedText()
    {
        string url = SampleUrls.Create(new GetObject("k"), sessionToken: SampleUrls.SessionToken);

        ToolResult result = await _tool.WithVariable("AWS_SESSION_TOKEN", SampleUrls.SessionToken).RunAsync("explain", url);

        string hash = result.Output.Split('\n')[13];
        hash.Should().MatchRegex("^[0-9a-f]{64}$");
        result.Output.Replace(hash, "…", StringComparison.Ordinal).Should().Be("""
            Canonical request:
            GET
            /k
            X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=DO00SPACESEXAMPLE000%2F20260314%2Fnyc3%2Fs3%2Faws4_request&X-Amz-Date=20260314T150926Z&X-Amz-Expires=3600&X-Amz-Security-Token=***&X-Amz-SignedHeaders=host
            host:my-space.nyc3.digitaloceanspaces.com

            host
            UNSIGNED-PAYLOAD

            String to sign:
            AWS4-HMAC-SHA256
            20260314T150926Z
            20260314/nyc3/s3/aws4_request
            …

            Signature: correct for GET (checked with AWS_ACCESS_KEY_ID)
            Expires: 2026-03-14 16:09:26Z (in 1h)

            """);
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Explain_WithoutResponseOfABadUrl_Returns1()
    {
        ToolResult expired = await _tool.RunAsync("explain", SampleUrls.Create(new GetObject("k"), age: TimeSpan.FromDays(1)));
        ToolResult wrong = await _tool.RunAsync("explain", SampleUrls.Get + "&a=b");
        ToolResult rejected = await _tool.RunAsync("explain", SampleUrls.Get + "&X-Amz-Date=1");

        expired.Output.Should().EndWith("Expires: 2026-03-13 16:09:26Z (23h ago)\n");
        wrong.Output.Should().Contain("Signature: wrong (checked with AWS_ACCESS_KEY_ID): it is correct for GET without 'a'");
        rejected.Output.Should().Be("The URL contains a query parameter more than once, or one of the signature's parameters in different letter case, which stores reject with 403. Remove one of the two.\n");
        new[] { expired, wrong, rejected }.Should().OnlyContain(result => result.ExitCode == 1);
    }

    [Fact]
    public async Task Explain_Json_IsStructured()
    {
        string response = Response(HttpMethod.Get, SampleUrls.Get, text => text.Replace("&response-content-type=", "&foo=1&response-content-type=", StringComparison.Ordinal));

        ToolResult result = await _tool.RunAsync("explain", SampleUrls.Get, File("HTTP/1.1 403 Forbidden\n\n" + response), "--json");
        ToolResult text = await _tool.RunAsync("explain", SampleUrls.Get, "--json");
        ToolResult rejected = await _tool.RunAsync("explain", SampleUrls.Get + "&X-Amz-Date=1", "--json");

        result.Should().Be(new ToolResult(
            1,
            """{"status":"403","code":"SignatureDoesNotMatch","difference":"appendedParameter","method":"GET","line":3,"signed":[],"received":["foo=1"],"cause":"The store received the unsigned parameter 'foo'. Instead of appending to a URL, use --query-param or --response-… when you create it, or 'presign resign'."}""" + "\n",
            ""));
        text.Output.Should().StartWith("""{"canonicalRequest":"GET\n/reports/2026.pdf\n""").And.EndWith(""","expiresAt":"2026-03-14T16:09:26.0000000+00:00","signature":{"status":"correct","method":"GET","credentials":"AWS_ACCESS_KEY_ID"}}""" + "\n");
        rejected.Output.Should().StartWith("""{"difference":"rejectedByEveryStore","cause":"The URL contains a query parameter more than once""");
    }

    [Theory]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com/k?AWSAccessKeyId=AK&Expires=1773504566&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D", "The URL is signed with SigV2 or SigV4a, which 'presign explain' does not support. Specify a URL that is signed with AWS4-HMAC-SHA256.")]
    [InlineData("https://a.example/", "The URL does not contain a signature. Specify the presigned URL with its complete query.")]
    public async Task Explain_UrlThatCannotBeExplained_Returns2(string url, string message) => (await _tool.RunAsync("explain", url)).Should().Be(new ToolResult(2, "", $"presign: {message}\n"));

    [Fact]
    public async Task Explain_Files_MustBeReadable()
    {
        (await _tool.RunAsync("explain", SampleUrls.Get, "/nowhere/403.xml")).Should().Be(new ToolResult(2, "", "presign: The file '/nowhere/403.xml' does not exist. Specify the name of a file that you can read.\n"));
        (await _tool.RunAsync("explain", SampleUrls.Get, _tool.Home)).Error.Should().EndWith("' is a directory. Specify the name of a file that you can read.\n");
        (await _tool.RunAsync("explain", "-", "-")).Should().Be(new ToolResult(2, "", "presign: The URL and the response cannot both come from standard input. Specify a file for one of them.\n"));
        (await _tool.RunAsync("explain", SampleUrls.Get, File(new string('x', 2_000_000)))).Error.Should().EndWith("exceeds 1 Mi characters. Pass only the part that matters.\n");
    }

    [Fact]
    public async Task Explain_ResponseWithControlCharactersAndSecrets_PrintsNeither()
    {
        string url = SampleUrls.Create(new GetObject("k"), sessionToken: SampleUrls.SessionToken);
        string encoded = Uri.EscapeDataString(SampleUrls.SessionToken);
        string[] responses =
        [
            "<Error><Code>Bad\u001b[2J</Code><Message>\u001b]0;title\u0007 " + SampleUrls.SessionToken + "</Message></Error>",
            Response(HttpMethod.Get, url, text => text.Replace("X-Amz-Expires=3600", "X-Amz-Expires=36\u001b[31m00", StringComparison.Ordinal)),
            $"<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>GET\n/k\nX-Amz-Security-Token={encoded}&amp;X-Amz-Signature={SampleUrls.Signature(url)}\nhost:x\n\nhost\nUNSIGNED-PAYLOAD</CanonicalRequest></Error>",
        ];

        foreach (string response in responses)
        {
            foreach (string[] options in (string[][])[[], ["--json"], ["--verbose"]])
            {
                ToolResult result = await _tool.WithVariable("AWS_SESSION_TOKEN", SampleUrls.SessionToken).RunAsync(["explain", url, File(response), .. options]);

                (result.Output + result.Error).Should().NotContain("\u001b").And.NotContain("\u0007").And.NotContain(SampleUrls.SessionToken).And.NotContain(encoded).And.NotContain(SampleUrls.Signature(url)).And.NotContain(SampleUrls.Secret);
            }
        }
    }

    [RecordedErrorsFact]
    public async Task Explain_RecordedErrorsOfAws_AreExplainedInWordsOfTheCommand()
    {
        using JsonDocument recorded = JsonDocument.Parse(System.IO.File.ReadAllText(RecordedErrorsFactAttribute.FileName!));
        foreach (JsonElement error in recorded.RootElement.EnumerateArray())
        {
            string code = error.GetProperty("code").GetString()!;
            string message = error.GetProperty("message").GetString()!;

            ToolResult result = await _tool.RunAsync("explain", SampleUrls.Get, File($"<Error><Code>{code}</Code><Message>{WebUtility.HtmlEncode(message)}</Message></Error>"));

            result.Error.Should().BeEmpty();
            result.ExitCode.Should().Be(1);
            result.Output.Should().StartWith(code).And.Contain(". ", "of {0}: a remedy follows", code);
            result.Output.Replace(message.TrimEnd('.'), "", StringComparison.Ordinal).Should().NotMatchRegex(@"\b(Resign|RequiredHeaders|CompareWith|PresignedPost|ExpiresIn|UrlStyle|presigner|Presign)\b", "of {0}", code);
        }
    }

    // The response of a store that computes the canonical request itself.
    private static string Response(HttpMethod method, string url, Func<string, string>? change = null, IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        SignatureExplanation explanation = SignatureExplanation.Of(method, url, headers);
        string text = (change ?? (same => same))(explanation.CanonicalRequest);
        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided.</Message>"
            + $"<CanonicalRequest>{WebUtility.HtmlEncode(text)}</CanonicalRequest></Error>";
    }

    private string File(string text)
    {
        string name = Path.Combine(_tool.Home, Guid.NewGuid().ToString("N"));
        System.IO.File.WriteAllText(name, text);
        return name;
    }

    private sealed class FakeToolWithoutKeys(FakeTool tool)
    {
        public async Task<ToolResult> RunAsync(params string[] args)
        {
            tool.WithVariable("AWS_ACCESS_KEY_ID", null).WithVariable("AWS_SECRET_ACCESS_KEY", null);
            ToolResult result = await tool.RunAsync(args);
            tool.WithKeys();
            return result;
        }
    }
}

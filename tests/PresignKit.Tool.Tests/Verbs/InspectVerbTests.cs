using System.Text.Json;

namespace PresignKit.Tool.Tests.Verbs;

public sealed class InspectVerbTests : IDisposable
{
    private readonly FakeTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Inspect_WithCredentials_PrintsContentAndMethod()
    {
        ToolResult result = await _tool.WithKeys().RunAsync("inspect", SampleUrls.Get);

        result.Output.Should().Be("""
            valid for 1h more
              object            s3://my-space/reports/2026.pdf
              host              my-space.nyc3.digitaloceanspaces.com (DigitalOcean Spaces)
              signed            2026-03-14 15:09:26Z with SigV4 for the region nyc3
              access key        DO00SPACESEXAMPLE000
              expires           2026-03-14 16:09:26Z (1h after it was signed)
              headers to send   none
              response header   Content-Type: text/plain
              signature         correct for GET (checked with AWS_ACCESS_KEY_ID)

            """);
        result.Error.Should().BeEmpty();
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Inspect_WithoutCredentials_SaysThatTheSignatureIsNotChecked()
    {
        string url = SampleUrls.Create(new S3Request(HttpMethod.Get, "k") { Query = [new("versionId", "3"), new("x-id", "")] }, sessionToken: SampleUrls.SessionToken);

        ToolResult result = await _tool.RunAsync("inspect", url);

        result.Output.Should().Be("""
            not expired, valid for 1h more if the signature is correct
              object            s3://my-space/k
              host              my-space.nyc3.digitaloceanspaces.com (DigitalOcean Spaces)
              signed            2026-03-14 15:09:26Z with SigV4 for the region nyc3
              access key        DO00SPACESEXAMPLE000 (temporary: the URL stops working when its session expires)
              expires           2026-03-14 16:09:26Z (1h after it was signed)
              headers to send   none
              parameter         versionId=3
              parameter         x-id
              signature         not checked: no credentials are available. Specify --profile or --ask to check it

            """);
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Inspect_Expired_SaysSoFirstAndReturns1()
    {
        ToolResult result = await _tool.WithKeys().RunAsync("inspect", SampleUrls.Create(new GetObject("k"), age: TimeSpan.FromDays(1)));

        result.Output.Should().StartWith("expired 23h ago\n").And.Contain("  signature         correct for GET (checked with AWS_ACCESS_KEY_ID)\n");
        result.ExitCode.Should().Be(1);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("HEAD")]
    [InlineData("DELETE")]
    [InlineData("POST")]
    public async Task Inspect_OtherMethod_FindsIt(string method)
    {
        ToolResult result = await _tool.WithKeys().RunAsync("inspect", SampleUrls.Create(new S3Request(new HttpMethod(method), "k")));

        result.Output.Should().Contain($"correct for {method} (");
    }

    [Fact]
    public async Task Inspect_SignedHeaderWithoutValue_SaysWhatIsMissing()
    {
        ToolResult result = await _tool.WithKeys().RunAsync("inspect", SampleUrls.Put);

        result.Output.Should().Contain("  headers to send   content-type\n")
            .And.Contain("  signature         cannot be checked: the URL does not contain the value of the signed header content-type. Specify it with --header, for example --header 'content-type: …'\n");
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Inspect_SignedHeaderWithValue_ChecksTheSignature()
    {
        ToolResult result = await _tool.WithKeys().RunAsync("inspect", SampleUrls.Put, "--header", "Content-Type: image/jpeg");

        result.Output.Should().Contain("  signature         correct for PUT (checked with AWS_ACCESS_KEY_ID)\n");
    }

    [Fact]
    public async Task Inspect_HeaderWithOneUsefulValue_IsTried()
    {
        string url = SampleUrls.Create(new PutObject("k") { IfNoneMatch = "*" });

        ToolResult result = await _tool.WithKeys().RunAsync("inspect", url);

        result.Output.Should().Contain("  headers to send   if-none-match\n").And.Contain("correct for PUT");
    }

    [Fact]
    public async Task Inspect_LockedHeaders_AreNotToBeSent()
    {
        string url = SampleUrls.Create(new PutObject("k"), configure: options => options.LockUnsignedHeaders = true);

        ToolResult result = await _tool.WithKeys().RunAsync("inspect", url);

        result.Output.Should().Contain("  headers to send   none\n  locked headers    ").And.Contain("x-amz-acl").And.Contain("(must not be sent)\n").And.Contain("correct for PUT");
    }

    [Fact]
    public async Task Inspect_WrongSecret_SaysThatTheSignatureIsWrong()
    {
        ToolResult result = await _tool.WithKeys(secretAccessKey: "marker-of-a-different-secret").RunAsync("inspect", SampleUrls.Get);

        result.Output.Should().StartWith("not valid: the signature is wrong\n").And.Contain("wrong (checked with AWS_ACCESS_KEY_ID): the URL was signed with a different secret access key or for a method other than GET, PUT, HEAD, DELETE and POST, or its host");
        (result.Output + result.Error).Should().NotContain("marker");
        result.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Inspect_OtherAccessKey_DoesNotCheck()
    {
        ToolResult result = await _tool.WithKeys(accessKeyId: "OTHERKEY").RunAsync("inspect", SampleUrls.Get);

        result.Output.Should().StartWith("not expired, valid for 1h more if the signature is correct\n").And.Contain("not checked: the URL is signed with the access key 'DO00SPACESEXAMPLE000', but the key of AWS_ACCESS_KEY_ID is 'OTHERKEY'\n");
        result.ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("AWS_PROFILE", "gone", "AWS_PROFILE: The profile 'gone' does not exist")]
    [InlineData("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY")]
    [InlineData("config", "garbage", "Line 1 is not a section")]
    [InlineData("config", "[default]\naws_access_key_id = AKIAEXAMPLE", "The access key is incomplete.")]
    public async Task Inspect_InvalidConfiguration_SaysWhyTheSignatureIsNotChecked(string name, string value, string problem)
    {
        _ = name == "config" ? _tool.WithConfig(value) : _tool.WithVariable(name, value);
        string[] commands = ["inspect", "explain"];

        ToolResult[] results = [.. await Task.WhenAll(commands.Select(command => _tool.RunAsync(command, SampleUrls.Get)))];
        ToolResult verify = await _tool.RunAsync("verify", SampleUrls.Get);
        ToolResult json = await _tool.RunAsync("inspect", SampleUrls.Get, "--json");

        verify.ExitCode.Should().Be(3);
        verify.Error.Should().Contain(problem);
        string message = verify.Error["presign: ".Length..].TrimEnd('\n', '.');
        results.Should().OnlyContain(result => result.ExitCode == 0 && result.Error.Length == 0 && result.Output.Contains($"not checked: {message}\n", StringComparison.Ordinal));
        json.Output.Should().Contain("\"status\":\"unchecked\"");
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL", "foo", "")]
    [InlineData("config", "[default]\nservices = gone", "")]
    [InlineData("config", "[default]\ns3 =\n  addressing_style = middle", "https://cdn.example.com")]
    public async Task Inspect_InvalidStoreInConfiguration_IsNotNeeded(string name, string value, string cdnUrl)
    {
        _ = name == "config" ? _tool.WithConfig(value) : _tool.WithVariable(name, value);
        string url = SampleUrls.Create(new GetObject("k"), S3Endpoint.Create("https://minio.example", "us-east-1"));
        string[] cdn = cdnUrl.Length == 0 ? [] : ["--cdn-url", cdnUrl];

        ToolResult without = await _tool.WithKeys().RunAsync("inspect", url, "--verbose");
        ToolResult with = await _tool.RunAsync(["inspect", url, "--endpoint-url", "https://minio.example", .. cdn]);
        ToolResult explained = await _tool.RunAsync(["explain", url, "--endpoint-url", "https://minio.example", .. cdn]);

        without.Output.Should().Contain("correct for GET");
        with.Output.Should().Contain("s3://my-space/k\n").And.Contain("correct for GET");
        explained.Output.Should().Contain("Signature: correct for GET");
        new[] { without, with, explained }.Should().OnlyContain(result => result.ExitCode == 0);
        (cdnUrl.Length > 0 || without.Error.Contains("presign: The configured store is not used. ", StringComparison.Ordinal)).Should().BeTrue();
    }

    [Fact]
    public async Task Inspect_InvalidOptionOrSelectedProfile_EndsTheCommand()
    {
        _tool.WithConfig("[profile half]\naws_access_key_id = AKIAEXAMPLE\n");
        string[] cdn = ["--cdn-url", "https://cdn.example.com", "--bucket", "my-space"];

        (await _tool.RunAsync("inspect", SampleUrls.Get, "--profile", "gone")).ExitCode.Should().Be(3);
        (await _tool.RunAsync("inspect", SampleUrls.Get, "--profile", "half")).ExitCode.Should().Be(3);
        (await _tool.RunAsync("explain", SampleUrls.Get, "--profile", "half")).ExitCode.Should().Be(3);
        (await _tool.RunAsync("inspect", SampleUrls.Get, "--endpoint-url", "foo")).ExitCode.Should().Be(2);
        (await _tool.WithVariable("AWS_ENDPOINT_URL", "foo").RunAsync(["inspect", SampleUrls.Get, .. cdn])).ExitCode.Should().Be(3, "because the store behind the CDN is needed");
    }

    [Fact]
    public async Task Inspect_AppendedParameter_NamesIt()
    {
        ToolResult result = await _tool.WithKeys().RunAsync("inspect", SampleUrls.Get + "&versionId=3");

        result.Output.Should().Contain("it is correct for GET without 'versionId', which was appended after signing. 'presign resign --accept-appended versionId' signs the URL again\n");
        result.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Inspect_AppendedParameterWithQuotes_IsNotPartOfTheSuggestedCommand()
    {
        ToolResult result = await _tool.WithKeys().RunAsync("inspect", SampleUrls.Get + "&a%27;reboot%20%23=3");

        result.Output.Should().Contain("'presign resign --accept-appended NAME' signs the URL again\n");
    }

    [Fact]
    public async Task Inspect_CdnOfSpaces_ChecksTheSignatureOfTheOrigin()
    {
        string url = SampleUrls.Create(new GetObject("k"), configure: options => options.PublicUrl = "https://my-space.nyc3.cdn.digitaloceanspaces.com");

        ToolResult result = await _tool.WithKeys().RunAsync("inspect", url);

        result.Output.Should().Contain("  object            s3://my-space/k\n  host              my-space.nyc3.cdn.digitaloceanspaces.com (DigitalOcean Spaces)\n").And.Contain("correct for GET");
    }

    [Fact]
    public async Task Inspect_UnknownHost_NeedsTheEndpointForTheBucket()
    {
        string url = SampleUrls.Create(new GetObject("k"), S3Endpoint.Create("https://minio.example", "us-east-1"));

        ToolResult without = await _tool.RunAsync("inspect", url);
        ToolResult with = await _tool.RunAsync("inspect", url, "--endpoint-url", "https://minio.example");

        without.Output.Should().Contain("  object            not known, because the host does not show which part of the URL is the bucket. Specify --endpoint-url\n  host              minio.example\n");
        with.Output.Should().Contain("  object            s3://my-space/k\n");
    }

    [Fact]
    public async Task Inspect_AccessPoint_ShowsProvider()
    {
        string arn = "arn:aws:s3:us-west-2:123456789012:accesspoint/my-point";

        ToolResult result = await _tool.WithKeys().RunAsync("inspect", SampleUrls.Create(new GetObject("k"), S3Endpoint.Aws("us-west-2"), bucket: arn));

        result.Output.Should().Contain($"  object            s3://{arn}/k\n").And.Contain(" (AWS S3)\n").And.Contain("correct for GET");
    }

    [Theory]
    [InlineData("999999")]
    [InlineData("0")]
    [InlineData("-5")]
    public async Task Inspect_LifetimeOutOfRange_Returns1(string seconds)
    {
        string url = SampleUrls.Get.Replace("X-Amz-Expires=3600", "X-Amz-Expires=" + seconds, StringComparison.Ordinal);

        ToolResult result = await _tool.WithKeys().RunAsync("inspect", url);

        result.Output.Should().StartWith($"not valid: X-Amz-Expires is {seconds}, but stores accept from 1 to 604800 seconds\n")
            .And.Contain("not checked, because stores reject the URL: X-Amz-Expires is out of the range that stores accept");
        result.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Inspect_SignedInTheFuture_Returns1()
    {
        ToolResult result = await _tool.WithKeys().RunAsync("inspect", SampleUrls.Create(new GetObject("k"), age: TimeSpan.FromHours(-2)));

        result.Output.Should().StartWith("not valid yet: signed 2h in the future, or this machine's clock is wrong\n");
        result.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Inspect_SigV2_IsReadButNotChecked()
    {
        ToolResult result = await _tool.WithKeys().RunAsync("inspect", "https://my-space.nyc3.digitaloceanspaces.com/k?AWSAccessKeyId=AK&Expires=1773504566&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D");

        result.Output.Should().Be("""
            not expired, valid for 59m 60s more if the signature is correct
              object            s3://my-space/k
              host              my-space.nyc3.digitaloceanspaces.com (DigitalOcean Spaces)
              signed            with SigV2, which many stores reject and which does not protect the URL against appended parameters
              access key        AK
              expires           2026-03-14 16:09:26Z
              headers to send   not known, because SigV2 does not list the headers that it signs
              signature         cannot be checked: only SigV4 signatures (AWS4-HMAC-SHA256) can be checked, and the algorithm of this one is SigV2

            """.Replace("59m 60s", "1h", StringComparison.Ordinal));
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Inspect_SigV4a_IsReadButNotChecked()
    {
        const string url = "https://my-space.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=AK%2F20260314%2Fs3%2Faws4_request&X-Amz-Date=20260314T150926Z&X-Amz-Expires=3600&X-Amz-Region-Set=%2A"
            + "&X-Amz-SignedHeaders=host&X-Amz-Signature=3045022100";

        ToolResult result = await _tool.WithKeys().RunAsync("inspect", url);

        result.Output.Should().Contain("  signed            2026-03-14 15:09:26Z with SigV4a for the regions *\n").And.Contain("the algorithm of this one is SigV4a\n");
    }

    [Fact]
    public async Task Inspect_CutByTheShell_SaysHowToPassIt()
    {
        ToolResult result = await _tool.RunAsync("inspect", SampleUrls.Get[..SampleUrls.Get.IndexOf('&', StringComparison.Ordinal)]);

        result.Error.Should().Be(
            "presign: The URL lacks 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders', 'X-Amz-Signature', so it was truncated or changed. "
            + "Copy the whole URL again, and enclose it in quotation marks if you use it in a shell. To keep the shell from cutting the URL at '&', run this command without a URL and paste the URL when prompted.\n");
        result.Output.Should().BeEmpty();
        result.ExitCode.Should().Be(2);
    }

    [Fact]
    public async Task Inspect_TruncatedSignature_Returns1()
    {
        ToolResult result = await _tool.WithKeys().RunAsync("inspect", SampleUrls.Get[..^4]);

        result.Output.Should().StartWith("not valid: X-Amz-Signature has 60 characters, but a SigV4 signature has 64 hexadecimal digits, so the URL was truncated. Copy the whole URL again.\n");
        result.Output.Should().NotContain(SampleUrls.Signature(SampleUrls.Get)[..60]);
        result.ExitCode.Should().Be(1);
    }

    [Theory]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com/k", "The URL does not contain a signature. Specify the presigned URL with its complete query.")]
    [InlineData("not a URL", "The URL does not start with 'https://' or 'http://'. Specify the complete URL.")]
    public async Task Inspect_NotPresigned_Returns2(string url, string message)
    {
        ToolResult result = await _tool.RunAsync("inspect", url);

        result.Should().Be(new ToolResult(2, "", $"presign: {message}\n"));
    }

    [Fact]
    public async Task Inspect_DamagedUrl_RepairsItAndSaysSo()
    {
        ToolResult result = await _tool.WithKeys().RunAsync("inspect", "<" + SampleUrls.Get.Replace("&", "&amp;", StringComparison.Ordinal) + ">");

        result.Error.Should().Be("presign: note: The URL was repaired. The URL contained '&amp;', so it was copied from HTML. The URL was surrounded by other characters: '<' and '>'.\n");
        result.Output.Should().Contain("correct for GET");
    }

    [Theory]
    [InlineData("-")]
    [InlineData(null)]
    public async Task Inspect_StandardInput_IsRead(string? argument)
    {
        _tool.Input = SampleUrls.Get + "\n";

        ToolResult result = await _tool.WithKeys().RunAsync(argument is null ? ["inspect"] : ["inspect", argument]);

        result.Output.Should().Contain("correct for GET");
        result.Error.Should().BeEmpty();
    }

    [Fact]
    public async Task Inspect_EmptyStandardInput_Returns2()
    {
        ToolResult result = await _tool.RunAsync("inspect");

        result.Should().Be(new ToolResult(2, "", "presign: Standard input does not contain a URL. Specify the URL in single quotation marks, or pass it on standard input.\n"));
    }

    [Fact]
    public async Task Inspect_Terminal_AsksForTheUrl()
    {
        _tool.IsTerminal = true;
        _tool.Prompt.Answers.Enqueue(SampleUrls.Get);

        ToolResult result = await _tool.WithKeys().RunAsync("inspect");

        _tool.Prompt.Questions.Should().Equal("Paste the URL, then press Enter");
        result.Output.Should().Contain("correct for GET");
    }

    [Fact]
    public async Task Inspect_TerminalWithoutAnswer_Returns2()
    {
        _tool.IsTerminal = true;

        ToolResult result = await _tool.RunAsync("inspect");

        result.Error.Should().Be("presign: The URL is missing. Specify it in single quotation marks, or '-' to read it from standard input.\n");
        result.ExitCode.Should().Be(2);
    }

    [Fact]
    public async Task Inspect_ControlCharactersInTheUrl_DoNotReachTheTerminal()
    {
        string url = SampleUrls.Create(new S3Request(HttpMethod.Get, "a\u001b[2J\u0007\u202Eb") { Query = [new("p\u001b]0;x", "\u009b31m")] });

        ToolResult result = await _tool.WithKeys().RunAsync("inspect", url);

        result.Output.Should().Contain("  object            s3://my-space/a<U+001B>[2J<U+0007><U+202E>b\n").And.Contain("  parameter         p<U+001B>]0;x=<U+009B>31m\n");
    }

    [Fact]
    public async Task Inspect_Json_ContainsEverything()
    {
        ToolResult result = await _tool.WithKeys().RunAsync("inspect", "'" + SampleUrls.Get + "'", "--json");

        result.Output.Should().Be(
            """{"status":"valid","message":"valid for 1h more","bucket":"my-space","key":"reports/2026.pdf","host":"my-space.nyc3.digitaloceanspaces.com","provider":"DigitalOcean Spaces","algorithm":"AWS4-HMAC-SHA256","accessKeyId":"DO00SPACESEXAMPLE000","isTemporary":false,"region":"nyc3","service":"s3","signedAt":"2026-03-14T15:09:26.0000000+00:00","expiresAt":"2026-03-14T16:09:26.0000000+00:00","expiresIn":3600,"headersToSend":[],"lockedHeaders":[],"responseHeaders":{"Content-Type":"text/plain"},"parameters":[],"signature":{"status":"correct","method":"GET","credentials":"AWS_ACCESS_KEY_ID"},"notes":["The URL was repaired. The URL was surrounded by other characters: ''' and '''."]}""" + "\n");
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Inspect_UncheckedJson_IsUnverified()
    {
        ToolResult result = await _tool.RunAsync("inspect", SampleUrls.Get, "--json");

        result.Output.Should().StartWith("""{"status":"unverified","message":"not expired, valid for 1h more if the signature is correct",""");
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Inspect_SseKey_ChecksTheSignature()
    {
        string file = Path.Combine(_tool.Home, "sse.key");
        await File.WriteAllBytesAsync(file, new byte[32]);
        string url = SampleUrls.Create(new GetObject("k") { SseCustomerKey = new SseCustomerKey(new byte[32]) });

        ToolResult with = await _tool.WithKeys().RunAsync("inspect", url, "--sse-customer-key-file", file);
        ToolResult without = await _tool.RunAsync("inspect", url);

        with.Output.Should().StartWith("valid for 1h more\n").And.Contain("correct for GET").And.NotContain(Convert.ToBase64String(new byte[32]));
        without.Output.Should().EndWith(". Specify the file with the SSE-C key with --sse-customer-key-file\n");
    }

    [Fact]
    public async Task Inspect_OwnCdn_ShowsTheStore()
    {
        string url = SampleUrls.Create(new GetObject("k"), configure: options => options.PublicUrl = "https://cdn.example.com");

        ToolResult result = await _tool.WithKeys().RunAsync("inspect", url, "--cdn-url", "https://cdn.example.com", "--endpoint-url", "https://nyc3.digitaloceanspaces.com", "--bucket", "my-space");

        result.Output.Should().StartWith("""
            valid for 1h more
              object            s3://my-space/k
              host              my-space.nyc3.digitaloceanspaces.com (DigitalOcean Spaces)
              CDN URL           https://cdn.example.com

            """);
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Inspect_ExpiredJson_Returns1()
    {
        ToolResult result = await _tool.RunAsync("inspect", SampleUrls.Create(new GetObject("k"), age: TimeSpan.FromDays(1)), "--json");

        using JsonDocument json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("status").GetString().Should().Be("expired");
        json.RootElement.GetProperty("signature").GetProperty("status").GetString().Should().Be("unchecked");
        result.ExitCode.Should().Be(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Inspect_Secrets_AreNeverPrinted(bool isJson)
    {
        string url = SampleUrls.Create(new GetObject("k"), sessionToken: SampleUrls.SessionToken);
        string second = SampleUrls.Signature(SampleUrls.Put);
        string[] options = isJson ? ["--json", "--verbose"] : ["--verbose"];

        ToolResult plain = await _tool.WithKeys().WithVariable("AWS_SESSION_TOKEN", SampleUrls.SessionToken).RunAsync(["inspect", url, .. options]);
        ToolResult twice = await _tool.RunAsync(["inspect", url + "&Signature=" + second + "&x-amz-server-side-encryption-customer-key=markermarkermarkermarkermarker00", .. options]);

        string all = plain.Output + plain.Error + twice.Output + twice.Error;
        all.Should().NotContain(SampleUrls.Signature(url)).And.NotContain(second).And.NotContain("marker").And.NotContain(SampleUrls.Secret);
        plain.Output.Should().Contain("correct");
    }
}

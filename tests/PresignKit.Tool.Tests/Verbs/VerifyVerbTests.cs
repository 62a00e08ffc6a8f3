namespace PresignKit.Tool.Tests.Verbs;

public sealed class VerifyVerbTests : IDisposable
{
    private readonly FakeTool _tool = new FakeTool().WithKeys();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Verify_Valid_Returns0()
    {
        _tool.Clock.Advance(TimeSpan.FromSeconds(1));

        (await _tool.RunAsync("verify", SampleUrls.Get)).Should().Be(new ToolResult(0, "valid for GET until 2026-03-14 16:09:26Z (59m 59s)\n", ""));
    }

    [Fact]
    public async Task Verify_Method_TriesThisOneOnly()
    {
        (await _tool.RunAsync("verify", SampleUrls.Get, "--method", "get")).Should().Be(new ToolResult(0, "valid for GET until 2026-03-14 16:09:26Z (1h)\n", ""));
        (await _tool.RunAsync("verify", SampleUrls.Get, "--method", "PUT")).Should().Be(new ToolResult(1, "the signature does not match: it is for GET, not for PUT\n", ""));
        (await _tool.RunAsync("verify", SampleUrls.Create(new S3Request(new HttpMethod("PATCH"), "k")), "--method", "PATCH")).ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Verify_MethodThatDoesNotExist_Returns2() =>
        (await _tool.RunAsync("verify", SampleUrls.Get, "--method", "G E T")).Should().Be(new ToolResult(2, "", "presign: --method: 'G E T' is not a valid method. Use GET, HEAD, PUT, POST or DELETE.\n"));

    [Fact]
    public async Task Verify_Expired_Returns1() =>
        (await _tool.RunAsync("verify", SampleUrls.Create(new GetObject("k"), age: TimeSpan.FromDays(1))))
            .Should().Be(new ToolResult(1, "expired 23h ago (at 2026-03-13 16:09:26Z); the signature is correct for GET\n", ""));

    [Fact]
    public async Task Verify_ExactlyAtTheExpiry_IsExpired()
    {
        _tool.Clock.Advance(TimeSpan.FromHours(1));

        (await _tool.RunAsync("verify", SampleUrls.Get)).Should().Be(new ToolResult(1, "expired 0s ago (at 2026-03-14 16:09:26Z); the signature is correct for GET\n", ""));
    }

    [Fact]
    public async Task Verify_Headers_AreCompared()
    {
        (await _tool.RunAsync("verify", SampleUrls.Put, "--header", "content-type: image/jpeg")).Output.Should().StartWith("valid for PUT until ");
        ToolResult wrong = await _tool.RunAsync("verify", SampleUrls.Put, "--header", "content-type: image/png");
        ToolResult missing = await _tool.RunAsync("verify", SampleUrls.Put);
        ToolResult unsigned = await _tool.RunAsync("verify", SampleUrls.Get, "--header", "x-amz-acl: public-read");

        wrong.Output.Should().StartWith("the signature does not match: the URL was signed with a different secret access key or for a method other than");
        missing.Output.Should().Be("cannot be verified: the URL does not contain the value of the signed header content-type. Specify it with --header, for example --header 'content-type: …'\n");
        unsigned.Output.Should().Be("not valid: --header specifies an x-amz-* header that the URL does not sign, or the URL does not sign 'host'\n");
        new[] { wrong, unsigned }.Should().OnlyContain(result => result.ExitCode == 1);
        missing.ExitCode.Should().Be(2);
    }

    [Fact]
    public async Task Verify_Tampered_Returns1()
    {
        string url = SampleUrls.Get.Replace("2026.pdf", "2027.pdf", StringComparison.Ordinal);

        ToolResult result = await _tool.RunAsync("verify", url);

        result.Output.Should().Be(
            "the signature does not match: the URL was signed with a different secret access key or for a method other than GET, PUT, HEAD, DELETE and POST, or its host, its path, a parameter or a signed header was "
            + "changed after signing. Compare it with the URL as it was created\n");
        result.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Verify_OtherKeys_Returns3()
    {
        (await _tool.WithKeys(accessKeyId: "OTHERKEY").RunAsync("verify", SampleUrls.Get))
            .Should().Be(new ToolResult(3, "not verified: the URL is signed with the access key 'DO00SPACESEXAMPLE000', but the key of AWS_ACCESS_KEY_ID is 'OTHERKEY'\n", ""));
        (await _tool.WithKeys().WithVariable("AWS_SESSION_TOKEN", "marker").RunAsync("verify", SampleUrls.Get))
            .Should().Be(new ToolResult(3, "not verified: the URL and the credentials have different session tokens, or only one of them has a session token\n", ""));
    }

    [Fact]
    public async Task Verify_SigV2_Returns2() =>
        (await _tool.RunAsync("verify", "https://my-space.nyc3.digitaloceanspaces.com/k?AWSAccessKeyId=AK&Expires=1773504566&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D")).ExitCode.Should().Be(2);

    [Fact]
    public async Task Verify_SseKey_SuppliesTheHeaders()
    {
        string file = Path.Combine(_tool.Home, "sse.key");
        await File.WriteAllBytesAsync(file, new byte[32]);
        string url = SampleUrls.Create(new GetObject("k") { SseCustomerKey = new SseCustomerKey(new byte[32]) });

        (await _tool.RunAsync("verify", url, "--sse-customer-key-file", file)).Should().Be(new ToolResult(0, "valid for GET until 2026-03-14 16:09:26Z (1h)\n", ""));
        (await _tool.RunAsync("verify", SampleUrls.Get, "--sse-customer-key-file", file)).Should().Be(
            new ToolResult(2, "", "presign: --sse-customer-key-file: The URL does not sign an SSE-C key. Remove the option.\n"));
    }

    [Theory]
    [InlineData("https://cdn.example.com", "https://nyc3.digitaloceanspaces.com", "", true)]
    [InlineData("https://CDN.example.com/", "https://nyc3.digitaloceanspaces.com", "", true)]
    [InlineData("https://my-space.nyc3.cdn.digitaloceanspaces.com", "https://nyc3.digitaloceanspaces.com", "", false)]
    [InlineData("https://cdn.example.com", "https://s3.eu-west-1.amazonaws.com", "virtual", true)]
    [InlineData("https://files.example.com:8443/s3", "http://minio.internal:9000", "path", false)]
    [InlineData("https://files.example.com", "https://minio.internal", "", false)]
    [InlineData("https://files.example.com", "https://nyc3.digitaloceanspaces.com", "path", false)]
    public async Task Verify_OwnCdnUrl_IsValid(string cdnUrl, string endpointUrl, string style, bool needsBucket)
    {
        string[] store = ["--cdn-url", cdnUrl, "--endpoint-url", endpointUrl, .. style.Length == 0 ? (string[])[] : ["--url-style", style]];
        string url = (await _tool.RunAsync(["get", "s3://my-space/a b/c.txt", .. store])).Output.Trim();

        ToolResult without = await _tool.RunAsync(["verify", url, .. store]);
        ToolResult with = await _tool.RunAsync(["verify", url, .. store, "--bucket", "my-space"]);
        ToolResult other = await _tool.RunAsync(["verify", url, .. store, "--bucket", "my-space-2"]);

        url.Should().StartWith(cdnUrl.TrimEnd('/').ToLowerInvariant());
        with.Should().Be(new ToolResult(0, "valid for GET until 2026-03-14 16:09:26Z (1h)\n", ""));
        without.Should().Be(needsBucket ? new ToolResult(2, "", "presign: --cdn-url: The host belongs to one bucket, so the URL does not contain the bucket. Add --bucket.\n") : with);
        other.ExitCode.Should().NotBe(0);
    }

    [Fact]
    public async Task Verify_CdnUrlWithTheUrlOfTheStore_IsValid() =>
        (await _tool.RunAsync("verify", SampleUrls.Get, "--cdn-url", "https://cdn.example.com", "--endpoint-url", "https://nyc3.digitaloceanspaces.com")).ExitCode.Should().Be(0);

    [Fact]
    public async Task Verify_CdnUrlWithoutTheOption_SaysThatItCouldBeACdn()
    {
        string url = SampleUrls.Create(new GetObject("k"), configure: options => options.PublicUrl = "https://cdn.example.com");

        ToolResult result = await _tool.RunAsync("verify", url);

        result.Output.Should().EndWith(". If 'cdn.example.com' is a CDN or a proxy in front of the store, specify --cdn-url for it and --endpoint-url for the store\n");
        result.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Verify_BucketWithoutCdnUrl_Returns2() => (await _tool.RunAsync("verify", SampleUrls.Get, "--bucket", "my-space")).Should().Be(
        new ToolResult(2, "", "presign: --bucket has an effect only with --cdn-url. Add --cdn-url, or remove --bucket.\n"));

    [Fact]
    public async Task Verify_NoCredentials_Returns3()
    {
        using FakeTool tool = new();

        (await tool.RunAsync("verify", SampleUrls.Get)).Should().Be(new ToolResult(
            3, "", "presign: A signature can be verified only with the secret access key, and no credentials are configured. Specify --profile or --ask, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n"));
    }

    [Fact]
    public async Task Verify_Region_MustBeTheUrls()
    {
        (await _tool.RunAsync("verify", SampleUrls.Get, "--region", "nyc3")).ExitCode.Should().Be(0);
        (await _tool.RunAsync("verify", SampleUrls.Get, "--region", "fra1")).Should().Be(new ToolResult(1, "not valid: signed for the region 'nyc3', not for 'fra1'\n", ""));
    }

    [Fact]
    public async Task Verify_DamagedUrl_IsNotValidSilently()
    {
        ToolResult result = await _tool.RunAsync("verify", SampleUrls.Get.Replace("&", "\\u0026", StringComparison.Ordinal));

        result.Error.Should().Be("presign: note: The URL was repaired. The URL contained '\\u0026', so it was copied from JSON.\n");
        result.ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("https://a.example/k", 2)]
    [InlineData("", 2)]
    public async Task Verify_NotPresigned_Returns2(string url, int exitCode) => (await _tool.RunAsync("verify", url)).ExitCode.Should().Be(exitCode);

    [Fact]
    public async Task Verify_UrlsThatStoresReject_Return1()
    {
        string repeated = SampleUrls.Get + "&X-Amz-Date=20260314T150926Z";
        string scope = SampleUrls.Get.Replace("X-Amz-Date=20260314", "X-Amz-Date=20260313", StringComparison.Ordinal);

        (await _tool.RunAsync("verify", repeated)).Should().Be(new ToolResult(
            1, "not valid: the URL contains a query parameter more than once, or one of the signature's parameters in different letter case, which stores reject with 403. Remove one of the two\n", ""));
        (await _tool.RunAsync("verify", scope)).Should().Be(new ToolResult(
            1, "not valid: X-Amz-Credential and X-Amz-Date have different dates, so they were taken from different URLs. Create the URL again\n", ""));
    }

    [Fact]
    public async Task Verify_NinetyDaysAtTigris_IsValid()
    {
        string url = SampleUrls.Create(new GetObject("k") { ExpiresIn = TimeSpan.FromDays(80) }, S3Endpoint.Tigris());

        (await _tool.RunAsync("verify", url)).Output.Should().Be("valid for GET until 2026-06-02 15:09:26Z (80d)\n");
    }

    [Fact]
    public async Task Verify_Json_ContainsTheSameAnswer()
    {
        ToolResult valid = await _tool.RunAsync("verify", SampleUrls.Get, "--json");
        ToolResult wrong = await _tool.RunAsync("verify", SampleUrls.Get, "--json", "--method", "HEAD");

        valid.Should().Be(new ToolResult(0, """{"valid":true,"message":"valid for GET until 2026-03-14 16:09:26Z (1h)","expiresAt":"2026-03-14T16:09:26.0000000+00:00","signature":{"status":"correct","method":"GET","credentials":"AWS_ACCESS_KEY_ID"}}""" + "\n", ""));
        wrong.Should().Be(new ToolResult(1, """{"valid":false,"message":"the signature does not match: it is for GET, not for HEAD","expiresAt":"2026-03-14T16:09:26.0000000+00:00","signature":{"status":"wrong","method":"GET","reason":"it is for GET, not for HEAD","credentials":"AWS_ACCESS_KEY_ID"}}""" + "\n", ""));
    }
}

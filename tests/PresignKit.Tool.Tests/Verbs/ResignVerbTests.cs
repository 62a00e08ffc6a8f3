namespace PresignKit.Tool.Tests.Verbs;

public sealed class ResignVerbTests : IDisposable
{
    private readonly FakeTool _tool = new FakeTool().WithKeys();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Resign_Changes_AreSignedAndTheExpiryStays()
    {
        string url = SampleUrls.Create(new S3Request(HttpMethod.Get, "k") { Query = [new("versionId", "3"), new("response-content-type", "text/plain")] });
        _tool.Clock.Advance(TimeSpan.FromMinutes(10));

        ToolResult result = await _tool.RunAsync("resign", url, "--set-query", "x=1", "--remove-query", "response-content-type", "--inline", "--verbose");

        SampleUrls.WithoutSignature(result.Output).Should().Be(
            "https://my-space.nyc3.digitaloceanspaces.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=DO00SPACESEXAMPLE000%2F20260314%2Fnyc3%2Fs3%2Faws4_request&X-Amz-Date=20260314T151926Z&X-Amz-Expires=3000"
            + "&X-Amz-SignedHeaders=host&response-content-disposition=inline&versionId=3&x=1&X-Amz-Signature=…\n");
        result.Error.Should().Be("""
            presign: valid until 2026-03-14 16:09:26Z (50m)
            presign: kept the parameter versionId
            presign: set the parameters response-content-disposition, x
            presign: removed the parameter response-content-type

            """);
        result.ExitCode.Should().Be(0);
        (await Verify(result)).Should().Be("valid for GET until 2026-03-14 16:09:26Z (50m)\n");
    }

    [Fact]
    public async Task Resign_Script_SeesTheUrlOnly() => (await _tool.RunAsync("resign", SampleUrls.Get)).Should().Be(new ToolResult(0, SampleUrls.Get + "\n", ""));

    [Fact]
    public async Task Resign_DownloadAs_IsEncoded() =>
        (await _tool.RunAsync("resign", SampleUrls.Get, "--download-as", "März.pdf")).Output.Should().Contain("&response-content-disposition=attachment%3B%20filename%3D%22M_rz.pdf%22%3B%20filename%2A%3DUTF-8%27%27M%25C3%25A4rz.pdf&response-content-type=");

    [Fact]
    public async Task Resign_OtherMethod_IsFoundByTheSignature()
    {
        ToolResult result = await _tool.RunAsync("resign", SampleUrls.Put, "--header", "content-type: image/jpeg", "--expires-in", "2h", "--json");

        SampleUrls.WithoutSignature(result.Output).Should().Be(
            """{"url":"https://my-space.nyc3.digitaloceanspaces.com/photos/1.jpg?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=DO00SPACESEXAMPLE000%2F20260314%2Fnyc3%2Fs3%2Faws4_request&X-Amz-Date=20260314T150926Z&X-Amz-Expires=7200&X-Amz-SignedHeaders=content-type%3Bhost&X-Amz-Signature=…","method":"PUT","headers":{"content-type":"image/jpeg"},"expiresAt":"2026-03-14T17:09:26+00:00"}""" + "\n");
        result.Error.Should().BeEmpty();
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Resign_HeaderIsMissing_SaysHowToSpecifyIt() => (await _tool.RunAsync("resign", SampleUrls.Put)).Should().Be(new ToolResult(
        2, "", "presign: The URL cannot be signed again: the URL does not contain the value of the signed header content-type. Specify it with --header, for example --header 'content-type: …'.\n"));

    [Fact]
    public async Task Resign_LockedHeaders_StayLocked()
    {
        string url = SampleUrls.Create(new PutObject("k"), configure: options => options.LockUnsignedHeaders = true);

        ToolResult result = await _tool.RunAsync("resign", url, "--expires-in", "60");

        result.Output.Should().Contain("x-amz-acl");
        result.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Resign_Expired_NeedsAcceptExpired()
    {
        string url = SampleUrls.Create(new GetObject("k"), age: TimeSpan.FromDays(1));

        (await _tool.RunAsync("resign", url)).Should().Be(new ToolResult(1, "", "presign: The URL has expired. If the caller is still allowed access, add --accept-expired and --expires-in, or create the URL again.\n"));
        (await _tool.RunAsync("resign", url, "--accept-expired")).Should().Be(new ToolResult(2, "", "presign: The URL has expired or expires within a second, so no lifetime is left for the new URL. Add --expires-in.\n"));
        (await Verify(await _tool.RunAsync("resign", url, "--accept-expired", "--until", "2026-03-15T00:00Z"))).Should().Be("valid for GET until 2026-03-15 00:00:00Z (8h 50m)\n");
    }

    [Fact]
    public async Task Resign_Appended_NeedsTheName()
    {
        string url = SampleUrls.Get + "&versionId=3";

        ToolResult rejected = await _tool.RunAsync("resign", url);
        ToolResult accepted = await _tool.RunAsync("resign", url, "--accept-appended", "versionId");

        rejected.Error.Should().Be(
            "presign: The URL's signature is wrong: the URL was changed after signing, is for a different method or different header values, or was signed with a different secret access key. "
            + "It has parameters after the signature: 'versionId'. If you trust their origin, add each of them with --accept-appended.\n");
        rejected.ExitCode.Should().Be(1);
        (await Verify(accepted)).Should().Be("valid for GET until 2026-03-14 16:09:26Z (1h)\n");
    }

    [Theory]
    [InlineData("https://minio.example", "")]
    [InlineData("https://minio.example:9000", "")]
    [InlineData("http://127.0.0.1:9000", "")]
    [InlineData("http://[::1]:9000", "")]
    [InlineData("http://localhost:9000", "")]
    [InlineData("https://s3.eu-west-1.amazonaws.com", "")]
    [InlineData("https://abcdefghijklmnopqrst.storage.supabase.co/storage/v1/s3", "eu-central-1")]
    [InlineData("https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com", "")]
    [InlineData("https://t3.storage.dev", "")]
    public async Task Resign_WithoutStore_UsesTheUrlsOwn(string endpointUrl, string region)
    {
        S3Endpoint endpoint = S3Endpoint.TryParse(endpointUrl, out S3Endpoint? parsed) ? parsed : S3Endpoint.Create(endpointUrl, region.Length > 0 ? region : "us-east-1");
        foreach (UrlStyle style in (UrlStyle[])[UrlStyle.Auto, UrlStyle.Path, UrlStyle.VirtualHosted])
        {
            foreach (S3Operation operation in (S3Operation[])[new GetObject("a b/c//d.txt"), new ListObjectsV2 { Prefix = "a" }])
            {
                string url;
                try
                {
                    url = SampleUrls.Create(operation, endpoint, configure: options => options.UrlStyle = style);
                }
                catch (Exception e) when (e is Microsoft.Extensions.Options.OptionsValidationException or ArgumentException)
                {
                    continue; // The host does not support the style.
                }

                ToolResult result = await _tool.WithVariable("AWS_ENDPOINT_URL", "https://other.example").WithVariable("AWS_REGION", "eu-west-3").RunAsync("resign", url);

                result.Should().Be(new ToolResult(0, url + "\n", ""), "of {0}", url);
            }
        }
    }

    [Fact]
    public async Task Resign_CdnOfSpaces_KeepsTheHost()
    {
        string url = SampleUrls.Create(new GetObject("k"), configure: options => options.PublicUrl = "https://my-space.nyc3.cdn.digitaloceanspaces.com");

        (await _tool.RunAsync("resign", url)).Should().Be(new ToolResult(0, url + "\n", ""));
    }

    [Theory]
    [InlineData("https://cdn.example.com", "https://nyc3.digitaloceanspaces.com")]
    [InlineData("https://files.example.com/s3", "https://minio.internal")]
    public async Task Resign_OwnCdnUrl_KeepsTheHost(string cdnUrl, string endpointUrl)
    {
        string[] store = ["--cdn-url", cdnUrl, "--endpoint-url", endpointUrl];
        string atCdn = (await _tool.RunAsync(["get", "s3://my-space/k", .. store])).Output;
        string atStore = (await _tool.RunAsync("get", "s3://my-space/k", "--endpoint-url", endpointUrl)).Output;

        (await _tool.RunAsync(["resign", atCdn.Trim(), .. store, "--bucket", "my-space"])).Should().Be(new ToolResult(0, atCdn, ""));
        (await _tool.RunAsync(["resign", atStore.Trim(), .. store])).Should().Be(new ToolResult(0, atCdn, ""));
    }

    [Fact]
    public async Task Resign_CdnUrlForAnUpload_KeepsTheHostOfTheStore()
    {
        string url = SampleUrls.Create(new PutObject("k"));

        ToolResult result = await _tool.RunAsync("resign", url, "--cdn-url", "https://cdn.example.com", "--endpoint-url", "https://nyc3.digitaloceanspaces.com", "--verbose");

        result.Output.Should().Be(url + "\n");
        result.Error.Should().Contain("presign: --cdn-url does not change the URL, because the provider's CDN accepts only URLs of 'get' that do not sign headers\n");
    }

    [Fact]
    public async Task Resign_CdnUrlOfAnotherStore_Returns2() => (await _tool.RunAsync("resign", SampleUrls.Get, "--cdn-url", "https://cdn.example.com", "--endpoint-url", "https://minio.internal")).Should().Be(new ToolResult(
        2, "", "presign: --cdn-url: The URL with the host 'my-space.nyc3.digitaloceanspaces.com' belongs neither to this CDN nor to the selected store. Select the store of the URL with --endpoint-url or --provider.\n"));

    [Fact]
    public async Task Resign_NoSignRequest_Returns2() => (await _tool.RunAsync("resign", SampleUrls.Get, "--no-sign-request")).Should().Be(
        new ToolResult(2, "", "presign: --no-sign-request: Nothing would be signed. Remove the option.\n"));

    [Fact]
    public async Task Resign_SseKey_IsSignedAndNotPrinted()
    {
        string file = Path.Combine(_tool.Home, "sse.key");
        await File.WriteAllBytesAsync(file, new byte[32]);
        string url = SampleUrls.Create(new GetObject("k") { SseCustomerKey = new SseCustomerKey(new byte[32]) });

        ToolResult result = await _tool.RunAsync("resign", url, "--sse-customer-key-file", file, "--verbose");

        result.Output.Should().Be(url + "\n");
        result.Error.Should().Contain("send the header  x-amz-server-side-encryption-customer-key: ***\n").And.NotContain(Convert.ToBase64String(new byte[32]));
    }

    [Fact]
    public async Task Resign_AccessPoint_KeepsTheHost()
    {
        string url = SampleUrls.Create(new GetObject("k"), S3Endpoint.Aws("us-west-2"), bucket: "arn:aws:s3:us-west-2:123456789012:accesspoint/my-point");

        (await _tool.RunAsync("resign", url)).Should().Be(new ToolResult(0, url + "\n", ""));
    }

    [Fact]
    public async Task Resign_OtherStore_IsRejected()
    {
        (await _tool.RunAsync("resign", SampleUrls.Get, "--region", "fra1")).Should().Be(new ToolResult(
            2, "", "presign: --region: The URL is signed for the region 'nyc3', not for 'fra1', and the region cannot be changed. Remove --region.\n"));
        (await _tool.RunAsync("resign", SampleUrls.Get, "--endpoint-url", "https://fra1.digitaloceanspaces.com")).Should().Be(new ToolResult(
            1, "", "presign: The URL is for the host 'my-space.nyc3.digitaloceanspaces.com', but the selected store is 'fra1.digitaloceanspaces.com'. Omit --endpoint-url and --provider, or select the store of the URL.\n"));
        (await _tool.RunAsync("resign", SampleUrls.Get, "--endpoint-url", "https://nyc3.digitaloceanspaces.com")).ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Resign_Credentials_MustBeThoseOfTheUrl()
    {
        (await _tool.WithKeys(accessKeyId: "OTHERKEY").RunAsync("resign", SampleUrls.Get)).Should().Be(new ToolResult(
            3, "", "presign: The URL cannot be signed again: the URL is signed with the access key 'DO00SPACESEXAMPLE000', but the key of AWS_ACCESS_KEY_ID is 'OTHERKEY'.\n"));
        using FakeTool without = new();
        (await without.RunAsync("resign", SampleUrls.Get)).Should().Be(new ToolResult(
            3, "", "presign: A URL can be signed again only with the access key that signed it, and no credentials are configured. Specify --profile or --ask, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n"));
    }

    [Theory]
    [InlineData("--expires-in 8d", "--expires-in")]
    [InlineData("--expires-in 1h --until 2026-12-24T18:00Z", "--expires-in and --until cannot be combined. Specify only one of them.")]
    [InlineData("--set-query =1", "--set-query: '=1' does not have a name. Use name=value.")]
    [InlineData("--set-query a=1 --set-query a=2", "'a'")]
    [InlineData("--set-query a=1 --remove-query a", "The parameter 'a' is both set and removed. Specify either --set-query or --remove-query.")]
    [InlineData("--remove-query X-Amz-Expires", "The parameter 'X-Amz-Expires' belongs to the signature and cannot be removed. Remove --remove-query.")]
    [InlineData("--header nonsense", "--header: 'nonsense' is not a header. Use 'Name: value'.")]
    [InlineData("--header Authorization:x", "--header specifies an Authorization header")]
    [InlineData("--json --curl", "cannot be combined")]
    public async Task Resign_WrongOption_Returns2(string options, string message)
    {
        ToolResult result = await _tool.RunAsync(["resign", SampleUrls.Get, .. options.Split(' ')]);

        result.Error.Should().Contain(message).And.NotMatchRegex(@"\b(SetQuery|RemoveQuery|ExpiresIn|Headers|Parameter '(changes|url)'|presigner)\b");
        result.Output.Should().BeEmpty();
        result.ExitCode.Should().Be(options.Contains("Authorization", StringComparison.Ordinal) ? 1 : 2);
    }

    [Theory]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com/k?AWSAccessKeyId=DO00SPACESEXAMPLE000&Expires=1773504566&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D", "The URL cannot be signed again: only SigV4 signatures (AWS4-HMAC-SHA256) can be checked, and the algorithm of this one is SigV2.")]
    [InlineData("https://a.example/", "The URL does not contain a signature. Specify the presigned URL with its complete query.")]
    public async Task Resign_NotSigV4_Returns2(string url, string message) => (await _tool.RunAsync("resign", url)).Should().Be(new ToolResult(2, "", $"presign: {message}\n"));

    [Fact]
    public async Task Resign_TruncatedUrl_Returns2() => (await _tool.RunAsync("resign", SampleUrls.Get[..^1])).Should().Be(new ToolResult(
        2, "", "presign: X-Amz-Signature has 63 characters, but a SigV4 signature has 64 hexadecimal digits, so the URL was truncated. Copy the whole URL again.\n"));

    [Fact]
    public async Task Resign_DamagedUrl_SaysSo()
    {
        _tool.Input = "Please use this link:\n" + SampleUrls.Get.Replace("&", "&amp;", StringComparison.Ordinal) + " until tomorrow.\n";

        ToolResult result = await _tool.RunAsync("resign", "-");

        result.Should().Be(new ToolResult(
            0, SampleUrls.Get + "\n", "presign: note: The URL was extracted from a longer text.\npresign: note: The URL was repaired. The URL contained '&amp;', so it was copied from HTML.\n"));
    }

    [Fact]
    public async Task Resign_Errors_DoNotContainSecrets()
    {
        string url = SampleUrls.Create(new GetObject("k"), sessionToken: SampleUrls.SessionToken);

        ToolResult wrong = await _tool.WithKeys(secretAccessKey: "marker-of-a-different-secret").WithVariable("AWS_SESSION_TOKEN", SampleUrls.SessionToken).RunAsync("resign", url, "--verbose");

        wrong.ExitCode.Should().Be(1);
        (wrong.Output + wrong.Error).Should().NotContain("marker").And.NotContain(SampleUrls.Signature(url));
    }

    private async Task<string> Verify(ToolResult resigned) => (await _tool.RunAsync("verify", resigned.Output.Trim())).Output;
}

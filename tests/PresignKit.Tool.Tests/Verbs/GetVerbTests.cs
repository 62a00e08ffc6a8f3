namespace PresignKit.Tool.Tests.Verbs;

public sealed class GetVerbTests : IDisposable
{
    private const string Address = "s3://my-space/k";

    private static readonly string Url = SampleUrls.Create(new GetObject("k"));

    private readonly FakeTool _tool = new FakeTool().WithKeys().WithVariable("AWS_ENDPOINT_URL_S3", "https://nyc3.digitaloceanspaces.com");

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Get_NoTerminal_PrintsOnlyTheUrl() => (await _tool.RunAsync("get", Address)).Should().Be(new ToolResult(0, Url + "\n", ""));

    [Theory]
    [InlineData("--verbose")]
    [InlineData("--debug")]
    public async Task Get_Verbose_NotesTheExpiry(string option)
    {
        ToolResult expected = new(0, Url + "\n", "presign: valid until 2026-03-14 16:09:26Z (1h)\n");

        (await _tool.RunAsync("get", Address, option)).Should().Be(expected);
        (await _tool.RunAsync(option, Address)).Should().Be(expected);
        _tool.IsTerminal = true;
        (await _tool.RunAsync("get", Address)).Should().Be(expected);
    }

    [Fact]
    public async Task Get_TemporaryCredentials_ExpireTogetherWithTheUrl()
    {
        _tool.WithVariable("AWS_SESSION_TOKEN", "marker-token").WithVariable("AWS_CREDENTIAL_EXPIRATION", "2026-03-14T15:49:26Z");

        (await _tool.RunAsync(Address, "--verbose")).Error.Should().Be("presign: valid until 2026-03-14 15:49:26Z (40m)\n");
        (await _tool.RunAsync(Address, "--expires-in", "1h")).Should().Be(new ToolResult(
            2,
            "",
            "presign: --expires-in is 3600 s, but the credentials for 'DO00SPACESEXAMPLE000' expire in 2400 s (2026-03-14 15:49:26Z). Request at most 2400 s, or omit the option for a URL that expires together "
            + "with them.\n"));
    }

    [Fact]
    public async Task Get_OutputOptions_SelectTheForm()
    {
        (await _tool.RunAsync("get", Address, "--json")).Output.Should().Be(
            $$"""{"url":"{{Url}}","method":"GET","headers":{},"expiresAt":"2026-03-14T16:09:26+00:00"}""" + "\n");
        (await _tool.RunAsync("get", Address, "--curl")).Output.Should().Be($"curl --fail-with-body '{Url}'\n");
        (await _tool.RunAsync("get", Address, "--curl", "out.pdf")).Output.Should().Be($"curl --fail-with-body --output out.pdf '{Url}'\n");
        (await _tool.RunAsync("get", Address, "--powershell")).Output.Should().Contain(Url);
        (await _tool.RunAsync("head", Address, "--curl")).Output.Should().Be($"curl --fail-with-body --head '{SampleUrls.Create(new HeadObject("k"))}'\n");
    }

    [Theory]
    [InlineData("get", "--curl", Address)]
    [InlineData("--curl", Address)]
    [InlineData("get", "--curl", "--verbose", Address)]
    [InlineData("--verbose", "--curl", Address)]
    public async Task Get_CurlBeforeTheAddress_DoesNotUseTheAddressAsTheFile(params string[] args) => (await _tool.RunAsync(args)).Output.Should().Be($"curl --fail-with-body '{Url}'\n");

    [Fact]
    public async Task Get_CurlBeforeAnAddressWithoutScheme_ExplainsWhy()
    {
        (await _tool.RunAsync("get", "--curl", "my-space/k")).Should().Be(
            new ToolResult(2, "", "presign: The argument s3://BUCKET/KEY is missing. If it is 'my-space/k', put --curl after it. See 'presign get --help'.\n"));
        (await _tool.RunAsync("post", "--curl", Address)).Should().Be(new ToolResult(2, "", "presign: --curl: The value is missing. Specify it after the option. See 'presign post --help'.\n"));
    }

    [Theory]
    [InlineData("--json --curl", "--json and --curl")]
    [InlineData("--curl --powershell", "--curl and --powershell")]
    [InlineData("--powershell out --json", "--json and --powershell")]
    public async Task Get_TwoForms_AreRejected(string options, string names) =>
        (await _tool.RunAsync(["get", Address, .. options.Split(' ')])).Should().Be(new ToolResult(2, "", $"presign: {names} cannot be combined. Specify only one of them.\n"));

    [Theory]
    [InlineData("s3://my-space", "'s3://my-space' does not contain an object key. Use s3://bucket/key.")]
    [InlineData("s3://my-space/", "'s3://my-space/' does not contain an object key. Use s3://bucket/key.")]
    [InlineData("s3:///k", "'s3:///k' does not contain a bucket. Use s3://bucket/key.")]
    [InlineData("s3://", "'s3://' does not contain a bucket. Use s3://bucket/key.")]
    [InlineData("k\u001b", "'k<U+001B>' does not contain an object key. Use s3://bucket/key.")]
    [InlineData("@k", "'@k' does not contain an object key. Use s3://bucket/key.")]
    [InlineData("https://x.example/k?X-Amz-Signature=marker", "'https://x.example/k?X-Amz-Signature=***' is a URL. Use s3://bucket/key, and specify the store with --endpoint-url.")]
    [InlineData("s3://my-space/a/../b", "The key 'a/../b' has '.' or '..' as a path segment, so browsers and curl would request a different object. Rename the object.")]
    [InlineData("s3://my-space/ContentType/../12:34:56", "The key 'ContentType/../12:34:56' has '.' or '..' as a path segment, so browsers and curl would request a different object. Rename the object.")]
    public async Task Get_AddressNotValid_Returns2(string address, string error) => (await _tool.RunAsync("get", address)).Should().Be(new ToolResult(2, "", $"presign: {error}\n"));

    [Theory]
    [InlineData("--download-as=", "--download-as: The value is missing. Specify it after the option. See 'presign get --help'.")]
    [InlineData("--response-content-disposition a --inline", "--response-content-disposition and --inline cannot be combined. Specify only one of them.")]
    [InlineData("--response-content-disposition a --download-as b", "--response-content-disposition and --download-as cannot be combined. Specify only one of them.")]
    [InlineData("--response-expires 18:00", "--response-expires: '18:00' is not a valid instant. Use a form such as 2026-12-24T18:00Z, 2026-12-24T18:00+01:00, or Unix seconds.")]
    [InlineData("--range 5-2", "--range: '5-2' is not a valid range. Use bytes=0-99, bytes=100- or bytes=-100.")]
    [InlineData("--range bytes=-0", "--range: 'bytes=-0' is not a valid range. Use bytes=0-99, bytes=100- or bytes=-100.")]
    [InlineData("--range -", "--range: '-' is not a valid range. Use bytes=0-99, bytes=100- or bytes=-100.")]
    [InlineData("--range 1-2,4-5", "--range: '1-2,4-5' is not a valid range. Use bytes=0-99, bytes=100- or bytes=-100.")]
    [InlineData("--range 0-1 --part-number 1", "--part-number and --range cannot be combined, because stores apply only one of them. Remove one of them.")]
    [InlineData("--part-number x", "--part-number: 'x' is not a valid number. Use digits only.")]
    [InlineData("--part-number 0", "--part-number is 0. It must be from 1 to 10000.")]
    [InlineData("--header x", "--header: 'x' is not a header. Use 'Name: value'.")]
    [InlineData("--header :x", "--header: ':x' is not a header. Use 'Name: value'.")]
    [InlineData("--header", "--header: The value is missing. Specify it after the option. See 'presign get --help'.")]
    [InlineData("--query-param =x", "--query-param: '=x' does not have a name. Use name=value.")]
    [InlineData("--query-param X-Amz-Expires=1", "The query parameter 'X-Amz-Expires' is part of the signature. Remove it, and use --expires-in for the expiry and --profile for the credentials.")]
    [InlineData("--request-payer me", "--request-payer: 'me' is not a valid value. Use 'requester'.")]
    [InlineData("--expires-in 1h --until 2026-12-24T18:00Z", "--expires-in and --until cannot be combined. Specify only one of them.")]
    [InlineData("--until 2026-03-14T18:00Z --window 5m", "--until and --window cannot be combined, because --window extends the lifetime of the URL. Use --expires-in with --window.")]
    [InlineData("--window 2d", "--window is 2d, which is not a whole number of seconds from 1 second to 1 day. Use a value such as 15m.")]
    [InlineData(
        "--window 15m --expires-in 7d",
        "--expires-in is 604800 s, which together with the --window of 900 s exceeds the store's maximum of 604800 s. Request at most 603900 s, or use a shorter window.")]
    [InlineData(
        "--cdn-url https://my-space.nyc3.digitaloceanspaces.com",
        "--cdn-url: The host 'my-space.nyc3.digitaloceanspaces.com' is a storage host of DigitalOcean Spaces, not a CDN or a proxy. Set the host of the CDN or proxy, or remove --cdn-url.")]
    [InlineData("--region eu-west-1", "--region: The region 'eu-west-1' conflicts with the host 'nyc3.digitaloceanspaces.com' of DigitalOcean Spaces. Set --region to 'nyc3' or leave it unset, or use the endpoint 'https://eu-west-1.digitaloceanspaces.com'.")]
    [InlineData("--curl a --curl b", "--curl: The option is specified more than once. Specify it once. See 'presign get --help'.")]
    public async Task Get_ValueNotValid_Returns2AndNamesTheOption(string options, string error) =>
        (await _tool.RunAsync(["get", Address, .. options.Split(' ')])).Should().Be(new ToolResult(2, "", $"presign: {error}\n"));

    [Fact]
    public async Task Get_EmptyFileName_Returns2() => (await _tool.RunAsync("get", Address, "--download-as", "")).Should().Be(new ToolResult(2, "", "presign: --download-as is empty. Specify the name of a file.\n"));

    [Fact]
    public async Task Get_NoSignRequest_Returns2WithTheUnsignedUrl()
    {
        (await _tool.RunAsync("get", Address, "--no-sign-request")).Should().Be(
            new ToolResult(2, "", "presign: --no-sign-request: Nothing would be signed. The URL without a signature is https://my-space.nyc3.digitaloceanspaces.com/k\n"));
        (await _tool.RunAsync("list", "s3://my-space", "--no-sign-request")).Error
            .Should().Be("presign: --no-sign-request: Nothing would be signed. The URL without a signature is https://my-space.nyc3.digitaloceanspaces.com/\n");
        (await _tool.RunAsync("post", Address, "--no-sign-request")).Error.Should().Be("presign: --no-sign-request: Nothing would be signed. Remove the option.\n");
    }

    [Fact]
    public async Task Get_AccessPointElsewhere_NamesTheOptions() =>
        (await _tool.RunAsync("get", "s3://arn:aws:s3:us-west-2:123456789012:accesspoint/name/k")).Should().Be(new ToolResult(
            2,
            "",
            "presign: The bucket 'arn:aws:s3:us-west-2:123456789012:accesspoint/name' is an access point of AWS S3, but 'https://nyc3.digitaloceanspaces.com' is not an endpoint of AWS S3. "
            + "Use --provider aws --region us-west-2.\n"));

    [Fact]
    public async Task List_ValueNotValid_Returns2()
    {
        (await _tool.RunAsync("list", "s3://my-space", "--max-keys", "1001")).Should().Be(new ToolResult(2, "", "presign: --max-keys is 1001. It must be from 0 to 1000.\n"));
        (await _tool.RunAsync("list", "s3://my-space", "--encoding-type", "xml")).Should().Be(new ToolResult(2, "", "presign: --encoding-type: 'xml' is not a valid value. Use 'url'.\n"));
    }

    [Fact]
    public async Task Delete_Terminal_WarnsAfterTheUrl()
    {
        string url = SampleUrls.Create(new DeleteObject("k"));
        ToolResult expected = new(0, url + "\n", "presign: valid until 2026-03-14 16:09:26Z (1h)\npresign: anyone who has this URL can delete the object\n");

        (await _tool.RunAsync("delete", Address)).Should().Be(new ToolResult(0, url + "\n", ""));
        (await _tool.RunAsync("delete", Address, "--verbose")).Should().Be(expected);
        _tool.IsTerminal = true;
        (await _tool.RunAsync("delete", Address)).Should().Be(expected);
    }
}

namespace PresignKit.Tool.Tests.Verbs;

/// <summary>Compares the URLs of command lines with the URLs of the library at the same time.</summary>
public sealed class SignedRequestTests : IDisposable
{
    private const string Address = "s3://my-space/k";
    private const string Sha256 = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";

    private static readonly DateTimeOffset Christmas = new(2026, 12, 24, 18, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, (string[] Args, S3Operation Operation)> Cases = new[]
    {
        // get
        Case(new GetObject("k"), Address),
        Case(new GetObject("k"), "get", Address),
        Case(new GetObject("k"), "get", "my-space/k"),
        Case(new GetObject("k"), "get", "S3://my-space/k"),
        Case(new GetObject("k"), "--expires-in", "3600", Address),
        Case(new GetObject("k"), "get", "--verbose", Address, "--color", "never"),
        Case(new GetObject("k"), "get", "--", Address),
        Case(new GetObject("k") { ExpiresIn = TimeSpan.FromMinutes(90) }, Address, "--expires-in", "1h30m"),
        Case(new GetObject("k") { ExpiresIn = TimeSpan.FromDays(7) }, Address, "--expires-in=7d"),
        Case(new GetObject("k") { ExpiresIn = TimeSpan.FromHours(2) }, Address, "--until", "2026-03-14T17:09:26Z"),
        Case(new GetObject("k") { DownloadFileName = "Invoice 7 – März.pdf" }, Address, "--download-as", "Invoice 7 – März.pdf"),
        Case(new GetObject("k") { DownloadFileName = "put" }, "--download-as", "put", Address),
        Case(new GetObject("k") { DownloadFileName = "put" }, Address, "--download-as", "put"),
        Case(new GetObject("k") { DownloadFileName = "@notes.txt" }, Address, "--download-as", "@notes.txt"),
        Case(Response(new ResponseHeaderOverrides { ContentDisposition = "inline" }), Address, "--inline"),
        Case(Response(new ResponseHeaderOverrides { ContentDisposition = ContentDisposition.Inline("a.pdf") }), Address, "--inline", "--download-as", "a.pdf"),
        Case(Response(new ResponseHeaderOverrides { ContentType = "text/html; charset=utf-8" }), Address, "--response-content-type", "text/html; charset=utf-8"),
        Case(Response(new ResponseHeaderOverrides { ContentDisposition = "attachment" }), Address, "--response-content-disposition", "attachment"),
        Case(Response(new ResponseHeaderOverrides { ContentEncoding = "gzip" }), Address, "--response-content-encoding", "gzip"),
        Case(Response(new ResponseHeaderOverrides { ContentLanguage = "de" }), Address, "--response-content-language", "de"),
        Case(Response(new ResponseHeaderOverrides { CacheControl = "max-age=60" }), Address, "--response-cache-control", "max-age=60"),
        Case(Response(new ResponseHeaderOverrides { Expires = Christmas }), Address, "--response-expires", "2026-12-24T18:00Z"),
        Case(Response(new ResponseHeaderOverrides { Expires = Christmas }), Address, "--response-expires", "2026-12-24T19:00:00+01:00"),
        Case(Response(new ResponseHeaderOverrides { Expires = Christmas }), Address, "--response-expires", "Thu, 24 Dec 2026 18:00:00 GMT"),
        Case(new GetObject("k") { VersionId = "v1" }, Address, "--version-id", "v1"),
        Case(new GetObject("k") { PartNumber = 2 }, Address, "--part-number", "2"),
        Case(new GetObject("k") { Range = new ByteRange(0, 99) }, Address, "--range", "bytes=0-99"),
        Case(new GetObject("k") { Range = ByteRange.StartingAt(100) }, Address, "--range", "100-"),
        Case(new GetObject("k") { Range = ByteRange.Last(100) }, Address, "--range=-100"),
        Case(new GetObject("k") { IfMatch = "\"e\"" }, Address, "--if-match", "\"e\""),
        Case(new GetObject("k") { IfNoneMatch = "\"e\"" }, Address, "--if-none-match", "\"e\""),
        Case(new GetObject("k") { Headers = [new("x-one", "1"), new("-x", "y")] }, Address, "--header", "x-one: 1", "--header=-x: y"),
        Case(new GetObject("k") { Headers = [new("x-empty", "a:b")] }, Address, "--header", "x-empty:a:b"),
        Case(new GetObject("k") { Query = [new("foo", "1=2"), new("bar", null!)] }, Address, "--query-param", "foo=1=2", "--query-param", "bar"),
        Case(new GetObject("k") { RequesterPays = true }, Address, "--request-payer", "requester"),
        Case(new GetObject("k") { ExpectedBucketOwner = "111122223333" }, Address, "--expected-bucket-owner", "111122223333"),

        // head, delete, list
        Case(new HeadObject("k"), "head", Address),
        Case(new HeadObject("k") { VersionId = "v1", ResponseHeaders = new ResponseHeaderOverrides { ContentType = "a/b" } }, "head", Address, "--version-id", "v1", "--response-content-type", "a/b"),
        Case(new DeleteObject("k"), "delete", Address),
        Case(new DeleteObject("k") { VersionId = "v1" }, "delete", Address, "--version-id", "v1"),
        Case(new ListObjectsV2(), "list", "s3://my-space"),
        Case(new ListObjectsV2(), "list", "my-space/"),
        Case(new ListObjectsV2 { Prefix = "/a b/%" }, "list", "s3://my-space//a b/%"),
        Case(
            new ListObjectsV2 { Prefix = "photos/", Delimiter = "/", MaxKeys = 50, StartAfter = "photos/a", ContinuationToken = "t+/=", UrlEncodeKeys = true },
            "list", "s3://my-space/photos/", "--delimiter", "/", "--max-keys", "50", "--start-after", "photos/a", "--continuation-token", "t+/=", "--encoding-type", "url"),

        // put
        Case(new PutObject("k"), "put", Address),
        Case(new PutObject("k") { ContentType = "image/png", ContentLength = 5 }, "put", Address, "--content-type", "image/png", "--content-length", "5"),
        Case(new PutObject("k") { ContentMD5 = "XUFAKrxLKna5cZ2REBfFkg==" }, "put", Address, "--content-md5", "XUFAKrxLKna5cZ2REBfFkg=="),
        Case(new PutObject("k") { ContentEncoding = "gzip", ContentLanguage = "de" }, "put", Address, "--content-encoding", "gzip", "--content-language", "de"),
        Case(new PutObject("k") { ContentDisposition = "inline", CacheControl = "no-cache" }, "put", Address, "--content-disposition", "inline", "--cache-control", "no-cache"),
        Case(new PutObject("k") { Checksum = new Checksum(ChecksumAlgorithm.Sha256, Sha256) }, "put", Address, "--checksum-sha256", Sha256),
        Case(new PutObject("k") { Checksum = new Checksum(ChecksumAlgorithm.Sha1, "qvTGHdzF6KLavt4PO0gs2a6pQ00=") }, "put", Address, "--checksum-sha1", "qvTGHdzF6KLavt4PO0gs2a6pQ00="),
        Case(new PutObject("k") { Checksum = new Checksum(ChecksumAlgorithm.Crc32, "NhCmhg==") }, "put", Address, "--checksum-crc32", "NhCmhg=="),
        Case(new PutObject("k") { Checksum = new Checksum(ChecksumAlgorithm.Crc32C, "mnG7TA==") }, "put", Address, "--checksum-crc32c", "mnG7TA=="),
        Case(new PutObject("k") { Checksum = new Checksum(ChecksumAlgorithm.Crc64Nvme, "M3eFcAZSQlc=") }, "put", Address, "--checksum-crc64nvme", "M3eFcAZSQlc="),
        Case(new PutObject("k") { Acl = "public-read", StorageClass = "STANDARD_IA" }, "put", Address, "--acl", "public-read", "--storage-class", "STANDARD_IA"),
        Case(new PutObject("k") { Metadata = new Dictionary<string, string> { ["a"] = "1", ["b"] = "x=y" } }, "put", Address, "--metadata", "a=1,b=x=y"),
        Case(new PutObject("k") { Tagging = new Dictionary<string, string> { ["a b"] = "1&2", ["c"] = "" } }, "put", Address, "--tagging", "a+b=1%262&c="),
        Case(new PutObject("k") { ServerSideEncryption = ServerSideEncryption.S3 }, "put", Address, "--sse", "AES256"),
        Case(new PutObject("k") { ServerSideEncryption = ServerSideEncryption.Kms("id") }, "put", Address, "--sse", "aws:kms", "--sse-kms-key-id", "id"),
        Case(new PutObject("k") { ServerSideEncryption = ServerSideEncryption.KmsDualLayer() }, "put", Address, "--sse", "aws:kms:dsse"),
        Case(new PutObject("k") { IfNoneMatch = "*" }, "put", Address, "--if-none-match", "*"),
        Case(new PutObject("k") { IfMatch = "\"e\"" }, "put", Address, "--if-match", "\"e\""),

        // keys
        Case(new GetObject("a b+c%41&d?e#f"), "s3://my-space/a b+c%41&d?e#f"),
        Case(new GetObject("März/日本/😀.pdf"), "s3://my-space/März/日本/😀.pdf"),
        Case(new GetObject("/leading//double/"), "s3://my-space//leading//double/"),
        Case(new GetObject("line\nbreak\u001b[31m"), "s3://my-space/line\nbreak\u001b[31m"),
        Case(new GetObject("-k"), "s3://my-space/-k"),
        Case(new GetObject("-k"), "get", "--", "my-space/-k"),
        Case(new GetObject("http://x/y"), "get", "my-space/http://x/y"),
        Case(new GetObject("@k"), "get", "my-space/@k"),
        Case(new GetObject("s3://x"), "s3://my-space/s3://x"),
    }.ToDictionary(one => string.Join(' ', one.Args));

    private readonly FakeTool _tool = new FakeTool().WithKeys().WithVariable("AWS_ENDPOINT_URL_S3", "https://nyc3.digitaloceanspaces.com");

    public static TheoryData<string> CommandLines => [.. Cases.Keys];

    public void Dispose() => _tool.Dispose();

    [Theory]
    [MemberData(nameof(CommandLines))]
    public async Task Presign_Options_AreSignedAsByTheLibrary(string commandLine)
    {
        (string[] args, S3Operation operation) = Cases[commandLine];

        ToolResult result = await _tool.RunAsync(args);

        result.Output.Should().Be(SampleUrls.Create(operation) + "\n", "of {0}, whose error is {1}", commandLine, result.Error);
        result.ExitCode.Should().Be(0);
        if (!args.Contains("--verbose"))
        {
            result.Error.Should().BeEmpty();
        }
    }

    [Fact]
    public async Task Presign_Window_ReturnsTheSameUrlWithinTheWindow()
    {
        string url = SampleUrls.Create(new GetObject("k"), configure: options => options.SigningWindow = TimeSpan.FromMinutes(15));

        (await _tool.RunAsync(Address, "--window", "15m")).Output.Should().Be(url + "\n");
        _tool.Clock.Advance(TimeSpan.FromMinutes(5));
        (await _tool.RunAsync(Address, "--window", "15m")).Output.Should().Be(url + "\n");
    }

    [Fact]
    public async Task Presign_Lock_SignsTheHeadersThatCephAccepts() =>
        (await _tool.RunAsync("put", Address, "--lock")).Output.Should().Be(SampleUrls.Create(new PutObject("k"), configure: options => options.LockUnsignedHeaders = true) + "\n");

    [Fact]
    public async Task Presign_UrlStyle_SelectsThePositionOfTheBucket()
    {
        (await _tool.RunAsync(Address, "--url-style", "path")).Output.Should().Be(SampleUrls.Create(new GetObject("k"), configure: options => options.UrlStyle = UrlStyle.Path) + "\n");
        (await _tool.RunAsync(Address, "--url-style", "virtual")).Output.Should().Be(SampleUrls.Create(new GetObject("k")) + "\n");
        (await _tool.RunAsync(Address, "--url-style", "middle")).Should().Be(new ToolResult(2, "", "presign: --url-style: 'middle' is not a valid URL style. Use auto, path or virtual.\n"));
    }

    [Fact]
    public async Task Presign_CdnUrlOfAProvider_ReplacesTheHostOfGetOnly()
    {
        (await _tool.RunAsync(Address, "--cdn-url", "https://files.example.com", "--verbose")).Should().Be(new ToolResult(
            0,
            SampleUrls.Create(new GetObject("k"), configure: options => options.PublicUrl = "https://files.example.com") + "\n",
            "presign: valid until 2026-03-14 16:09:26Z (1h)\n"));
        (await _tool.RunAsync("head", Address, "--cdn-url", "https://files.example.com", "--verbose")).Should().Be(new ToolResult(
            0,
            SampleUrls.Create(new HeadObject("k")) + "\n",
            "presign: valid until 2026-03-14 16:09:26Z (1h)\n" + UnusedCdn));
        (await _tool.RunAsync(Address, "--cdn-url", "https://files.example.com", "--range", "bytes=0-9", "--verbose")).Error.Should().EndWith(UnusedCdn, "because a CDN might not forward a signed header");
        (await _tool.RunAsync("post", Address, "--cdn-url", "https://files.example.com", "--verbose")).Error.Should().StartWith(UnusedCdn);
        _tool.Input = "k\n";
        (await _tool.RunAsync("batch", "s3://my-space", "--method", "put", "--cdn-url", "https://files.example.com", "--verbose")).Error.Should().Be(UnusedCdn);
    }

    // Of these stores, a CDN or proxy forwards every request.
    [Theory]
    [InlineData("https://s3.eu-west-1.amazonaws.com", "https://cdn.example.com")]
    [InlineData("https://minio.internal", "https://CDN.example.com:443/s3")]
    public async Task Presign_CdnUrlOfAProxy_ReplacesTheHostOfEveryRequest(string endpointUrl, string cdnUrl)
    {
        string[] options = ["--endpoint-url", endpointUrl, "--cdn-url", cdnUrl, "--verbose"];
        foreach (string verb in (string[])["get", "put", "head", "delete", "post"])
        {
            ToolResult result = await _tool.RunAsync([verb, Address, .. options]);

            result.Output.Should().Contain("https://cdn.example.com/");
            result.Error.Should().NotContain("--cdn-url");
        }

        string put = (await _tool.RunAsync(["put", Address, .. options])).Output.Trim();
        ToolResult resigned = await _tool.RunAsync(["resign", put, "--bucket", "my-space", .. options]);
        resigned.Output.Should().Be(put + "\n");
        resigned.Error.Should().NotContain("--cdn-url");
    }

    [Fact]
    public async Task Presign_AccessPoint_UsesTheArnAsTheBucket()
    {
        const string Arn = "arn:aws:s3:us-west-2:123456789012:accesspoint/name";
        _tool.WithVariable("AWS_ENDPOINT_URL_S3", null).WithVariable("AWS_REGION", "us-west-2");
        string url = SampleUrls.Create(new GetObject("k/accesspoint/x"), S3Endpoint.Aws("us-west-2"), bucket: Arn) + "\n";

        (await _tool.RunAsync($"s3://{Arn}/k/accesspoint/x")).Output.Should().Be(url);
        (await _tool.RunAsync("s3://arn:aws:s3:us-west-2:123456789012:accesspoint:name/k/accesspoint/x")).Output.Should().Be(url);
    }

    private const string UnusedCdn = "presign: --cdn-url does not change the URL, because the provider's CDN accepts only URLs of 'get' that do not sign headers\n";

    private static GetObject Response(ResponseHeaderOverrides headers) => new("k") { ResponseHeaders = headers };

    private static (string[] Args, S3Operation Operation) Case(S3Operation operation, params string[] args) => (args, operation);
}

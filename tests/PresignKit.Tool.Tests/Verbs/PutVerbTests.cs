namespace PresignKit.Tool.Tests.Verbs;

public sealed class PutVerbTests : IDisposable
{
    private const string Address = "s3://my-space/k";

    private readonly FakeTool _tool = new FakeTool().WithKeys().WithVariable("AWS_ENDPOINT_URL_S3", "https://nyc3.digitaloceanspaces.com");

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Put_Terminal_NotesTheHeadersAndTheExpiry()
    {
        _tool.IsTerminal = true;

        (await _tool.RunAsync("put", Address, "--content-type", "image/jpeg")).Should().Be(new ToolResult(
            0,
            SampleUrls.Create(new PutObject("k") { ContentType = "image/jpeg" }) + "\n",
            "presign: send the header  content-type: image/jpeg\npresign: valid until 2026-03-14 16:09:26Z (1h)\n"));
    }

    [Theory]
    [InlineData("hello.txt", "text/plain")]
    [InlineData("hello.PNG", "image/png")]
    [InlineData("hello.unknown", "application/octet-stream")]
    [InlineData("hello", "application/octet-stream")]
    public async Task Put_For_SignsLengthTypeAndChecksums(string name, string type)
    {
        string file = WriteFile(name, "hello"u8.ToArray());
        PutObject expected = new("k")
        {
            ContentLength = 5,
            ContentType = type,
            ContentMD5 = "XUFAKrxLKna5cZ2REBfFkg==",
            Checksum = new Checksum(ChecksumAlgorithm.Sha256, "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="),
        };

        (await _tool.RunAsync("put", Address, "--for", file)).Should().Be(new ToolResult(0, SampleUrls.Create(expected) + "\n", ""));
        (await _tool.RunAsync("put", Address, "--for", file, "--content-type", "a/b")).Output.Should().Be(SampleUrls.Create(expected with { ContentType = "a/b" }) + "\n");
    }

    [Fact]
    public async Task Put_ForOtherStores_SignsTheChecksumThatTheyVerify()
    {
        string file = WriteFile("hello.txt", "hello"u8.ToArray());
        PutObject expected = new("k") { ContentLength = 5, ContentType = "text/plain" };
        S3Endpoint b2 = S3Endpoint.BackblazeB2("us-west-004");
        S3Endpoint self = S3Endpoint.Create("http://127.0.0.1:9000", "us-east-1");
        Checksum checksum = new(ChecksumAlgorithm.Sha256, "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");

        (await _tool.RunAsync("put", Address, "--for", file, "--provider", "aws", "--region", "eu-west-1")).Output
            .Should().Be(SampleUrls.Create(expected with { Checksum = checksum }, S3Endpoint.Aws("eu-west-1")) + "\n");
        (await _tool.RunAsync("put", Address, "--for", file, "--provider", "b2", "--region", "us-west-004")).Output
            .Should().Be(SampleUrls.Create(expected with { ContentMD5 = "XUFAKrxLKna5cZ2REBfFkg==" }, b2) + "\n");
        (await _tool.RunAsync("put", Address, "--for", file, "--endpoint-url", "http://127.0.0.1:9000")).Output
            .Should().Be(SampleUrls.Create(expected with { ContentMD5 = "XUFAKrxLKna5cZ2REBfFkg==", Checksum = checksum }, self) + "\n");
    }

    [Fact]
    public async Task Put_ForLargeAndEmptyFiles_HashesTheWholeFile()
    {
        byte[] content = new byte[3 << 20];
        new Random(1).NextBytes(content);

        foreach (byte[] bytes in (byte[][])[content, []])
        {
            PutObject expected = new("k")
            {
                ContentLength = bytes.Length,
                ContentType = "application/octet-stream",
                ContentMD5 = Md5(bytes),
                Checksum = new Checksum(ChecksumAlgorithm.Sha256, System.Security.Cryptography.SHA256.HashData(bytes)),
            };
            (await _tool.RunAsync("put", Address, "--for", WriteFile("f", bytes))).Output.Should().Be(SampleUrls.Create(expected) + "\n");
        }
    }

    [Fact]
    public async Task Put_ForUnsuitableFile_Returns2()
    {
        (await _tool.RunAsync("put", Address, "--for", "missing\u001b")).Error.Should().Be("presign: --for: The file 'missing<U+001B>' does not exist. Specify the path of the file that will be uploaded.\n");
        (await _tool.RunAsync("put", Address, "--for", "")).Error.Should().Be("presign: --for: The file '' does not exist. Specify the path of the file that will be uploaded.\n");
        (await _tool.RunAsync("put", Address, "--for", _tool.Home)).Should().Be(
            new ToolResult(2, "", $"presign: --for: The file '{_tool.Home}' is a directory. Specify the path of the file that will be uploaded.\n"));
        (await _tool.RunAsync("put", Address, "--for", "x", "--content-length", "1")).Error
            .Should().Be("presign: --for and --content-length cannot be combined, because --for computes the value from the file. Specify only one of them.\n");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Put_SseCustomerKey_IsSignedButNotNoted(bool isBase64)
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)(200 + i))];
        string base64 = Convert.ToBase64String(key);
        string file = isBase64 ? WriteFile("sse.key", System.Text.Encoding.ASCII.GetBytes(base64 + "\n")) : WriteFile("sse.key", key);
        _tool.IsTerminal = true;

        ToolResult result = await _tool.RunAsync("put", Address, "--sse-customer-key-file", file);

        result.Output.Should().Be(SampleUrls.Create(new PutObject("k") { SseCustomerKey = new SseCustomerKey(key) }) + "\n");
        result.Error.Should().Be(
            "presign: send the header  x-amz-server-side-encryption-customer-algorithm: AES256\n"
            + "presign: send the header  x-amz-server-side-encryption-customer-key: ***\n"
            + $"presign: send the header  x-amz-server-side-encryption-customer-key-md5: {Md5(key)}\n"
            + "presign: valid until 2026-03-14 16:09:26Z (1h)\n");
        result.Error.Should().NotContain(base64);
    }

    [Fact]
    public async Task Put_SseCustomerKeyFileNotValid_Returns2AndDoesNotPrintIt()
    {
        string wrong = WriteFile("wrong.key", "marker-secret-of-31-characters-"u8.ToArray());
        string big = WriteFile("big.key", new byte[1 << 20]);

        (await _tool.RunAsync("put", Address, "--sse-customer-key-file", wrong)).Should().Be(
            new ToolResult(2, "", $"presign: --sse-customer-key-file: The file '{wrong}' does not contain a key. It must contain exactly 32 bytes, or their base64 form.\n"));
        (await _tool.RunAsync("put", Address, "--sse-customer-key-file", big)).Error.Should().Contain("does not contain a key");
        (await _tool.RunAsync("put", Address, "--sse-customer-key-file", _tool.Home)).Error
            .Should().Be($"presign: --sse-customer-key-file: '{_tool.Home}' is a directory. Specify the file that contains the key.\n");
        (await _tool.RunAsync("put", Address, "--sse-customer-key-file", "")).Error
            .Should().Be("presign: --sse-customer-key-file: The file '' does not exist. Create it, for example with 'openssl rand 32 > sse.key'.\n");
    }

    [Fact]
    public async Task Put_Curl_ContainsTheHeaders()
    {
        string url = SampleUrls.Create(new PutObject("k") { ContentType = "image/jpeg" });

        (await _tool.RunAsync("put", Address, "--content-type", "image/jpeg", "--curl", "1.jpg")).Output
            .Should().Be($"curl --fail-with-body --request PUT --header 'content-type: image/jpeg' --upload-file 1.jpg '{url}'\n");
        (await _tool.RunAsync("put", Address, "--content-type", "image/jpeg", "--json")).Output
            .Should().Be($$"""{"url":"{{url}}","method":"PUT","headers":{"content-type":"image/jpeg"},"expiresAt":"2026-03-14T16:09:26+00:00"}""" + "\n");
        (await _tool.RunAsync("put", Address, "--powershell", "1.jpg")).Output
            .Should().Be($"'url = \"{SampleUrls.Create(new PutObject("k"))}\"' | curl.exe --fail-with-body --request 'PUT' --upload-file '1.jpg' --config -\n");
    }

    [Theory]
    [InlineData("--content-length -1", "--content-length: '-1' is not a valid number of bytes. Use digits only.")]
    [InlineData("--content-md5 zz", "--content-md5: The MD5 hash is not valid base64. Encode its 16 bytes as base64, not as hexadecimal digits.")]
    [InlineData("--checksum-sha1 zz", "--checksum-sha1: The SHA1 checksum is not valid base64. Encode its 20 bytes as base64, not as hexadecimal digits.")]
    [InlineData("--checksum-sha1 a --checksum-crc32 b", "--checksum-sha1 and --checksum-crc32 cannot be combined, because stores accept one checksum. Specify only one of them.")]
    [InlineData("--metadata a", "--metadata: 'a' is not a name with a value. Use name=value,name=value.")]
    [InlineData("--metadata a=1,a=2", "--metadata: 'a' is specified more than once. Specify each name once.")]
    [InlineData("--tagging a%20b=1&a+b=2", "--tagging: 'a b' is specified more than once. Specify each name once.")]
    [InlineData("--sse aes", "--sse: 'aes' is not a valid algorithm. Use AES256, aws:kms or aws:kms:dsse.")]
    [InlineData("--sse-kms-key-id x", "--sse-kms-key-id requires --sse aws:kms. Add it.")]
    [InlineData("--acl=", "--acl: The value is missing. Specify it after the option. See 'presign put --help'.")]
    [InlineData("--query-param x-amz-acl=private", "The query parameter 'x-amz-acl' is the name of a header, which stores ignore in a query. Add it with --header, or use the option for it.")]
    [InlineData("--header content-type:a --content-type b", "The header 'content-type' is specified twice. Remove one of them (a different option may already set it), or join the values with commas.")]
    [InlineData(
        "--content-disposition März",
        "The value of the header 'content-disposition' contains the character U+00E4, but HTTP clients send only ASCII. Encode it as in filename*=UTF-8''M%C3%A4rz.pdf (RFC 8187), or for a download, use "
        + "--download-as.")]
    [InlineData(
        "--lock --provider b2 --region us-west-004",
        "--lock is for stores that run Ceph, but Backblaze B2 already rejects unsigned headers and would reject every locked URL with 403. Omit --lock.")]
    public async Task Put_ValueNotValid_Returns2AndNamesTheOption(string options, string error) =>
        (await _tool.RunAsync(["put", Address, .. options.Split(' ')])).Should().Be(new ToolResult(2, "", $"presign: {error}\n"));

#pragma warning disable CA5351 // Content-MD5 is the checksum that every store verifies.
    private static string Md5(byte[] bytes) => Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(bytes));
#pragma warning restore CA5351

    private string WriteFile(string name, byte[] content)
    {
        string path = Path.Combine(_tool.Home, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    [Theory]
    [InlineData("--curl")]
    [InlineData("--powershell")]
    public async Task Put_CommandLineWithoutFile_IsRejected(string option) =>
        (await _tool.RunAsync("put", "s3://my-space/k", "--provider", "spaces", "--region", "nyc3", option)).Should().Be(new ToolResult(
            2, "", $"presign: {option}: The file is missing, so the command line would upload an empty object. Specify the file that it uploads, for example {option} photo.jpg.\n"));

    [Fact]
    public async Task Put_CommandLineWithFor_UploadsThisFile()
    {
        using FakeTool tool = new FakeTool().WithKeys();
        string file = Path.Combine(tool.Home, "a.png");
        await File.WriteAllTextAsync(file, "x");

        (await tool.RunAsync("put", "s3://my-space/k", "--provider", "spaces", "--region", "nyc3", "--for", file, "--curl")).Output.Should().Contain($" --upload-file {file} ");
    }
}

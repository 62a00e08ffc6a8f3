using System.Text;

namespace PresignKit.Tool.Tests.Verbs;

public sealed class BatchVerbTests : IDisposable
{
    private const string Bucket = "s3://my-space";

    private readonly FakeTool _tool = new FakeTool().WithKeys().WithVariable("AWS_ENDPOINT_URL_S3", "https://nyc3.digitaloceanspaces.com");

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Batch_Keys_GiveUrlsInTheirOrder()
    {
        _tool.Input = "b\n a \nMärz/%+&?😀\n-x\n/leading";

        (await _tool.RunAsync("batch", Bucket)).Should().Be(new ToolResult(0, Lines("b", " a ", "März/%+&?😀", "-x", "/leading"), ""));
    }

    [Fact]
    public async Task Batch_EmptyInput_PrintsNothing() => (await _tool.RunAsync("batch", Bucket + "/")).Should().Be(new ToolResult(0, "", ""));

    [Fact]
    public async Task Batch_LinesNotValid_GiveEmptyLinesAndErrors()
    {
        _tool.InputStream = new MemoryStream([.. "a\n\nb\r\n"u8, 0xFF, .. "\n../x\nc\n"u8]);

        (await _tool.RunAsync("batch", Bucket)).Should().Be(new ToolResult(
            1,
            Lines("a") + "\n\n\n\n" + Lines("c"),
            "presign: line 2: The key is empty. Remove the line.\n"
            + "presign: line 3: The key ends with a carriage return. Convert the line endings, for example with 'tr -d \"\\r\"', or use --null if it is part of the key.\n"
            + "presign: line 4: The key is not valid UTF-8. Convert the list to UTF-8.\n"
            + "presign: line 5: The key '../x' has '.' or '..' as a path segment, so browsers and curl would request a different object. Rename the object.\n"));
    }

    [Fact]
    public async Task Batch_ByteOrderMark_IsNotPartOfTheFirstKey()
    {
        _tool.Input = "a\n\uFEFFb\n";
        string keys = (await _tool.RunAsync("batch", Bucket)).Output;
        _tool.Input = "\uFEFFa\n\uFEFFb\n";
        ToolResult marked = await _tool.RunAsync("batch", Bucket, "--verbose");
        _tool.Input = "\uFEFFa\0";
        ToolResult withNull = await _tool.RunAsync("batch", Bucket, "--null");
        _tool.Input = "\uFEFF{\"key\":\"a\"}\n";
        ToolResult request = await _tool.RunAsync("batch", Bucket, "--ndjson");

        marked.Should().Be(new ToolResult(0, keys, "presign: The byte order mark at the start of the input is ignored.\n"));
        withNull.Output.Should().Contain("/%EF%BB%BFa?");
        request.Should().Be(new ToolResult(0, keys.Split('\n')[0] + "\n", ""));
    }

    [Fact]
    public async Task Batch_KeyWithReplacementCharacter_IsSigned()
    {
        _tool.Input = "\uFFFD\n";
        ToolResult key = await _tool.RunAsync("batch", Bucket);
        _tool.Input = "{\"key\":\"\uFFFD\"}\n";
        ToolResult request = await _tool.RunAsync("batch", Bucket, "--ndjson");

        key.Output.Should().Contain("/%EF%BF%BD?");
        request.Should().Be(key);
    }

    [Fact]
    public async Task Batch_Stop_EndsAtTheFirstError()
    {
        _tool.Input = "a\n\nb\n";

        (await _tool.RunAsync("batch", Bucket, "--stop")).Should().Be(new ToolResult(1, Lines("a") + "\n", "presign: line 2: The key is empty. Remove the line.\n"));
    }

    [Fact]
    public async Task Batch_Null_SeparatesKeysWithLineFeeds()
    {
        _tool.Input = "a\nb\0c\r\0d";

        ToolResult expected = new(0, Lines("a\nb", "c\r", "d"), "");
        (await _tool.RunAsync("batch", Bucket, "--null")).Should().Be(expected);
        (await _tool.RunAsync("batch", Bucket, "-0")).Should().Be(expected);
    }

    [Fact]
    public async Task Batch_DryRun_CountsLines()
    {
        _tool.Input = "a\n\nb\n";

        (await _tool.RunAsync("batch", Bucket, "--dry-run", "--json")).Should().Be(new ToolResult(1, "2 valid, 1 not valid\n", "presign: line 2: The key is empty. Remove the line.\n"));
    }

    [Fact]
    public async Task Batch_Tsv_PrintsTheKeyAndTheUrl()
    {
        _tool.Input = "ä b\0x\ty\0a\nb\0";

        (await _tool.RunAsync("batch", Bucket, "--tsv", "--null")).Should().Be(new ToolResult(
            1,
            $"ä b\t{Lines("ä b")}\n\n",
            "presign: line 2: The key 'x<U+0009>y' contains a tab or a line break, which would look like the end of a column or a line. Use --json instead of --tsv.\n"
            + "presign: line 3: The key 'a<U+000A>b' contains a tab or a line break, which would look like the end of a column or a line. Use --json instead of --tsv.\n"));
    }

    [Fact]
    public async Task Batch_Json_PrintsOneObjectPerLine()
    {
        _tool.Input = "a&\"\n\n";

        (await _tool.RunAsync("batch", Bucket, "--json")).Should().Be(new ToolResult(
            1,
            $$$"""{"key":"a&\"","url":"{{{Url(new GetObject("a&\""))}}}","method":"GET","headers":{},"expiresAt":"2026-03-14T16:09:26+00:00"}""" + "\n"
            + """{"error":"The key is empty. Remove the line."}""" + "\n",
            "presign: line 2: The key is empty. Remove the line.\n"));
        (await _tool.RunAsync("batch", Bucket, "--json", "--tsv")).Error.Should().Be("presign: --json and --tsv cannot be combined. Specify only one of them.\n");
    }

    [Fact]
    public async Task Batch_Options_ApplyToEveryLine()
    {
        _tool.Input = "a\n";

        await AssertAsync(new GetObject("a") { ExpiresIn = TimeSpan.FromDays(1) }, "--expires-in", "1d");
        await AssertAsync(new GetObject("a") { DownloadFileName = "x.pdf" }, "--download-as", "x.pdf");
        await AssertAsync(new GetObject("a") { ResponseHeaders = new ResponseHeaderOverrides { ContentDisposition = "inline" } }, "--inline");
        await AssertAsync(new HeadObject("a"), "--method", "head");
        await AssertAsync(new DeleteObject("a"), "--method", "delete");
        await AssertAsync(new PutObject("a"), "--method", "put");
        await AssertAsync(new PutObject("a") { ContentType = "image/png" }, "--method", "put", "--content-type", "image/png");
        (await _tool.RunAsync("batch", Bucket, "--window", "15m")).Output.Should().Be(SampleUrls.Create(new GetObject("a"), configure: options => options.SigningWindow = TimeSpan.FromMinutes(15)) + "\n");
    }

    [Fact]
    public async Task Batch_Until_IsComparedWithTheTimeOfEachLine()
    {
        // The clock advances while the second line arrives.
        _tool.InputStream = new ScriptedStream(
            () => "a\n",
            () =>
            {
                _tool.Clock.Advance(TimeSpan.FromMinutes(30));
                return "b\n";
            },
            () =>
            {
                _tool.Clock.Advance(TimeSpan.FromMinutes(30));
                return "c\n";
            });

        ToolResult result = await _tool.RunAsync("batch", Bucket, "--until", "2026-03-14T16:09:26Z");

        result.Output.Should().Be(
            Url(new GetObject("a") { ExpiresIn = TimeSpan.FromHours(1) }) + "\n" + SampleUrls.Create(new GetObject("b") { ExpiresIn = TimeSpan.FromMinutes(30) }, age: TimeSpan.FromMinutes(-30)) + "\n\n");
        result.Error.Should().Be("presign: line 3: --until: 2026-03-14 16:09:26Z has already passed; it is 2026-03-14 16:09:26Z. Use a later instant.\n");
    }

    [Theory]
    [InlineData("s3://my-space/a", "", "'s3://my-space/a' contains a key. Specify only the bucket, because standard input contains the complete keys.")]
    [InlineData(Bucket, "--method post", "--method: 'post' is not supported. Use get, put, head or delete.")]
    [InlineData(Bucket, "--content-type a/b", "--content-type requires --method put, because a get request does not have a body. Remove it, or use --response-content-type.")]
    [InlineData(Bucket, "--method put --inline", "--inline cannot be combined with --method put, because stores return response headers for get and head only. Remove it.")]
    [InlineData(Bucket, "--ndjson --download-as x", "--download-as cannot be combined with --ndjson, because each line contains its own options. Add it to the lines, for example {\"key\": \"a.png\", \"contentType\": \"image/png\"}.")]
    [InlineData(Bucket, "--expires-in 8d", "--expires-in is 8d, but must be from 1 second to 7 days (604800 seconds). Request a lifetime in this range, and create a new URL when it expires.")]
    [InlineData(Bucket, "--until 2026-03-14T18:00Z --window 5m", "--until and --window cannot be combined, because --window extends the lifetime of the URL. Use --expires-in with --window.")]
    public async Task Batch_OptionNotValid_Returns2WithoutReading(string bucket, string options, string error)
    {
        _tool.InputStream = new ScriptedStream(() => throw new InvalidOperationException("The input was read."));

        (await _tool.RunAsync(["batch", bucket, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).Should().Be(new ToolResult(2, "", $"presign: {error}\n"));
    }

    [Fact]
    public async Task Batch_Ndjson_ReadsTheOptionsOfEachLine()
    {
        (string Line, S3Operation Operation)[] lines =
        [
            ("""{"key":"a b"}""", new GetObject("a b")),
            ("""{"method":"put","key":"a","contentType":"image/png"}""", new PutObject("a") { ContentType = "image/png" }),
            ("""{"key":"a","method":"head","versionId":"v"}""", new HeadObject("a") { VersionId = "v" }),
            ("""{"key":"a","method":"delete"}""", new DeleteObject("a")),
            ("""{"key":"a","expiresIn":90}""", new GetObject("a") { ExpiresIn = TimeSpan.FromSeconds(90) }),
            ("""{"key":"a","expiresIn":"2h","downloadAs":"-x.pdf"}""", new GetObject("a") { ExpiresIn = TimeSpan.FromHours(2), DownloadFileName = "-x.pdf" }),
            ("""{"key":"a","inline":true}""", new GetObject("a") { ResponseHeaders = new ResponseHeaderOverrides { ContentDisposition = "inline" } }),
            ("""{"key":"a","inline":false,"downloadAs":null}""", new GetObject("a")),
            ("""{"key":"a","header":["x: 1","y: @2"],"query-param":"q=3"}""", new GetObject("a") { Headers = [new("x", "1"), new("y", "@2")], Query = [new("q", "3")] }),
            ("""{"key":"a","range":"bytes=0-1"}""", new GetObject("a") { Range = new ByteRange(0, 1) }),
            ("""{"key":"\ud83d\ude00 \u00e4"}""", new GetObject("😀 ä")),
            ("  {\"key\":\"a\"}  \r", new GetObject("a")),
        ];
        _tool.Input = string.Join('\n', lines.Select(line => line.Line));

        (await _tool.RunAsync("batch", Bucket, "--ndjson")).Should().Be(new ToolResult(0, string.Concat(lines.Select(line => Url(line.Operation) + "\n")), ""));
        (await _tool.RunAsync("batch", Bucket, "--ndjson", "--json")).Output.Split('\n')[1].Should().Be(
            $$"""{"key":"a","url":"{{Url(lines[1].Operation)}}","method":"PUT","headers":{"content-type":"image/png"},"expiresAt":"2026-03-14T16:09:26+00:00"}""");
    }

    [Fact]
    public async Task Batch_Ndjson_UsesMethodAndLifetimeOfTheCommandLineAsDefaults()
    {
        _tool.Input = """
            {"key":"a"}
            {"key":"b","method":"get","expiresIn":"1h"}
            """;

        (await _tool.RunAsync("batch", Bucket, "--ndjson", "--method", "put", "--expires-in", "5m")).Output.Should().Be(
            Url(new PutObject("a") { ExpiresIn = TimeSpan.FromMinutes(5) }) + "\n" + Url(new GetObject("b") { ExpiresIn = TimeSpan.FromHours(1) }) + "\n");
    }

    [Fact]
    public async Task Batch_NdjsonFor_SignsTheChecksumOfTheStore()
    {
        string file = Path.Combine(_tool.Home, "hello.txt");
        File.WriteAllText(file, "hello");
        _tool.Input = $$"""{"key":"a","method":"put","for":{{System.Text.Json.JsonSerializer.Serialize(file)}}}""";

        (await _tool.RunAsync("batch", Bucket, "--ndjson", "--provider", "b2", "--region", "us-west-004")).Output.Should().Be(SampleUrls.Create(
            new PutObject("a") { ContentLength = 5, ContentType = "text/plain", ContentMD5 = "XUFAKrxLKna5cZ2REBfFkg==" }, S3Endpoint.BackblazeB2("us-west-004")) + "\n");
    }

    [Theory]
    [InlineData("x", "The line is not valid JSON at byte 1. Write each request in one line, such as {\"key\": \"a.png\"}.")]
    [InlineData("""{"key":"a",}""", "The line is not valid JSON at byte 12. Write each request in one line, such as {\"key\": \"a.png\"}.")]
    [InlineData("[]", "The line is not a JSON object. Use a form such as {\"key\": \"a.png\"}.")]
    [InlineData("{}", "The key is missing. Use a form such as {\"key\": \"a.png\"}.")]
    [InlineData("""{"key":""}""", "The key is missing. Use a form such as {\"key\": \"a.png\"}.")]
    [InlineData("""{"key":1}""", "The value of 'key' is not a string. Put it in quotation marks.")]
    [InlineData("""{"key":"\ud800"}""", "The line contains bytes that are not valid UTF-8, or half of a UTF-16 pair such as \\ud83d. Correct the text.")]
    [InlineData("""{"\ud800":1}""", "The line contains bytes that are not valid UTF-8, or half of a UTF-16 pair such as \\ud83d. Correct the text.")]
    [InlineData("""{"key":"a","method":"post"}""", "The method 'post' is not supported. Use get, put, head, delete.")]
    [InlineData("""{"key":"a","metadata":{"a":"1"},"method":"put"}""", "The value of 'metadata' is an object. Use a string, as after --metadata on the command line.")]
    [InlineData("""{"key":"a","inline":"true"}""", "The value of 'inline' is not true or false. Use one of them without quotation marks.")]
    [InlineData("""{"key":"a","downloadAs":true}""", "--download-as: The value is missing. Specify it after the option.")]
    [InlineData("""{"key":"a","expiresIn":-5}""", "--expires-in: '-5' is not a valid duration. Use a positive number of seconds, or units in the order d, h, m, s, for example 3600, 90s, 1h30m or 7d.")]
    [InlineData("""{"key":"a","downloadsAs":"x"}""", "The property 'downloadsAs' does not exist for the method 'get'. Did you mean 'downloadAs'?")]
    [InlineData("""{"key":"a","secretKey":"marker-secret"}""", "The property 'secretKey' does not exist for the method 'get'. 'presign get --help' lists the options, whose names are in camel case here.")]
    [InlineData("""{"key":"a","json":true}""", "The property 'json' is not supported in a line, because it would apply to the whole batch. Remove it.")]
    [InlineData("""{"key":"a","lock":true}""", "The property 'lock' is not supported in a line, because it would apply to the whole batch. Remove it.")]
    [InlineData("""{"key":"a","window":"5m"}""", "The property 'window' is not supported in a line, because it would apply to the whole batch. Use --window on the command line.")]
    public async Task Batch_NdjsonLineNotValid_GivesAnErrorAndContinues(string line, string error)
    {
        _tool.Input = line + "\n{\"key\":\"b\"}\n";

        (await _tool.RunAsync("batch", Bucket, "--ndjson")).Should().Be(new ToolResult(1, "\n" + Lines("b"), $"presign: line 1: {error}\n"));
    }

    [Fact]
    public async Task Batch_NdjsonInvalidUtf8_GivesAnError()
    {
        _tool.InputStream = new MemoryStream([.. "{\"key\":\""u8, 0xFF, .. "\"}\n{\"key\":\"b\"}"u8]);

        (await _tool.RunAsync("batch", Bucket, "--ndjson")).Output.Should().Be("\n" + Lines("b"));
    }

    [Fact]
    public async Task Batch_NdjsonDelete_DoesNotNoteEachLine()
    {
        _tool.IsTerminal = true;
        _tool.Input = "{\"key\":\"a\",\"method\":\"delete\"}\n";

        (await _tool.RunAsync("batch", Bucket, "--ndjson")).Error.Should().BeEmpty();
    }

    [Fact]
    public async Task Batch_LongLines_AreRead()
    {
        string key = new('k', 1_024);
        _tool.Input = $"{new string('x', 70_000)}\n{key}\n";

        ToolResult result = await _tool.RunAsync("batch", Bucket);

        result.Output.Should().Be("\n" + Lines(key));
        result.Error.Should().EndWith("has 70000 bytes in UTF-8, but S3 accepts at most 1024. Shorten it.\n").And.StartWith("presign: line 1: The key 'xxx");
    }

    [Fact]
    public async Task Batch_LineOfMoreThan1MiB_EndsTheBatchAfterThePreviousLines()
    {
        _tool.Input = $"a\n{new string('x', (1 << 20) + 1)}\nb\n";

        (await _tool.RunAsync("batch", Bucket)).Should().Be(
            new ToolResult(2, Lines("a"), "presign: line 2: The line is longer than 1 MiB. Separate the keys with line feeds, or with NUL characters and --null.\n"));
    }

    [Fact]
    public async Task Batch_InputWaits_PrintsTheUrlsBefore()
    {
        using MemoryStream output = new();
        List<string> printed = [];
        string Print(string next)
        {
            printed.Add(Encoding.UTF8.GetString(output.ToArray()));
            return next;
        }

        _tool.OutputStream = output;
        _tool.InputStream = new ScriptedStream(() => Print("a\nb"), () => Print("\n"), () => Print("c"), () => Print(""));

        (await _tool.RunAsync("batch", Bucket)).ExitCode.Should().Be(0);

        printed.Should().Equal("", Lines("a"), Lines("a", "b"), Lines("a", "b"));
        Encoding.UTF8.GetString(output.ToArray()).Should().Be(Lines("a", "b", "c"));
    }

    [Fact]
    public async Task Batch_ManyLines_AreWrittenInBlocks()
    {
        BlockStream output = new();
        _tool.OutputStream = output;
        _tool.Input = string.Concat(Enumerable.Range(0, 5_000).Select(i => FormattableString.Invariant($"photos/{i}.jpg\n")));

        (await _tool.RunAsync("batch", Bucket)).ExitCode.Should().Be(0);

        output.Blocks.Should().HaveCountLessThan(50, "because a write for each line would be slow");
        output.Blocks.Should().OnlyContain(length => length < 70_000, "because the memory must not grow with the input");
    }

    [Fact]
    public async Task Batch_NoCredentials_Returns3() =>
        (await _tool.WithVariable("AWS_ACCESS_KEY_ID", null).WithVariable("AWS_SECRET_ACCESS_KEY", null).RunAsync("batch", Bucket)).ExitCode.Should().Be(3);

    private static string Url(S3Operation operation) => SampleUrls.Create(operation);

    private static string Lines(params string[] keys) => string.Concat(keys.Select(key => Url(new GetObject(key)) + "\n"));

    private async Task AssertAsync(S3Operation operation, params string[] options) =>
        (await _tool.RunAsync(["batch", Bucket, .. options])).Should().Be(new ToolResult(0, Url(operation) + "\n", ""), "of {0}", string.Join(' ', options));

    /// <summary>Calls one function for each read, and then ends.</summary>
    private sealed class ScriptedStream(params Func<string>[] reads) : MemoryStream
    {
        private int _next;

        public override int Read(byte[] buffer, int offset, int count) => _next < reads.Length ? Encoding.UTF8.GetBytes(reads[_next++](), buffer.AsSpan(offset, count)) : 0;
    }

    private sealed class BlockStream : MemoryStream
    {
        public List<int> Blocks { get; } = [];

        public override void Write(ReadOnlySpan<byte> buffer) => Blocks.Add(buffer.Length);
    }
}

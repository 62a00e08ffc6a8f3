using System.Text;

namespace PresignKit.Tool.Tests.Verbs;

public sealed class RedactVerbTests : IDisposable
{
    private readonly FakeTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Redact_StandardInput_MasksUrls()
    {
        _tool.Input = $"GET {SampleUrls.Get} HTTP/1.1\nAuthorization: AWS4-HMAC-SHA256 Credential=AK/20260314/nyc3/s3/aws4_request, Signature={new string('a', 64)}\nno secret\n";

        ToolResult result = await _tool.RunAsync("redact");

        result.Output.Should().Be(
            "GET https://my-space.nyc3.digitaloceanspaces.com/reports/2026.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=***%2F20260314%2Fnyc3%2Fs3%2Faws4_request&X-Amz-Date=20260314T150926Z&X-Amz-Expires=3600"
            + "&X-Amz-SignedHeaders=host&response-content-type=text%2Fplain&X-Amz-Signature=*** HTTP/1.1\nAuthorization: AWS4-HMAC-SHA256 Credential=***/20260314/nyc3/s3/aws4_request, Signature=***\nno secret\n");
        result.Error.Should().BeEmpty();
        result.ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no newline at the end")]
    [InlineData("\r\nwindows\r\n\r\n")]
    [InlineData("ESC \u001b[31m and NUL\0 and März 🎉\n")]
    public async Task Redact_TextWithoutSecrets_IsUnchanged(string text)
    {
        _tool.Input = text;

        (await _tool.RunAsync("redact")).Should().Be(new ToolResult(0, text, ""));
    }

    [Fact]
    public async Task Redact_Files_AreConcatenated()
    {
        string one = Write("one.log", Encoding.UTF8.GetBytes("X-Amz-Signature=" + new string('a', 64) + "\n"));
        string two = Write("two.log", "two\n"u8.ToArray());
        _tool.Input = "three\n";

        (await _tool.RunAsync("redact", one, two, "-")).Should().Be(new ToolResult(0, "X-Amz-Signature=***\ntwo\nthree\n", ""));
    }

    [Fact]
    public async Task Redact_FileThatDoesNotExist_Returns2() =>
        (await _tool.RunAsync("redact", "/nowhere/a.log")).Should().Be(new ToolResult(2, "", "presign: The file '/nowhere/a.log' does not exist. Specify the name of a file that you can read.\n"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Redact_Utf16_StaysUtf16(bool isBigEndian)
    {
        UnicodeEncoding encoding = new(isBigEndian, byteOrderMark: true);
        string text = "März: " + SampleUrls.Get + "\r\n";
        string withMark = Write("mark.log", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
        string without = Write("plain.log", encoding.GetBytes(text));

        byte[] redacted = await RunAsync("redact", withMark);

        redacted.Should().StartWith(encoding.GetPreamble());
        encoding.GetString(redacted).Should().Be("\uFEFF" + PresignedUrlInfo.Redact(text));
        encoding.GetString(await RunAsync("redact", without)).Should().Be(PresignedUrlInfo.Redact(text));
    }

    [Fact]
    public async Task Redact_BytesThatAreNotUtf8_AreUnchanged()
    {
        byte[] bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        bytes[0] = (byte)'a';
        bytes[1] = (byte)'b';

        // Random bytes contain neither names nor values of secrets.
        (await RunAsync("redact", Write("random.bin", bytes))).Should().Equal(bytes);
    }

    [Fact]
    public async Task Redact_LargeText_IsTheSameAsRedactedAtOnce()
    {
        StringBuilder text = new();
        for (int i = 0; text.Length < 1_500_000; i++)
        {
            string url = SampleUrls.Get.Replace("2026", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            text.Append("10.0.0.1 - - \"GET ").Append(url).Append(" HTTP/1.1\" 200 März\n");
            text.Append(i % 3 == 0 ? $"<input value=\"eyJ{new string('x', 40)}{i}\"\n   name=\"policy\">\nX-Amz-Signature:\n  {SampleUrls.Signature(SampleUrls.Put)}\n" : "");
        }

        _tool.Input = text.ToString();

        string output = (await _tool.RunAsync("redact")).Output;

        output.Should().Be(PresignedUrlInfo.Redact(text.ToString()));
        output.Should().NotContain(SampleUrls.Signature(SampleUrls.Put)).And.NotContain("eyJ");
    }

    [Fact]
    public async Task Redact_OneVeryLongLine_IsTheSameAsRedactedAtOnce()
    {
        string entry = $"{{\"url\":\"{SampleUrls.Get.Replace("&", "\\u0026", StringComparison.Ordinal)}\",\"text\":\"März\"}},";
        string text = "[" + string.Concat(Enumerable.Repeat(entry, 3_000_000 / entry.Length)) + "{}]";
        _tool.Input = text;

        (await _tool.RunAsync("redact")).Output.Should().Be(PresignedUrlInfo.Redact(text));
    }

    [Fact]
    public async Task Redact_PausedInput_WritesCompleteLinesAndRemembersTheName()
    {
        using PausedStream input = new("X-Amz-Signature:\n", SampleUrls.Signature(SampleUrls.Get) + "\nend\n");
        using MemoryStream output = new();
        List<string> written = [];
        input.AtPause = () => written.Add(Encoding.UTF8.GetString(output.ToArray()));
        ToolContext context = new() { Input = input, Output = output, Error = TextWriter.Null, GetVariable = _ => null };

        (await PresignTool.RunAsync(["redact"], context)).Should().Be(0);

        written.Should().Equal("X-Amz-Signature:\n");
        Encoding.UTF8.GetString(output.ToArray()).Should().Be("X-Amz-Signature:\n***\nend\n");
    }

    private static async Task<byte[]> RunAsync(params string[] args)
    {
        using MemoryStream output = new();
        ToolContext context = new() { Input = Stream.Null, Output = output, Error = TextWriter.Null, GetVariable = _ => null };
        (await PresignTool.RunAsync(args, context)).Should().Be(0);
        return output.ToArray();
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_tool.Home, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    // Delivers each part only after a pause, during which the tool has to write what it has.
    private sealed class PausedStream(params string[] parts) : MemoryStream
    {
        private readonly Queue<string> _parts = new(parts);
        private bool _isFirst = true;
        private byte[] _rest = [];

        public Action AtPause { get; set; } = () => { };

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_rest.Length == 0 && _parts.TryDequeue(out string? part))
            {
                if (!_isFirst)
                {
                    await Task.Delay(1000, cancellationToken);
                    AtPause();
                }

                _isFirst = false;
                _rest = Encoding.UTF8.GetBytes(part);
            }

            int length = Math.Min(buffer.Length, _rest.Length);
            _rest.AsSpan(0, length).CopyTo(buffer.Span);
            _rest = _rest[length..];
            return length;
        }
    }
}

namespace PresignKit.Tool.Tests.Verbs;

public sealed class AppendVerbTests : IDisposable
{
    private readonly FakeTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Append_AnyUrl_EncodesTheParameters() =>
        (await _tool.RunAsync("append", "https://files.example.com/a.pdf?x=1#top", "download=Report 7 & März.pdf", "flag", "empty="))
            .Should().Be(new ToolResult(0, "https://files.example.com/a.pdf?x=1&download=Report%207%20%26%20M%C3%A4rz.pdf&flag&empty=#top\n", ""));

    [Fact]
    public async Task Append_StandardInput_IsRead()
    {
        _tool.Input = "https://files.example.com/a.pdf\n";

        (await _tool.RunAsync("append", "-", "a=b")).Should().Be(new ToolResult(0, "https://files.example.com/a.pdf?a=b\n", ""));
    }

    [Fact]
    public async Task Append_PresignedUrl_WarnsAndSucceeds() =>
        (await _tool.RunAsync("append", SampleUrls.Get, "a=b")).Should().Be(new ToolResult(
            0,
            SampleUrls.Get + "&a=b\n",
            "presign: note: The URL is presigned, and stores respond with 403 to an appended parameter, because the signature covers the whole query. Use 'presign resign --set-query' instead.\n"));

    [Fact]
    public async Task Append_SigV2_WarnsDifferently() =>
        (await _tool.RunAsync("append", "https://my-space.nyc3.digitaloceanspaces.com/k?AWSAccessKeyId=AK&Expires=1773504566&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D", "a=b"))
            .Error.Should().StartWith("presign: note: The URL is presigned with SigV2.");

    [Theory]
    [InlineData("=b", "NAME=VALUE: '=b' does not have a name. Use name=value.")]
    [InlineData("", "NAME=VALUE: '' does not have a name. Use name=value.")]
    public async Task Append_NoName_Returns2(string parameter, string message) =>
        (await _tool.RunAsync("append", "https://files.example.com/a", parameter)).Should().Be(new ToolResult(2, "", $"presign: {message}\n"));

    [Theory]
    [InlineData("x y")]
    [InlineData("https://files.example.com/a b")]
    [InlineData("https://files.example.com/a\u001b[2J")]
    [InlineData("https://files.example.com/a\nhttps://files.example.com/b")]
    public async Task Append_UrlWithWhiteSpace_Returns2(string url) => (await _tool.RunAsync("append", url, "a=b")).Should().Be(
        new ToolResult(2, "", "presign: URL: The URL contains white space or a control character. Percent-encode it, for example a space as %20.\n"));

    [Fact]
    public async Task Append_NoUrl_Returns2()
    {
        (await _tool.RunAsync("append", "-", "a=b")).Should().Be(new ToolResult(2, "", "presign: The URL is empty. Specify the URL in single quotation marks, or pass it on standard input.\n"));
        (await _tool.RunAsync("append")).ExitCode.Should().Be(2);
        (await _tool.RunAsync("append", "https://files.example.com/a")).ExitCode.Should().Be(2);
    }
}

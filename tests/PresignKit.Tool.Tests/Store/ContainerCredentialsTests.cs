using PresignKit.Tool.Store;

namespace PresignKit.Tool.Tests.Store;

public sealed class ContainerCredentialsTests : IDisposable
{
    private const string Url = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private const string Token = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
    private const string Service = Url + ": The container's credential service";
    private const string Response = Url + ": The response of the container's credential service";
    private const string Remedy = "Check the URL, and the task role or the pod identity.";

    private readonly FakeTool _tool = new();
    private readonly FakeAws _aws = new();

    public ContainerCredentialsTests() => _tool.WithVariable(Url, _aws.Url + "/container");

    public void Dispose()
    {
        _aws.Dispose();
        _tool.Dispose();
    }

    [Fact]
    public async Task Find_TokenInFile_IsSent()
    {
        _tool.WithVariable(Token, "not-used").WithVariable(Token + "_FILE", WriteFile("token-example"));

        Resolved<S3Credentials> found = (await new MachineCredentials(_tool.Context, AwsFiles.Read(_tool.Context)).FindAsync(default))!;

        (found.Value.AccessKeyId, found.Value.SecretAccessKey, found.Value.SessionToken, found.Source).Should().Be((FakeAws.AccessKeyId, FakeAws.Secret, FakeAws.Token, Url));
        found.Value.ExpiresAt.Should().Be(DateTimeOffset.Parse(FakeAws.Expiration, null));
        _aws.Authorization.Should().Be("token-example");
    }

    [Theory]
    [InlineData("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "@evil.example", "'@evil.example' is not a valid path. Use a path that starts with '/', or AWS_CONTAINER_CREDENTIALS_FULL_URI for a URL.")]
    [InlineData(Url, "notaurl", "'notaurl' is not a valid URL. Use a URL such as http://169.254.170.23/v1/credentials.")]
    [InlineData(Url, "ftp://127.0.0.1/", "'ftp://127.0.0.1/' is not a valid URL. Use a URL such as http://169.254.170.23/v1/credentials.")]
    [InlineData(Url, "http://example.com/c", "The host 'example.com' is not an address of a container runtime, so the URL must use HTTPS. Use HTTPS, or one of 169.254.170.2, 169.254.170.23, [fd00:ec2::23].")]
    public async Task Get_UrlIsNotValid_NamesTheVariable(string variable, string value, string message)
    {
        _tool.WithVariable(variable, value);

        await FailsAsync(ExitCode.Setup, $"{variable}: {message}");
    }

    [Fact]
    public async Task Get_TokenWithLineBreak_NamesTheVariable()
    {
        const string Problem = "The token contains a line break or another character that an HTTP header cannot contain. Remove it.";

        await FailsAsync(ExitCode.Setup, $"{Token}: {Problem}", (Token, "MARKER\ntoken"));
        await FailsAsync(ExitCode.Setup, $"{Token}_FILE: {Problem}", (Token + "_FILE", WriteFile("MARKER\r\n")));
        _aws.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Get_TokenFileCannotBeUsed_SaysWhy()
    {
        await FailsAsync(
            ExitCode.Setup, $"{Token}_FILE: The token file '/nonexistent/token' cannot be read. Check that the file exists and that you have permission to read it.", (Token + "_FILE", "/nonexistent/token"));
        string empty = WriteFile("");
        await FailsAsync(ExitCode.Setup, $"{Token}_FILE: The token file '{empty}' is empty. Check the path, and the service that writes the file.", (Token + "_FILE", empty));
    }

    [Theory]
    [InlineData(404, "", Service + " responded with HTTP status 404. " + Remedy)]
    [InlineData(500, "", Service + " responded with HTTP status 500. " + Remedy)]
    [InlineData(302, "", Service + " responded with HTTP status 302. " + Remedy)]
    [InlineData(403, "MARKER", Service + " responded with HTTP status 403. Check the token in AWS_CONTAINER_AUTHORIZATION_TOKEN or AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, and the task role or the pod identity.")]
    [InlineData(200, "<MARKER>", Response + " is not JSON. " + Remedy)]
    [InlineData(200, "{}", Response + " does not contain AccessKeyId and SecretAccessKey. " + Remedy)]
    [InlineData(200, "[\"MARKER\"]", Response + " does not contain AccessKeyId and SecretAccessKey. " + Remedy)]
    [InlineData(200, """{"AccessKeyId":"AKIDEXAMPLE","SecretAccessKey":"MARKER","Expiration":"soon"}""", Response + " contains an Expiration that is not a valid instant with an offset, such as '2030-01-02T03:04:05Z'. " + Remedy)]
    [InlineData(200, """{"AccessKeyId":"AKIDEXAMPLE","SecretAccessKey":"MARKER","Token":"t","Expiration":"2020-01-02T03:04:05Z"}""",
        Url + ": The credentials expired at 2020-01-02 03:04:05Z. Check the container's credential service, and the clock of this machine.")]
    public async Task Get_ResponseWithoutCredentials_SaysWhatIsWrong(int status, string body, string message)
    {
        _aws.ContainerResponse = (status, body);

        await FailsAsync(ExitCode.Setup, message);
    }

    [Fact]
    public async Task Get_ResponseIsTooLarge_SaysSo()
    {
        _aws.ContainerResponse = (200, new string(' ', 70_000) + "{}");

        await FailsAsync(ExitCode.Setup, Response + " is larger than 64 KiB. " + Remedy);
    }

    [Fact]
    public async Task Get_ServiceFailsOnce_RequestsAgain()
    {
        _aws.ContainerFailures = 1;

        (await RunAsync()).ExitCode.Should().Be(ExitCode.Success);

        _aws.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Get_NoResponse_IsANetworkError()
    {
        _aws.Dispose();

        await FailsAsync(ExitCode.Network, Service + " did not respond (Connection refused). Check the URL, and that the command runs in a container with a role.");
    }

    private string WriteFile(string text)
    {
        string path = Path.Combine(_tool.Home, "token");
        File.WriteAllText(path, text);
        return path;
    }

    private Task<ToolResult> RunAsync() => _tool.RunAsync("get", "s3://my-bucket/key", "--region", "eu-west-1");

    private async Task FailsAsync(int exitCode, string message, params (string Name, string Value)[] variables)
    {
        foreach ((string name, string value) in variables)
        {
            _tool.WithVariable(name, value);
        }

        ToolResult result = await RunAsync();

        result.Should().Be(new ToolResult(exitCode, "", $"presign: {message}\n"));
        result.Error.Should().NotContain("MARKER");
    }
}

using System.Text;

namespace PresignKit.Tool.Tests.EndToEnd;

/// <summary>No output of the command contains a secret, which has the word MARKER in it.</summary>
[Trait("Category", "Load")]
public sealed class SecretTests : IDisposable
{
    private const string Marker = "MARKER";

    private static readonly string[] Spaces = ["--endpoint-url", "https://nyc3.digitaloceanspaces.com", "--verbose"];

    private readonly FakeTool _tool = new FakeTool().WithKeys(secretAccessKey: "secretMARKERsecretMARKERsecretMARKERsecr");

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Output_OfEachVerb_DoesNotContainTheSecretKey()
    {
        string url = (await RunAsync(0, "get", "s3://my-space/k", "--version-id", "1")).Output.TrimEnd('\n');
        string errorFile = WriteFile("403.xml", "<Error><Code>SignatureDoesNotMatch</Code></Error>");
        await RunAsync(0, "s3://my-space/k", "--json");
        await RunAsync(0, "put", "s3://my-space/k", "--content-type", "image/png", "--curl", "k");
        await RunAsync(0, "put", "s3://my-space/k", "--powershell", "k");
        await RunAsync(0, "head", "s3://my-space/k");
        await RunAsync(0, "delete", "s3://my-space/k");
        await RunAsync(0, "list", "s3://my-space");
        await RunAsync(0, "post", "s3://my-space/k", "--html");
        await RunAsync(0, "post", "s3://my-space/k");
        await RunAsync(0, "inspect", url);
        await RunAsync(0, "inspect", url, "--json");
        await RunAsync(1, "inspect", url + "0");
        await RunAsync(1, "explain", url, errorFile);
        await RunAsync(0, "verify", url);
        await RunAsync(1, "verify", url, "--method", "PUT");
        await RunAsync(0, "resign", url, "--expires-in", "2h");
        await RunAsync(0, "config");
        await RunAsync(0, "config", "--json");
        await RunAsync(0, "providers");
        await RunAsync(0, "completion", "bash");
        await RunAsync(0, "[suggest:12]", "presign get ");
        await RunAsync(2, "get", "s3://my-space/k", "--expires-in", "8d");
        await RunAsync(2, "get", "s3://my-space/k", "--expire-in", "8d");
        await RunAsync(3, "get", "s3://my-space/k", "--profile", "nope");
        _tool.Input = "a\n\n../b\n";
        await RunAsync(1, "batch", "s3://my-space", "--json");
    }

    // The token is a part of the URL, which is the result. Nothing else may contain it.
    [Fact]
    public async Task Output_OfEachVerb_DoesNotContainTheSessionToken()
    {
        _tool.WithKeys().WithVariable("AWS_SESSION_TOKEN", "tokenMARKERtoken");
        ToolResult got = await _tool.RunProcessAsync(["get", "s3://my-space/k", .. Spaces]);
        got.Error.Should().NotContain(Marker);
        string url = got.Output.TrimEnd('\n');
        string errorFile = WriteFile("403.xml", "<Error><Code>SignatureDoesNotMatch</Code></Error>");

        await RunAsync(0, "inspect", url);
        await RunAsync(0, "inspect", url, "--json");
        await RunAsync(1, "explain", url, errorFile);
        await RunAsync(0, "verify", url);
        await RunAsync(1, "verify", url + "0");
        await RunAsync(0, "config");
        await RunAsync(2, "inspect", url[..^80]);
        await RunAsync(2, "get", "s3://my-space/k", "--expires-in", "8d");
        (await _tool.RunProcessAsync("append", url, "a=b", "--verbose")).Error.Should().Contain("note").And.NotContain(Marker);
        _tool.Input = $"GET {url} HTTP/1.1\n";
        await RunAsync(0, "redact");
    }

    [Theory]
    [InlineData("--secret-key=MARKER")]
    [InlineData("--secret-key", "MARKER")]
    [InlineData("--aws-session-token", "MARKER", "--expires-in", "x")]
    [InlineData("--secret", "MARKER", "--no-such-option")]
    public async Task Output_SecretOnTheCommandLine_DoesNotContainIt(params string[] options) => await RunAsync(2, ["get", "s3://my-space/k", .. options]);

    [Fact]
    public async Task Output_SseCustomerKey_OnlyTheResultContainsIt()
    {
        byte[] key = Encoding.ASCII.GetBytes("MARKERMARKERMARKERMARKERMARKER12");
        File.WriteAllBytes(Path.Combine(_tool.Home, "sse.key"), key);
        string[] args = ["put", "s3://my-space/k", "--sse-customer-key-file", Path.Combine(_tool.Home, "sse.key")];
        string base64 = Convert.ToBase64String(key);

        (await RunAsync(0, args)).Error.Should().NotContain(base64);
        (await RunAsync(0, [.. args, "--json"])).Error.Should().NotContain(base64);
        (await RunAsync(0, [.. args, "--curl", "k"])).Error.Should().NotContain(base64);
        ToolResult tooLong = await RunAsync(2, ["put", "s3://my-space/k", "--sse-customer-key-file", WriteFile("long.key", "MARKERMARKERMARKERMARKERMARKERMARKERMARKER")]);
        tooLong.Error.Should().Contain("long.key").And.NotContain(base64);
    }

    [Theory]
    [InlineData("[default]\naws_access_key_id = AKID\naws_secret_access_key = MARKER/MARKER\n", 0)]
    [InlineData("[default]\naws_access_key_id = AKID\naws_secret_access_key = MARKER\naws_session_token = token\n", 0)]
    [InlineData("[default]\naws_access_key_id = AKID\naws_secret_access_key MARKER\n", 3)]
    [InlineData("[default]\naws_access_key_id = AKID\naws_secret_access_key = MARKER MARKER\n", 3)]
    [InlineData("[default]\naws_access_key_id = AKID\naws_secret_access_key = MARKERé\n", 3)]
    [InlineData("[default\naws_access_key_id = AKID\naws_secret_access_key = MARKER\n", 3)]
    [InlineData("aws_secret_access_key = MARKER\n", 3)]
    [InlineData("[default]\naws_secret_access_key = MARKER\n", 3)]
    [InlineData("[default]\naws_access_key_id = AKID with space\naws_secret_access_key = MARKER\n", 3)]
    [InlineData("[default]\n[default]\naws_access_key_id = AKID\n  aws_secret_access_key = MARKER\n\u0000MARKER", 3)]
    public async Task Output_CredentialsFile_DoesNotContainItsSecrets(string file, int exitCode)
    {
        _tool.WithVariable("AWS_ACCESS_KEY_ID", null).WithVariable("AWS_SECRET_ACCESS_KEY", null).WithCredentials(file);

        await RunAsync(exitCode, "get", "s3://my-space/k");
        await RunAsync(null, "config");
        await RunAsync(exitCode, "get", "s3://my-space/k", "--profile", "default");
    }

    [ProgramTheory("sh", "-c", "true")]
    [InlineData("""echo '{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":"MARKER"}'""", 0)]
    [InlineData("""echo '{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":"MARKER",}}'""", 3)]
    [InlineData("""echo '{"Version":7,"AccessKeyId":"AKID","SecretAccessKey":"MARKER"}'""", 3)]
    [InlineData("""echo '{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":"MARKER","Expiration":"2020-01-01T00:00:00Z"}'""", 3)]
    [InlineData("""echo '{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":"MARKER","Expiration":"MARKER"}'""", 3)]
    [InlineData("""echo '{"Version":1,"AccessKeyId":"AKID MARKER","SecretAccessKey":""}'""", 3)]
    [InlineData("echo MARKER; echo MARKER >&2; exit 3", 3)]
    [InlineData("no-such-program MARKER", 3)]
    public async Task Output_CredentialProcess_DoesNotContainItsOutput(string command, int exitCode)
    {
        File.WriteAllText(Path.Combine(_tool.Home, "process.sh"), command);
        _tool.WithConfig($"[profile process]\ncredential_process = sh {Path.Combine(_tool.Home, "process.sh")}\n");

        await RunAsync(exitCode, "get", "s3://my-space/k", "--profile", "process");
        await RunAsync(exitCode, "config", "--profile", "process");
    }

    [Fact]
    public async Task Output_InvalidKeysInTheEnvironment_DoesNotContainThem()
    {
        foreach (string secret in (string[])["MARKER MARKER", "MARKER\n", "MARKERé", " MARKER", "MARKER\u0001"])
        {
            _tool.WithKeys(secretAccessKey: secret);
            await RunAsync(3, "get", "s3://my-space/k");
            await RunAsync(3, "config");
        }
    }

    private async Task<ToolResult> RunAsync(int? exitCode, params string[] args)
    {
        ToolResult result = await _tool.RunProcessAsync([.. args, .. args[0].StartsWith('[') ? [] : Spaces]);

        string call = $"'{string.Join(' ', args)}' printed {result.Error}";
        (result.Output + result.Error).Should().NotContain(Marker, call);
        if (exitCode is not null)
        {
            result.ExitCode.Should().Be(exitCode, call);
        }

        return result;
    }

    private string WriteFile(string name, string text)
    {
        string file = Path.Combine(_tool.Home, name);
        File.WriteAllText(file, text);
        return file;
    }
}

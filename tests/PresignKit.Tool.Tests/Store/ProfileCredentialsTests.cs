using PresignKit.Tool.Store;

namespace PresignKit.Tool.Tests.Store;

public sealed class ProfileCredentialsTests : IDisposable
{
    private readonly FakeTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("region = eu-west-1", "", nameof(ProfileKind.None))]
    [InlineData("aws_access_key_id = a", "", nameof(ProfileKind.AccessKey))]
    [InlineData("credential_process = x", "aws_access_key_id = a", nameof(ProfileKind.AccessKey))]
    [InlineData("credential_process = x\naws_access_key_id = a", "", nameof(ProfileKind.Process))]
    [InlineData("credential_process = x\nlogin_session = l", "", nameof(ProfileKind.Login))]
    [InlineData("sso_role_name = r\ncredential_process = x", "aws_access_key_id = a", nameof(ProfileKind.Sso))]
    [InlineData("role_arn = r\nweb_identity_token_file = f\nsso_role_name = r", "", nameof(ProfileKind.WebIdentity))]
    [InlineData("role_arn = r\nsso_role_name = r", "aws_access_key_id = a", nameof(ProfileKind.Role))]
    public void KindOf_Settings_FollowsTheOrderOfTheAwsCli(string config, string credentials, string kind)
    {
        _tool.WithConfig($"[profile a]\n{config}\n").WithCredentials($"[a]\n{credentials}\n");

        ProfileCredentials.KindOf(AwsFiles.Read(_tool.Context).FindProfile("a")!).ToString().Should().Be(kind);
    }

    [UnixTheory]
    [InlineData(",\"SessionToken\":\"token-example\",\"Expiration\":\"2030-01-02T03:04:05Z\"", "token-example", "2030-01-02 03:04:05Z")]
    [InlineData(",\"SessionToken\":null,\"Expiration\":null", null, null)]
    [InlineData(",\"Expiration\":\"2030-01-02T04:04:05.123456789+01:00\"", null, "2030-01-02 03:04:05Z")]
    [InlineData(",\"Expiration\":\"2030-01-01T23:04:05-0400\"", null, "2030-01-02 03:04:05Z")]
    [InlineData("", null, null)]
    public async Task Find_Process_ReturnsItsOutput(string more, string? token, string? expiresAt)
    {
        WithProcess("cat '" + WriteFile("key.json", $$"""{"Version":1,"AccessKeyId":"AKIDPROCESS","SecretAccessKey":"example-secret"{{more}}}""") + "'");
        Resolved<S3Credentials> found = (await FindAsync("process"))!;

        (found.Value.AccessKeyId, found.Value.SecretAccessKey, found.Value.SessionToken).Should().Be(("AKIDPROCESS", "example-secret", token));
        (found.Value.ExpiresAt?.ToString("u")).Should().Be(expiresAt);
        found.Source.Should().Be("profile 'process', credential_process");
    }

    [UnixTheory]
    [InlineData("sh -c 'echo MARKER >&2; exit 7'", "profile 'process': The credential_process 'sh' failed with exit code 7. Run it in a shell to see its error.")]
    [InlineData("sh -c 'yes MARKER | head -100000 >&2; exit 1'", "profile 'process': The credential_process 'sh' failed with exit code 1. Run it in a shell to see its error.")]
    [InlineData("echo MARKER", "profile 'process': The output of the credential_process is not JSON. Run it in a shell, and check that it writes JSON with Version, AccessKeyId and SecretAccessKey.")]
    [InlineData("echo '{\"Version\":2,\"AccessKeyId\":\"MARKER\"}'", "profile 'process': The output of the credential_process does not contain \"Version\": 1. *")]
    [InlineData("echo '{\"AccessKeyId\":\"AKIDPROCESS\",\"SecretAccessKey\":\"MARKER\"}'", "profile 'process': The output of the credential_process does not contain \"Version\": 1. *")]
    [InlineData("echo '{\"Version\":1,\"AccessKeyId\":\"MARKER\"}'", "profile 'process': The output of the credential_process does not contain AccessKeyId and SecretAccessKey. *")]
    [InlineData("echo '{\"Version\":1,\"AccessKeyId\":\"AKIDPROCESS\",\"SecretAccessKey\":\"MARKER\",\"Expiration\":\"soon\"}'", "profile 'process': The output of the credential_process contains an Expiration that is not a valid instant with an offset, such as '2030-01-02T03:04:05Z'. *")]
    [InlineData("echo '{\"Version\":1,\"AccessKeyId\":\"AKIDPROCESS\",\"SecretAccessKey\":\"MARKER\",\"Expiration\":\"\"}'", "profile 'process': The output of the credential_process contains an Expiration that is not a valid instant with an offset, such as '2030-01-02T03:04:05Z'. *")]
    [InlineData("echo '{\"Version\":1,\"AccessKeyId\":\"AKIDPROCESS\",\"SecretAccessKey\":\"MARKER\",\"Expiration\":\"2030-01-02\"}'", "profile 'process': The output of the credential_process contains an Expiration that is not a valid instant with an offset, such as '2030-01-02T03:04:05Z'. *")]
    [InlineData("echo '{\"Version\":1,\"AccessKeyId\":\"AKIDPROCESS\",\"SecretAccessKey\":\"MARKER\",\"Expiration\":\"2030-01-02T03:04:05\"}'", "profile 'process': The output of the credential_process contains an Expiration that is not a valid instant with an offset, such as '2030-01-02T03:04:05Z'. *")]
    [InlineData("echo '{\"Version\":1,\"AccessKeyId\":\"AKIDPROCESS\",\"SecretAccessKey\":\"MARKER\",\"Expiration\":1893553445}'", "profile 'process': The output of the credential_process contains an Expiration that is not a valid instant with an offset, such as '2030-01-02T03:04:05Z'. *")]
    [InlineData("echo '[\"MARKER\"]'", "profile 'process': The output of the credential_process does not contain \"Version\": 1. *")]
    [InlineData("yes MARKER", "profile 'process': The output of the credential_process is longer than 64 KiB. *")]
    [InlineData("true", "profile 'process': The output of the credential_process is not JSON. *")]
    [InlineData("/nonexistent/program MARKER", "profile 'process': The credential_process '/nonexistent/program' cannot be started (No such file or directory). Check its path. The setting is not passed to a shell.")]
    [InlineData("/ MARKER", "profile 'process': The credential_process '/' cannot be started (it is a directory). *")]
    [InlineData("no-such-program MARKER", "profile 'process': The credential_process 'no-such-program' cannot be started, because PATH does not contain it. Specify its full path. The setting is not passed to a shell.")]
    [InlineData("TOKEN=MARKER sh", "profile 'process': The credential_process 'TOKEN' cannot be started, because PATH does not contain it. *")]
    [InlineData("\"\" MARKER", "profile 'process': The credential_process is not a valid command line. *")]
    [InlineData("echo 'MARKER", "profile 'process': The credential_process is not a valid command line. Check its quotation marks and backslashes.")]
    public async Task Find_ProcessFails_ThrowsWithoutItsOutput(string command, string message)
    {
        WithProcess(command);

        await FailsAsync("process", message);
    }

    // The AWS CLI splits the command into words itself, so a shell does not interpret the other characters.
    [UnixTheory]
    [InlineData("{0}/a\\ b.sh")]
    [InlineData("\"{0}/a b.sh\"")]
    [InlineData("'{0}/a b.sh' ; touch {0}/created")]
    [InlineData("'{0}/a b.sh' $HOME `touch {0}/created` * > {0}/created")]
    public async Task Find_Process_IsNotRunInAShell(string command)
    {
        string file = WriteFile("a b.sh", "#!/bin/sh\necho '{\"Version\":1,\"AccessKeyId\":\"AKIDPROCESS\",\"SecretAccessKey\":\"example-secret\"}'\n");
#pragma warning disable CA1416 // The theory does not run on Windows.
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        WithProcess(command.Replace("{0}", _tool.Home, StringComparison.Ordinal));

        (await FindAsync("process"))!.Value.AccessKeyId.Should().Be("AKIDPROCESS");
        File.Exists(Path.Combine(_tool.Home, "created")).Should().BeFalse();
    }

    [UnixTheory]
    [InlineData("2020-01-02T03:04:05Z")]
    public async Task Find_ProcessWithExpiredCredentials_SaysWhen(string expiration)
    {
        WithProcess("cat '" + WriteFile("key.json", $$"""{"Version":1,"AccessKeyId":"AKIDPROCESS","SecretAccessKey":"MARKER","SessionToken":"t","Expiration":"{{expiration}}"}""") + "'");

        await FailsAsync("process", "profile 'process', credential_process: The credentials expired at 2020-01-02 03:04:05Z. Check the credential_process, and the clock of this machine.");
    }

    [Theory]
    [InlineData("AWS_REGION", "a b!", "AWS_REGION: 'a b!' is not a valid region. Use a region such as eu-west-1.")]
    [InlineData("AWS_ENDPOINT_URL_STS", "garbage", "AWS_ENDPOINT_URL_STS: 'garbage' is not a valid URL. Use a URL that starts with https://, or remove the variable.")]
    [InlineData("AWS_ENDPOINT_URL", "127.0.0.1:9000", "AWS_ENDPOINT_URL: '127.0.0.1:9000' is not a valid URL. Use a URL that starts with https://, or remove the variable.")]
    public async Task Find_RoleWithInvalidVariable_NamesTheVariable(string variable, string value, string message)
    {
        _tool.WithVariable(variable, value).WithConfig("[profile a]\nrole_arn = r\nsource_profile = key\n")
            .WithCredentials("[key]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = MARKER-secret\n");

        await FailsAsync("a", message);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_SSO", "garbage", "AWS_ENDPOINT_URL_SSO: 'garbage' is not a valid URL. *")]
    [InlineData("AWS_ENDPOINT_URL_SSO_OIDC", "garbage", "AWS_ENDPOINT_URL_SSO_OIDC: 'garbage' is not a valid URL. *")]
    [InlineData("AWS_REGION", "a b!", "sso_region of profile 'a': 'x y' is not a valid region. *")]
    public async Task Find_SsoWithInvalidValue_NamesIt(string variable, string value, string message)
    {
        _tool.WithVariable(variable, value).WithConfig("[profile a]\nsso_account_id = 1\nsso_role_name = r\nsso_region = x y\nsso_start_url = https://example.awsapps.com/start\n");

        await FailsAsync("a", message);
    }

    [UnixTheory]
    [InlineData("/dev/zero", "The token file '/dev/zero' is larger than 64 KiB. Specify the file that contains the token.")]
    [InlineData("/dev/null", "The token file '/dev/null' is empty. Check the path, and the service that writes the file.")]
    public async Task Find_TokenFileIsADevice_IsNotReadForever(string file, string message)
    {
        _tool.WithConfig($"[profile a]\nrole_arn = r\nweb_identity_token_file = {file}\n");

        await FailsAsync("a", "profile 'a': " + message);
        ToolResult result = await _tool.WithVariable("AWS_WEB_IDENTITY_TOKEN_FILE", file).WithVariable("AWS_ROLE_ARN", "r").RunAsync("get", "s3://my-bucket/key", "--region", "eu-west-1");
        result.Should().Be(new ToolResult(ExitCode.Setup, "", $"presign: AWS_WEB_IDENTITY_TOKEN_FILE: {message}\n"));
    }

    [Fact]
    public async Task Find_LoginProfile_NamesTheRemedy()
    {
        _tool.WithConfig("[profile \"my login\"]\nlogin_session = arn:aws:iam::123456789012:user/u\n");

        await FailsAsync(
            "my login", "profile 'my login': presign cannot read the session of 'aws login'. Create a profile with "
            + "'credential_process = aws configure export-credentials --profile \"my login\" --format process', or run: "
            + "eval \"$(aws configure export-credentials --profile \"my login\" --format env)\".");
    }

    [Theory]
    [InlineData("role_arn = r", "profile 'a': The setting role_arn requires source_profile or credential_source. Add one of them.")]
    [InlineData("role_arn = r\nsource_profile = b\ncredential_source = Environment", "profile 'a': The settings source_profile and credential_source cannot be combined. Remove one of them.")]
    [InlineData("role_arn = r\nsource_profile = nope", "source_profile of profile 'a': The profile 'nope' does not exist in *")]
    [InlineData("role_arn = r\nsource_profile = empty", "source_profile of profile 'a': The profile 'empty' does not contain credentials. *")]
    [InlineData("role_arn = r\nsource_profile = a", "source_profile of profile 'a': The profiles a → a refer to each other in a loop. Change one of them.")]
    [InlineData("role_arn = r\nsource_profile = b", "source_profile of profile 'b': The profiles a → b → a refer to each other in a loop. Change one of them.")]
    [InlineData("role_arn = r\ncredential_source = Nowhere", "credential_source of profile 'a': 'Nowhere' is not a valid source. Use Environment, EcsContainer or Ec2InstanceMetadata.")]
    [InlineData("role_arn = r\ncredential_source = Environment", "credential_source of profile 'a': The environment does not contain an access key. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")]
    [InlineData("role_arn = r\ncredential_source = Ec2InstanceMetadata", "credential_source of profile 'a': This machine does not provide credentials. Check that it runs with a role.")]
    [InlineData("role_arn = r\nsource_profile = key\nmfa_serial = s", "profile 'a': The role requires an MFA code, and this process does not have a terminal to ask for it. Run the command in a terminal.")]
    [InlineData("role_arn = r\nweb_identity_token_file = /nonexistent/token", "profile 'a': The token file '/nonexistent/token' cannot be read. Check that the file exists and that you have permission to read it.")]
    [InlineData("web_identity_token_file = /nonexistent/token", "profile 'a': A role with web identity requires both the role and the token file. Set both.")]
    [InlineData("sso_account_id = 1", "profile 'a': The setting 'sso_region' is missing. Run 'aws configure sso --profile a'.")]
    [InlineData("sso_account_id = 1\nsso_session = nope", "profile 'a' in *: The section *sso-session nope* does not exist. Run 'aws configure sso', or add the section to *.")]
    public async Task Find_InvalidProfile_Throws(string settings, string message)
    {
        _tool.WithConfig($"[profile a]\n{settings}\n[profile b]\nrole_arn = r\nsource_profile = a\n[profile empty]\nregion = x\n")
            .WithCredentials("[key]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = MARKER-secret\n");

        await FailsAsync("a", message);
    }

    private void WithProcess(string command) => _tool.WithConfig($"[profile process]\ncredential_process = {command}\n");

    private string WriteFile(string name, string text)
    {
        string path = Path.Combine(_tool.Home, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<Resolved<S3Credentials>?> FindAsync(string profile)
    {
        AwsFiles files = AwsFiles.Read(_tool.Context);
        return await new ProfileCredentials(_tool.Context, files).FindAsync(files.FindProfile(profile)!, default);
    }

    private async Task FailsAsync(string profile, string message)
    {
        ToolException error = (await FluentActions.Awaiting(() => FindAsync(profile)).Should().ThrowAsync<ToolException>().WithMessage(message)).Which;
        error.Code.Should().Be(ExitCode.Setup);
        error.Message.Should().NotContain("MARKER");
    }
}

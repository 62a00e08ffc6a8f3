using PresignKit.Tool.Store;

namespace PresignKit.Tool.Tests.Store;

public sealed class AwsFilesTests : IDisposable
{
    private readonly FakeTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void ProfileNames_BothFiles_ContainsEveryProfileOnce()
    {
        _tool.WithConfig("[default]\n[profile spaces]\n[profile \"my store\"]\n[services do]\n[sso-session s]\n[other]\n[profile a b]\n").WithCredentials("[spaces]\n[rgw]\n[profile x]\n");

        AwsFiles.Read(_tool.Context).ProfileNames.Should().Equal("default", "spaces", "my store", "rgw", "profile x");
    }

    [Fact]
    public void Read_WithoutFiles_IsEmpty() => AwsFiles.Read(_tool.Context).ProfileNames.Should().BeEmpty();

    [Fact]
    public void Read_FilesInHome_AreFound()
    {
        _tool.WithConfig("[default]\n").WithVariable("AWS_CONFIG_FILE", null).WithVariable("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials");

        AwsFiles files = AwsFiles.Read(_tool.Context);

        (files.Config.Name, files.Credentials.Name).Should().Be(("~/.aws/config", "~/.aws/credentials"));
        files.ProfileNames.Should().Equal("default");
    }

    [Fact]
    public void Find_SettingInBothFiles_PrefersTheCredentialsFile()
    {
        _tool.WithConfig("[profile a]\nregion = config\noutput = config\ns3 =\n  addressing_style = path\n").WithCredentials("[a]\nregion = credentials\n");

        AwsProfile profile = AwsFiles.Read(_tool.Context).FindProfile("a")!;

        (profile.Find("region"), profile.Find("output"), profile.Find("s3", "addressing_style")).Should().Be(("credentials", "config", "path"));
        profile.SourceOf("region").Should().Be($"profile 'a' in {_tool.CredentialsFile}");
    }

    [Fact]
    public void Find_Secret_ReturnsNull()
    {
        string[] secrets = ["aws_secret_access_key", "aws_session_token", "aws_security_token"];
        string keys = $"aws_access_key_id = AKIDEXAMPLE\n{string.Concat(secrets.Select(name => name + " = MARKER\n"))}";
        _tool.WithConfig("[default]\n" + keys + "[profile a]\n" + keys).WithCredentials("[DEFAULT]\n" + keys + "[b]\n");

        AwsFiles files = AwsFiles.Read(_tool.Context);

        foreach (AwsProfile profile in files.ProfileNames.Select(name => files.FindProfile(name)!))
        {
            (profile.Has(secrets[0]), profile.Find("aws_access_key_id")).Should().Be((true, "AKIDEXAMPLE"));
            secrets.Select(profile.Find).Should().AllBe(null);
            files.ReadKey(profile).ToString().Should().NotContain("MARKER");
        }
    }

    [Fact]
    public void ToString_FileWithSecrets_DoesNotContainThem()
    {
        AwsSection section = AwsIni.Parse("[a]\naws_secret_access_key = MARKER\n", "f")["a"];

        section.Hide(["aws_secret_access_key"]);

        $"{section} {(new AwsFile("p", "n"), section)}".Should().NotContain("MARKER");
        section.FindSecret("aws_secret_access_key").Should().Be("MARKER");
    }

    [Fact]
    public void ReadKey_FileIsGone_ReturnsWhatWasRead()
    {
        _tool.WithCredentials("[a]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret-example\n");
        AwsFiles files = AwsFiles.Read(_tool.Context);
        File.Delete(_tool.CredentialsFile);

        files.ReadKey(files.FindProfile("a")!).Value.SecretAccessKey.Should().Be("secret-example");
    }

    [ProgramFact("bash", "--version")]
    public async Task Get_CredentialsFileIsAPipe_UsesItsKey()
    {
        const string Keys = @"[a]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret-example\n";

        ToolResult result = await _tool.RunScriptAsync($"AWS_SHARED_CREDENTIALS_FILE=<(printf '{Keys}') presign get s3://my-bucket/key --profile a --region eu-west-1");

        (result.ExitCode, result.Error).Should().Be((ExitCode.Success, ""));
        result.Output.Should().Contain("X-Amz-Credential=AKIDEXAMPLE%2F");
    }

    [Fact]
    public void ReadKey_QuotedProfileInConfig_ReturnsTheKeyWithItsToken()
    {
        _tool.WithConfig("[profile \"my store\"]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret-example\naws_session_token = token-example\n");
        AwsFiles files = AwsFiles.Read(_tool.Context);

        Resolved<S3Credentials> key = files.ReadKey(files.FindProfile("my store")!);

        (key.Value.AccessKeyId, key.Value.SecretAccessKey, key.Value.SessionToken).Should().Be(("AKIDEXAMPLE", "secret-example", "token-example"));
        key.Source.Should().Be($"profile 'my store' in {_tool.ConfigFile}");
    }

    [Fact]
    public void ReadKey_WithoutSecret_ThrowsWithBothNames()
    {
        _tool.WithCredentials("[a]\naws_access_key_id = AKIDEXAMPLE\n");
        AwsFiles files = AwsFiles.Read(_tool.Context);

        files.Invoking(one => one.ReadKey(one.FindProfile("a")!)).Should().Throw<ToolException>()
            .WithMessage($"profile 'a' in {_tool.CredentialsFile}: The access key is incomplete. Set both aws_access_key_id and aws_secret_access_key.");
    }

    [Fact]
    public void ReadKey_InvalidSecret_ThrowsWithoutIt()
    {
        _tool.WithCredentials("[a]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = MARKER with space\n");
        AwsFiles files = AwsFiles.Read(_tool.Context);

        files.Invoking(one => one.ReadKey(one.FindProfile("a")!)).Should().Throw<ToolException>()
            .WithMessage($"profile 'a' in {_tool.CredentialsFile}: The secret access key contains a space*").Which.Message.Should().NotContain("MARKER");
    }

    [Fact]
    public void Read_FileIsDirectory_CountsAsMissing()
    {
        Directory.CreateDirectory(_tool.ConfigFile);

        AwsFiles.Read(_tool.Context).ProfileNames.Should().BeEmpty();
    }

    // Root can read every file, so the lock of FileShare.None takes the place of missing permissions.
    [Fact]
    public void Read_UnreadableFile_ThrowsWithItsName()
    {
        _tool.WithConfig("[default]\n");
        using FileStream locked = new(_tool.ConfigFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        ToolException error = FluentActions.Invoking(() => AwsFiles.Read(_tool.Context)).Should().Throw<ToolException>().Which;

        error.Code.Should().Be(ExitCode.Setup);
        error.Message.Should().StartWith($"{_tool.ConfigFile} cannot be read: ").And.EndWith("Check the file and its permissions.");
    }
}

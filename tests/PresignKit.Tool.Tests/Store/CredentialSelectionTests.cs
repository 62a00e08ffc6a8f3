using PresignKit.Tool.Store;

namespace PresignKit.Tool.Tests.Store;

public sealed class CredentialSelectionTests : IDisposable
{
    private const string Secret = "example-secret-access-key-of-40-characters";

    private readonly FakeTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Require_SeveralSources_FollowsTheOrder()
    {
        _tool.WithKeys("AKID2").WithVariable("SPACES_ACCESS_KEY_ID", "AKID3").WithVariable("SPACES_SECRET_ACCESS_KEY", Secret).WithVariable("AWS_PROFILE", "ambient")
            .WithCredentials(Profile("explicit", "AKID1") + Profile("ambient", "AKID4") + Profile("default", "AKID5"));
        _tool.Prompt.Answers.Enqueue("AKID0");
        _tool.Prompt.Answers.Enqueue(Secret);

        (await RequireAsync(new StoreSettings { Ask = true, Profile = "explicit" })).Should().Be(("AKID0", "--ask"));
        (await RequireAsync(new StoreSettings { Profile = "explicit" })).Should().Be(("AKID1", $"profile 'explicit' in {_tool.CredentialsFile}"));
        (await RequireAsync(new StoreSettings())).Should().Be(("AKID2", "AWS_ACCESS_KEY_ID"));
        _tool.WithVariable("AWS_ACCESS_KEY_ID", null).WithVariable("AWS_SECRET_ACCESS_KEY", "");
        (await RequireAsync(new StoreSettings())).Should().Be(("AKID3", "SPACES_ACCESS_KEY_ID"));
        _tool.WithVariable("SPACES_ACCESS_KEY_ID", null).WithVariable("SPACES_SECRET_ACCESS_KEY", null);
        (await RequireAsync(new StoreSettings())).Should().Be(("AKID4", $"profile 'ambient' in {_tool.CredentialsFile}"));
        _tool.WithVariable("AWS_PROFILE", null);
        (await RequireAsync(new StoreSettings())).Should().Be(("AKID5", $"profile 'default' in {_tool.CredentialsFile}"));
    }

    [Fact]
    public async Task Require_NothingConfigured_SaysWhatWasLookedAt() => await FailsAsync(
        new StoreSettings(), ExitCode.Setup,
        $"No credentials were found in the environment (AWS_ACCESS_KEY_ID, SPACES_ACCESS_KEY_ID), in profile 'default' (does not exist in {_tool.ConfigFile} or {_tool.CredentialsFile}) "
        + "or from a role of this machine. Use --profile or --ask, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");

    [Theory]
    [InlineData("--profile")]
    [InlineData("AWS_PROFILE")]
    [InlineData("AWS_DEFAULT_PROFILE")]
    public async Task Require_UnknownProfile_ListsTheProfiles(string source)
    {
        _tool.WithKeys().WithConfig("[default]\n[profile spaces]\n").WithVariable(source, "nope");

        await FailsAsync(
            new StoreSettings { Profile = source == "--profile" ? "nope" : null }, ExitCode.Setup,
            $"{source}: The profile 'nope' does not exist in {_tool.ConfigFile} or {_tool.CredentialsFile}. The profiles are: default, spaces.");
    }

    [Fact]
    public async Task Require_EmptyProfile_NamesTheOption() => await FailsAsync(
        new StoreSettings { Profile = "" }, ExitCode.Usage, "--profile: The name is empty. Specify the name of a profile, or remove --profile.");

    [UnixTheory]
    [InlineData("my files", "\"{0}\"")]
    [InlineData("my $(files)", "'{0}'")]
    public async Task Require_CredentialsFileWithSpecialCharacters_IsQuotedInTheNote(string name, string quoted)
    {
        string file = Path.Combine(_tool.Home, name);
        File.WriteAllText(file, Profile("default", "AKID1"));
#pragma warning disable CA1416 // The test is skipped on Windows.
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
#pragma warning restore CA1416
        _tool.WithVariable("AWS_SHARED_CREDENTIALS_FILE", file).IsTerminal = true;

        await RequireAsync(new StoreSettings());

        _tool.Error.ToString().TrimEnd().Should().EndWith($"Run 'chmod 600 {quoted.Replace("{0}", file, StringComparison.Ordinal)}'.");
    }

    [Fact]
    public async Task Require_ExplicitProfileWithoutCredentials_Throws()
    {
        _tool.WithKeys().WithConfig("[profile a]\nregion = eu-west-1\n");

        await FailsAsync(
            new StoreSettings { Profile = "a" }, ExitCode.Setup,
            $"--profile: The profile 'a' does not contain credentials. Add aws_access_key_id and aws_secret_access_key to it in {_tool.CredentialsFile}, or omit --profile.");
    }

    [Fact]
    public async Task Require_IncompleteKeyInEnvironment_Throws()
    {
        _tool.WithVariable("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").WithVariable("AWS_CREDENTIAL_EXPIRATION", "soon");

        await FailsAsync(new StoreSettings(), ExitCode.Setup, "*AWS_SECRET_ACCESS_KEY is not set, but other variables of the same credentials are.*AWS_CREDENTIAL_EXPIRATION is 'soon'*");
    }

    [Fact]
    public async Task Resolve_SpacesKeyWithoutStore_Throws()
    {
        _tool.WithVariable("SPACES_ACCESS_KEY_ID", "DO00SPACESEXAMPLE000").WithVariable("SPACES_SECRET_ACCESS_KEY", Secret).WithVariable("AWS_REGION", "eu-west-1");

        await new StoreResolver(_tool.Context).Awaiting(resolver => resolver.ResolveAsync(new StoreSettings(), default)).Should().ThrowAsync<ToolException>()
            .WithMessage("SPACES_ACCESS_KEY_ID: The access key is for DigitalOcean Spaces, but no store is selected. Use --endpoint-url, or --provider spaces with --region.");
    }

    [Fact]
    public async Task Ask_TemporaryKey_AsksForTheTokenToo()
    {
        foreach (string answer in (string[])[" ASIAIOSFODNN7EXAMPLE ", Secret, "token-example"])
        {
            _tool.Prompt.Answers.Enqueue(answer);
        }

        Resolved<S3Credentials> credentials = await new StoreResolver(_tool.Context).SelectCredentials(new StoreSettings { Ask = true }).RequireAsync(default);

        (credentials.Value.AccessKeyId, credentials.Value.SessionToken).Should().Be(("ASIAIOSFODNN7EXAMPLE", "token-example"));
        _tool.Prompt.Questions.Should().Equal("Access key ID", "Secret access key (secret)", "Session token (secret)");
    }

    [Fact]
    public async Task Ask_WithoutTerminal_Throws() => await FailsAsync(
        new StoreSettings { Ask = true }, ExitCode.Usage, "--ask: There is no terminal to ask on. Use --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");

    [Fact]
    public async Task Ask_EmptyAnswer_Throws()
    {
        _tool.Prompt.Answers.Enqueue("AKIDEXAMPLE");
        _tool.Prompt.Answers.Enqueue("");

        await FailsAsync(new StoreSettings { Ask = true }, ExitCode.Usage, "--ask: The secret access key is empty. Enter it, or use --profile.");
    }

    [Fact]
    public async Task Ask_InvalidSecret_ThrowsWithoutIt()
    {
        _tool.Prompt.Answers.Enqueue("AKIDEXAMPLE");
        _tool.Prompt.Answers.Enqueue("MARKER MARKER");

        await FailsAsync(new StoreSettings { Ask = true }, ExitCode.Setup, "--ask: The secret access key contains a space*");
    }

    [UnixTheory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, true)]
    public async Task Require_CredentialsFileIsReadableByOthers_IsNoted(UnixFileMode mode, bool isNoted)
    {
        _tool.WithCredentials(Profile("default", "AKID1")).IsTerminal = true;
#pragma warning disable CA1416 // The test is skipped on Windows.
        File.SetUnixFileMode(_tool.CredentialsFile, mode);
#pragma warning restore CA1416

        await RequireAsync(new StoreSettings());

        _tool.Error.ToString().TrimEnd().Should().Be(isNoted ? $"presign: {_tool.CredentialsFile} can be read by other users of this machine. Run 'chmod 600 {_tool.CredentialsFile}'." : "");
    }

    [Fact]
    public async Task Find_NothingConfigured_ReturnsNull() => (await FindAsync(new StoreSettings())).Should().BeNull();

    [Fact]
    public async Task Find_AmbientProfileWithKey_ReturnsIt()
    {
        _tool.WithCredentials(Profile("default", "AKID1"));

        (await FindAsync(new StoreSettings()))!.Value.AccessKeyId.Should().Be("AKID1");
    }

    [Theory]
    [InlineData("role_arn = arn:aws:iam::123456789012:role/r\nsource_profile = b")]
    [InlineData("sso_account_id = 1\nsso_role_name = r\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start")]
    [InlineData("credential_process = echo {}")]
    [InlineData("login_session = arn:aws:iam::123456789012:user/u")]
    public async Task Find_AmbientProfileNeedsARequest_ReturnsNullWithANote(string settings)
    {
        _tool.WithConfig($"[default]\n{settings}\n").IsTerminal = true;

        (await FindAsync(new StoreSettings())).Should().BeNull();

        _tool.Error.ToString().TrimEnd().Should().Be(
            "presign: The credentials of profile 'default' are not used, because they would have to be requested. Add '--profile default' to use them.");
    }

    private static string Profile(string name, string accessKeyId) => $"[{name}]\naws_access_key_id = {accessKeyId}\naws_secret_access_key = {Secret}\n";

    private Task<Resolved<S3Credentials>?> FindAsync(StoreSettings settings) => new StoreResolver(_tool.Context).FindCredentialsAsync(settings, default);

    private async Task<(string AccessKeyId, string Source)> RequireAsync(StoreSettings settings)
    {
        Resolved<S3Credentials> credentials = await new StoreResolver(_tool.Context).SelectCredentials(settings).RequireAsync(default);
        return (credentials.Value.AccessKeyId, credentials.Source);
    }

    private async Task FailsAsync(StoreSettings settings, int exitCode, string message)
    {
        ToolException error = (await FluentActions.Awaiting(() => RequireAsync(settings)).Should().ThrowAsync<ToolException>().WithMessage(message)).Which;
        error.Code.Should().Be(exitCode);
        error.Message.Should().NotContain("MARKER");
    }
}

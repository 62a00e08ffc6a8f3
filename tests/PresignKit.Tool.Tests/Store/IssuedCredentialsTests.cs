using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PresignKit.Tool.Tests.Store;

/// <summary>Tests credentials that AWS issues: roles, SSO, containers and EC2. The tool runs as a process, and the services are replaced by their endpoint variables.</summary>
[Trait("Category", "Load")]
public sealed class IssuedCredentialsTests : IDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/reader";
    private const string Source = "[source]\naws_access_key_id = AKIDSOURCE\naws_secret_access_key = MARKER-source-secret\n";

    private readonly FakeTool _tool = new();
    private readonly FakeAws _aws = new();

    public IssuedCredentialsTests() => _tool.WithVariable("AWS_REGION", "eu-west-1").WithVariable("AWS_ENDPOINT_URL_STS", _aws.Url).WithVariable("AWS_ENDPOINT_URL_SSO", _aws.Url)
        .WithVariable("AWS_EC2_METADATA_SERVICE_ENDPOINT", _aws.Url).WithCredentials(Source);

    public void Dispose()
    {
        _aws.Dispose();
        _tool.Dispose();
    }

    [Fact]
    public async Task Role_WithSourceProfile_IsAssumedWithTheKeyOfTheSource()
    {
        _tool.WithConfig($"[profile role]\nrole_arn = {Role}\nsource_profile = source\nexternal_id = ext\nduration_seconds = 900\nrole_session_name = me\n");

        await SucceedsAsync("profile 'role', role " + Role, "--profile", "role");

        (string request, string? signedBy) = _aws.Requests.Should().ContainSingle().Which;
        signedBy.Should().Be("AKIDSOURCE");
        request.Should().Contain("Action=AssumeRole&").And.Contain("ExternalId=ext").And.Contain("DurationSeconds=900").And.Contain("RoleSessionName=me").And.Contain("reader");
    }

    [Fact]
    public async Task Role_ChainOfRoles_IsAssumedStepByStep()
    {
        _tool.WithConfig($"[profile outer]\nrole_arn = {Role}2\nsource_profile = role\n[profile role]\nrole_arn = {Role}\nsource_profile = source\n");

        await SucceedsAsync($"profile 'outer', role {Role}2", "--profile", "outer");

        _aws.Requests.Select(request => request.SignedBy).Should().Equal("AKIDSOURCE", FakeAws.AccessKeyId);
    }

    [Fact]
    public async Task Role_SourceIsTheProfileItself_UsesItsKey()
    {
        _tool.WithConfig($"[profile source]\nrole_arn = {Role}\nsource_profile = source\n");

        await SucceedsAsync("profile 'source', role " + Role, "--profile", "source");
    }

    [Fact]
    public async Task Role_WithCredentialSource_UsesTheEnvironment()
    {
        _tool.WithConfig($"[profile role]\nrole_arn = {Role}\ncredential_source = Environment\n").WithKeys("AKIDENVIRONMENT");

        await SucceedsAsync("profile 'role', role " + Role, "--profile", "role");

        _aws.Requests.Should().ContainSingle().Which.SignedBy.Should().Be("AKIDENVIRONMENT");
    }

    [Fact]
    public async Task Role_WithWebIdentity_IsAssumedWithoutSignature()
    {
        string file = Path.Combine(_tool.Home, "token");
        File.WriteAllText(file, "MARKER-web-token");
        _tool.WithConfig($"[profile web]\nrole_arn = {Role}\nweb_identity_token_file = {file}\n");

        await SucceedsAsync("profile 'web', web identity", "--profile", "web");

        (string request, string? signedBy) = _aws.Requests.Should().ContainSingle().Which;
        (signedBy, request.Contains("WebIdentityToken=MARKER-web-token", StringComparison.Ordinal)).Should().Be((null, true));
    }

    // A captive portal returns its page to every request.
    [Theory]
    [InlineData(200, "<html><body>Please sign in</body></html>")]
    [InlineData(200, "<!DOCTYPE html><html><head><meta charset=utf-8><title>Sign in</title></head></html>")]
    [InlineData(200, "Please sign in")]
    [InlineData(200, "{}")]
    [InlineData(200, "<AssumeRoleResponse><AssumeRoleResult><Credentials></Credentials></AssumeRoleResult></AssumeRoleResponse>")]
    [InlineData(200, "")]
    [InlineData(302, "<!DOCTYPE html><html></html>", " with HTTP status 302")]
    [InlineData(503, "<!DOCTYPE html><html></html>", " with HTTP status 503")]
    public async Task Issued_ResponseIsAPage_SaysSo(int status, string page, string shownStatus = "")
    {
        const string Problem = "does not contain credentials. Check whether a proxy or a captive portal sent the response.";
        string file = Path.Combine(_tool.Home, "token");
        File.WriteAllText(file, "MARKER-web-token");
        WriteSsoToken("my-session", "2030-01-01T00:00:00Z");
        File.AppendAllText(_tool.ConfigFile, $"[profile role]\nrole_arn = {Role}\nsource_profile = source\n[profile web]\nrole_arn = {Role}\nweb_identity_token_file = {file}\n");
        _aws.Portal = (status, page);

        await FailsAsync(ExitCode.Setup, $"profile 'role': The response of AWS STS{shownStatus} {Problem}", "--profile", "role");
        await FailsAsync(ExitCode.Setup, $"profile 'web': The response of AWS STS{shownStatus} {Problem}", "--profile", "web");
        await FailsAsync(ExitCode.Setup, $"profile 'sso': The response of AWS SSO{shownStatus} {Problem}", "--profile", "sso");
    }

    [Fact]
    public async Task Role_Denied_SaysWhy()
    {
        _aws.Rejects = true;
        _tool.WithConfig($"[profile role]\nrole_arn = {Role}\nsource_profile = source\n");

        await FailsAsync(
            ExitCode.Setup, "profile 'role': AWS STS rejected the request with AccessDenied: User is not authorized to perform: sts:AssumeRole. Check the role and its trust policy.", "--profile", "role");
    }

    [Fact]
    public async Task Role_StsDoesNotRespond_IsANetworkError()
    {
        _aws.Dispose();
        _tool.WithConfig($"[profile role]\nrole_arn = {Role}\nsource_profile = source\n");

        await FailsAsync(ExitCode.Network, "profile 'role': AWS STS did not respond (Connection refused). Check the network connection and the region.", "--profile", "role");
    }

    [Theory]
    [InlineData("my-session")]
    [InlineData(null)]
    public async Task Sso_WithToken_ReturnsTheKeyOfTheRole(string? session)
    {
        WriteSsoToken(session, "2030-01-01T00:00:00Z");

        await SucceedsAsync("profile 'sso', SSO", "--profile", "sso");

        _aws.Requests.Should().ContainSingle().Which.Request.Should().Contain("role_name=reader").And.Contain("account_id=123456789012");
    }

    [Theory]
    [InlineData("my-session", "2020-01-01T00:00:00Z", false)]
    [InlineData(null, "2020-01-01T00:00:00Z", false)]
    [InlineData("my-session", null, false)]
    [InlineData("my-session", "2030-01-01T00:00:00Z", true)]
    public async Task Sso_WithoutValidToken_SaysHowToLogIn(string? session, string? expiresAt, bool rejects)
    {
        _aws.Rejects = rejects;
        WriteSsoToken(session, expiresAt);

        await FailsAsync(ExitCode.Setup, "profile 'sso': The SSO session has expired or does not exist. Run 'aws sso login --profile sso'.", "--profile", "sso");
    }

    [Fact]
    public async Task Machine_WebIdentityInTheEnvironment_IsUsed()
    {
        string file = Path.Combine(_tool.Home, "token");
        File.WriteAllText(file, "MARKER-web-token");
        _tool.WithVariable("AWS_WEB_IDENTITY_TOKEN_FILE", file).WithVariable("AWS_ROLE_ARN", Role);

        await SucceedsAsync("AWS_WEB_IDENTITY_TOKEN_FILE");
    }

    [Fact]
    public async Task Machine_Container_IsUsed()
    {
        _tool.WithVariable("AWS_CONTAINER_CREDENTIALS_FULL_URI", _aws.Url + "/container");

        await SucceedsAsync("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    }

    [Fact]
    public async Task Machine_ContainerWithoutRole_SaysWhatTheServiceResponds()
    {
        _aws.HasRole = false;
        _tool.WithVariable("AWS_CONTAINER_CREDENTIALS_FULL_URI", _aws.Url + "/container");

        await FailsAsync(
            ExitCode.Setup,
            "AWS_CONTAINER_CREDENTIALS_FULL_URI: The container's credential service responded with HTTP status 404. Check the URL, and the task role or the pod identity.");
    }

    [Fact]
    public async Task Machine_Instance_IsUsedWithItsExpiry()
    {
        _tool.WithVariable("AWS_EC2_METADATA_DISABLED", null);

        await SucceedsAsync("the role of the EC2 instance");
    }

    [Fact]
    public async Task Machine_InstanceWithoutRole_HasNoCredentials()
    {
        _aws.HasRole = false;
        _tool.WithVariable("AWS_EC2_METADATA_DISABLED", null);

        (await _tool.RunProcessAsync("get", "s3://my-bucket/key")).Error.Should().StartWith("presign: No credentials were found in the environment");
    }

    [Fact]
    public async Task Machine_KeyInTheEnvironment_IsUsedWithoutARequest()
    {
        _tool.WithVariable("AWS_EC2_METADATA_DISABLED", null).WithVariable("AWS_CONTAINER_CREDENTIALS_FULL_URI", _aws.Url + "/container").WithKeys();

        (await _tool.RunProcessAsync("get", "s3://my-bucket/key")).ExitCode.Should().Be(ExitCode.Success);

        _aws.Requests.Should().BeEmpty();
    }

    private void WriteSsoToken(string? session, string? expiresAt)
    {
        const string StartUrl = "https://example.awsapps.com/start";
        string settings = $"sso_region = eu-west-1\nsso_start_url = {StartUrl}\n";
        const string Profile = "[profile sso]\nsso_account_id = 123456789012\nsso_role_name = reader\n";
        _tool.WithConfig(session is null ? Profile + settings : $"{Profile}sso_session = {session}\n[sso-session {session}]\n{settings}");
        if (expiresAt is null)
        {
            return;
        }

        string cache = Directory.CreateDirectory(Path.Combine(_tool.Home, ".aws", "sso", "cache")).FullName;
#pragma warning disable CA5350 // AWS names the files of this cache by SHA-1.
        string name = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(session ?? StartUrl)));
#pragma warning restore CA5350
        File.WriteAllText(Path.Combine(cache, name + ".json"), $$"""{"startUrl":"{{StartUrl}}","region":"eu-west-1","accessToken":"sso-access-token","expiresAt":"{{expiresAt}}"}""");
    }

    private async Task SucceedsAsync(string source, params string[] options)
    {
        ToolResult result = await _tool.RunProcessAsync(["config", "--json", .. options]);

        result.Should().Match<ToolResult>(one => one.ExitCode == ExitCode.Success && one.Error.Length == 0, $"this is the output: {result}");
        using JsonDocument json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("accessKeyId").GetProperty("value").GetString().Should().Be(FakeAws.AccessKeyId);
        json.RootElement.GetProperty("accessKeyId").GetProperty("source").GetString().Should().Be(source);
        DateTimeOffset.Parse(json.RootElement.GetProperty("expiresAt").GetProperty("value").GetString()!, CultureInfo.InvariantCulture)
            .Should().Be(DateTimeOffset.Parse(FakeAws.Expiration, CultureInfo.InvariantCulture));
        result.Output.Should().NotContain("MARKER");
    }

    private async Task FailsAsync(int exitCode, string message, params string[] options)
    {
        ToolResult result = await _tool.RunProcessAsync(["get", "s3://my-bucket/key", .. options]);

        result.Should().Be(new ToolResult(exitCode, "", $"presign: {message}{Environment.NewLine}"));
    }
}

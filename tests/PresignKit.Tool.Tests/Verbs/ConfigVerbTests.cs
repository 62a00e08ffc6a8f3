using System.Text.Json;

namespace PresignKit.Tool.Tests.Verbs;

public sealed class ConfigVerbTests : IDisposable
{
    private const string Secret = "example-secret-access-key-of-40-characters";

    private readonly FakeTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Run_Profile_ShowsEveryValueAndItsSource()
    {
        _tool.WithVariable("AWS_CONFIG_FILE", null).WithVariable("AWS_SHARED_CREDENTIALS_FILE", null).WithVariable("AWS_REGION", "eu-west-1")
            .WithConfig("[profile spaces]\nendpoint_url = https://nyc3.digitaloceanspaces.com\n")
            .WithCredentials($"[spaces]\naws_access_key_id = DO00SPACESEXAMPLE000\naws_secret_access_key = {Secret}\n");

        ToolResult result = await _tool.RunAsync("config", "--profile", "spaces");

        result.Should().Be(new ToolResult(ExitCode.Success, """
            profile     spaces                               --profile
            store       https://nyc3.digitaloceanspaces.com  profile 'spaces' in ~/.aws/config
            provider    DigitalOcean Spaces                  host of the endpoint
            region      nyc3                                 host of the endpoint ('eu-west-1' from AWS_REGION is not used)
            URL style   virtual                              DigitalOcean Spaces
            CDN URL     none
            access key  DO00SPACESEXAMPLE000                 profile 'spaces' in ~/.aws/credentials
            expires     never

            """, ""));
    }

    [Fact]
    public async Task Run_TemporaryKey_ShowsWhenItExpires()
    {
        _tool.WithKeys("ASIAIOSFODNN7EXAMPLE").WithVariable("AWS_SESSION_TOKEN", "token-example").WithVariable("AWS_CREDENTIAL_EXPIRATION", "2026-03-14T16:09:26Z");

        ToolResult result = await _tool.RunAsync("config", "--endpoint-url", "http://127.0.0.1:9000", "--cdn-url", "https://cdn.example.com");

        result.Should().Be(new ToolResult(ExitCode.Success, """
            profile     none
            store       http://127.0.0.1:9000    --endpoint-url
            provider    none
            region      us-east-1                default
            URL style   path                     default
            CDN URL     https://cdn.example.com  --cdn-url
            access key  ASIAIOSFODNN7EXAMPLE     AWS_ACCESS_KEY_ID
            expires     2026-03-14 16:09:26Z     in 1h

            """, ""));
    }

    [Theory]
    [InlineData("https://cdn.example.com", ExitCode.Success, null)]
    [InlineData("https://my-space.nyc3.cdn.digitaloceanspaces.com", ExitCode.Success, null)]
    [InlineData("https://my-space.ams3.cdn.digitaloceanspaces.com", ExitCode.Setup, "problem     not available: *'ams3'*'nyc3'*")]
    [InlineData("https://cdn.example.com/path", ExitCode.Setup, "problem     not available: *has a path*")]
    public async Task Run_CdnUrl_IsCheckedWithASampleBucket(string cdnUrl, int exitCode, string? problem)
    {
        ToolResult result = await _tool.WithKeys().RunAsync("config", "--provider", "spaces", "--region", "nyc3", "--cdn-url", cdnUrl);

        result.ExitCode.Should().Be(exitCode);
        if (problem is not null)
        {
            result.Output.Split('\n').Should().ContainMatch(problem);
        }
    }

    [Fact]
    public async Task Run_CdnOfAws_IsAccepted() =>
        (await _tool.WithKeys().RunAsync("config", "--region", "eu-west-1", "--cdn-url", "https://cdn.example.com")).ExitCode.Should().Be(ExitCode.Success);

    [Fact]
    public async Task Run_NothingConfigured_ShowsTheReasonsAndFails()
    {
        ToolResult result = await _tool.RunAsync("config");

        result.ExitCode.Should().Be(ExitCode.Setup);
        result.Output.Should().Contain("store       not available: No store is selected.").And.Contain("access key  not available: No credentials were found");
    }

    [Fact]
    public async Task Run_UnknownProfile_ShowsOnlyThat()
    {
        ToolResult result = await _tool.RunAsync("config", "--profile", "nope");

        result.ExitCode.Should().Be(ExitCode.Setup);
        result.Output.Should().StartWith("profile     not available: --profile: The profile 'nope' does not exist in ").And.EndWith(" creates one.\n");
    }

    [Fact]
    public async Task Run_CombinationIsNotValid_ShowsTheProblem()
    {
        ToolResult result = await _tool.WithKeys("ASIAIOSFODNN7EXAMPLE").RunAsync("config", "--region", "eu-west-1");

        result.ExitCode.Should().Be(ExitCode.Setup);
        result.Output.Should().Contain("problem     not available: ").And.Contain("session token");
    }

    [Fact]
    public async Task Run_Json_ContainsTheSameWithoutSecrets()
    {
        ToolResult result = await _tool.WithKeys().RunAsync("config", "--provider", "spaces", "--region", "nyc3", "--json");

        result.ExitCode.Should().Be(ExitCode.Success);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("canSign").GetBoolean().Should().BeTrue();
        json.RootElement.GetProperty("endpoint").GetProperty("value").GetString().Should().Be("https://nyc3.digitaloceanspaces.com");
        json.RootElement.GetProperty("endpoint").GetProperty("source").GetString().Should().Be("--provider");
        json.RootElement.GetProperty("accessKeyId").GetProperty("value").GetString().Should().Be("DO00SPACESEXAMPLE000");
        json.RootElement.GetProperty("expiresAt").ValueKind.Should().Be(JsonValueKind.Null);
        result.Output.Should().NotContain(Secret);
    }

    [Fact]
    public async Task Run_JsonWithProblem_ContainsTheReason()
    {
        ToolResult result = await _tool.WithKeys().RunAsync("config", "--json");

        result.ExitCode.Should().Be(ExitCode.Setup);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("canSign").GetBoolean().Should().BeFalse();
        json.RootElement.GetProperty("endpoint").GetProperty("problem").GetString().Should().StartWith("No store is selected.");
    }

    [Fact]
    public async Task Run_ControlCharactersInNames_AreReplaced()
    {
        _tool.WithKeys().WithConfig("[profile a\u001b[2J]\nregion = eu-west-1\n");

        ToolResult result = await _tool.RunAsync("config", "--profile", "a\u001b[2J");

        (result.Output + result.Error).Should().NotContain("\u001b").And.Contain("a<U+001B>[2J");
    }
}

using System.Text.Json;

namespace PresignKit.Tool.Tests.Verbs;

public sealed class ProvidersVerbTests : IDisposable
{
    private readonly FakeTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Run_NotATerminal_PrintsOneLineForEachProvider()
    {
        ToolResult result = await _tool.RunAsync("providers");

        (result.ExitCode, result.Error).Should().Be((ExitCode.Success, ""));
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(S3Provider.All.Count + 1);
        lines[1].Should().MatchRegex("^spaces +DigitalOcean Spaces +7d +yes +--region nyc3 +https://{region}\\.digitaloceanspaces\\.com$");
        lines.Should().ContainSingle(line => line.StartsWith("r2 ")).Which.Should().MatchRegex("^r2 +Cloudflare R2 +7d +no +--account ID +https://{account}\\.r2\\.cloudflarestorage\\.com$");
        lines.Should().ContainSingle(line => line.StartsWith("tigris ")).Which.Should().Contain(" 90d ");
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(200, false)]
    public async Task Run_Terminal_FitsIntoItsWidth(int width, bool isFolded)
    {
        (_tool.IsTerminal, _tool.Width) = (true, width);

        string[] lines = (await _tool.RunAsync("providers")).Output.Split('\n');

        lines.Count(line => line.Trim() == "https://{region}.digitaloceanspaces.com").Should().Be(isFolded ? 1 : 0);
        lines.Should().OnlyContain(line => line.Length <= width);
    }

    [Fact]
    public async Task Run_Json_ContainsEveryProvider()
    {
        using JsonDocument json = JsonDocument.Parse((await _tool.RunAsync("providers", "--json")).Output);

        json.RootElement.EnumerateArray().Select(provider => provider.GetProperty("id").GetString()).Should().Equal(S3Provider.All.Select(provider => provider.Id));
        JsonElement spaces = json.RootElement[0];
        spaces.GetProperty("endpoint").GetString().Should().Be("https://{region}.digitaloceanspaces.com");
        spaces.GetProperty("maxExpiresIn").GetInt64().Should().Be(604_800);
        spaces.GetProperty("requiresRegion").GetBoolean().Should().BeTrue();
        spaces.GetProperty("requiresAccount").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public async Task Run_EveryProvider_IsAcceptedWithTheListedOptions()
    {
        _tool.WithKeys();
        foreach (S3Provider provider in S3Provider.All)
        {
            List<string> args = ["get", "s3://my-bucket/key", "--provider", provider.Id];
            args.AddRange(provider.RequiresRegion ? ["--region", provider.RegionExample] : []);
            args.AddRange(provider.RequiresAccountId ? ["--account", provider.Id == "r2" ? "0123456789abcdef0123456789abcdef" : "abcdefghijklmnopqrst"] : []);

            (await _tool.RunAsync([.. args])).Should().Match<ToolResult>(result => result.ExitCode == ExitCode.Success && result.Error.Length == 0, provider.Id);
        }
    }
}

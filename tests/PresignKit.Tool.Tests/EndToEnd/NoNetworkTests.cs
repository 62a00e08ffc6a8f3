using PresignKit.Testing;

namespace PresignKit.Tool.Tests.EndToEnd;

/// <summary>Commands that do not need the network, in a network namespace that has no network.</summary>
[Trait("Category", "Load")]
public sealed class NoNetworkTests : IDisposable
{
    private const string Unshare = "unshare";
    private const string Options = "-rn";
    private const string NoNetwork = "test \"$(tail -n +3 /proc/net/dev | grep -vc ' lo:')\" = 0";

    private static readonly string[] Endpoint = ["--endpoint-url", "https://nyc3.digitaloceanspaces.com"];

    // Without this variable, the metadata service of the machine is allowed, so that a command that asks it would fail.
    private readonly FakeTool _tool = new FakeTool().WithVariable("AWS_EC2_METADATA_DISABLED", null);

    public void Dispose() => _tool.Dispose();

    [ProgramFact(Unshare, Options, "sh", "-c", NoNetwork)]
    public async Task Signing_KeysInTheEnvironment_DoesNotUseTheNetwork()
    {
        _tool.WithKeys().WithVariable("AWS_SESSION_TOKEN", "session-token");
        await SignAsync();
    }

    [ProgramFact(Unshare, Options, "sh", "-c", NoNetwork)]
    public async Task Signing_Profile_DoesNotUseTheNetwork()
    {
        _tool.WithConfig("[profile spaces]\nregion = eu-west-1\n").WithCredentials($"[spaces]\naws_access_key_id = {SampleUrls.AccessKeyId}\naws_secret_access_key = {SampleUrls.Secret}\n");
        await SignAsync("--profile", "spaces");
    }

    private async Task SignAsync(params string[] more)
    {
        string[] store = [.. Endpoint, .. more];
        string url = await SucceedsAsync(["get", "s3://my-space/k", .. store]);
        await SucceedsAsync(["put", "s3://my-space/k", "--content-type", "image/png", .. store]);
        await SucceedsAsync(["post", "s3://my-space/k", .. store]);
        _tool.Input = "a\nb\n";
        (await SucceedsAsync(["batch", "s3://my-space", .. store])).Split('\n').Should().HaveCount(2);
        await SucceedsAsync(["inspect", url, .. store]);
        await SucceedsAsync(["verify", url, .. store]);
        await SucceedsAsync(["resign", url, "--expires-in", "2h", .. store]);
        await SucceedsAsync(["config", .. store]);
    }

    private async Task<string> SucceedsAsync(string[] args)
    {
        ToolResult result = await _tool.RunProgramAsync([Unshare, Options, .. PresignProcess.Command, .. args]);

        (result.ExitCode, result.Error).Should().Be((0, ""), string.Join(' ', args));
        return result.Output.TrimEnd('\n');
    }
}

using System.Net;
using PresignKit.Testing;

namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>The URLs of <c>aws s3 presign</c> are accepted if they are signed with SigV4, and nothing else. If versions 1 and 2 are installed, both are tested.</summary>
[Trait("Category", "Load")]
public sealed class AwsCliTests(PeerServer s3) : IClassFixture<PeerServer>, IDisposable
{
    private const string SigV4 = "[default]\ns3 =\n  signature_version = s3v4\n  addressing_style = path\n";
    private const string VirtualHosted = "[default]\ns3 =\n  signature_version = s3v4\n  addressing_style = virtual\n";

    private readonly string _configuration = Path.GetTempFileName();

    public static TheoryData<string> Programs { get; } =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => new DirectoryInfo(folder) is { Exists: true } directory ? directory.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder : folder)
            .Distinct()
            .Where(folder => RequiredTool.Problem("aws", ["--version"], folder) is null)
            .Select(folder => RequiredTool.Find("aws", folder)!),
    ];

    public void Dispose() => File.Delete(_configuration);

    [PeerTheory(Peer.AwsCli)]
    [MemberData(nameof(Programs))]
    public async Task Send_SigV4UrlOfCli_IsAccepted(string program)
    {
        PeerCase one = new("cli", "GetObject", "GET") { Check = PeerCases.HasContentAsync };

        await PeerUrl.AcceptAsync(s3, one, await PresignAsync(program, one.Key, SigV4));
    }

    [PeerTheory(Peer.AwsCli)]
    [MemberData(nameof(Programs))]
    public async Task Send_VirtualHostedUrlOfCli_IsAccepted(string program)
    {
        PeerCase one = new("cli", "GetObject", "GET") { IsVirtualHosted = true, Check = PeerCases.HasContentAsync };
        string url = await PresignAsync(program, one.Key, VirtualHosted, s3.Localhost);
        new Uri(url).Host.Should().Be("photos.localhost");

        await PeerUrl.AcceptAsync(s3, one, url);
    }

    [PeerTheory(Peer.AwsCli)]
    [MemberData(nameof(Programs))]
    public async Task Send_TamperedUrlOfCli_IsRejected(string program)
    {
        PeerCase one = new("cli", "GetObject", "GET");

        await PeerUrl.RejectTamperedAsync(s3, one, await PresignAsync(program, one.Key, SigV4));
    }

    [PeerTheory(Peer.AwsCli)]
    [MemberData(nameof(Programs))]
    public async Task Send_ExpiredUrlOfCli_IsRejected(string program)
    {
        PeerCase one = new("cli", "GetObject", "GET");

        await PeerUrl.RejectExpiredAsync(s3, one, await PresignAsync(program, one.Key, SigV4));
    }

    // Version 1 signs with SigV2 in us-east-1, also for an endpoint that is not AWS's. Version 2 does not support SigV2.
    [PeerTheory(Peer.AwsCli)]
    [MemberData(nameof(Programs))]
    public async Task Send_UrlOfCliWithDefaultSettings_IsAcceptedOnlyFromVersion2(string program)
    {
        string version = await PeerPrograms.RunAsync([program, "--version"], new Dictionary<string, string?>());
        s3.Photos.Put("default.txt", "content"u8);

        using HttpResponseMessage response = await s3.Http.GetAsync(await PresignAsync(program, "default.txt", configuration: ""));

        if (version.StartsWith("aws-cli/1.", StringComparison.Ordinal))
        {
            response.StatusCode.Should().Be(HttpStatusCode.NotImplemented);
            s3.Server.Requests[^1].Error!.Cause.Should().Contain("Signature Version 2");
        }
        else
        {
            response.StatusCode.Should().Be(HttpStatusCode.OK, s3.Server.Requests[^1].ToString());
        }
    }

    private async Task<string> PresignAsync(string program, string key, string configuration, string? endpoint = null)
    {
        await File.WriteAllTextAsync(_configuration, configuration);
        Dictionary<string, string?> environment = new()
        {
            ["AWS_CONFIG_FILE"] = _configuration,
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_ACCESS_KEY_ID"] = s3.Server.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = s3.Server.SecretAccessKey,
            ["PYTHONUTF8"] = "1",
        };
        string output = await PeerPrograms.RunAsync(
            [program, "s3", "presign", $"s3://{PeerServer.Bucket}/{key}", "--endpoint-url", endpoint ?? s3.Server.Endpoint, "--region", s3.Server.Region, "--expires-in", "3600"], environment);
        return output.Trim();
    }
}

using System.Text.Json;
using PresignKit.Testing;

namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>Runs the programs that presign URLs.</summary>
internal static class PeerPrograms
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "tests", "PresignKit.LocalS3.Tests", "Peers");
    private static readonly string SignWithPython = Path.Combine(Folder, "Python", "sign.py");
    private static readonly string SignWithNode = Path.Combine(Folder, "Node", "sign.mjs");
    private static readonly string SendWithNode = Path.Combine(Folder, "Node", "send.mjs");

    private static readonly Lazy<string?> Boto3Problem = new(() => Describe(RequiredTool.Problem("python3", ["-c", "import boto3"]), "apt-get install python3-boto3"));
    private static readonly Lazy<string?> NodeProblem = new(() => Describe(RequiredTool.Problem("node", [SignWithNode, "--check"]), "apt-get install nodejs npm && npm ci --prefix tests/PresignKit.LocalS3.Tests/Peers/Node"));
    private static readonly Lazy<string?> CurlProblem = new(() => Describe(RequiredTool.Problem("curl", ["--version"]), "apt-get install curl"));
    private static readonly Lazy<string?> CliProblem = new(() => Describe(RequiredTool.Problem("aws", ["--version"]), "apt-get install awscli"));

    // The settings of the user must not affect the URLs.
    private static readonly Dictionary<string, string?> NoSettings = new() { ["AWS_CONFIG_FILE"] = "/dev/null", ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null", ["AWS_EC2_METADATA_DISABLED"] = "true" };

    /// <summary>Returns the reason why a program cannot be run, with the command that installs it, or <c>null</c> if there is none.</summary>
    public static string? Problem(Peer peer) => OperatingSystem.IsWindows() ? "This test needs a Unix system." : peer switch
    {
        Peer.Boto3 => Boto3Problem.Value,
        Peer.Boto3AndCurl => Boto3Problem.Value ?? CurlProblem.Value,
        Peer.AwsCli => CliProblem.Value,
        _ => NodeProblem.Value,
    };

    public static Task<PeerResult> SignWithBoto3Async(PeerJob job) => SignAsync(["python3", SignWithPython], job);

    public static Task<PeerResult> SignWithJavaScriptAsync(PeerJob job) => SignAsync(["node", SignWithNode], job);

    /// <summary>Sends requests with the <c>fetch</c> of JavaScript.</summary>
    public static async Task<IReadOnlyList<FetchResponse>> FetchAsync(params FetchRequest[] requests) =>
        JsonSerializer.Deserialize<List<FetchResponse>>(await RunAsync(["node", SendWithNode], NoSettings, JsonSerializer.Serialize(requests, JsonSerializerOptions.Web)), JsonSerializerOptions.Web)!;

    /// <summary>Runs a program that must succeed, and returns its output.</summary>
    public static async Task<string> RunAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string?> environment, string input = "")
    {
        (int exitCode, string output, string error) = await PresignProcess.RunAsync(command, environment, input);
        exitCode.Should().Be(0, $"{string.Join(' ', command)} wrote {error}");
        return output;
    }

    private static async Task<PeerResult> SignAsync(IReadOnlyList<string> command, PeerJob job) =>
        JsonSerializer.Deserialize<PeerResult>(await RunAsync(command, NoSettings, JsonSerializer.Serialize(job, JsonSerializerOptions.Web)), JsonSerializerOptions.Web)!;

    private static string? Describe(string? problem, string remedy) => problem is null ? null : $"{problem} Remedy: {remedy}";
}

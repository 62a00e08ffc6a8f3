using PresignKit.Testing;

namespace PresignKit.LiveTests;

/// <summary>The command lines that <c>presign</c> prints, run in bash against the live servers.</summary>
public sealed class ToolTests : IDisposable
{
    private const string Key = "it's (a) [key] {1}/ü \"é\" $HOME.txt";

    // Runs the line that presign prints for the arguments of the script.
    private const string Run = """
        line=$(presign "$@") || exit 99
        eval "$line --silent --show-error"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("presign tool's ").FullName;

    private string File => Path.Combine(_folder, "file (1) it's.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [CurlFact]
    public Task Curl_Ceph_UploadsReadsListsAndDeletes() => RoundTripAsync(Via.Rgw);

    [CurlFact]
    public Task Curl_Swift_UploadsReadsListsAndDeletes() => RoundTripAsync(Via.Swift);

    [CurlFact]
    public Task PutForFile_CephAndAnotherFile_IsRejected() => RejectsOtherFilesAsync(Via.Rgw);

    [CurlFact]
    public Task PutForFile_SwiftAndAnotherFile_IsRejected() => RejectsOtherFilesAsync(Via.Swift);

    [CurlFact]
    public async Task Post_Ceph_UploadsAFileOfTheRightSizeOnly()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        await System.IO.File.WriteAllTextAsync(File, "content");

        (await RunAsync(store, "post", $"s3://{store.Bucket}/up/", "--file-name", "--size", "7", "--content-type", "text/*", "--curl", File)).Should().Be((0, ""));
        (await RunAsync(store, "get", $"s3://{store.Bucket}/up/file (1) it's.txt", "--curl")).Should().Be((0, "content"));
        (await RunAsync(store, "post", $"s3://{store.Bucket}/exact.txt", "--curl", File)).Should().Be((0, ""));
        (await RunAsync(store, "get", $"s3://{store.Bucket}/exact.txt", "--curl")).Should().Be((0, "content"));

        (int exitCode, string output) = await RunAsync(store, "post", $"s3://{store.Bucket}/k", "--size", "1..6", "--curl", File);
        (exitCode, output).Should().Match<(int, string)>(result => result.Item1 == 22 && result.Item2.Contains("<Code>EntityTooLarge</Code>", StringComparison.Ordinal));
    }

    [LiveFact]
    public async Task Batch_Ceph_DownloadsEachKey()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        string[] keys = [Key, "a+b%2F?&=#.txt", "漢字/😀e\u0301", " ", "//", "\u0001\t"];
        foreach (string key in keys)
        {
            await store.Put(key, System.Text.Encoding.UTF8.GetBytes(key));
        }

        (int exitCode, string output, string error) = await PresignProcess.RunAsync([.. PresignProcess.Command, "batch", $"s3://{store.Bucket}", "--null", .. Options(store)], Environment(store), string.Concat(keys.Select(key => key + "\0")));

        (exitCode, error).Should().Be((0, ""));
        foreach ((string key, string url) in keys.Zip(output.Split('\n')))
        {
            (await store.Http.GetStringAsync(new Uri(url))).Should().Be(key);
        }
    }

    // curl sends a URL with an appended parameter, and presign explains the response of the store.
    [CurlFact]
    public async Task ExplainAndInspect_Ceph_FindTheAppendedParameter()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        const string Script = """
            url=$(presign get "$@") && presign verify "$url" > /dev/null && presign inspect "$url" | grep signature
            curl --silent --include "$url&foo=1" | presign explain "$url&foo=1" -
            echo $?
            """;

        (int exitCode, string output, string error) = await ScriptAsync(store, Script, [$"s3://{store.Bucket}/k"]);

        (exitCode, error).Should().Be((0, ""));
        output.Should().Contain("correct for GET").And.Contain("the parameter 'foo', which was appended after signing").And.EndWith("\n1\n");
    }

    private async Task RoundTripAsync(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        string address = $"s3://{store.Bucket}/{Key}";
        string download = Path.Combine(_folder, "download 'it's'");
        await System.IO.File.WriteAllTextAsync(File, "content");

        (await RunAsync(store, "put", address, "--for", File, "--metadata", "note=it's $HOME", "--curl", File)).Should().Be((0, ""));
        (await RunAsync(store, "get", address, "--curl", download)).Should().Be((0, ""));
        (await System.IO.File.ReadAllTextAsync(download)).Should().Be("content");
        (await RunAsync(store, "get", address, "--response-content-type", "application/x-test", "--range", "bytes=0-2", "--curl")).Should().Be((0, "con"));
        (await RunAsync(store, "head", address, "--curl")).Output.Should().ContainEquivalentOf("Content-Type: text/plain").And.ContainEquivalentOf("x-amz-meta-note: it's $HOME").And.ContainEquivalentOf("Content-Length: 7");
        (await RunAsync(store, "list", $"s3://{store.Bucket}/it's (a", "--delimiter", "/", "--curl")).Output.Should().Contain("<Prefix>it's (a) [key] {1}/</Prefix>".Replace("'", via == Via.Swift ? "'" : "&apos;", StringComparison.Ordinal));
        (await RunAsync(store, "delete", address, "--curl")).Should().Be((0, ""));
        (await RunAsync(store, "get", address, "--curl")).Should().Match<(int ExitCode, string Output)>(result => result.ExitCode == 22 && result.Output.Contains("<Code>NoSuchKey</Code>", StringComparison.Ordinal));
    }

    private async Task RejectsOtherFilesAsync(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        string address = $"s3://{store.Bucket}/k.txt";
        string other = Path.Combine(_folder, "other.txt");
        await System.IO.File.WriteAllTextAsync(File, "content");
        foreach (string text in (string[])["c0ntent", "content and more", ""])
        {
            await System.IO.File.WriteAllTextAsync(other, text);
            (await RunAsync(store, "put", address, "--for", File, "--curl", other)).ExitCode.Should().Be(22, text);
        }

        (await RunAsync(store, "get", address, "--curl")).Output.Should().Contain("<Code>NoSuchKey</Code>");
        (await RunAsync(store, "put", address, "--for", File, "--curl", File)).Should().Be((0, ""));
    }

    private async Task<(int ExitCode, string Output)> RunAsync(LiveStore store, params string[] args)
    {
        (int exitCode, string output, string error) = await ScriptAsync(store, Run, args);
        exitCode.Should().NotBe(99, error);
        return (exitCode, output);
    }

    private Task<(int ExitCode, string Output, string Error)> ScriptAsync(LiveStore store, string script, string[] args)
    {
        Dictionary<string, string?> environment = Environment(store);
        environment["PATH"] = PresignProcess.WriteProgram(_folder);
        return PresignProcess.RunAsync(["bash", "-c", script, "bash", .. args, .. Options(store)], environment);
    }

    private static string[] Options(LiveStore store) => ["--endpoint-url", store.Endpoint, "--region", store.Region];

    private Dictionary<string, string?> Environment(LiveStore store) => new()
    {
        ["HOME"] = _folder,
        ["AWS_ACCESS_KEY_ID"] = store.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = store.SecretAccessKey,
    };
}

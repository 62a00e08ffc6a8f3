using System.Diagnostics;

namespace PresignKit.LiveTests;

/// <summary>The command lines of <see cref="PresignedUrl.ToCurl"/>, run in a POSIX shell.</summary>
public class CurlTests
{
    [CurlFact]
    public Task ToCurl_IPv4_UploadsDownloadsAndDeletes() => RoundTrip(Via.Rgw);

    [CurlFact("RGW_IPV6_URL", "This machine has no IPv6 loopback address ([::1]).")]
    public Task ToCurl_IPv6_UploadsDownloadsAndDeletes() => RoundTrip(Via.RgwIPv6);

    private static async Task RoundTrip(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        S3Presigner presigner = store.Presigner();
        const string Key = "it's (a) [key] {1}.txt";
        string file = Path.Combine(Path.GetTempPath(), $"presignkit it's {Guid.NewGuid():N} [1].txt");
        await File.WriteAllTextAsync(file, "content");
        try
        {
            (await Shell(presigner.Presign(new PutObject(Key) { ContentType = "text/plain", ContentLength = 7, Metadata = new Dictionary<string, string> { ["note"] = "it's $HOME" } }).ToCurl(file))).Should().BeEmpty();
            (await Shell(presigner.Presign(new HeadObject(Key)).ToCurl())).Should().Contain("x-amz-meta-note: it's $HOME").And.Contain("Content-Type: text/plain");
            (await Shell(presigner.Presign(new GetObject(Key)).ToCurl())).Should().Be("content");
            (await Shell(presigner.Presign(new PutObject(Key)).ToCurl())).Should().BeEmpty();
            (await Shell(presigner.Presign(new GetObject(Key)).ToCurl(file))).Should().BeEmpty();
            (await File.ReadAllTextAsync(file)).Should().BeEmpty("the upload without a file was empty");
            (await Shell(presigner.Presign(new DeleteObject(Key)).ToCurl())).Should().BeEmpty();
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string> Shell(string line)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", line + " --silent --show-error"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, "{0} printed {1} {2}", line, output, await error);
        return output;
    }
}

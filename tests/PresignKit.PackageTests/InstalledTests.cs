namespace PresignKit.PackageTests;

/// <summary>Each application prints the target of its PresignKit assembly and its runtime, and presigns the same URLs as the library in this process.</summary>
[Collection(OnePackage.Name)]
public class InstalledTests(PackageOfThisRun package)
{
    private static readonly string Presigned = string.Concat(PresignedLines.Presigned().Select(line => line + "\n"));

    [GitFact]
    public async Task Application_Net10_Presigns() =>
        (await package.RunAsync(Command.DotNet, "Direct/bin/Debug/net10.0/Direct.dll")).Should().Be(".NETCoreApp,Version=v8.0\n10.0\n" + Presigned);

    [GitFact]
    public async Task Application_Net8_PresignsOnItsOwnRuntime() =>
        (await package.RunAsync("./Direct/bin/Debug/net8.0/self-contained/Direct")).Should().Be(".NETCoreApp,Version=v8.0\n8.0\n" + Presigned);

    [GitFact]
    public async Task LocalStore_Net8_ChecksRequestsAndChecksumsOnItsOwnRuntime() =>
        (await package.RunAsync("./LocalStore/bin/Debug/net8.0/LocalStore")).Should().Be(
            ".NETCoreApp,Version=v8.0\n8.0\nCrc32 200\nCrc32 400 BadDigest\nCrc32C 200\nCrc32C 400 BadDigest\nCrc64Nvme 200\nCrc64Nvme 400 BadDigest\n200 123456789\n403 SignatureDoesNotMatch\n");

    [GitFact]
    public async Task Uploads_Net8_AcceptsAnUploadAndAPresignedRequest() =>
        (await package.RunAsync("./Uploads/bin/Debug/net8.0/Uploads")).Should().Be(".NETCoreApp,Version=v8.0\nada a.txt 5\n200 200 200\n200 files|dir/a b.txt\n403\n");

    [MonoFact]
    public async Task Application_NetFramework_PresignsOnMono() =>
        (await package.RunAsync("mono", "Direct/bin/Debug/net472/Direct.exe")).Should().Be(".NETStandard,Version=v2.0\nMono\n" + Presigned);

    [GitFact]
    public async Task Library_NetStandard_PresignsInAnApplicationForNet10() =>
        (await package.RunAsync(Command.DotNet, "ByLibrary/bin/Debug/net10.0/ByLibrary.dll")).Should().Be(".NETCoreApp,Version=v8.0\n10.0\n" + Presigned);
}

namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>A server, and the URLs and forms of the AWS SDK for JavaScript for it.</summary>
public sealed class JavaScriptServer : SigningServer
{
    internal static IReadOnlyList<PeerCase> AllCases { get; } =
    [
        .. PeerCases.All,
        new("put without a checksum", "PutObject", "PUT") { Body = "hello", Check = PeerCases.IsStoredAsync, Configure = request => request with { Checksums = "WHEN_REQUIRED" } },
        new("put with signed headers", "PutObject", "PUT")
        {
            Parameters = new Dictionary<string, object> { ["ContentType"] = "text/plain", ["Metadata"] = new Dictionary<string, string> { ["by"] = "Ada" } },
            Headers = new Dictionary<string, string> { ["content-type"] = "text/plain", ["x-amz-meta-by"] = "Ada" },
            Body = "hello",
            Check = PeerCases.IsStoredAsync,
            Configure = request => request with { SignableHeaders = ["host", "content-type", "x-amz-meta-by"], UnhoistableHeaders = ["x-amz-meta-by"] },
        },
        new("put with SHA-256 as a header", "PutObject", "PUT")
        {
            Parameters = new Dictionary<string, object> { ["ChecksumSHA256"] = PeerCases.Sha256("hello") },
            Headers = new Dictionary<string, string> { ["x-amz-checksum-sha256"] = PeerCases.Sha256("hello") },
            Body = "hello",
            Check = PeerCases.IsStoredAsync,
            Configure = request => request with { UnhoistableHeaders = ["x-amz-checksum-sha256"] },
        },
    ];

    protected override string Region => "eu-central-1";

    internal override IReadOnlyList<PeerCase> Cases => AllCases;

    internal override Task<PeerResult> SignAsync(PeerJob job) => PeerPrograms.SignWithJavaScriptAsync(job);
}

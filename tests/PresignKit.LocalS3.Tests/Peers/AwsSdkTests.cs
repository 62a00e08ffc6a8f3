using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>The URLs and forms of the AWS SDK for .NET are accepted, and nothing else.</summary>
[Trait("Category", "Load")]
public class AwsSdkTests(PeerServer s3) : IClassFixture<PeerServer>
{
    private static readonly Dictionary<string, DotNetCase> Cases = new DotNetCase[]
    {
        new(new("get", "GetObject", "GET") { Check = PeerCases.HasContentAsync }, Url(HttpVerb.GET)),
        new(new("get, asynchronous", "GetObject", "GET") { Check = PeerCases.HasContentAsync }, async (s3, one, _) =>
        {
            using AmazonS3Client client = Client(s3, isVirtualHosted: false);
            return await client.GetPreSignedURLAsync(Request(one, HttpVerb.GET));
        }),
        new(new("get, virtual-hosted", "GetObject", "GET") { IsVirtualHosted = true, Check = PeerCases.HasContentAsync }, Url(HttpVerb.GET)),
        new(
            new("get with response headers", "GetObject", "GET")
            {
                Check = (_, _, response) =>
                {
                    response.Content.Headers.ContentDisposition!.ToString().Should().Be("attachment; filename=\"a+b.txt\"");
                    response.Content.Headers.ContentType!.ToString().Should().Be("text/html; charset=utf-8");
                    response.Headers.CacheControl!.NoStore.Should().BeTrue();
                    return Task.CompletedTask;
                },
            },
            Url(HttpVerb.GET, request =>
            {
                request.ResponseHeaderOverrides.ContentDisposition = "attachment; filename=\"a+b.txt\"";
                request.ResponseHeaderOverrides.ContentType = "text/html; charset=utf-8";
                request.ResponseHeaderOverrides.CacheControl = "no-store";
            })),
        new(new("head", "HeadObject", "HEAD") { Check = PeerCases.HasLengthAsync }, Url(HttpVerb.HEAD)),
        new(new("delete", "DeleteObject", "DELETE") { Status = 204, Check = PeerCases.IsGoneAsync }, Url(HttpVerb.DELETE)),
        new(new("put", "PutObject", "PUT") { Body = "hello", Check = PeerCases.IsStoredAsync }, Url(HttpVerb.PUT)),
        new(new("put, virtual-hosted", "PutObject", "PUT") { IsVirtualHosted = true, Body = "hello", Check = PeerCases.IsStoredAsync }, Url(HttpVerb.PUT)),
        new(
            new("put with headers", "PutObject", "PUT")
            {
                Headers = new Dictionary<string, string> { ["content-type"] = "text/plain", ["x-amz-meta-by"] = "Ada", ["x-amz-server-side-encryption"] = "AES256", ["x-amz-checksum-sha256"] = PeerCases.Sha256("hello") },
                Body = "hello",
                Check = async (s3, one, response) =>
                {
                    await PeerCases.IsStoredAsync(s3, one, response);
                    s3.Photos[one.Key].Headers["x-amz-meta-by"].Should().Be("Ada");
                },
            },
            Url(HttpVerb.PUT, request =>
            {
                request.ContentType = "text/plain";
                request.Metadata["by"] = "Ada";
                request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AES256;
                request.Headers["x-amz-checksum-sha256"] = PeerCases.Sha256("hello");
            })),
        new(new("upload a part", "UploadPart", "PUT") { HasUpload = true, Body = "part two" }, Url(HttpVerb.PUT, request => request.PartNumber = 2)),
        new(new("list the parts", "ListParts", "GET") { HasUpload = true }, Url(HttpVerb.GET)),
        new(new("abort an upload", "AbortMultipartUpload", "DELETE") { HasUpload = true, Status = 204 }, Url(HttpVerb.DELETE)),
    }.ToDictionary(one => one.Case.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<string> FormNames => [.. PeerFormCase.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Send_UrlOfSdk_IsAccepted(string name) => await PeerUrl.AcceptAsync(s3, Cases[name].Case, await Cases[name].UrlAsync(s3));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Send_TamperedUrlOfSdk_IsRejected(string name) => await PeerUrl.RejectTamperedAsync(s3, Cases[name].Case, await Cases[name].UrlAsync(s3));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Send_ExpiredUrlOfSdk_IsRejected(string name) => await PeerUrl.RejectExpiredAsync(s3, Cases[name].Case, await Cases[name].UrlAsync(s3));

    [Theory]
    [MemberData(nameof(FormNames))]
    public async Task Post_FormOfSdk_IsAccepted(string name) => await PeerFormPost.AcceptAsync(s3, FormCase(name), await FormAsync(name));

    [Theory]
    [MemberData(nameof(FormNames))]
    public async Task Post_TamperedFormOfSdk_IsRejected(string name) => await PeerFormPost.RejectTamperedAsync(s3, FormCase(name), await FormAsync(name));

    [Theory]
    [MemberData(nameof(FormNames))]
    public async Task Post_ExpiredFormOfSdk_IsRejected(string name) => await PeerFormPost.RejectExpiredAsync(s3, FormCase(name), await FormAsync(name));

    private static PeerFormCase FormCase(string name) => PeerFormCase.All.Single(one => one.Name == name);

    private async Task<SignedForm> FormAsync(string name)
    {
        PeerFormCase one = FormCase(name);
        using AmazonS3Client client = Client(s3, one.IsVirtualHosted);
        CreatePresignedPostRequest request = new() { BucketName = PeerServer.Bucket, Key = one.Key, Expires = DateTime.UtcNow.AddSeconds(PeerCase.ExpiresIn), Fields = new(one.Fields), Conditions = [] };
        foreach ((string field, string value) in one.Fields)
        {
            request.Conditions.Add(field == "Content-Type" ? S3PostCondition.StartsWith(field, "text/") : S3PostCondition.ExactMatch(field, value));
        }

        if (one.MaxLength is { } max)
        {
            request.Conditions.Add(S3PostCondition.ContentLengthRange(1, max));
        }

        CreatePresignedPostResponse response = await client.CreatePresignedPostAsync(request);
        return new SignedForm(response.Url, response.Fields);
    }

    private static Func<PeerServer, PeerCase, string, Task<string>> Url(HttpVerb verb, Action<GetPreSignedUrlRequest>? configure = null) => (s3, one, uploadId) =>
    {
        using AmazonS3Client client = Client(s3, one.IsVirtualHosted);
        GetPreSignedUrlRequest request = Request(one, verb);
        if (uploadId.Length > 0)
        {
            request.UploadId = uploadId;
        }

        configure?.Invoke(request);
        return Task.FromResult(client.GetPreSignedURL(request));
    };

    // The SDK ignores the scheme of the endpoint.
    private static GetPreSignedUrlRequest Request(PeerCase one, HttpVerb verb) =>
        new() { BucketName = PeerServer.Bucket, Key = one.Key, Verb = verb, Protocol = Protocol.HTTP, Expires = DateTime.UtcNow.AddSeconds(PeerCase.ExpiresIn) };

    private static AmazonS3Client Client(PeerServer s3, bool isVirtualHosted) => new(
        new BasicAWSCredentials(s3.Server.AccessKeyId, s3.Server.SecretAccessKey),
        new AmazonS3Config { ServiceURL = isVirtualHosted ? s3.Localhost : s3.Server.Endpoint, AuthenticationRegion = s3.Server.Region, ForcePathStyle = !isVirtualHosted, UseHttp = true });
}

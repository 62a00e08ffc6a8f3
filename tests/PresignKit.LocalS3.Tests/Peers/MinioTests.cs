using Minio;
using Minio.DataModel.Args;

namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>The URLs and forms of Minio for .NET are accepted, and nothing else.</summary>
[Trait("Category", "Load")]
public class MinioTests(PeerServer s3) : IClassFixture<PeerServer>
{
    private static readonly Dictionary<string, DotNetCase> Cases = new DotNetCase[]
    {
        new(new("get", "GetObject", "GET") { Check = PeerCases.HasContentAsync }, (s3, one, _) => GetAsync(s3, one)),
        new(
            new("get with response headers", "GetObject", "GET")
            {
                Check = (_, _, response) =>
                {
                    response.Content.Headers.ContentType!.ToString().Should().Be("text/html; charset=utf-8");
                    return Task.CompletedTask;
                },
            },
            (s3, one, _) => GetAsync(s3, one, new() { ["response-content-type"] = "text/html; charset=utf-8" })),
        new(new("put", "PutObject", "PUT") { Body = "hello", Check = PeerCases.IsStoredAsync }, async (s3, one, _) =>
        {
            using IMinioClient client = Client(s3);
            return await client.PresignedPutObjectAsync(new PresignedPutObjectArgs().WithBucket(PeerServer.Bucket).WithObject(one.Key).WithExpiry(PeerCase.ExpiresIn));
        }),
    }.ToDictionary(one => one.Case.Name);

    private static readonly PeerFormCase[] Forms =
    [
        new("exact key", "forms/exact +é.txt"),
        new("conditions", "forms/uploaded.txt")
        {
            Fields = new Dictionary<string, string> { ["Content-Type"] = "text/plain", ["success_action_status"] = "201" },
            Status = 201,
            MaxLength = 10,
        },
    ];

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<string> FormNames => [.. Forms.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Send_UrlOfMinio_IsAccepted(string name) => await PeerUrl.AcceptAsync(s3, Cases[name].Case, await Cases[name].UrlAsync(s3));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Send_TamperedUrlOfMinio_IsRejected(string name) => await PeerUrl.RejectTamperedAsync(s3, Cases[name].Case, await Cases[name].UrlAsync(s3));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Send_ExpiredUrlOfMinio_IsRejected(string name) => await PeerUrl.RejectExpiredAsync(s3, Cases[name].Case, await Cases[name].UrlAsync(s3));

    [Theory]
    [MemberData(nameof(FormNames))]
    public async Task Post_FormOfMinio_IsAccepted(string name) => await PeerFormPost.AcceptAsync(s3, FormCase(name), await FormAsync(name));

    [Theory]
    [MemberData(nameof(FormNames))]
    public async Task Post_TamperedFormOfMinio_IsRejected(string name) => await PeerFormPost.RejectTamperedAsync(s3, FormCase(name), await FormAsync(name));

    [Theory]
    [MemberData(nameof(FormNames))]
    public async Task Post_ExpiredFormOfMinio_IsRejected(string name) => await PeerFormPost.RejectExpiredAsync(s3, FormCase(name), await FormAsync(name));

    private static PeerFormCase FormCase(string name) => Forms.Single(one => one.Name == name);

    private async Task<SignedForm> FormAsync(string name)
    {
        PeerFormCase one = FormCase(name);
        using IMinioClient client = Client(s3);
        Minio.DataModel.PostPolicy policy = new();
        policy.SetBucket(PeerServer.Bucket);
        policy.SetExpires(DateTime.UtcNow.AddSeconds(PeerCase.ExpiresIn));
        policy.SetKey(one.Key);
        if (one.MaxLength is { } max)
        {
            policy.SetContentRange(1, max);
            policy.SetContentType(one.Fields["Content-Type"]);
            policy.SetSuccessStatusAction(one.Fields["success_action_status"]);
        }

        (Uri url, IDictionary<string, string> fields) = await client.PresignedPostPolicyAsync(policy);

        // Minio leaves it to the caller to add the fields whose values the policy fixes.
        return new SignedForm(url.OriginalString, new Dictionary<string, string>(fields.Concat(one.Fields)));
    }

    private static async Task<string> GetAsync(PeerServer s3, PeerCase one, Dictionary<string, string>? headers = null)
    {
        using IMinioClient client = Client(s3);
        PresignedGetObjectArgs args = new PresignedGetObjectArgs().WithBucket(PeerServer.Bucket).WithObject(one.Key).WithExpiry(PeerCase.ExpiresIn);
        return await client.PresignedGetObjectAsync(headers is null ? args : args.WithHeaders(headers));
    }

    private static IMinioClient Client(PeerServer s3) => new MinioClient()
        .WithEndpoint(s3.Server.Endpoint["http://".Length..]).WithCredentials(s3.Server.AccessKeyId, s3.Server.SecretAccessKey).WithRegion(s3.Server.Region).WithSSL(false).Build();
}

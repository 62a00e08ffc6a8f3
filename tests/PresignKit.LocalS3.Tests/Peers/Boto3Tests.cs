using System.Net;

namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>The URLs and forms of boto3 are accepted, and nothing else.</summary>
[Trait("Category", "Load")]
public class Boto3Tests(Boto3Server s3) : IClassFixture<Boto3Server>
{
    public static TheoryData<string> Names => [.. PeerCases.All.Select(one => one.Name)];

    public static TheoryData<string> FormNames => [.. PeerFormCase.All.Select(one => one.Name)];

    [PeerTheory(Peer.Boto3)]
    [MemberData(nameof(Names))]
    public async Task Send_UrlOfBoto3_IsAccepted(string name)
    {
        (PeerCase one, string url) = await s3.UrlAsync(name);

        await PeerUrl.AcceptAsync(s3, one, url);
    }

    [PeerTheory(Peer.Boto3)]
    [MemberData(nameof(Names))]
    public async Task Send_TamperedUrlOfBoto3_IsRejected(string name)
    {
        (PeerCase one, string url) = await s3.UrlAsync(name);

        await PeerUrl.RejectTamperedAsync(s3, one, url);
    }

    [PeerTheory(Peer.Boto3)]
    [MemberData(nameof(Names))]
    public async Task Send_ExpiredUrlOfBoto3_IsRejected(string name)
    {
        (PeerCase one, string url) = await s3.UrlAsync(name);

        await PeerUrl.RejectExpiredAsync(s3, one, url);
    }

    [PeerTheory(Peer.Boto3)]
    [MemberData(nameof(FormNames))]
    public async Task Post_FormOfBoto3_IsAccepted(string name)
    {
        (PeerFormCase one, SignedForm form) = await s3.FormAsync(name);

        await PeerFormPost.AcceptAsync(s3, one, form);
    }

    [PeerTheory(Peer.Boto3)]
    [MemberData(nameof(FormNames))]
    public async Task Post_TamperedFormOfBoto3_IsRejected(string name)
    {
        (PeerFormCase one, SignedForm form) = await s3.FormAsync(name);

        await PeerFormPost.RejectTamperedAsync(s3, one, form);
    }

    [PeerTheory(Peer.Boto3)]
    [MemberData(nameof(FormNames))]
    public async Task Post_ExpiredFormOfBoto3_IsRejected(string name)
    {
        (PeerFormCase one, SignedForm form) = await s3.FormAsync(name);

        await PeerFormPost.RejectExpiredAsync(s3, one, form);
    }

    [PeerFact(Peer.Boto3)]
    public async Task Put_SignedChecksumOfDifferentBody_IsBadDigest()
    {
        (PeerCase one, string url) = await s3.UrlAsync("put with SHA-256");
        PeerUrl.NamesOfSignedHeaders(url).Should().Equal("x-amz-checksum-sha256");
        using HttpRequestMessage request = new(HttpMethod.Put, url) { Content = new StringContent("different") };
        request.Headers.Add("x-amz-checksum-sha256", one.Headers["x-amz-checksum-sha256"]);

        using HttpResponseMessage response = await s3.Http.SendAsync(request);

        (response.StatusCode, s3.Server.Requests[^1].Error!.Code).Should().Be((HttpStatusCode.BadRequest, "BadDigest"));
    }

    // By default, boto3 signs with SigV2 in us-east-1, even for an endpoint that is not AWS's.
    [PeerTheory(Peer.Boto3)]
    [InlineData("default")]
    [InlineData("s3")]
    public async Task Send_SigV2UrlOfBoto3_IsNotImplemented(string signatureVersion)
    {
        Dictionary<string, object> parameters = new() { ["Bucket"] = PeerServer.Bucket, ["Key"] = "sigv2.txt" };
        string url = (await s3.SignAsync(new PeerRequest("PutObject", parameters) { SignatureVersion = signatureVersion })).Single();
        url.Should().Contain("AWSAccessKeyId=").And.Contain("&Signature=");

        using HttpResponseMessage response = await s3.Http.PutAsync(url, new ByteArrayContent([1]));

        response.StatusCode.Should().Be(HttpStatusCode.NotImplemented);
        (await response.Content.ReadAsStringAsync()).Should().Contain("Signature Version 2");
        s3.Server.Requests[^1].Error!.Cause.Should().Contain("Signature Version 2");
        s3.Photos.Contains("sigv2.txt").Should().BeFalse();
    }

    [PeerFact(Peer.Boto3AndCurl)]
    public async Task Get_VirtualHostedUrlInCurl_IsAccepted()
    {
        (PeerCase one, string url) = await s3.UrlAsync("get, virtual-hosted");
        s3.Photos.Put(one.Key, "for curl"u8);

        // curl resolves all names below localhost itself.
        string output = await PeerPrograms.RunAsync(["curl", "--silent", "--show-error", "--fail", "--noproxy", "*", url], new Dictionary<string, string?>());

        output.Should().Be("for curl");
        new Uri(url).Host.Should().Be("photos.localhost");
    }
}

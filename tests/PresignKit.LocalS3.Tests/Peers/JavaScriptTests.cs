using System.Net;
using System.Text;

namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>The URLs and forms of the AWS SDK for JavaScript are accepted, and nothing else.</summary>
[Trait("Category", "Load")]
public class JavaScriptTests(JavaScriptServer s3) : IClassFixture<JavaScriptServer>
{
    public static TheoryData<string> Names => [.. JavaScriptServer.AllCases.Select(one => one.Name)];

    public static TheoryData<string> FormNames => [.. PeerFormCase.All.Select(one => one.Name)];

    [PeerTheory(Peer.Node)]
    [MemberData(nameof(Names))]
    public async Task Send_UrlOfJavaScript_IsAccepted(string name)
    {
        (PeerCase one, string url) = await s3.UrlAsync(name);

        await PeerUrl.AcceptAsync(s3, one, url);
    }

    [PeerTheory(Peer.Node)]
    [MemberData(nameof(Names))]
    public async Task Send_TamperedUrlOfJavaScript_IsRejected(string name)
    {
        (PeerCase one, string url) = await s3.UrlAsync(name);

        await PeerUrl.RejectTamperedAsync(s3, one, url);
    }

    [PeerTheory(Peer.Node)]
    [MemberData(nameof(Names))]
    public async Task Send_ExpiredUrlOfJavaScript_IsRejected(string name)
    {
        (PeerCase one, string url) = await s3.UrlAsync(name);

        await PeerUrl.RejectExpiredAsync(s3, one, url);
    }

    [PeerTheory(Peer.Node)]
    [MemberData(nameof(FormNames))]
    public async Task Post_FormOfJavaScript_IsAccepted(string name)
    {
        (PeerFormCase one, SignedForm form) = await s3.FormAsync(name);

        await PeerFormPost.AcceptAsync(s3, one, form);
    }

    [PeerTheory(Peer.Node)]
    [MemberData(nameof(FormNames))]
    public async Task Post_TamperedFormOfJavaScript_IsRejected(string name)
    {
        (PeerFormCase one, SignedForm form) = await s3.FormAsync(name);

        await PeerFormPost.RejectTamperedAsync(s3, one, form);
    }

    [PeerTheory(Peer.Node)]
    [MemberData(nameof(FormNames))]
    public async Task Post_ExpiredFormOfJavaScript_IsRejected(string name)
    {
        (PeerFormCase one, SignedForm form) = await s3.FormAsync(name);

        await PeerFormPost.RejectExpiredAsync(s3, one, form);
    }

    // The presigner does not know the body, so it adds the checksum of an empty one. AWS ignores checksums in the query, and so the upload succeeds.
    [PeerFact(Peer.Node)]
    public async Task Put_DefaultSettings_ChecksumInQueryIsIgnored()
    {
        (PeerCase one, string url) = await s3.UrlAsync("put");
        url.Should().Contain("&x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32");

        using HttpResponseMessage response = await s3.Http.PutAsync(url, new StringContent("not empty"));

        response.StatusCode.Should().Be(HttpStatusCode.OK, s3.Server.Requests[^1].ToString());
        response.Headers.Should().NotContain(header => header.Key.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase));
        Encoding.UTF8.GetString(s3.Photos[one.Key].Content.Span).Should().Be("not empty");
    }

    [PeerFact(Peer.Node)]
    public async Task Put_ChecksumInQueryOfDifferentBody_IsIgnored()
    {
        (_, string url) = await s3.UrlAsync("put with SHA-256");
        PeerUrl.NamesOfSignedHeaders(url).Should().BeEmpty();

        using HttpResponseMessage response = await s3.Http.PutAsync(url, new StringContent("different"));

        response.StatusCode.Should().Be(HttpStatusCode.OK, s3.Server.Requests[^1].ToString());
    }

    [PeerFact(Peer.Node)]
    public async Task Put_ChecksumHeaderOfDifferentBody_IsBadDigest()
    {
        (PeerCase one, string url) = await s3.UrlAsync("put with SHA-256 as a header");
        PeerUrl.NamesOfSignedHeaders(url).Should().Equal("x-amz-checksum-sha256");
        using HttpRequestMessage request = new(HttpMethod.Put, url) { Content = new StringContent("different") };
        request.Headers.Add("x-amz-checksum-sha256", one.Headers["x-amz-checksum-sha256"]);

        using HttpResponseMessage response = await s3.Http.SendAsync(request);

        (response.StatusCode, s3.Server.Requests[^1].Error!.Code).Should().Be((HttpStatusCode.BadRequest, "BadDigest"));
    }

    // The client did not sign the header, so AWS rejects it, although the same value is in the query.
    [PeerFact(Peer.Node)]
    public async Task Put_HeaderOfParameterInQuery_IsRejected()
    {
        (_, string url) = await s3.UrlAsync("put with SHA-256");
        using HttpRequestMessage request = new(HttpMethod.Put, url) { Content = new StringContent("hello") };
        request.Headers.Add("x-amz-checksum-sha256", PeerCases.Sha256("hello"));

        using HttpResponseMessage response = await s3.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).Should().Contain("<HeadersNotSigned>x-amz-checksum-sha256</HeadersNotSigned>");
    }

    [PeerFact(Peer.Node)]
    public async Task Put_MetadataInQuery_IsStored()
    {
        (PeerCase one, string url) = await s3.UrlAsync("put with metadata");
        url.Should().Contain("&x-amz-meta-by=Ada%20Lovelace&");

        await PeerUrl.AcceptAsync(s3, one, url);

        s3.Photos[one.Key].Headers["x-amz-meta-by"].Should().Be("Ada Lovelace");
    }

    [PeerFact(Peer.Node)]
    public async Task Fetch_UploadDownloadAndForm_AreAccepted()
    {
        Dictionary<string, object> parameters = new() { ["Bucket"] = PeerServer.Bucket, ["Key"] = "fetched +é.txt" };
        IReadOnlyList<string> urls = await s3.SignAsync(new PeerRequest("PutObject", parameters), new PeerRequest("GetObject", parameters));
        (_, SignedForm form) = await s3.FormAsync("exact key");

        IReadOnlyList<FetchResponse> responses = await PeerPrograms.FetchAsync(
            new FetchRequest("PUT", urls[0], Body: "from fetch"),
            new FetchRequest("GET", urls[1]),
            new FetchRequest("GET", urls[1] + "&x=1"),
            new FetchRequest("POST", form.Url, Body: "from a form", Fields: form.Fields));

        responses.Select(response => response.Status).Should().Equal(200, 200, 403, 204);
        responses[1].Text.Should().Be("from fetch");
        Encoding.UTF8.GetString(s3.Photos["forms/exact +é.txt"].Content.Span).Should().Be("from a form");
    }
}

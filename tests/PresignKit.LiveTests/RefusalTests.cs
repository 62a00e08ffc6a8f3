using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.LiveTests;

/// <summary>Requests that a store must reject, because they differ from what was signed.</summary>
public class RefusalTests
{
    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task Presign_TamperedUrl_IsRejected(Via via)
    {
        LiveStore store = await OpenWithObject(via);
        string url = store.Presigner().Presign(new GetObject("a")).Url;
        char last = url[^1] == '0' ? '1' : '0';

        await ShouldBeRejected(store, HttpMethod.Get, url[..^1] + last);
        await ShouldBeRejected(store, HttpMethod.Get, url.Replace("/a?", "/b?", StringComparison.Ordinal));
        await ShouldBeRejected(store, HttpMethod.Get, url.Replace("X-Amz-Expires=3600", "X-Amz-Expires=7200", StringComparison.Ordinal));
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task Presign_ExpiredUrl_IsRejected(Via via)
    {
        LiveStore store = await OpenWithObject(via);
        FakeTimeProvider anHourAgo = new(DateTimeOffset.UtcNow.AddHours(-1));
        PresignedUrl stillValid = store.Presigner(anHourAgo).Presign(new GetObject("a") { ExpiresIn = TimeSpan.FromHours(2) });
        PresignedUrl expired = store.Presigner(anHourAgo).Presign(new GetObject("a") { ExpiresIn = TimeSpan.FromMinutes(59) });

        using HttpResponseMessage accepted = await store.Send(stillValid);
        using HttpResponseMessage rejected = await store.Send(expired);

        await accepted.ShouldHaveStatus(200);
        await rejected.ShouldHaveStatus(403, "AccessDenied");
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task Presign_WrongMethod_IsRejected(Via via)
    {
        LiveStore store = await OpenWithObject(via);
        string url = store.Presigner().Presign(new GetObject("a")).Url;

        await ShouldBeRejected(store, HttpMethod.Put, url);
        await ShouldBeRejected(store, HttpMethod.Delete, url);
        await ShouldBeRejected(store, HttpMethod.Head, url);
        using HttpResponseMessage still = await store.Send(HttpMethod.Get, new Uri(url));
        await still.ShouldHaveStatus(200);
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task UrlQueryAppend_ToPresignedUrl_IsRejected(Via via)
    {
        LiveStore store = await OpenWithObject(via);
        string url = store.Presigner().Presign(new GetObject("a")).Url;

        await ShouldBeRejected(store, HttpMethod.Get, UrlQuery.Append(url, "response-content-type", "text/plain"));
        await ShouldBeRejected(store, HttpMethod.Get, UrlQuery.Append(url, "foo", "bar"));
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task Presign_SignedHeaderOmittedOrChanged_IsRejected(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        PresignedUrl upload = store.Presigner().Presign(new PutObject("a")
        {
            ContentType = "text/plain",
            Headers = [new("x-amz-meta-owner", "somebody")],
        });

        using HttpResponseMessage withoutHeader = await store.Send(
            upload.Method, upload.ToUri(), new Dictionary<string, string> { ["Content-Type"] = "text/plain" }, Body());
        using HttpResponseMessage otherType = await store.Send(
            upload.Method, upload.ToUri(), new Dictionary<string, string>(upload.RequiredHeaders) { ["content-type"] = "text/html" }, Body());
        using HttpResponseMessage asSigned = await store.Send(upload, Body());

        await withoutHeader.ShouldHaveStatus(403);
        await otherType.ShouldHaveStatus(403, "SignatureDoesNotMatch");
        await asSigned.ShouldHaveStatus(200);
        using HttpResponseMessage head = await store.Send(store.Presigner().Presign(new HeadObject("a")));
        head.Headers.GetValues("x-amz-meta-owner").Should().Equal("somebody");
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task Presign_ContentLengthSigned_IsExact(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        PresignedUrl upload = store.Presigner().Presign(new PutObject("a") { Headers = [new("content-length", "4")] });

        using HttpResponseMessage tooLong = await store.Send(upload.Method, upload.ToUri(), null, new ByteArrayContent([1, 2, 3, 4, 5]));
        using HttpResponseMessage exact = await store.Send(upload.Method, upload.ToUri(), null, new ByteArrayContent([1, 2, 3, 4]));

        await tooLong.ShouldHaveStatus(403, "SignatureDoesNotMatch");
        await exact.ShouldHaveStatus(200);
    }

    [LiveFact]
    public async Task Presign_WrongRegion_IsRejectedBySwiftWithBothRegions()
    {
        LiveStore store = await OpenWithObject(Via.Swift);
        PresignerOptions options = store.Options();
        options.Region = "ams3";

        using HttpResponseMessage rejected = await store.Send(new S3Presigner(options).Presign(new GetObject("a")));

        await rejected.ShouldHaveStatus(400, "AuthorizationQueryParametersError");
        (await rejected.Content.ReadAsStringAsync()).Should().Contain("ams3").And.Contain("nyc3");
    }

    private static async Task<LiveStore> OpenWithObject(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        await store.Put("a", Encoding.UTF8.GetBytes("content"));
        return store;
    }

    private static async Task ShouldBeRejected(LiveStore store, HttpMethod method, string url)
    {
        using HttpResponseMessage response = await store.Send(method, new Uri(url));
        await response.ShouldHaveStatus(403, method == HttpMethod.Head ? null : "SignatureDoesNotMatch");
    }

    private static ByteArrayContent Body() => new(Encoding.UTF8.GetBytes("body"));
}

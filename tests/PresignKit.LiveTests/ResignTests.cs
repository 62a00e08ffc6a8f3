using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.LiveTests;

/// <summary>A parameter that is added after signing: appended to the URL, or with a new signature.</summary>
public class ResignTests
{
    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.RgwAsSpaces)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task Resign_WithAnOverride_IsAcceptedUnlikeAnAppendedOne(Via via)
    {
        LiveStore store = await OpenWithObject(via);
        S3Presigner presigner = store.Presigner();
        string url = presigner.Presign(new GetObject("a b+c")).Url;
        string appended = UrlQuery.Append(url, "response-content-type", "text/x-presigned");

        using HttpResponseMessage plain = await store.Send(HttpMethod.Get, new Uri(appended));
        ResignedUrl resigned = presigner.Resign(appended, HttpMethod.Get, new() { AcceptAppended = ["response-content-type"] });
        using HttpResponseMessage again = await store.Send(resigned.Presigned);
        using HttpResponseMessage set = await store.Send(
            presigner.Resign(url, HttpMethod.Get, new() { SetQuery = [new("response-content-type", "text/x-presigned")] }).Presigned);

        await plain.ShouldHaveStatus(403, "SignatureDoesNotMatch");
        await again.ShouldHaveStatus(200);
        await set.ShouldHaveStatus(200);
        again.Content.Headers.ContentType!.MediaType.Should().Be("text/x-presigned");
        set.Content.Headers.ContentType!.MediaType.Should().Be("text/x-presigned");
    }

    [LiveFact]
    public async Task Append_ToAPublicUrl_Works()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        PresignedUrl upload = store.Presigner().Presign(new PutObject("public") { Acl = "public-read" });
        using HttpResponseMessage put = await store.Send(upload, new ByteArrayContent(Encoding.UTF8.GetBytes("content")));
        await put.ShouldHaveStatus(200);

        string url = UrlQuery.Append(upload.Url[..upload.Url.IndexOf('?', StringComparison.Ordinal)], "foo", "bar");
        using HttpResponseMessage get = await store.Send(HttpMethod.Get, new Uri(url));

        await get.ShouldHaveStatus(200);
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task Resign_ExpiredUrlWithSignedHeaders_IsAcceptedAgain(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        PresignedUrl old = store.Presigner(new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(-2)))
            .Presign(new PutObject("k") { ContentType = "text/plain", ExpiresIn = TimeSpan.FromMinutes(10) });

        using HttpResponseMessage rejected = await store.Send(old, new ByteArrayContent([1]));
        ResignedUrl resigned = store.Presigner().Resign(
            old.Url, HttpMethod.Put, new() { Headers = [.. old.RequiredHeaders], AcceptExpired = true, ExpiresIn = TimeSpan.FromMinutes(10) });
        using HttpResponseMessage accepted = await store.Send(resigned.Presigned, new ByteArrayContent([1]));

        await rejected.ShouldHaveStatus(403);
        await accepted.ShouldHaveStatus(200);
    }

    private static async Task<LiveStore> OpenWithObject(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        await store.Put("a b+c", Encoding.UTF8.GetBytes("content"));
        return store;
    }
}

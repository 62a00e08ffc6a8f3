using System.Net.Http.Headers;
using System.Text;

namespace PresignKit.LiveTests;

public class DownloadTests
{
    [LiveTheory]
    [InlineData("report.pdf")]
    [InlineData("تقرير سنوي.pdf")]
    [InlineData("年度报告 2026.pdf")]
    [InlineData("🙂👩‍👩‍👧.png")]
    [InlineData("\"quoted\"; filename=evil.exe; a=b, 100% it's.txt")]
    public async Task DownloadFileName_AnyScript_ArrivesIntact(string fileName)
    {
        foreach (Via via in (Via[])[Via.Rgw, Via.Swift])
        {
            LiveStore store = await LiveStore.Open(via);
            await store.Put("b1946ac9", Encoding.UTF8.GetBytes("content"));

            using HttpResponseMessage get = await store.Send(store.Presigner().Presign(new GetObject("b1946ac9") { DownloadFileName = fileName }));

            await get.ShouldHaveStatus(200);
            ContentDispositionHeaderValue disposition = get.Content.Headers.ContentDisposition!;
            disposition.DispositionType.Should().Be("attachment");
            (disposition.FileNameStar ?? disposition.FileName!.Trim('"')).Should().Be(fileName);
        }
    }

    // This test acts as the CDN: it forwards path and query, with the host of the origin.
    [LiveFact]
    public async Task PublicUrl_ForwardedToTheOrigin_Downloads()
    {
        LiveStore store = await LiveStore.Open(Via.RgwAsSpaces);
        await store.Put("a b", Encoding.UTF8.GetBytes("content"));
        PresignerOptions options = store.Options();
        options.PublicUrl = $"https://{store.Bucket}.nyc3.cdn.digitaloceanspaces.com";

        string shown = new S3Presigner(options).Presign(new GetObject("a b")).Url;
        string forwarded = shown.Replace(".cdn.", ".", StringComparison.Ordinal);
        using HttpResponseMessage get = await store.Send(HttpMethod.Get, new Uri(forwarded));

        shown.Should().StartWith(options.PublicUrl + "/a%20b?");
        await get.ShouldHaveStatus(200);
    }
}

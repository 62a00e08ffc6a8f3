using System.Net;
using System.Text;
using System.Xml.Linq;

namespace PresignKit.LiveTests;

/// <summary>Reads with a range and with conditions, lists, and requests for information about a bucket or an object.</summary>
public class ReadTests
{
    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.RgwAsSpaces)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task GetObject_Range_AllowsThatRangeOnly(Via via)
    {
        LiveStore store = await Open(via);
        PresignedUrl url = store.Presigner().Presign(new GetObject("a") { Range = new ByteRange(2, 4) });

        using HttpResponseMessage get = await store.Send(url);
        using HttpResponseMessage last = await store.Send(store.Presigner().Presign(new GetObject("a") { Range = ByteRange.Last(3) }));
        using HttpResponseMessage beyond = await store.Send(store.Presigner().Presign(new GetObject("a") { Range = ByteRange.StartingAt(10) }));
        using HttpResponseMessage all = await store.Send(url.Method, url.ToUri());
        using HttpResponseMessage other = await store.Send(url.Method, url.ToUri(), new Dictionary<string, string> { ["Range"] = "bytes=0-9" });

        await get.ShouldHaveStatus(206);
        (await get.Content.ReadAsStringAsync()).Should().Be("234");
        (await last.Content.ReadAsStringAsync()).Should().Be("789");
        await beyond.ShouldHaveStatus(416);
        await all.ShouldHaveStatus(403);
        await other.ShouldHaveStatus(403, "SignatureDoesNotMatch");
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task GetObject_Conditions_AreEnforced(Via via)
    {
        LiveStore store = await Open(via);
        using HttpResponseMessage head = await store.Send(store.Presigner().Presign(new HeadObject("a")));
        string etag = head.Headers.ETag!.ToString();
        DateTimeOffset tomorrow = DateTimeOffset.UtcNow.AddDays(1), yesterday = DateTimeOffset.UtcNow.AddDays(-1);

        (await Status(new GetObject("a") { IfMatch = etag })).Should().Be(200);
        (await Status(new GetObject("a") { IfMatch = "\"0123456789abcdef0123456789abcdef\"" })).Should().Be(412);
        (await Status(new GetObject("a") { IfNoneMatch = etag })).Should().Be(304);
        (await Status(new GetObject("a") { IfModifiedSince = yesterday })).Should().Be(200);
        (await Status(new HeadObject("a") { IfModifiedSince = head.Content.Headers.LastModified })).Should().Be(304);
        (await Status(new GetObject("a") { IfUnmodifiedSince = tomorrow })).Should().Be(200);
        (await Status(new HeadObject("a") { IfUnmodifiedSince = yesterday })).Should().Be(412);

        async Task<int> Status(S3Operation operation)
        {
            using HttpResponseMessage response = await store.Send(store.Presigner().Presign(operation));
            return (int)response.StatusCode;
        }
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.RgwAsSpaces)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task ListObjectsV2_PagesAndFolders_ListAll(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        string[] keys = ["a", "dir/1", "dir/2 ü", "dir/3+x", "dir/sub/4"];
        foreach (string key in keys)
        {
            await store.Put(key, [1]);
        }

        List<string> listed = [];
        for (string? token = null; ;)
        {
            XDocument page = await List(store, new ListObjectsV2 { MaxKeys = 2, UrlEncodeKeys = true, ContinuationToken = token });
            listed.AddRange(Texts(page, "Key"));
            if (Texts(page, "IsTruncated").Single() == "false")
            {
                break;
            }

            // Only keys and prefixes are encoded.
            token = page.Descendants().Single(element => element.Name.LocalName == "NextContinuationToken").Value;
        }

        XDocument folder = await List(store, new ListObjectsV2 { Prefix = "dir/", Delimiter = "/", StartAfter = "dir/1", UrlEncodeKeys = true, FetchOwner = true });

        listed.Should().Equal(keys);
        Texts(folder, "Key").Should().Equal("dir/2 ü", "dir/3+x");
        folder.Descendants().Where(element => element.Name.LocalName == "CommonPrefixes").Select(element => WebUtility.UrlDecode(element.Value))
            .Should().Equal("dir/sub/");
        Texts(folder, "Owner").Should().NotBeEmpty();
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.RgwAsSpaces)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task HeadBucket_ExistingAndMissing_Is200And404(Via via)
    {
        LiveStore store = await LiveStore.Open(via);

        using HttpResponseMessage existing = await store.Send(store.Presigner().Presign(new HeadBucket()));
        using HttpResponseMessage missing = await store.Send(store.Presigner().Presign(new HeadBucket { Bucket = store.Bucket + "-none" }));

        await existing.ShouldHaveStatus(200);
        await missing.ShouldHaveStatus(404);
    }

    // RGW 16.2.15 and Swift 2.30 do not support the operation. They check the signature, ignore ?attributes, and respond as to GetObject.
    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    public async Task GetObjectAttributes_OnTheseStores_IsTreatedAsGetObject(Via via)
    {
        LiveStore store = await Open(via);

        using HttpResponseMessage get = await store.Send(store.Presigner().Presign(new GetObjectAttributes("a", ObjectAttributes.ETag | ObjectAttributes.ObjectSize)));

        await get.ShouldHaveStatus(200);
        (await get.Content.ReadAsStringAsync()).Should().Be("0123456789");
    }

    private static async Task<LiveStore> Open(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        await store.Put("a", Encoding.ASCII.GetBytes("0123456789"));
        return store;
    }

    private static async Task<XDocument> List(LiveStore store, ListObjectsV2 operation)
    {
        using HttpResponseMessage list = await store.Send(store.Presigner().Presign(operation));
        await list.ShouldHaveStatus(200);
        return XDocument.Parse(await list.Content.ReadAsStringAsync());
    }

    private static List<string> Texts(XDocument page, string name) =>
        [.. page.Descendants().Where(element => element.Name.LocalName == name).Select(element => WebUtility.UrlDecode(element.Value))];
}

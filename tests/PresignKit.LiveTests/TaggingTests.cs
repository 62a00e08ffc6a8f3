using System.Text;
using System.Xml.Linq;

namespace PresignKit.LiveTests;

/// <summary>Tags with presigned URLs on the gateway (Swift's S3 API does not support tags).</summary>
public class TaggingTests
{
    private static readonly Dictionary<string, string> Tags = new() { ["project"] = "a&b=c", ["Größe"] = "1 + 1", ["empty"] = "" };

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.RgwAsSpaces)]
    public async Task Tagging_PutGetDelete_RoundTrips(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        S3Presigner presigner = store.Presigner();
        await store.Put("a", [1]);

        using HttpResponseMessage put = await store.Send(
            presigner.Presign(new PutObjectTagging("a")), new ByteArrayContent(PutObjectTagging.CreateBody(Tags)));
        await put.ShouldHaveStatus(200);
        (await ReadTags(store)).Should().BeEquivalentTo(Tags);

        using HttpResponseMessage delete = await store.Send(presigner.Presign(new DeleteObjectTagging("a")));
        await delete.ShouldHaveStatus(204);
        (await ReadTags(store)).Should().BeEmpty();
    }

    [LiveFact]
    public async Task Tagging_HeaderOfUpload_TagsTheObject()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        PresignedUrl url = store.Presigner().Presign(new PutObject("a") { Tagging = Tags });

        using HttpResponseMessage without = await store.Send(url.Method, url.ToUri(), null, new ByteArrayContent([1]));
        using HttpResponseMessage put = await store.Send(url, new ByteArrayContent(Encoding.ASCII.GetBytes("content")));

        await without.ShouldHaveStatus(403);
        await put.ShouldHaveStatus(200);
        (await ReadTags(store)).Should().BeEquivalentTo(Tags);
    }

    [LiveFact]
    public async Task Tagging_Copy_KeepsTheTagsOfTheSource()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        using HttpResponseMessage put = await store.Send(store.Presigner().Presign(new PutObject("source") { Tagging = Tags }), new ByteArrayContent([1]));
        await put.ShouldHaveStatus(200);

        using HttpResponseMessage copied = await store.Send(store.Presigner().Presign(new CopyObject("a", new CopySource(store.Bucket, "source"))));

        await copied.ShouldHaveStatus(200);
        (await ReadTags(store)).Should().BeEquivalentTo(Tags);
    }

    // Swift 2.30 responds to a read with an empty set, and to a write with 501.
    [LiveFact]
    public async Task Tagging_OnSwift_IsNotImplemented()
    {
        LiveStore store = await LiveStore.Open(Via.Swift);
        await store.Put("a", [1]);

        using HttpResponseMessage put = await store.Send(
            store.Presigner().Presign(new PutObjectTagging("a")), new ByteArrayContent(PutObjectTagging.CreateBody(Tags)));

        await put.ShouldHaveStatus(501, "NotImplemented");
        (await ReadTags(store)).Should().BeEmpty();
    }

    private static async Task<Dictionary<string, string>> ReadTags(LiveStore store)
    {
        using HttpResponseMessage get = await store.Send(store.Presigner().Presign(new GetObjectTagging("a")));
        await get.ShouldHaveStatus(200);
        return XDocument.Parse(await get.Content.ReadAsStringAsync()).Descendants().Where(element => element.Name.LocalName == "Tag")
            .ToDictionary(tag => Child(tag, "Key"), tag => Child(tag, "Value"));

        static string Child(XElement tag, string name) => tag.Elements().Single(element => element.Name.LocalName == name).Value;
    }
}

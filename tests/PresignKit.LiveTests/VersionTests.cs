using System.Text;

namespace PresignKit.LiveTests;

/// <summary>Versions of an object on the gateway. A presigned request with a body enables versioning on the bucket.</summary>
public class VersionTests
{
    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.RgwAsSpaces)]
    public async Task VersionId_OfEachOperation_SelectsThatVersion(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        S3Presigner presigner = store.Presigner();
        await EnableVersions(store);
        string first = await Put(store, "first");
        string second = await Put(store, "second");

        (await Get(store, new GetObject("a"))).Should().Be("second");
        (await Get(store, new GetObject("a") { VersionId = first })).Should().Be("first");
        using HttpResponseMessage head = await store.Send(presigner.Presign(new HeadObject("a") { VersionId = first }));
        head.Content.Headers.ContentLength.Should().Be("first".Length);

        using HttpResponseMessage tag = await store.Send(
            presigner.Presign(new PutObjectTagging("a") { VersionId = first }),
            new ByteArrayContent(PutObjectTagging.CreateBody(new Dictionary<string, string> { ["of"] = "first" })));
        await tag.ShouldHaveStatus(200);
        using HttpResponseMessage tags = await store.Send(presigner.Presign(new GetObjectTagging("a") { VersionId = first }));
        (await tags.Content.ReadAsStringAsync()).Should().Contain("<Key>of</Key>");
        using HttpResponseMessage tagsOfSecond = await store.Send(presigner.Presign(new GetObjectTagging("a") { VersionId = second }));
        (await tagsOfSecond.Content.ReadAsStringAsync()).Should().NotContain("<Key>of</Key>");

        using HttpResponseMessage copied = await store.Send(presigner.Presign(new CopyObject("copy", new CopySource(store.Bucket, "a") { VersionId = first })));
        await copied.ShouldHaveStatus(200);
        (await Get(store, new GetObject("copy"))).Should().Be("first");

        using HttpResponseMessage hidden = await store.Send(presigner.Presign(new DeleteObject("a")));
        await hidden.ShouldHaveStatus(204);
        using HttpResponseMessage gone = await store.Send(presigner.Presign(new GetObject("a")));
        await gone.ShouldHaveStatus(404, "NoSuchKey");
        (await Get(store, new GetObject("a") { VersionId = second })).Should().Be("second");
        using HttpResponseMessage deleted = await store.Send(presigner.Presign(new DeleteObject("a") { VersionId = first }));
        await deleted.ShouldHaveStatus(204);
        using HttpResponseMessage reallyGone = await store.Send(presigner.Presign(new GetObject("a") { VersionId = first }));
        await reallyGone.ShouldHaveStatus(404);
    }

    private static async Task EnableVersions(LiveStore store)
    {
        const string Body = "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Status>Enabled</Status></VersioningConfiguration>";
        using HttpResponseMessage enabled = await store.Send(
            store.Presigner().Presign(new S3BucketRequest(HttpMethod.Put) { Bucket = store.Bucket, SubResource = "versioning" }),
            new ByteArrayContent(Encoding.ASCII.GetBytes(Body)));
        await enabled.ShouldHaveStatus(200);
    }

    private static async Task<string> Put(LiveStore store, string content)
    {
        using HttpResponseMessage put = await store.Send(store.Presigner().Presign(new PutObject("a")), new ByteArrayContent(Encoding.ASCII.GetBytes(content)));
        await put.ShouldHaveStatus(200);
        return put.Headers.GetValues("x-amz-version-id").Single();
    }

    private static async Task<string> Get(LiveStore store, GetObject operation)
    {
        using HttpResponseMessage get = await store.Send(store.Presigner().Presign(operation));
        await get.ShouldHaveStatus(200);
        return await get.Content.ReadAsStringAsync();
    }
}

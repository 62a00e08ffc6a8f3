using System.Text;

namespace PresignKit.LiveTests;

/// <summary>Upload, read, read headers, delete, through presigned URLs only.</summary>
public class RoundTripTests
{
    // The format is Ceph's tenant:bucket. These buckets do not have a tenant, so its name is empty.
    [LiveFact]
    public async Task PutGetPostAndCopy_BucketOfATenant_Succeed()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        PresignerOptions options = store.Options();
        options.Bucket = ":" + store.Bucket;
        S3Presigner presigner = new(options);
        PresignedPost form = presigner.PresignPost(new PostPolicy(PostKey.Exact("b")));

        using HttpResponseMessage put = await store.Send(presigner.Presign(new PutObject("a")), new ByteArrayContent([1]));
        using HttpResponseMessage get = await store.Send(presigner.Presign(new GetObject("a")));
        using HttpResponseMessage post = await store.Http.PostAsync(form.Url, form.ToMultipartContent(new MemoryStream([2]), "b"));
        using HttpResponseMessage copy = await store.Send(presigner.Presign(new CopyObject("c", new CopySource(options.Bucket, "a"))));

        await put.ShouldHaveStatus(200);
        (await get.Content.ReadAsByteArrayAsync()).Should().Equal(1);
        await post.ShouldHaveStatus(204);
        await copy.ShouldHaveStatus(200);
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.RgwAsSpaces)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task Presign_PutGetHeadDelete_RoundTrips(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        S3Presigner presigner = store.Presigner();
        const string Key = "reports/2026 (final) + notes.txt";
        byte[] content = Encoding.UTF8.GetBytes("Märzbericht\n");

        PresignedUrl upload = presigner.Presign(new PutObject(Key) { ContentType = "text/plain; charset=utf-8" });
        using HttpResponseMessage put = await store.Send(upload, new ByteArrayContent(content));
        await put.ShouldHaveStatus(200);

        using HttpResponseMessage get = await store.Send(presigner.Presign(new GetObject(Key)));
        await get.ShouldHaveStatus(200);
        (await get.Content.ReadAsByteArrayAsync()).Should().Equal(content);
        get.Content.Headers.ContentType!.ToString().Should().Be("text/plain; charset=utf-8");

        using HttpResponseMessage head = await store.Send(presigner.Presign(new HeadObject(Key)));
        await head.ShouldHaveStatus(200);
        head.Content.Headers.ContentLength.Should().Be(content.Length);

        using HttpResponseMessage delete = await store.Send(presigner.Presign(new DeleteObject(Key)));
        await delete.ShouldHaveStatus(204);
        using HttpResponseMessage gone = await store.Send(presigner.Presign(new GetObject(Key)));
        await gone.ShouldHaveStatus(404, "NoSuchKey");
    }

    [LiveFact("RGW_IPV6_URL", "This machine has no IPv6 loopback address ([::1]).")]
    public Task Presign_PutGetHeadDeleteByIPv6_RoundTrips() => Presign_PutGetHeadDelete_RoundTrips(Via.RgwIPv6);

    [LiveFact]
    public async Task Presign_AsSpaces_NamesTheBucketInTheProductionHost()
    {
        LiveStore store = await LiveStore.Open(Via.RgwAsSpaces);

        string url = store.Presigner().Presign(new GetObject("a")).Url;

        url.Should().StartWith($"https://{store.Bucket}.nyc3.digitaloceanspaces.com/a?");
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.RgwAsSpaces)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task Presign_ResponseHeaderOverrides_ComeBackAsHeaders(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        await store.Put("page", Encoding.UTF8.GetBytes("<b>bold</b>"));
        DateTimeOffset expires = new(2031, 2, 3, 4, 5, 6, TimeSpan.FromHours(2));

        using HttpResponseMessage get = await store.Send(store.Presigner().Presign(new GetObject("page")
        {
            ResponseHeaders = new()
            {
                ContentType = "text/plain; charset=utf-8",
                ContentDisposition = "attachment; filename=\"a b; c.txt\"",
                ContentEncoding = "identity",
                ContentLanguage = "de, en",
                CacheControl = "private, max-age=60",
                Expires = expires,
            },
        }));

        await get.ShouldHaveStatus(200);
        Header("Content-Type").Should().Be("text/plain; charset=utf-8");
        Header("Content-Disposition").Should().Be("attachment; filename=\"a b; c.txt\"");
        Header("Content-Encoding").Should().Be("identity");
        Header("Content-Language").Should().Be("de, en");
        Header("Expires").Should().Be("Mon, 03 Feb 2031 02:05:06 GMT");
        get.Headers.NonValidated["Cache-Control"].ToString().Should().Be("private, max-age=60");

        string Header(string name) => get.Content.Headers.NonValidated[name].ToString();
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    public async Task Presign_SubResource_ReachesIt(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        await store.Put("a", [1]);

        using HttpResponseMessage acl = await store.Send(
            store.Presigner().Presign(new S3Request(HttpMethod.Get, "a") { Bucket = store.Bucket, SubResource = "acl" }));

        await acl.ShouldHaveStatus(200);
        (await acl.Content.ReadAsStringAsync()).Should().Contain("AccessControlPolicy");
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.RgwAsSpaces)]
    [InlineData(Via.Swift)]
    public async Task Presign_ForService_ListsTheBuckets(Via via)
    {
        LiveStore store = await LiveStore.Open(via);

        using HttpResponseMessage list = await store.Send(store.Presigner().Presign(new S3ServiceRequest(HttpMethod.Get)));

        await list.ShouldHaveStatus(200);
        (await list.Content.ReadAsStringAsync()).Should().Contain(store.Bucket);
    }
}

using System.Text;

namespace PresignKit.LiveTests;

/// <summary>The abuse of an upload URL with unsigned headers, and the option that prevents it.</summary>
public class LockUnsignedHeadersTests
{
    // Ceph RGW 16.2.15 applies unsigned x-amz-* headers. Fixed in 19.2.6 and 20.2.4 (CVE-2026-54330).
    [LiveFact]
    public async Task LockUnsignedHeaders_CopyOfAPrivateObject_SucceedsWithoutAndIsRejectedWith()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        await store.Put("private", Encoding.UTF8.GetBytes("secret content"));
        Dictionary<string, string> added = new() { ["x-amz-copy-source"] = $"/{store.Bucket}/private" };

        PresignedUrl open = store.Presigner().Presign(new PutObject("open"));
        PresignedUrl locked = Locking(store).Presign(new PutObject("locked"));
        using HttpResponseMessage copied = await store.Send(open.Method, open.ToUri(), added, new ByteArrayContent([]));
        using HttpResponseMessage rejected = await store.Send(locked.Method, locked.ToUri(), added, new ByteArrayContent([]));
        using HttpResponseMessage plain = await store.Send(locked, new ByteArrayContent([1]));

        await copied.ShouldHaveStatus(200);
        using HttpResponseMessage copy = await store.Send(store.Presigner().Presign(new GetObject("open")));
        (await copy.Content.ReadAsStringAsync()).Should().Be("secret content");
        await rejected.ShouldHaveStatus(403, "SignatureDoesNotMatch");
        await plain.ShouldHaveStatus(200);
    }

    [LiveTheory]
    [InlineData("x-amz-acl", "public-read")]
    [InlineData("x-amz-grant-read", "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\"")]
    [InlineData("x-amz-grant-full-control", "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\"")]
    public async Task LockUnsignedHeaders_Publishing_SucceedsWithoutAndIsRejectedWith(string name, string value)
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        Dictionary<string, string> added = new() { [name] = value };

        PresignedUrl open = store.Presigner().Presign(new PutObject("open"));
        PresignedUrl locked = Locking(store).Presign(new PutObject("locked"));
        using HttpResponseMessage published = await store.Send(open.Method, open.ToUri(), added, new ByteArrayContent([1]));
        using HttpResponseMessage rejected = await store.Send(locked.Method, locked.ToUri(), added, new ByteArrayContent([1]));

        await published.ShouldHaveStatus(200);
        using HttpResponseMessage anonymous = await store.Send(HttpMethod.Get, new Uri(open.Url[..open.Url.IndexOf('?', StringComparison.Ordinal)]));
        await anonymous.ShouldHaveStatus(200);
        await rejected.ShouldHaveStatus(403, "SignatureDoesNotMatch");
    }

    // Swift requires every signed header to be sent, and rejects unsigned x-amz-* headers without the lock.
    [LiveFact]
    public async Task LockUnsignedHeaders_OnSwift_IsAlwaysRejected()
    {
        LiveStore store = await LiveStore.Open(Via.Swift);

        using HttpResponseMessage rejected = await store.Send(Locking(store).Presign(new PutObject("k")), new ByteArrayContent([1]));

        await rejected.ShouldHaveStatus(403);
    }

    private static S3Presigner Locking(LiveStore store)
    {
        PresignerOptions options = store.Options();
        options.LockUnsignedHeaders = true;
        return new S3Presigner(options);
    }
}
